"""The answer journal while a checklist is open: each change becomes a line, durable together with the answer itself.

The lines since the last version lie in the draft, which is one write; with the version they move into a record of
their own, in the same transaction, and so into the store's journal.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from liaison_desktop.clinical.checklists.queries import steps_of
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistSteps, Step
from liaison_desktop.clinical.checklists.rules.steps import NOT_ASKED, steps_between
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.wording import everything_said
from liaison_desktop.store import Store, Transaction
from liaison_desktop.ui.dates import short_day


class Trail:
    """What was answered in one checklist since its last version, and what it looked like then."""

    def __init__(self, store: Store, checklist: uuid.UUID, sheet: Sheet, pending: Iterable[Step] = ()) -> None:
        self._store, self._checklist = store, checklist
        held = steps_of(store, checklist)
        last = held[-1].number if held else 0
        # A draft that was written before the version holds lines that the version holds too.
        self.pending = [step for step in pending if step.number > last]
        self._next = (self.pending[-1].number if self.pending else last) + 1
        self._since: dt.datetime | None = (self.pending or list(held))[-1].at if self.pending or held else None
        self._said = everything_said(sheet)
        self._last = {step.key: step for step in (*held, *self.pending)}

    def take(self, sheet: Sheet, note: str = "") -> None:
        """Write a line for each answer that differs from the last time."""
        now = everything_said(sheet)
        at = self._store.clock()
        fresh = steps_between(
            self._said, now, by=self._store.actor.name, at=at, number=self._next, since=self._since, note=note
        )
        self._said = now
        self.add(fresh)

    def take_dropped(self, sheet: Sheet) -> None:
        """Write a line for each answer that is left out at the end, because its question is not asked any more."""
        self.take(sheet)
        asked = everything_said(sheet, asked_only=True)
        self.add(
            steps_between(
                self._said, asked, by=self._store.actor.name, at=self._store.clock(), number=self._next, note=NOT_ASKED
            )
        )
        self._said = asked

    def add(self, steps: tuple[Step, ...]) -> None:
        """Lines that were made elsewhere, such as when a draft is carried to a newer version."""
        self.pending += steps
        self._last |= {step.key: step for step in steps}
        if steps:
            self._next, self._since = steps[-1].number + 1, steps[-1].at

    def who(self, key: str) -> str:
        """Who gave the answer that stands there now, and when; blank where nothing is known of it."""
        step = self._last.get(key)
        if step is None or not step.after or step.at is None:
            return ""
        day = "" if step.at.date() == self._store.clock().date() else f"{short_day(step.at.date())} "
        return f"Answered by {step.by}, {day}{step.at:%H:%M}"

    @property
    def next(self) -> int:
        """The number of the line that comes next."""
        return self._next

    def write(self, transaction: Transaction) -> None:
        """Move the lines into a record of their own, within the transaction that writes the version."""
        if self.pending:
            transaction.save(ChecklistSteps(checklist=self._checklist, steps=tuple(self.pending)))

    def written(self) -> None:
        """The transaction was committed: the lines are in the store."""
        self.pending = []


def trail_for(store: Store, checklist: Checklist, sheet: Sheet) -> Trail:
    """A trail that begins now, for what is done in one go."""
    return Trail(store, checklist.id, sheet)
