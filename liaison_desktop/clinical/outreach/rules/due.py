"""What is next with whom: open next actions, and visits that are due by the rhythm of a contact."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable

import msgspec

from liaison_desktop.clinical.outreach.record import OutreachEvent, SourceContact, VisitFrequency

_DAYS = {
    VisitFrequency.WEEKLY: 7,
    VisitFrequency.BIWEEKLY: 14,
    VisitFrequency.MONTHLY: 30,
    VisitFrequency.QUARTERLY: 91,
}


class Due(msgspec.Struct, frozen=True):
    """One thing to do. `event` names the event that said so; without one it is a visit that is due."""

    words: str
    day: datetime.date
    place: uuid.UUID | None = None
    contact: uuid.UUID | None = None
    event: uuid.UUID | None = None


def due_next(
    events: Iterable[OutreachEvent], contacts: Iterable[SourceContact], *, today: datetime.date
) -> tuple[Due, ...]:
    """Open next actions and due visits, the earliest first. A contact never seen is due today."""
    found: list[Due] = []
    seen: dict[uuid.UUID, datetime.date] = {}
    promised: set[uuid.UUID] = set()
    for event in events:
        for who in event.contact_ids:
            if event.held_on is not None:
                seen[who] = max(seen.get(who, event.held_on), event.held_on)
        if event.next_action.strip() and event.next_on is not None and event.next_done_on is None:
            first = next(iter(event.contact_ids), None)
            promised.update(event.contact_ids)
            found.append(Due(event.next_action.strip(), event.next_on, event.place_id, first, event.id))
    for contact in contacts:
        days = _DAYS.get(contact.visit_frequency) if contact.visit_frequency else None
        if days is None or not contact.active or contact.id in promised:
            continue
        last = seen.get(contact.id)
        day = last + datetime.timedelta(days=days) if last else today
        words = f"{contact.visit_frequency.label} visit" if contact.visit_frequency else "Visit"
        found.append(Due(words, day, contact.place_id, contact.id))
    return tuple(sorted(found, key=lambda each: (each.day, each.words, str(each.event or each.contact))))


def spent(events: Iterable[OutreachEvent], *, year: int) -> int:
    """What was spent in a calendar year, in US cents."""
    return sum(event.expense_cents or 0 for event in events if event.held_on is not None and event.held_on.year == year)
