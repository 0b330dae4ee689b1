"""The first finger on the screen asks for the taller controls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QWindow
from shiboken6 import isValid

from liaison_desktop.ui.theme import Theme
from liaison_desktop.ui.tokens import Density


class TouchWatch(QObject):
    """Shows the touch density from the first touch on, once; what the person then chooses in the settings stays.

    It listens on the native window, where each touch passes once. A filter on the whole application would run for
    every event of every object, those that are being taken down included.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._heard: QWindow | None = None

    def listen(self, window: QWindow | None) -> None:
        """Watch this window, in place of another."""
        self.stop()
        if window is not None:
            window.installEventFilter(self)
            self._heard = window

    def stop(self) -> None:
        """Watch no more, as when the person chose a density."""
        if self._heard is not None and isValid(self._heard):
            self._heard.removeEventFilter(self)
        self._heard = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for a finger; a pen is as fine as a mouse and changes nothing."""
        if event.type() == QEvent.Type.TouchBegin:
            self.stop()
            self._theme.set_density(Density.TOUCH)
        return False
