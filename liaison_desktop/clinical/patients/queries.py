"""Reading patients: the ordered list, the count, who may be the same person, who was opened lately."""

from __future__ import annotations

import unicodedata
import uuid

import sqlalchemy as sa

from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.store import Act, Store

_MOST_FOUND = 200


def count_patients(store: Store) -> int:
    """How many patients are here."""
    with store.reading() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(store.table(Patient))).scalar_one()


def _order(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


def patient_ids(store: Store) -> tuple[uuid.UUID, ...]:
    """Every patient's id, by family name and given names as people sort them: Álvarez stands under A."""
    table = store.table(Patient)
    with store.reading() as connection:
        rows = connection.execute(sa.select(table.c.id, table.c.family, table.c.given)).all()
    return tuple(row.id for row in sorted(rows, key=lambda row: (_order(row.family), _order(row.given), row.id.bytes)))


def patients(store: Store, ids: tuple[uuid.UUID, ...]) -> tuple[Patient, ...]:
    """These patients in this order; one that is gone is left out. Ask for a page at a time."""
    table = store.table(Patient)
    with store.reading() as connection:
        rows = connection.execute(sa.select(table).where(table.c.id.in_(ids))).mappings()
        found = {row["id"]: store.load(Patient, row) for row in rows}
    return tuple(found[each] for each in ids if each in found)


def search_patients(store: Store, text: str) -> tuple[uuid.UUID, ...]:
    """Ids of the patients whose name, birth date, number or phone begin like the words typed. Any text is safe."""
    return tuple(hit.id for hit in store.search(text, Patient.kind, limit=_MOST_FOUND))


def born_like(store: Store, birth_date: str) -> tuple[Patient, ...]:
    """The patients born in the same year: among them any duplicate must be (V3)."""
    year = birth_date[:4]
    if len(year) < 4 or not (year.isascii() and year.isdigit()):
        return ()
    table = store.table(Patient)
    within = sa.select(table).where(table.c.birth_date >= year, table.c.birth_date < f"{year}~")
    with store.reading() as connection:
        return tuple(store.load(Patient, row) for row in connection.execute(within).mappings())


def opened_lately(store: Store, most: int = 8) -> tuple[Patient, ...]:
    """The patients whose chart this person opened last, newest first."""
    seen: dict[uuid.UUID, None] = {}
    for line in store.lines(limit=400, words=Act.VIEWED.value):
        if line.act == Act.VIEWED and line.kind == Patient.kind and line.subject and line.actor == store.actor.id:
            seen.setdefault(line.subject, None)
        if len(seen) == most:
            break
    return patients(store, tuple(seen))
