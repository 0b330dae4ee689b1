"""Groups that are tables: each occurrence a line, or each question a line with the same answers across."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from liaison_desktop.questionnaires.definition import Item
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.parts import shown
from liaison_desktop.questionnaires.view.filling import Filling
from liaison_desktop.questionnaires.view.helps import help_words, is_help
from liaison_desktop.questionnaires.view.holder import Holder
from liaison_desktop.questionnaires.view.question import Question, asked_as
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.layout import card, empty, row, set_tone
from liaison_desktop.ui.text import Label, label, wrapped

_TABLES = {"gtable", "htable", "grid", "table", "list"}
_WIDEST = 600  # px of the narrowest pane; a wider table becomes cards, where nothing is cut
_LABEL = 180


def fits_table(item: Item, filling: Filling) -> bool:
    """Whether the group is a table that can be read at this width."""
    if not set(item.controls) & _TABLES or "list" in item.controls:
        return False
    lines = [below for below in item.items if below.type == "group"]
    cells = columns_of(lines[0]) if lines else columns_of(item)
    if not cells or any(below.type == "group" for one in (lines or [item]) for below in one.items if not lines):
        return False
    if lines and any(len(columns_of(one)) != len(cells) or one.repeats for one in lines):
        return False
    wide = sum(_likes(cell, filling) + 8 for cell in cells)
    return wide + (_LABEL if lines else 70 if item.repeats else 0) <= _WIDEST


def columns_of(item: Item) -> list[Item]:
    """The questions that are the columns."""
    return [below for below in item.items if below.is_question and shown(below) and not below.items]


def _likes(item: Item, filling: Filling) -> int:
    from liaison_desktop.questionnaires.view.editors import likes_of

    return likes_of(item, filling.clock)


class GroupTable(Holder):
    """Column names once, then a line for each occurrence or each group in it."""

    def __init__(self, nodes: list[Node], filling: Filling, inset: bool = False) -> None:
        super().__init__()
        self.filling, self._nodes = filling, nodes
        item = nodes[0].item
        self._by_group = any(below.type == "group" for below in item.items)
        self._held: dict[str, Question] = {}
        self._shape: tuple[str, ...] = ()
        self._missing: Label = label("", "secm", "red")
        title = label(f"{item.prefix} {item.text}".strip() if inset else item.text, "strong")
        self._add = button("Add another", "ghost", "plus", small=True, on_click=self.add)
        self._grid = QWidget()
        self._cells = QGridLayout(self._grid)
        self._cells.setContentsMargins(0, 0, 0, 0)
        self._cells.setHorizontalSpacing(8)
        self._cells.setVerticalSpacing(6)
        needed = (label("required", "cap"),) if item.required and not filling.locked else ()
        head = row(title, *needed, None, self._missing, self._add, gap=8)
        asked = (asked_as(item.patient_text),) if item.patient_text else ()
        helped = (wrapped(help_words(item), "cap", "ink2"),) if help_words(item) else ()
        self._card = card(head, *asked, *helped, self._grid, gap=8, margins=(14, 8, 14, 12))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*((0, 0, 0, 0) if inset else (52, 4, 12, 4)))
        outer.addWidget(self._card)
        self.show_nodes(nodes)

    def _lines(self) -> list[Node]:
        if not self._by_group:
            return [node for node in self._nodes if node.enabled]
        return [below for node in self._nodes for below in node.below() if below.item.type == "group" and below.enabled]

    def show_nodes(self, nodes: list[Node]) -> None:
        """Bring the lines in line with the occurrences there are."""
        self._nodes = nodes
        lines = self._lines()
        shape = tuple(cell.key for line in lines for cell in line.below() if cell.enabled)
        if shape != self._shape or not self._held:
            self._shape = shape
            self._lay(lines)
        item = nodes[0].item
        most = item.max_occurs
        self._add.setVisible(item.repeats and not self.filling.locked and (most is None or len(nodes) < most))
        self.show_fault()

    def _lay(self, lines: list[Node]) -> None:
        empty(self._cells)
        self._held = {}
        first = 1 if self._by_group else 0
        for place, column in enumerate(columns_of(lines[0].item) if lines else ()):
            words = wrapped(f"{column.text} *" if column.required else column.text, "label", "ink2")
            self._cells.addWidget(words, 0, first + place, Qt.AlignmentFlag.AlignBottom)
            self._cells.setColumnStretch(first + place, max(1, _likes(column, self.filling)))
        for number, line in enumerate(lines, start=1):
            if self._by_group:
                name = wrapped(f"{line.item.prefix} {line.item.text}".strip(), "sec", "ink")
                name.setFixedWidth(_LABEL - 12)
                self._cells.addWidget(name, number, 0)
            self._fill(line, number, first)

    def _fill(self, line: Node, number: int, first: int) -> None:
        place = 0
        for column in columns_of(line.item):
            for cell in line.children.get(column.link_id, [])[:1]:
                if cell.enabled and not is_help(cell.item):
                    question = Question(cell, self.filling, small=True, bare=True)
                    question.editor.set_name(f"{column.text}, line {number}")
                    self._held[cell.key] = question
                    self._cells.addWidget(question, number, first + place, Qt.AlignmentFlag.AlignTop)
            place += 1
        repeats = line.item.repeats and not self._by_group and not self.filling.locked
        if repeats and (len(self._nodes) > 1 or line.holds_anything()):
            gone = button(
                "", "quiet", "x", small=True, name=f"Remove line {number}", on_click=lambda: self.remove(line)
            )
            self._cells.addWidget(gone, number, first + place)

    def questions(self) -> Iterator[Question]:
        """Every question in it, line by line."""
        yield from self._held.values()

    def show_fault(self) -> None:
        """Show what is missing of the table as a whole."""
        keys = [node.key for node in self._nodes]
        faults = self.filling.faults
        missing = next((faults[key] for key in keys if key in faults), "")
        inside = any(fault.startswith(key + "/") for key in keys for fault in faults)
        self._missing.set_text(missing)
        self._missing.setVisible(bool(missing))
        set_tone(self._card, "fault" if missing or inside else "")
        for question in self._held.values():
            question.show_fault()

    def add(self) -> None:
        """One more line, with the keyboard in its first cell."""
        made = self.filling.add(self._nodes[-1])
        self._enter(made)

    def remove(self, node: Node) -> None:
        """Take a line away; the keyboard goes to the last one."""
        self.filling.remove(node)
        self._enter(self._nodes[-1])

    def _enter(self, node: Node) -> None:
        for question in self._held.values():
            if question.node.parent is node:
                question.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return
