"""Something has the keyboard, and it is in sight: a pane that scrolls follows the keyboard, however it came to a field.

Qt scrolls for the Tab key alone. A field that gets the keyboard because something is missing in it, or because it comes
next, would stay below the edge, and one would type into what one does not see.
"""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

_AROUND = 24  # px that stay free above and below


class InSight(QObject):
    """Follows the keyboard inside one window for as long as that lives.

    When what had it went and nothing took it over, it goes `home`: to the page that is shown.
    """

    def __init__(self, window: QWidget, home: Callable[[], QWidget | None]) -> None:
        super().__init__(window)
        self._window, self._home = window, home
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None:
            QTimer.singleShot(0, self, self._go_home)
            return
        # Under a pressed mouse nothing moves, or the button would be released somewhere else.
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return
        if self._window.isAncestorOf(new):
            # What was just shown has its place only after the next turn of the event loop.
            QTimer.singleShot(0, new, lambda: _show(new))

    def _go_home(self) -> None:
        nobody = QApplication.focusWidget() is None and QApplication.activePopupWidget() is None
        home = self._home() if nobody and self._window.isActiveWindow() else None
        if home is not None and home.isVisible():
            home.setFocus(Qt.FocusReason.OtherFocusReason)


def _show(widget: QWidget) -> None:
    if not shiboken6.isValid(widget) or not widget.hasFocus():
        return
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea) and parent.widget() is not None:
            # A field taller than the pane shows its beginning.
            parent.ensureWidgetVisible(widget, 0, min(_AROUND, max(0, (parent.height() - widget.height()) // 2)))
        parent = parent.parentWidget()
