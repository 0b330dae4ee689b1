"""The section one is in: its questions and cards from top to bottom, made when it is entered."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.progress import shown
from liaison_desktop.questionnaires.view.filling import Filling
from liaison_desktop.questionnaires.view.group import GroupBox
from liaison_desktop.questionnaires.view.question import CODE_WIDTH, Question
from liaison_desktop.ui.layout import row
from liaison_desktop.ui.tab_order import FollowsTheEye
from liaison_desktop.ui.text import wrapped


class SectionView(FollowsTheEye):
    """Questions and cards of one section; what is not asked has no widget or is hidden."""

    def __init__(self, section: Node, filling: Filling) -> None:
        super().__init__()
        self.section, self.filling = section, filling
        self.setObjectName("body")
        self._rows: dict[str, QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 4, 8, 16)
        self._column.setSpacing(4)
        self._column.addStretch(1)
        self.sync()

    def sync(self) -> None:
        """Bring the widgets in line with what is asked now."""
        place = 0
        for item in self.section.item.items:
            nodes = self.section.children.get(item.link_id, [])
            asked = bool(nodes) and nodes[0].enabled and shown(item)
            made = self._rows.get(item.link_id)
            if made is None and asked:
                made = self._rows[item.link_id] = self._make(nodes)
                self._column.insertWidget(place, made)
            if made is not None:
                made.setVisible(asked)
                if isinstance(made, GroupBox) and asked:
                    made.show_nodes(nodes)
                place += 1

    def _make(self, nodes: list[Node]) -> QWidget:
        item = nodes[0].item
        if item.type == "group":
            return GroupBox(nodes, self.filling)
        if item.type == "display":
            return row(CODE_WIDTH, (wrapped(item.text, "sec", "ink2"), 1), margins=(12, 8, 12, 8), gap=0)
        return Question(nodes[0], self.filling)

    def questions(self) -> Iterator[Question]:
        """Every question that has a widget, from top to bottom."""
        for item in self.section.item.items:
            made = self._rows.get(item.link_id)
            if isinstance(made, Question):
                yield made
            elif isinstance(made, GroupBox):
                for card in made.cards:
                    yield from card.questions.values()

    def question(self, key: str) -> Question | None:
        """The question of that node; for a group the first of its questions that is asked."""
        for question in self.questions():
            if question.node.enabled and (question.node.key == key or question.node.key.startswith(key + "/")):
                return question
        return None

    def show_faults(self) -> None:
        """Show again what is wrong or missing."""
        for made in self._rows.values():
            if isinstance(made, GroupBox):
                for card in made.cards:
                    card.show_fault()
            elif isinstance(made, Question):
                made.show_fault()

    def show_calculated(self) -> None:
        """Show again what follows from other answers."""
        for question in self.questions():
            if question.node.item.calculation is not None:
                question.show_node()

    def focus(self, key: str) -> bool:
        """Put the keyboard into that question. False if it is not asked here."""
        question = self.question(key)
        if question is None:
            return False
        question.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True
