"""What has the keyboard is in sight: a pane that scrolls follows the keyboard, however it came to a field.

Qt scrolls for the Tab key alone. A field that gets the keyboard because something is missing in it, or because it comes
next, would stay below the edge, and one would type into what one does not see.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

_AROUND = 24  # px that stay free above and below


class InSight(QObject):
    """Follows the keyboard inside one window for as long as that lives."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        # Under a pressed mouse nothing moves, or the button would be released somewhere else.
        if new is None or QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return
        if self._window.isAncestorOf(new):
            # What was just shown has its place only after the next turn of the event loop.
            QTimer.singleShot(0, new, lambda: _show(new))


def _show(widget: QWidget) -> None:
    if not shiboken6.isValid(widget) or not widget.hasFocus():
        return
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea) and parent.widget() is not None:
            # A field taller than the pane shows its beginning.
            parent.ensureWidgetVisible(widget, 0, min(_AROUND, max(0, (parent.height() - widget.height()) // 2)))
        parent = parent.parentWidget()
