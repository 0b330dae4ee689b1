"""Questions, notes, cards and tables from top to bottom, however deep they lie; made when they are asked first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.questionnaires.definition import Item
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.parts import shown
from liaison_desktop.questionnaires.view.filling import Filling
from liaison_desktop.questionnaires.view.helps import is_help
from liaison_desktop.questionnaires.view.holder import Holder
from liaison_desktop.questionnaires.view.notes import note_for
from liaison_desktop.questionnaires.view.question import Question


class Rows(QWidget):
    """The items of one place, such as a section or the inside of a card."""

    def __init__(self, now: Callable[[], list[Node]], filling: Filling, gap: int = 4, inset: bool = False) -> None:
        super().__init__()
        self.filling = filling
        self._now, self._inset = now, inset
        self._rows: dict[str, QWidget] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(gap)

    def sync(self) -> None:
        """Bring the widgets in line with what is asked now."""
        held: dict[str, list[Node]] = {}
        for node in self._now():
            # Below two answers of one question there are two of each item; each has its own row.
            row = node.item.link_id if node.under is None else f"{node.item.link_id} {id(node.under)}"
            held.setdefault(row, []).append(node)
        for key in [key for key in self._rows if key not in held]:
            gone = self._rows.pop(key)
            self.column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        place = 0
        for key, nodes in held.items():
            item = nodes[0].item
            asked = nodes[0].enabled and shown(item) and not is_help(item)
            made = self._rows.get(key)
            if made is None and asked:
                made = self._rows[key] = self._make(item, nodes)
                self.column.insertWidget(place, made)
            if made is not None:
                made.setVisible(asked)
                if asked and isinstance(made, Holder):
                    made.show_nodes(nodes)
                place += 1

    def _make(self, item: Item, nodes: list[Node]) -> QWidget:
        # A card holds rows again, so the two modules cannot both come first.
        from liaison_desktop.questionnaires.view.group import group_for

        if item.type == "group":
            return group_for(nodes, self.filling, self._inset)
        if item.type == "display":
            return note_for(item, self._inset)
        if item.items:
            return Nested(nodes, self.filling, self._inset)
        return Question(nodes[0], self.filling, inset=self._inset)

    def questions(self) -> Iterator[Question]:
        """Every question that has a widget, from top to bottom."""
        for place in range(self.column.count()):
            entry = self.column.itemAt(place)
            made = entry.widget() if entry is not None else None
            if isinstance(made, Question):
                yield made
            elif isinstance(made, Holder):
                yield from made.questions()

    def show_faults(self) -> None:
        """Show again what is wrong or missing."""
        for made in self._rows.values():
            if isinstance(made, Question | Holder):
                made.show_fault()


class Nested(Holder):
    """A question with what is asked below its answers."""

    def __init__(self, nodes: list[Node], filling: Filling, inset: bool = False) -> None:
        super().__init__()
        self.question = Question(nodes[0], filling, inset=inset)
        self.below = Rows(lambda: list(self.question.node.below()), filling)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.question)
        column.addWidget(self.below)
        self.show_nodes(nodes)

    def show_nodes(self, nodes: list[Node]) -> None:
        """Bring what is below in line with the answers there are."""
        self.below.sync()
        self.below.setVisible(any(node.enabled for node in nodes[0].below()))

    def questions(self) -> Iterator[Question]:
        """The question, then those below it."""
        yield self.question
        yield from self.below.questions()

    def show_fault(self) -> None:
        """Show again what is wrong or missing."""
        self.question.show_fault()
        self.below.show_faults()
