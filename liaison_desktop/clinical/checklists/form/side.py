"""What is looked at beside a checklist, in its place: its document, its history, what a newer version changes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from liaison_desktop.ui.buttons import Button, button
from liaison_desktop.ui.layout import hairline, panel
from liaison_desktop.ui.tab_order import FollowsTheEye
from liaison_desktop.ui.text import elided, label


class Side(FollowsTheEye):
    """A title, a way back, and a body. Escape goes back; `closed` says so."""

    closed = Signal()

    def __init__(self, title: str, facts: str = "", *more: QWidget) -> None:
        super().__init__()
        self.back: Button = button("Back to the checklist", "quiet", "arrow-left", on_click=self.closed.emit)
        self.back.setToolTip("Esc")
        self.beside = self.back  # Tab goes around in here; Escape leaves
        head = panel(
            self.back, label(title, "section"), (elided(facts, "sec", "ink2"), 1), *more,
            margins=(12, 8, 16, 8), gap=12, across=True,
        )  # fmt: skip
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._outer.addWidget(head)
        self._outer.addWidget(hairline())

    def put(self, body: QWidget) -> None:
        """The body, which takes the room there is and has the keyboard."""
        self._outer.addWidget(body, 1)
        self.setFocusProxy(body)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class SideRoom(QWidget):
    """Holds the form, and over it one side at a time. The form keeps its place and its keyboard."""

    def __init__(self, form: QWidget) -> None:
        super().__init__()
        self._form = form
        self.side: Side | None = None
        self._back_to: QWidget | None = None
        self._stack = QStackedLayout(self)
        self._stack.addWidget(form)

    def show_side(self, side: Side) -> None:
        """Show this in place of the form, with the keyboard in it."""
        if self.side is None:
            self._back_to = QApplication.focusWidget()
        self._drop()
        self.side = side
        side.closed.connect(self.close_side)
        self._stack.addWidget(side)
        self._stack.setCurrentWidget(side)
        side.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_side(self) -> None:
        """The form again, with the keyboard where it was."""
        self._drop()
        self._stack.setCurrentWidget(self._form)
        back, self._back_to = self._back_to, None
        if back is not None and isValid(back):
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self) -> None:
        gone, self.side = self.side, None
        if gone is not None:
            self._stack.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
