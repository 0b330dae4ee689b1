"""Reading patients: the ordered list, the count, who may be the same person, who was opened lately."""

from __future__ import annotations

import enum
import unicodedata
import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from liaison_desktop.clinical.patients.record import InterpreterNeed, IsolationStatus, Patient
from liaison_desktop.store import Act, Store
from liaison_desktop.store.at_once import numbers_and_words_at_once

_MOST_FOUND = 200
_LINES = 1000  # of the journal, to look back for opened charts
_BEFORE_ANY_LETTER = "\x01"  # between family and given names: a short family name stands before a longer one


class Wanted(enum.Enum):
    """Which patients a list shows."""

    ALL = "All"
    NOT_ASKED = "Allergies not recorded"
    INTERPRETER = "Interpreter"
    ISOLATION = "Isolation"


def _condition(table: sa.Table, wanted: Wanted) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.merged_into.is_(None), _wanted(table, wanted))


def _wanted(table: sa.Table, wanted: Wanted) -> sa.ColumnElement[bool]:
    if wanted is Wanted.NOT_ASKED:
        return table.c.allergy_assertion.is_(None)
    if wanted is Wanted.INTERPRETER:
        return sa.func.json_extract(table.c.communication, "$.interpreter") == InterpreterNeed.YES.value
    if wanted is Wanted.ISOLATION:
        # Rows are canonical JSON, so an active one always reads the same.
        return table.c.isolation.contains(f'"status":"{IsolationStatus.ACTIVE.value}"')
    return sa.true()


def count_patients(store: Store, wanted: Wanted = Wanted.ALL) -> int:
    """How many patients are here."""
    table = store.table(Patient)
    query = sa.select(sa.func.count()).select_from(table).where(_condition(table, wanted))
    with store.reading() as connection:
        return connection.execute(query).scalar_one()


def _order(text: str) -> str:
    if text.isascii():
        return text.lower()  # the same, and for most names at once: every patient's is asked for each list
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


def patient_rows(store: Store, wanted: Wanted = Wanted.ALL) -> tuple[int, ...]:
    """Row numbers of the patients, by family name and given names as people sort them: Álvarez stands under A."""
    table = store.table(Patient)
    name = (table.c.family + _BEFORE_ANY_LETTER + table.c.given).label("name")
    query = sa.select(table.c.rid, name).where(_condition(table, wanted))
    with store.reading() as connection:
        rows, names = numbers_and_words_at_once(connection, query)
    return tuple(row for _name, row in sorted(zip(map(_order, names), rows, strict=True)))


def patients_in_rows(store: Store, rows: Sequence[int]) -> tuple[Patient, ...]:
    """The patients of these row numbers, in this order; one that is gone is left out. Ask for a page at a time."""
    table = store.table(Patient)
    with store.reading() as connection:
        found = {row["rid"]: store.load(Patient, row) for row in _of(connection, table, table.c.rid, rows)}
    return tuple(found[each] for each in rows if each in found)


def patients(store: Store, ids: Sequence[uuid.UUID]) -> tuple[Patient, ...]:
    """The patients of these ids, in this order; one that is gone is left out."""
    table = store.table(Patient)
    with store.reading() as connection:
        found = {row["id"]: store.load(Patient, row) for row in _of(connection, table, table.c.id, ids)}
    return tuple(found[each] for each in ids if each in found)


def _of(
    connection: sa.Connection, table: sa.Table, column: sa.ColumnElement[Any], wanted: Sequence[Any]
) -> Sequence[sa.RowMapping]:
    return connection.execute(sa.select(table).where(column.in_(list(wanted)))).mappings().all()


def search_patients(store: Store, text: str) -> tuple[uuid.UUID, ...]:
    """Ids of the patients whose name, birth date, number or phone begin like the words typed. Any text is safe."""
    return tuple(hit.id for hit in store.search(text, Patient.kind, limit=_MOST_FOUND))


def one_person(store: Store, patient: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """The id of this patient, and those of the records merged into it: what was signed stays under those."""
    table = store.table(Patient)
    with store.reading() as connection:
        found = connection.execute(sa.select(table.c.id).where(table.c.merged_into == patient)).scalars()
        return (patient, *found)


def born_like(store: Store, birth_date: str) -> tuple[Patient, ...]:
    """The patients born in the same year: among them any duplicate must be (V3)."""
    year = birth_date[:4]
    if len(year) < 4 or not (year.isascii() and year.isdigit()):
        return ()
    table = store.table(Patient)
    within = sa.select(table).where(
        table.c.birth_date >= year, table.c.birth_date < f"{year}~", table.c.merged_into.is_(None)
    )
    with store.reading() as connection:
        return tuple(store.load(Patient, row) for row in connection.execute(within).mappings())


def opened_lately(store: Store, most: int = 8) -> tuple[Patient, ...]:
    """The patients whose chart this person opened last, newest first."""
    return patients(store, store.lately(Act.VIEWED, Patient.kind, most=most, lines=_LINES))
