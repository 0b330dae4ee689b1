"""A group on the screen: a card with its fields in lines, or as many cards as it has occurrences."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from liaison_desktop.questionnaires.definition import Item
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.parts import shown
from liaison_desktop.questionnaires.view.filling import Filling
from liaison_desktop.questionnaires.view.flow import FillingFlow
from liaison_desktop.questionnaires.view.grid import GroupTable, fits_table
from liaison_desktop.questionnaires.view.helps import help_words
from liaison_desktop.questionnaires.view.holder import Holder
from liaison_desktop.questionnaires.view.question import CODE_WIDTH, Question, asked_as
from liaison_desktop.questionnaires.view.rows import Rows
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.layout import card, set_tone
from liaison_desktop.ui.text import Label, label, wrapped


def _is_field(item: Item) -> bool:
    """Whether it stands beside others on a line of the card."""
    return item.is_question and not any(below.type != "display" for below in item.items)


class Fields(QWidget):
    """Questions that follow one another in a card, as many on a line as fit."""

    def __init__(self, node: Node, link_ids: tuple[str, ...], filling: Filling) -> None:
        super().__init__()
        self._node, self._link_ids, self._filling = node, link_ids, filling
        self.held: dict[str, Question] = {}
        self._flow = FillingFlow(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sync(self) -> None:
        """Bring the fields in line with what is asked now."""
        place = 0
        for link_id in self._link_ids:
            for below in self._node.children.get(link_id, []):
                if not shown(below.item):
                    continue
                question = self.held.get(below.key)
                if question is None and below.enabled:
                    question = self.held[below.key] = Question(below, self._filling, small=True)
                    self._flow.insert(place, question)
                if question is not None:
                    question.setVisible(below.enabled)
                    place += 1
        self.updateGeometry()


class GroupCard(QWidget):
    """One occurrence: title, what can be done with it, its fields, and the groups in it."""

    def __init__(self, node: Node, filling: Filling, box: GroupBox) -> None:
        super().__init__()
        self.node, self.filling, self._inset = node, filling, box.inset
        self._title: Label = label("", "strong")
        self._needed: Label = label("required", "cap")
        self._missing: Label = label("", "secm", "red")
        self._remove = button("Remove", "quiet", small=True, on_click=lambda: box.remove(node))
        self._add = button("Add another", "ghost", "plus", small=True, on_click=box.add)
        self._runs: list[Fields | Rows] = list(self._made_runs())
        self._card: QFrame = card(gap=8, margins=(14, 8, 14, 12))
        inside = self._card.layout()
        assert isinstance(inside, QVBoxLayout)
        # Laid from the foot up, so that Tab, which goes by the layout, comes to the fields before Remove and Add.
        inside.setDirection(QVBoxLayout.Direction.BottomToTop)
        body = QVBoxLayout()
        body.setSpacing(8)
        for run in self._runs:
            body.addWidget(run)
        inside.addLayout(body)
        if helped := help_words(node.item):
            inside.addWidget(wrapped(helped, "cap", "ink2"))
        if node.item.patient_text:
            inside.addWidget(asked_as(node.item.patient_text))
        inside.addLayout(self._head())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._card)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.sync()

    def _head(self) -> QHBoxLayout:
        if self.node.item.citation:
            self._title.setToolTip(self.node.item.citation)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._needed)
        head.addStretch(1)
        for widget in (self._missing, self._remove, self._add):
            head.addWidget(widget)
        return head

    def _made_runs(self) -> Iterator[Fields | Rows]:
        for fields, items in groupby(self.node.item.items, _is_field):
            link_ids = tuple(item.link_id for item in items)
            if fields:
                yield Fields(self.node, link_ids, self.filling)
            else:
                yield Rows(lambda ids=link_ids: self._under(ids), self.filling, gap=8, inset=True)  # type: ignore[misc]

    def _under(self, link_ids: tuple[str, ...]) -> list[Node]:
        return [below for link_id in link_ids for below in self.node.children.get(link_id, [])]

    def show_place(self, number: int, count: int) -> None:
        """Show which occurrence it is; the last one offers another."""
        item, locked = self.node.item, self.filling.locked
        text = f"{item.prefix} {item.text}".strip() if self._inset else item.text
        self._title.set_text(f"{text} {number}".strip() if item.repeats else text)
        by_hand = any(not below.from_application for below in item.items)
        self._needed.setVisible(item.required and number == 1 and by_hand and not locked)
        most = item.max_occurs
        self._remove.setVisible(item.repeats and not locked and (count > 1 or self.node.holds_anything()))
        self._add.setVisible(item.repeats and not locked and number == count and (most is None or count < most))

    def sync(self) -> None:
        """Bring the fields in line with what is asked now."""
        for run in self._runs:
            run.sync()
        self.show_fault()

    def questions(self) -> Iterator[Question]:
        """Every question in it, from top to bottom."""
        for run in self._runs:
            yield from run.held.values() if isinstance(run, Fields) else run.questions()

    def show_fault(self) -> None:
        """Show what is missing of the group as a whole."""
        missing = self.filling.faults.get(self.node.key, "")
        inside = any(key.startswith(self.node.key + "/") for key in self.filling.faults)
        self._missing.set_text(missing)
        self._missing.setVisible(bool(missing))
        set_tone(self._card, "fault" if missing or inside else "")
        for question in self.questions():
            question.show_fault()


class GroupBox(Holder):
    """All occurrences of a group, with its code at the left; `inset` in another card, where there is no room for it."""

    def __init__(self, nodes: list[Node], filling: Filling, inset: bool = False) -> None:
        super().__init__()
        self.filling, self.inset = filling, inset
        self.cards: list[GroupCard] = []
        outer = QHBoxLayout(self)
        outer.setContentsMargins(*((0, 0, 0, 0) if inset else (12, 4, 12, 4)))
        outer.setSpacing(0)
        if not inset:
            code = label(nodes[0].item.prefix, "sec", "ink3")
            code.setFixedWidth(CODE_WIDTH)
            outer.addWidget(code, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        outer.addLayout(self._column, 1)
        self.show_nodes(nodes)

    def show_nodes(self, nodes: list[Node]) -> None:
        """Bring the cards in line with the occurrences there are."""
        held = {one.node.key: one for one in self.cards}
        for key, gone in held.items():
            if key not in {node.key for node in nodes}:
                self._column.removeWidget(gone)
                gone.hide()
                gone.deleteLater()
        self.cards = []
        for place, node in enumerate(nodes):
            one = held.get(node.key)
            if one is None or one.node is not node:
                one = GroupCard(node, self.filling, self)
                self._column.insertWidget(place, one)
            self.cards.append(one)
            one.sync()
            one.show_place(place + 1, len(nodes))

    def questions(self) -> Iterator[Question]:
        """Every question in it, from top to bottom."""
        for one in self.cards:
            yield from one.questions()

    def show_fault(self) -> None:
        """Show again what is wrong or missing."""
        for one in self.cards:
            one.show_fault()

    def add(self) -> None:
        """One more, with the keyboard in its first field."""
        made = self.filling.add(self.cards[-1].node)
        self._enter(next((one for one in self.cards if one.node is made), None))

    def remove(self, node: Node) -> None:
        """Take one away; the keyboard goes to the one before."""
        self.filling.remove(node)
        self._enter(self.cards[-1] if self.cards else None)

    @staticmethod
    def _enter(one: GroupCard | None) -> None:
        first = next(one.questions(), None) if one is not None else None
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)


def group_for(nodes: list[Node], filling: Filling, inset: bool = False) -> GroupBox | GroupTable:
    """A table where the form asks for one and it fits the width, else cards."""
    if fits_table(nodes[0].item, filling):
        return GroupTable(nodes, filling, inset)
    return GroupBox(nodes, filling, inset)
