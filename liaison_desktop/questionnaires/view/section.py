"""The section one is in: its questions and cards from top to bottom, made when it is entered."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout

from liaison_desktop.questionnaires.parts import Part
from liaison_desktop.questionnaires.view.editors import Shown
from liaison_desktop.questionnaires.view.filling import Filling
from liaison_desktop.questionnaires.view.question import Question
from liaison_desktop.questionnaires.view.rows import Rows
from liaison_desktop.ui.tab_order import FollowsTheEye


class SectionView(FollowsTheEye):
    """Questions and cards of one section; what is not asked has no widget or is hidden."""

    def __init__(self, section: Part, filling: Filling) -> None:
        super().__init__()
        self.section, self.filling = section, filling
        self.setObjectName("body")
        self._rows = Rows(section.now, filling)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 16)
        column.addWidget(self._rows)
        column.addStretch(1)
        self.sync()

    def sync(self) -> None:
        """Bring the widgets in line with what is asked now."""
        self._rows.sync()

    def questions(self) -> Iterator[Question]:
        """Every question that has a widget, from top to bottom."""
        return self._rows.questions()

    def question(self, key: str) -> Question | None:
        """The question of that node; for a group the first of its questions that is asked."""
        for question in self.questions():
            if question.node.enabled and (question.node.key == key or question.node.key.startswith(key + "/")):
                return question
        return None

    def show_faults(self) -> None:
        """Show again what is wrong or missing."""
        self._rows.show_faults()

    def show_calculated(self) -> None:
        """Show again what follows from other answers."""
        typing = QApplication.focusWidget()
        for question in self.questions():
            # What a person types over a worked-out answer is not taken out of their hands.
            if question.follows() and not (typing is not None and question.isAncestorOf(typing)):
                question.show_node()

    def focus(self, key: str) -> bool:
        """Put the keyboard into that question. False if it is not asked here."""
        question = self.question(key)
        if question is None or question.locked:
            return False
        question.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def focus_first(self) -> bool:
        """Put the keyboard into the first question that is not answered, else into the first. False if none is open."""
        asked = [one for one in self.questions() if one.node.enabled and not isinstance(one.editor, Shown)]
        blank = [one for one in asked if not one.node.answers]
        for question in (blank or asked)[:1]:
            question.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(asked)
