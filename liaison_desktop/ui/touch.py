"""The first finger on the screen asks for the taller controls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from liaison_desktop.ui.theme import Theme
from liaison_desktop.ui.tokens import Density


class TouchWatch(QObject):
    """Shows the touch density from the first touch on, once; what the person then chooses in the settings stays."""

    def __init__(self, app: QApplication, theme: Theme) -> None:
        super().__init__(theme)
        self._app, self._theme = app, theme
        app.installEventFilter(self)

    def stop(self) -> None:
        """Watch no more, as when the person chose a density."""
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for a finger; a pen is as fine as a mouse and changes nothing."""
        if event.type() == QEvent.Type.TouchBegin:
            self.stop()
            self._theme.set_density(Density.TOUCH)
        return False
