"""What holds questions on the screen: a card, a table, a question with others below it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.view.question import Question


class Holder(QWidget):
    """The base of what holds questions."""

    def show_nodes(self, nodes: list[Node]) -> None:
        """Bring it in line with the occurrences there are."""
        raise NotImplementedError

    def questions(self) -> Iterator[Question]:
        """Every question in it, from top to bottom."""
        raise NotImplementedError

    def show_fault(self) -> None:
        """Show again what is wrong or missing."""
        raise NotImplementedError
