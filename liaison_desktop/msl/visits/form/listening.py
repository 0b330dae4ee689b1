"""The questions to listen for, pinned beside the notes and ticked off as heard.

What was heard is a field of the visit, not a count kept elsewhere: it is saved, locked, amended and taken back with the
visit it belongs to, and how often a question was heard is counted from the visits and insights that say so.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.msl.insights.queries import priorities
from liaison_desktop.msl.insights.record import ListeningPriority
from liaison_desktop.msl.visits.record import HeardQuestion, Visit
from liaison_desktop.ui.chips import KeyCap
from liaison_desktop.ui.layout import column, refill, row
from liaison_desktop.ui.text import Elided, elided, label, wrapped
from liaison_desktop.ui.ticks import TickEditor

if TYPE_CHECKING:
    from liaison_desktop.store import Store

MOST = 5  # so many questions one can listen for at once


class ListeningCards(QWidget):
    """The questions asked on the day of a visit, and those it ticked. `changed` after each tick."""

    changed = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store, self._held, self._read_only = store, tuple[uuid.UUID, ...](), False
        self._visit = Visit()
        self._marks: dict[uuid.UUID | None, HeardQuestion] = {}
        self.ticks: list[TickEditor] = []
        self._shown: tuple[tuple[uuid.UUID, str, bool], ...] = ()
        self._said: dict[uuid.UUID, Elided] = {}
        self._body = QWidget()
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        head = row(label("Listen for", "section"), None, KeyCap("Alt+1"))
        head.setFixedHeight(32)
        layout.addWidget(head)
        layout.addWidget(self._body)
        self.hide()

    def values(self) -> tuple[uuid.UUID, ...]:
        """The questions that were heard."""
        return self._held

    def marks(self) -> tuple[HeardQuestion, ...]:
        """Who ticked each of them, and when."""
        return tuple(self._marks[key] for key in self._held if key in self._marks)

    def show_visit(self, visit: Visit) -> None:
        """Show the questions of a visit's day."""
        self._visit, self._held = visit, visit.heard_priorities
        self._marks = {one.priority_id: one for one in visit.heard_marks}
        self.refresh()

    def set_read_only(self, on: bool) -> None:
        """Let nothing be ticked."""
        self._read_only = on
        for tick in self.ticks:
            tick.setEnabled(not on)

    def refresh(self) -> None:
        """Read the questions again, as after one was added."""
        start = self._visit.start_at or self._store.clock()
        day = start.astimezone(self._store.clock().tzinfo).date()
        found = [one for one in priorities(self._store) if one.asked_on(day) or one.id in self._held]
        self._fill(found[:MOST] + [one for one in found[MOST:] if one.id in self._held])

    def toggle(self, number: int) -> None:
        """Tick the question with this number, counted from 1, or take the tick away."""
        if 0 < number <= len(self.ticks) and self.ticks[number - 1].isEnabled():
            self.ticks[number - 1].click()

    def _fill(self, found: list[ListeningPriority]) -> None:
        shown = tuple((one.id, one.question, one.id in self._held) for one in found)
        # Without a place in a page it would be a window of its own.
        self.setVisible(bool(found) and self.parentWidget() is not None)
        if shown == self._shown:
            return
        self.ticks, rows = [], list[QWidget]()
        self._said = {}
        for one in found:
            tick = TickEditor("")
            tick.setAccessibleName(f"Heard: {one.question}")
            tick.setFixedSize(28, 24)
            tick.set_value(one.id in self._held)
            tick.setEnabled(not self._read_only)
            tick.changed.connect(lambda on, key=one.id: self._tick(key, on=bool(on)))
            self.ticks.append(tick)
            said = self._said[one.id] = elided(self._words(one.id), "cap", "ink3")
            words = column(wrapped(one.question, "sec", "ink"), said, gap=0)
            said.setVisible(one.id in self._held)
            rows.append(row((tick, Qt.AlignmentFlag.AlignTop), (words, 1), gap=4))
        refill(self._body, *rows)

    def _words(self, key: uuid.UUID) -> str:
        """`Heard 14:05, Amara Lindqvist`, as far as it is known."""
        mark = self._marks.get(key)
        if mark is None or mark.at is None:
            return "Heard"
        at = mark.at.astimezone(self._store.clock().tzinfo)
        start = self._visit.start_at
        same = start is None or start.astimezone(at.tzinfo).date() == at.date()
        return f"Heard {at:%H:%M}, {mark.by}" if same else f"Heard, ticked {at.day} {at:%b} by {mark.by}"

    def _tick(self, key: uuid.UUID, *, on: bool) -> None:
        without = tuple(held for held in self._held if held != key)
        self._held = (*without, key) if on else without
        now = self._store.clock()
        mark = HeardQuestion(priority_id=key, by=self._store.actor.name, at=now)
        self._marks = {**self._marks, key: mark} if on else {k: one for k, one in self._marks.items() if k != key}
        self._said[key].set_text(self._words(key))
        self._said[key].setVisible(on)
        self._shown = tuple((known, words, known in self._held) for known, words, _ in self._shown)
        self.changed.emit()
