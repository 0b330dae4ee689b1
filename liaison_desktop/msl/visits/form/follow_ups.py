"""What is to be done after a visit: rows, what the notes seem to promise, and a line to add one."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.msl.visits.form.rows import EditedRow, RowList
from liaison_desktop.msl.visits.record import FollowUp, FollowUpKind, FollowUpStatus, Visit
from liaison_desktop.msl.visits.rules import Proposal, follow_up, proposals
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow
from liaison_desktop.ui.chips import ChipSpec, KeyCap
from liaison_desktop.ui.date_editors import DayEditor
from liaison_desktop.ui.editors import ComboEditor, TextEditor
from liaison_desktop.ui.free_text import FreeText
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import Item, card, hairline, refill, row
from liaison_desktop.ui.text import label
from liaison_desktop.ui.ticks import TickEditor

if TYPE_CHECKING:
    from liaison_desktop.store import Store

_PAUSE = 300  # ms after a key until the notes are read for promises


class FollowUpEditor(EditedRow):
    """Something to do: what, by when, whether the doctor waits for it, and what became of it."""

    settled = Signal(object)  # the new status, on a locked visit

    def __init__(self, store: Store, held: FollowUp) -> None:
        super().__init__()
        self._held, self._clock = held, store.clock
        self.done = TickEditor("")
        self.done.setAccessibleName("Done")
        self.done.setFixedWidth(28)
        self.text = TextEditor(name="What is to be done")
        self.text.free = FreeText("follow_ups")
        self.due = DayEditor("Due", store.clock)
        self.due.setFixedWidth(144)
        self.promised = TickEditor("Promised to the doctor")
        self.kind = ComboEditor(FollowUpKind, name="Kind of follow-up")
        self.kind.setFixedWidth(164)
        self.dropped = TickEditor("Dropped")
        self._live = False
        self.done.set_value(held.status is FollowUpStatus.DONE)
        self.dropped.set_value(held.status is FollowUpStatus.DROPPED)
        self.text.set_value(held.text)
        self.due.set_value(held.due_on)
        self.promised.set_value(held.promised_to_hcp)
        self.kind.set_value(held.kind)
        self._lay("this follow-up", self.done, (self.text, 1), self.due, self.dropped, below=(self.kind, self.promised))
        self.done.changed.connect(lambda on: self._marked(self.dropped, on))
        self.dropped.changed.connect(lambda on: self._marked(self.done, on))

    def set_live(self, on: bool) -> None:
        """On a locked visit only this may still be said: done, or dropped."""
        self._live = on
        for box in (self.done, self.dropped):
            box.setEnabled(box.isEnabled() or on)

    def status(self) -> FollowUpStatus:
        """How it stands as ticked."""
        if self.dropped.value():
            return FollowUpStatus.DROPPED
        return FollowUpStatus.DONE if self.done.value() else FollowUpStatus.OPEN

    def _marked(self, other: TickEditor, on: object) -> None:
        if on:
            other.set_value(False)  # What is dropped was not done.
        if self._live:
            self.settled.emit(self.status())

    def value(self) -> FollowUp:
        """The follow-up as typed."""
        status, same = self.status(), self.status() is self._held.status
        return msgspec.structs.replace(
            self._held,
            text=self.text.value(),
            due_on=self.due.value(),
            promised_to_hcp=self.promised.value(),
            kind=self.kind.value() or FollowUpKind.OTHER,
            status=status,
            done_at=self._held.done_at if same else self._clock() if status is FollowUpStatus.DONE else None,
        )


class FollowUps(QWidget):
    """The follow-ups of a visit. What the notes promise is proposed: one key adds it, nothing adds itself."""

    changed = Signal()
    settled = Signal(int, object)  # number and new status, on a locked visit

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store, self._notes, self._shut, self._live = store, "", False, False
        self._refused: set[str] = set()
        self.offered: tuple[Proposal, ...] = ()
        self.rows = RowList(store, FollowUpEditor)
        self.line = LineEdit(placeholder="send the renal letter fri", icon="plus", quiet=True, name="Add a follow-up")
        self.line.free = FreeText("follow_ups")
        self.line.returnPressed.connect(self._add_typed)
        self._box = card(gap=0, margins=(0, 4, 0, 4))
        self._box.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (row(label("Follow-ups", "strong"), None), self.rows, self._box, self.line):
            layout.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.read_notes)
        self.rows.changed.connect(self._heard)
        self._key = QShortcut(QKeySequence("Alt+F"), self, self.take_first, context=Qt.ShortcutContext.WindowShortcut)
        self._key.setEnabled(False)

    def show_visit(self, visit: Visit, *, read_only: bool) -> None:
        """Show the follow-ups of a visit. What was refused before is offered again only for another visit."""
        self._timer.stop()
        self.rows.set_values(visit.follow_ups)
        self.rows.set_read_only(read_only)
        self.line.setVisible(not read_only)
        self._shut, self._notes, self._live = read_only, visit.notes, False
        self.read_notes()

    def set_live(self, on: bool) -> None:
        """On a locked visit, let done and dropped still be said."""
        self._live = on
        for number, held in enumerate(self.rows.editors()):
            held.set_live(on)
            held.settled.connect(lambda status, n=number: self.settled.emit(n, status))

    def hear(self, notes: str) -> None:
        """The notes as they stand; they are read at the next pause."""
        self._notes = notes
        self._timer.start()

    def read_notes(self) -> None:
        """Offer what the notes promise and no follow-up says yet."""
        found: tuple[Proposal, ...] = ()
        if not self._shut:
            today, policy = self._store.clock().date(), policy_of(self._store)
            found = proposals(self._notes, today, policy, self.rows.values())
        self.offered = tuple(one for one in found if one.text not in self._refused)
        self._key.setEnabled(bool(self.offered))
        self._show_offered()

    def take_first(self) -> None:
        """Add the first that is offered (Alt+F)."""
        if self.offered:
            self.take(self.offered[0])

    def take(self, offer: Proposal) -> None:
        """Add one that is offered."""
        self.rows.add(offer.row(), focus=False)
        self.read_notes()

    def refuse(self, offer: Proposal) -> None:
        """Offer this one no more."""
        self._refused.add(offer.text)
        self.read_notes()

    def _show_offered(self) -> None:
        items: list[Item] = []
        for number, one in enumerate(self.offered):
            day = ChipSpec(f"{one.due_on:%a} {one.due_on.day} {one.due_on:%b}", "outline")
            add = CardRow(one.text, "", "plus", chip=day, on_click=functools.partial(self.take, one), tone="accent_ink")
            add.setAccessibleName(f"Add the follow-up: {one.text}, due {day.text}")
            refuse = functools.partial(self.refuse, one)
            no = button("", "quiet", "x", small=True, name=f"Not a follow-up: {one.text}", on_click=refuse)
            items += [hairline()] if number else []
            items.append(row((add, 1), no, gap=0, margins=(0, 0, 8, 0)))
        head = row(label("The notes seem to promise", "cap"), None, KeyCap("Alt+F"), margins=(16, 4, 12, 4))
        refill(self._box, *((head, *items) if items else ()))
        self._box.setVisible(bool(items))

    def _add_typed(self) -> None:
        if self.line.text().strip():
            text, due = follow_up(self.line.text(), self._store.clock().date())
            self.line.clear()
            self.rows.add(FollowUp(text=text, due_on=due), focus=False)

    def _heard(self) -> None:
        if not self._live:
            self._timer.start()
            self.changed.emit()
