"""One widget over everything, as a page that is turned to somebody else; and the work under it again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout, QWidget


class Cover:
    """Lays a widget over the work of a frame, in the whole screen where there is room for it."""

    def __init__(self, frame: QWidget, work: QWidget) -> None:
        self._frame, self._work = frame, work
        self._layers = QStackedLayout(frame)
        self._layers.addWidget(work)
        self._was_full = False
        self.widget: QWidget | None = None  # what covers everything

    def lay(self, widget: QWidget) -> None:
        """Cover everything with it."""
        self.widget = widget
        self._layers.addWidget(widget)
        self._layers.setCurrentWidget(widget)
        window = self._frame.window()
        room = window.screen().geometry()
        # A screen smaller than the window, as the one of the tests, would only cut the page.
        if room.width() >= window.width() and room.height() >= window.height() and not window.isFullScreen():
            self._was_full = True
            window.showFullScreen()
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_away(self) -> bool:
        """The work again; whether anything covered it."""
        widget, self.widget = self.widget, None
        if widget is None:
            return False
        self._layers.removeWidget(widget)
        self._layers.setCurrentWidget(self._work)
        widget.hide()
        widget.setParent(None)
        widget.deleteLater()
        if self._was_full:
            self._was_full = False
            self._frame.window().showNormal()
        return True
