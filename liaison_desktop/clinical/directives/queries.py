"""Reading directives, what was given and reported, and capacity notes."""

from __future__ import annotations

import uuid
from typing import TypeVar

from liaison_desktop.clinical.directives.record import CapacityNote, CodeStatusReport, Directive, RightsGiven
from liaison_desktop.store import Store

K = TypeVar("K", Directive, RightsGiven, CodeStatusReport, CapacityNote)


def _of(store: Store, kind: type[K], patient: uuid.UUID) -> tuple[K, ...]:
    import sqlalchemy as sa

    table = store.table(kind)
    query = sa.select(table).where(table.c.patient == patient).order_by(table.c.rid.desc())
    with store.reading() as connection:
        return tuple(store.load(kind, row) for row in connection.execute(query).mappings())


def directives_of(store: Store, patient: uuid.UUID) -> tuple[Directive, ...]:
    """The directives of a patient, those that count first, else the newest first."""
    found = _of(store, Directive, patient)
    return tuple(sorted(found, key=lambda one: one.ended_at is not None))


def rights_given_to(store: Store, patient: uuid.UUID) -> tuple[RightsGiven, ...]:
    """Each time written information on rights was given, the newest first."""
    return _of(store, RightsGiven, patient)


def reports_of(store: Store, patient: uuid.UUID) -> tuple[CodeStatusReport, ...]:
    """Each report of a code status, the newest first."""
    return _of(store, CodeStatusReport, patient)


def capacity_notes_of(store: Store, patient: uuid.UUID) -> tuple[CapacityNote, ...]:
    """The capacity notes of a patient, the newest first."""
    return _of(store, CapacityNote, patient)
