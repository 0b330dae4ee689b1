"""Reading outreach: sources, events, and whom a text may be about."""

from __future__ import annotations

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
    """What identifies one patient, as stored."""

    family: str
    given: str
    preferred: str
    birth: str
    numbers: tuple[str, ...]


def patients_like(store: Store, texts: Iterable[str], birth_dates: Iterable[str]) -> tuple[PatientKey, ...]:
    """Every patient with a word of these texts among name and numbers, or one of these birth dates.

    The index is asked and never the whole table: a save of outreach waits for it.
    """
    words = list(
        dict.fromkeys(word for text in texts for word in _WORD.findall(text.replace("_", " ")) if len(word) > 1)
    )
    dates = list(birth_dates)
    table = store.table(Patient)
    wanted: dict[uuid.UUID, PatientKey] = {}
    with store.reading() as connection:
        ids: set[bytes] = set()
        for start in range(0, len(words), _WORDS):
            asked = " OR ".join(f'"{word}"' for word in words[start : start + _WORDS])
            ids |= {
                row[0]
                for row in connection.exec_driver_sql(
                    "SELECT e.id FROM search_index i JOIN search_entry e ON e.rid = i.rowid"
                    " WHERE search_index MATCH ? AND e.kind = ?",
                    (asked, Patient.kind),
                )
            }
        for condition in _conditions(table, ids, dates):
            columns = (
                table.c.id,
                table.c.family,
                table.c.given,
                table.c.preferred_name,
                table.c.birth_date,
                table.c.identifiers,
            )
            for row in connection.execute(sa.select(*columns).where(condition)):
                held = msgspec.json.decode(row.identifiers) if isinstance(row.identifiers, str) else row.identifiers
                numbers = tuple(_number(each) for each in held or ())
                wanted[row.id] = PatientKey(row.family, row.given, row.preferred_name, row.birth_date, numbers)
    return tuple(wanted.values())


def _number(held: object) -> str:
    return str(held.get("value", "")) if isinstance(held, dict) else str(getattr(held, "value", ""))


def _conditions(table: sa.Table, ids: set[bytes], dates: Sequence[str]) -> Iterable[sa.ColumnElement[bool]]:
    found = [uuid.UUID(bytes=each) for each in ids]
    for start in range(0, len(found), 500):
        yield table.c.id.in_(found[start : start + 500])
    if dates:
        yield table.c.birth_date.in_(list(dates))


def places(store: Store) -> tuple[SourcePlace, ...]:
    """Every place, by name; those we work with first."""
    return tuple(sorted(store.all(SourcePlace), key=lambda each: (not each.active, each.name.casefold())))


def contacts(store: Store) -> tuple[SourceContact, ...]:
    """Every contact, by name; those who still work there first."""
    return tuple(sorted(store.all(SourceContact), key=lambda each: (not each.active, each.name.casefold())))


def contacts_at(store: Store, place: uuid.UUID | None) -> tuple[SourceContact, ...]:
    """The contacts of one place."""
    return tuple(each for each in contacts(store) if each.place_id == place)


def events(store: Store, most: int | None = None) -> tuple[OutreachEvent, ...]:
    """The events, newest first."""
    table = store.table(OutreachEvent)
    query = sa.select(table).order_by(table.c.held_on.desc(), table.c.rid.desc())
    with store.reading() as connection:
        rows = connection.execute(query.limit(most) if most else query).mappings()
        return tuple(store.load(OutreachEvent, row) for row in rows)


def count_due(store: Store, day: str) -> int:
    """How many next actions are open and due by an ISO day."""
    table = store.table(OutreachEvent)
    query = sa.select(sa.func.count()).where(
        table.c.next_on.is_not(None),
        table.c.next_on <= sa.cast(day, table.c.next_on.type),
        table.c.next_done_on.is_(None),
    )
    with store.reading() as connection:
        return connection.execute(query).scalar_one()
