"""Asked once in a sitting before somebody locks or quits while something must not be forgotten, such as a running clock."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.i18n import tr
from liaison_desktop.ui.confirm import Confirm
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.workspace import Workspace


class Leaving(QWidget):
    """Stands over the status bar, empty until it asks. Who was asked once is let go."""

    def __init__(
        self, desk: Desk, workspace: Workspace, covered: Callable[[], bool], go: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._desk, self._workspace, self._covered, self._go = desk, workspace, covered, go
        self.question: Confirm | None = None
        self._asked = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def may(self, act: str, leave: Callable[[], object]) -> bool:
        """Whether one may leave now; else it asks, and does so when the answer is yes. `act` is the word on the button."""
        # While somebody else has the screen nothing is asked: they would read it.
        notice = None if self._covered() else self._workspace.notice(self._desk)
        if self._asked or notice is None or not notice.leaving:
            return True
        self._asked = True
        stay = tr("Show it") if notice.page_key else tr("Stay")
        self.question = question = Confirm(notice.leaving, notice.text, act, danger=True, keep=stay)
        question.accepted.connect(lambda _reason: self._answered(leave))
        question.rejected.connect(lambda: self._answered(lambda: self._go(notice.page_key)))
        self._layout.setContentsMargins(16, 8, 16, 8)
        self._layout.addWidget(question)
        question.show()
        question.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def _answered(self, act: Callable[[], object]) -> None:
        question, self.question = self.question, None
        if question is not None:
            self._layout.removeWidget(question)
            question.hide()
            question.deleteLater()
        self._layout.setContentsMargins(0, 0, 0, 0)
        act()
