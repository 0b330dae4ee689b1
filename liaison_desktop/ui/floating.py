"""What floats under a field while it has the keyboard: a list of matches, a month.

It is a child of the window and not a window of its own, so the keyboard stays in the field and nothing is left on the
screen when the window goes.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QSize
from PySide6.QtGui import QHideEvent, QMouseEvent, QShowEvent, QWindow
from PySide6.QtWidgets import QFrame, QWidget
from shiboken6 import isValid

_EDGE, _GAP = 8, 2


class Floating(QFrame):
    """Floats under its field, or above it where there is no room; a press anywhere else puts it away."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field.window())
        self._field = field
        self._heard: QWindow | None = None
        self.setObjectName("popup")
        self.hide()
        # It belongs to the window, and must not outlive its field there.
        field.destroyed.connect(self.deleteLater)

    def float_at(self, size: QSize) -> None:
        """Show it at this size, or as much of it as the window has room for."""
        window = self._field.window()
        if self.parent() is not window:
            self.setParent(window)
        wide = min(size.width(), window.width() - 2 * _EDGE)
        high = min(size.height(), max(80, window.height() - 2 * _EDGE))
        below = self._field.mapTo(window, QPoint(0, self._field.height() + _GAP))
        above = self._field.mapTo(window, QPoint(0, -_GAP)).y() - high
        top = below.y()
        if top + high > window.height() - _EDGE:
            top = above if above >= _EDGE else max(_EDGE, window.height() - _EDGE - high)
        left = max(_EDGE, min(below.x(), window.width() - _EDGE - wide))
        self.setGeometry(left, top, wide, high)
        self.show()
        self.raise_()

    def showEvent(self, event: QShowEvent) -> None:
        """Listen for presses elsewhere in the window while it is seen."""
        super().showEvent(event)
        # On the native window, where each press passes once. A filter on the whole application would run for every
        # event of every object, those that are being taken down included.
        self._heard = self.window().windowHandle()
        if self._heard is not None:
            self._heard.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop listening."""
        super().hideEvent(event)
        if self._heard is not None and isValid(self._heard):
            self._heard.removeEventFilter(self)
        self._heard = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press outside puts it away; the press itself goes where it was aimed."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            if not self._holds(event.globalPosition()):
                self.hide()
        elif event.type() == QEvent.Type.Resize:
            self.hide()
        return False

    def _holds(self, place: QPointF) -> bool:
        parts = (self, self._field)
        return any(part.rect().contains(part.mapFromGlobal(place).toPoint()) for part in parts)
