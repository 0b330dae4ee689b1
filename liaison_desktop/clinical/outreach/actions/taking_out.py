"""Sources and events as tables for a spreadsheet. They hold nothing of a patient, and still it takes the right."""

from __future__ import annotations

import uuid

from liaison_desktop.clinical.outreach.queries import contacts, events, places
from liaison_desktop.clinical.outreach.record import OutreachEvent, SourceContact
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.store import Act, Store

Made = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
_EVENTS = (
    "Day", "What", "Place", "With whom", "Topic", "Outcome", "People there", "Referrals promised", "Spent (USD)",
    "Materials", "Next", "On", "Done on", "Notes", "Recorded by",
)  # fmt: skip
_SOURCES = ("Name", "Place", "Role", "Phone", "E-mail", "NPI", "How often", "Rating", "Last seen", "Notes")


def events_table(store: Store) -> Made:
    """Headers and rows of every event, newest first. Raises Refused."""
    require(store, "export")
    where = {place.id: place.name for place in places(store)}
    who = {contact.id: contact.name for contact in contacts(store)}
    return _EVENTS, tuple(_event(event, where, who) for event in events(store))


def _event(event: OutreachEvent, where: dict[uuid.UUID, str], who: dict[uuid.UUID, str]) -> tuple[str, ...]:
    cents = event.expense_cents
    return (
        _day(event.held_on),
        event.event_kind.label if event.event_kind else "",
        where.get(event.place_id, "") if event.place_id else "",
        ", ".join(who.get(each, "") for each in event.contact_ids),
        event.topic,
        event.outcome.label if event.outcome else "",
        _number(event.headcount),
        _number(event.referrals_promised),
        "" if cents is None else f"{cents // 100}.{cents % 100:02d}",
        event.materials,
        event.next_action,
        _day(event.next_on),
        _day(event.next_done_on),
        event.notes,
        event.by,
    )


def sources_table(store: Store) -> Made:
    """Headers and rows of every contact, and of the places nobody is recorded at. Raises Refused."""
    require(store, "export")
    where = {place.id: place.name for place in places(store)}
    people, seen = contacts(store), _last_seen(store)
    rows = [_contact(each, where, seen) for each in people]
    named = {each.place_id for each in people}
    rows += [
        ("", place.name, "", place.phone, "", place.npi, "", "", "", "")
        for place in places(store)
        if place.id not in named
    ]
    return _SOURCES, tuple(rows)


def _contact(contact: SourceContact, where: dict[uuid.UUID, str], seen: dict[uuid.UUID, str]) -> tuple[str, ...]:
    return (
        contact.name,
        where.get(contact.place_id, "") if contact.place_id else "",
        contact.role,
        contact.phone,
        contact.email,
        contact.npi,
        contact.visit_frequency.label if contact.visit_frequency else "",
        _number(contact.rating),
        seen.get(contact.id, ""),
        contact.notes,
    )


def _last_seen(store: Store) -> dict[uuid.UUID, str]:
    found: dict[uuid.UUID, str] = {}
    for event in events(store):  # newest first
        for contact in event.contact_ids:
            found.setdefault(contact, _day(event.held_on))
    return found


def note_exported(store: Store, what: str) -> None:
    """A table was saved outside the store."""
    store.note(Act.EXPORTED, kind=OutreachEvent.kind, detail=what)


def _day(day: object) -> str:
    return "" if day is None else str(day)


def _number(number: int | None) -> str:
    return "" if number is None else str(number)
