"""A group on the screen: a card with its fields in lines, or as many cards as it has occurrences."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.progress import shown
from liaison_desktop.questionnaires.view.filling import Filling
from liaison_desktop.questionnaires.view.flow import FillingFlow
from liaison_desktop.questionnaires.view.question import CODE_WIDTH, Question, asked_as
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.layout import card, set_tone
from liaison_desktop.ui.text import Label, label


class GroupCard(QWidget):
    """One occurrence: title, what can be done with it, its fields."""

    def __init__(self, node: Node, filling: Filling, box: GroupBox) -> None:
        super().__init__()
        self.node, self.filling = node, filling
        self.questions: dict[str, Question] = {}
        self._title: Label = label("", "strong")
        self._needed: Label = label("required", "cap")
        self._missing: Label = label("", "secm", "red")
        self._remove = button("Remove", "quiet", small=True, on_click=lambda: box.remove(node))
        self._add = button("Add another", "ghost", "plus", small=True, on_click=box.add)
        self._flow_box = QWidget()
        self._flow = FillingFlow(self._flow_box)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._needed)
        head.addStretch(1)
        head.addWidget(self._missing)
        head.addWidget(self._remove)
        head.addWidget(self._add)
        self._card: QFrame = card(gap=8, margins=(14, 8, 14, 12))
        inside = self._card.layout()
        assert isinstance(inside, QVBoxLayout)
        # Laid from the foot up, so that Tab, which goes by the layout, comes to the fields before Remove and Add.
        inside.setDirection(QVBoxLayout.Direction.BottomToTop)
        inside.addWidget(self._flow_box)
        if node.item.patient_text:
            inside.addWidget(asked_as(node.item.patient_text))
        inside.addLayout(head)
        if node.item.citation:
            self._title.setToolTip(node.item.citation)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._card)
        for holder in (self, self._flow_box):
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            holder.setSizePolicy(policy)
        self.sync()

    def show_place(self, number: int, count: int) -> None:
        """Show which occurrence it is; the last one offers another."""
        item, locked = self.node.item, self.filling.locked
        self._title.set_text(f"{item.text} {number}" if item.repeats else item.text)
        by_hand = any(not below.from_application for below in item.items)
        self._needed.setVisible(item.required and number == 1 and by_hand and not locked)
        self._remove.setVisible(item.repeats and not locked and (count > 1 or self.node.holds_anything()))
        self._add.setVisible(item.repeats and not locked and number == count)

    def sync(self) -> None:
        """Bring the fields in line with what is asked now."""
        place = 0
        for below in self.node.below():
            if not shown(below.item) or below.item.type in ("display", "group"):
                continue
            question = self.questions.get(below.key)
            if question is None and below.enabled:
                question = self.questions[below.key] = Question(below, self.filling, small=True)
                self._flow.insert(place, question)
            if question is not None:
                question.setVisible(below.enabled)
                place += 1
        self.show_fault()
        self._flow_box.updateGeometry()

    def show_fault(self) -> None:
        """Show what is missing of the group as a whole."""
        missing = self.filling.faults.get(self.node.key, "")
        inside = any(key.startswith(self.node.key + "/") for key in self.filling.faults)
        self._missing.set_text(missing)
        self._missing.setVisible(bool(missing))
        set_tone(self._card, "fault" if missing or inside else "")
        for question in self.questions.values():
            question.show_fault()

    def show_nodes(self) -> None:
        """Show every answer anew."""
        for question in self.questions.values():
            question.show_node()


class GroupBox(QWidget):
    """All occurrences of a group, with its code at the left."""

    def __init__(self, nodes: list[Node], filling: Filling) -> None:
        super().__init__()
        self.filling = filling
        self.cards: list[GroupCard] = []
        outer = QHBoxLayout(self)
        outer.setContentsMargins(12, 4, 12, 4)
        outer.setSpacing(0)
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

    def add(self) -> None:
        """One more, with the keyboard in its first field."""
        made = self.filling.add(self.cards[-1].node)
        for one in self.cards:
            if one.node is made and one.questions:
                next(iter(one.questions.values())).editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self, node: Node) -> None:
        """Take one away; the keyboard goes to the one before."""
        self.filling.remove(node)
        if self.cards and self.cards[0].questions:
            next(iter(self.cards[-1].questions.values())).editor.setFocus(Qt.FocusReason.OtherFocusReason)
