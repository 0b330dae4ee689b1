"""The sheet as the widgets see it: every change goes through here, and everybody hears of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from liaison_desktop.questionnaires import progress
from liaison_desktop.questionnaires.definition import Item
from liaison_desktop.questionnaires.marks import flagged, set_flag
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.response import Sheet


class Filling(QObject):
    """Changes a sheet. `touched` carries the node and whether more typing may follow; `moved` says that items came,
    went or were reordered."""

    touched = Signal(object, bool)
    moved = Signal()

    def __init__(self, sheet: Sheet, clock: Callable[[], dt.datetime], locked: bool = False) -> None:
        super().__init__()
        self.sheet, self.clock, self.locked = sheet, clock, locked
        self.faults: dict[str, str] = {}
        self.opened: frozenset[str] = frozenset()  # linkIds that are answered although the form is finished
        self.shut: frozenset[str] = frozenset()  # linkIds that somebody else answers
        self.show_sources = False  # F1: the citation of each question under it
        self.who: Callable[[str], str] = lambda _key: ""  # who gave the answer of that key, and when
        self.choose_file: Callable[[str], Path | None] = lambda _patterns: None

    def is_locked(self, item: Item) -> bool:
        """Whether this question is only read by whoever is here."""
        return item.link_id in self.shut or (self.locked and item.link_id not in self.opened)

    def answer(self, node: Node, pairs: list[tuple[str, Any]], typing: bool = False) -> None:
        """Answers a question, or clears it."""
        # What is asked below an answer comes and goes with it.
        self._told(node, bool(self.sheet.answer(node, *pairs)) or bool(node.item.items), typing)

    def cannot_assess(self, node: Node, reason: str) -> None:
        """Marks a question as one that cannot be answered now."""
        self._told(node, bool(self.sheet.cannot_assess(node, reason)) or bool(node.item.items), False)

    def explain(self, node: Node, reason: str, typing: bool = False) -> None:
        """Says why, on an answer that needs it."""
        self.sheet.explain(node, reason)
        self._told(node, False, typing)

    def confirm(self, node: Node) -> None:
        """Takes the prefilled answer."""
        self._told(node, bool(self.sheet.confirm(node, self.clock())) or bool(node.item.items), False)

    def flag(self, node: Node) -> None:
        """Marks a question to come back to, or takes the mark away."""
        set_flag(node, not flagged(node))
        self._told(node, False, False)

    def add(self, node: Node) -> Node:
        """One more occurrence of a repeating group."""
        made = self.sheet.add(node)
        self._told(node, True, False)
        return made

    def remove(self, node: Node) -> None:
        """Takes an occurrence away."""
        self.sheet.remove(node)
        self._told(node, True, False)

    def explain_finding(self, key: str, reason: str) -> None:
        """Says why a finding may stand."""
        node = self.sheet.find(key)
        if node is not None:
            progress.explain(node, reason)
            self._told(node, False, False)

    def _told(self, node: Node, moved: bool, typing: bool) -> None:
        self.faults.pop(node.key, None)
        if moved:
            self.moved.emit()
        self.touched.emit(node, typing)
