"""One thing that was done to be known: where, with whom, what came of it, what it cost, and what is next."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from typing import Annotated, ClassVar

from liaison_desktop.clinical.outreach.record.codes import EventKind, Outcome
from liaison_desktop.errors import Fault
from liaison_desktop.records import Field, Record


class OutreachEvent(Record, frozen=True, kw_only=True):
    """An event of outreach. `expense_cents` is in US cents; gifts and meals to who refers are limited by law.

    `next_done_on` closes the next action. Nothing in here may tell of a patient (V41).
    """

    kind: ClassVar[str] = "outreach_event"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("held_on",), ("place_id",), ("next_on",))

    event_kind: Annotated[EventKind | None, Field("What", required=True)] = None
    held_on: Annotated[datetime.date | None, Field("Day", required=True)] = None
    place_id: Annotated[uuid.UUID | None, Field("Place", refers_to="source_place")] = None
    contact_ids: Annotated[tuple[uuid.UUID, ...], Field("With whom", refers_to="source_contact")] = ()
    topic: Annotated[str, Field("Topic", search=True, most=200, free=True)] = ""
    materials: Annotated[str, Field("Materials left", most=400, free=True)] = ""
    headcount: Annotated[int | None, Field("People there")] = None
    referrals_promised: Annotated[int | None, Field("Referrals promised")] = None
    expense_cents: Annotated[int | None, Field("Spent, in US dollars")] = None
    outcome: Annotated[Outcome | None, Field("Outcome")] = None
    notes: Annotated[str, Field("Notes", lines=3, search=True, most=2000, help="Never about a patient.")] = ""
    next_action: Annotated[str, Field("Next", search=True, most=200, free=True)] = ""
    next_on: Annotated[datetime.date | None, Field("On")] = None
    next_done_on: Annotated[datetime.date | None, Field("Done on")] = None
    by: Annotated[str, Field("Recorded by", most=200)] = ""
    by_id: Annotated[uuid.UUID | None, Field("Recorded by, id")] = None

    def title(self) -> str:
        """What it was about, else what it was."""
        return self.topic.strip() or (self.event_kind.label if self.event_kind else "Event")

    def facts(self) -> str:
        """What, and what came of it."""
        parts = (self.event_kind.label if self.event_kind else "", self.outcome.label if self.outcome else "")
        return " · ".join(part for part in parts if part)

    def faults(self) -> tuple[Fault, ...]:
        """The needed fields, numbers that are not negative, a next action with its day."""
        return (*super().faults(), *_event_faults(self))


def _event_faults(event: OutreachEvent) -> Iterator[Fault]:
    for name in ("headcount", "referrals_promised", "expense_cents"):
        held = getattr(event, name)
        if held is not None and held < 0:
            yield Fault(field=name, message="This cannot be below zero.")
    if event.next_action.strip() and event.next_on is None:
        yield Fault(field="next_on", message="Say by which day.")
    if event.next_on is not None and not event.next_action.strip():
        yield Fault(field="next_action", message="Say what is to be done by then.")
