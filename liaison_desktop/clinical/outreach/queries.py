"""Reading outreach: sources, events, and whom a text may be about."""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Iterable, Sequence

import msgspec
import sqlalchemy as sa

from liaison_desktop.clinical.outreach.record import OutreachEvent, SourceContact, SourcePlace
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.store import Store

_WORDS = 40  # asked of the index at once
_WORD = re.compile(r"\w+")


class PatientKey(msgspec.Struct, frozen=True):
    """What identifies one patient, as stored; `identifiers` is the JSON of the numbers."""

    family: str
    given: str
    preferred: str
    birth: str
    identifiers: str

    def numbers(self) -> tuple[str, ...]:
        """The numbers by which somebody knows the patient."""
        return tuple(str(each.get("value", "")) for each in msgspec.json.decode(self.identifiers))


_KEY = "SELECT p.family, p.given, p.preferred_name, p.birth_date, p.identifiers FROM "


def patients_like(store: Store, texts: Iterable[str], birth_dates: Iterable[str]) -> frozenset[PatientKey]:
    """Every patient with a word of these texts among name and numbers, or one of these birth dates.

    The index is asked and never the whole table: a save of outreach waits for it.
    """
    found = (word for text in texts for word in _WORD.findall(text.replace("_", " ")) if len(word) > 1)
    words, dates = list(dict.fromkeys(found)), list(birth_dates)
    rows: list[Sequence[str]] = []
    with store.reading() as connection:
        for start in range(0, len(words), _WORDS):
            asked = " OR ".join(f'"{word}"' for word in words[start : start + _WORDS])
            rows += connection.exec_driver_sql(
                f"{_KEY} search_index i JOIN search_entry e ON e.rid = i.rowid JOIN patient p ON p.id = e.id"
                " WHERE search_index MATCH ? AND e.kind = ?",
                (asked, Patient.kind),
            ).all()
        for start in range(0, len(dates), _WORDS):
            some = tuple(dates[start : start + _WORDS])
            marks = ", ".join("?" * len(some))
            rows += connection.exec_driver_sql(f"{_KEY} patient p WHERE p.birth_date IN ({marks})", some).all()
    return frozenset(PatientKey(*row) for row in rows)


def places(store: Store) -> tuple[SourcePlace, ...]:
    """Every place, by name; those we work with first."""
    return tuple(sorted(store.all(SourcePlace), key=lambda each: (not each.active, each.name.casefold())))


def contacts(store: Store) -> tuple[SourceContact, ...]:
    """Every contact, by name; those who still work there first."""
    return tuple(sorted(store.all(SourceContact), key=lambda each: (not each.active, each.name.casefold())))


def contacts_at(store: Store, place: uuid.UUID | None) -> tuple[SourceContact, ...]:
    """The contacts of one place."""
    return tuple(each for each in contacts(store) if each.place_id == place)


def events(
    store: Store, most: int | None = None, *, place: uuid.UUID | None = None, contact: uuid.UUID | None = None
) -> tuple[OutreachEvent, ...]:
    """The events, newest first; those at a place or with a contact if one is named."""
    table = store.table(OutreachEvent)
    query = sa.select(table).order_by(table.c.held_on.desc(), table.c.rid.desc())
    if place is not None:
        query = query.where(table.c.place_id == place)
    if contact is not None:
        query = query.where(table.c.contact_ids.contains(str(contact)))
    with store.reading() as connection:
        rows = connection.execute(query.limit(most) if most else query).mappings()
        return tuple(store.load(OutreachEvent, row) for row in rows)


_CONTACTS = msgspec.json.Decoder(tuple[uuid.UUID, ...])


def outlines(store: Store) -> tuple[OutreachEvent, ...]:
    """Every event with only who was met when, and what is next: what the list of due things is made of."""
    with store.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT id, held_on, place_id, contact_ids, next_action, next_on, next_done_on FROM outreach_event"
        ).all()
    return tuple(
        OutreachEvent(
            id=uuid.UUID(bytes=id),
            held_on=_day(held_on),
            place_id=uuid.UUID(bytes=place) if place else None,
            contact_ids=_CONTACTS.decode(people),
            next_action=words,
            next_on=_day(next_on),
            next_done_on=_day(done_on),
        )
        for id, held_on, place, people, words, next_on, done_on in rows
    )


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def count_due(store: Store) -> int:
    """How many next actions are open and due by today."""
    with store.reading() as connection:
        found = connection.exec_driver_sql(
            "SELECT count(*) FROM outreach_event WHERE next_on <= ? AND next_done_on IS NULL",
            (store.clock().date().isoformat(),),
        )
        return int(found.scalar_one())
