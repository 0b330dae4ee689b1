"""Reading: everything that refers to a patient, whatever kind it is, and the merges of one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import sqlalchemy as sa

from liaison_desktop.clinical.episodes.queries import episodes_of
from liaison_desktop.clinical.episodes.record import Episode
from liaison_desktop.clinical.merging.record import PatientMerge
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.records import Record, fields_of
from liaison_desktop.store import Store

# Tasks are no clinical kind; for whom one is stands in a field that may hold any person.
_ALSO = {"task": ("subject",)}


def references(kind: type[Record]) -> tuple[str, ...]:
    """The fields of a kind that point to a patient."""
    named = tuple(spec.name for spec in fields_of(kind) if spec.field.refers_to == Patient.kind)
    return (*named, *_ALSO.get(kind.kind, ()))


def referring(store: Store, patient: uuid.UUID) -> Iterator[tuple[Record, str]]:
    """Every record with a field that points to this patient, and that field; kind by kind, oldest first."""
    for kind in store.kinds.values():
        table = store.table(kind)
        for name in references(kind):
            with store.reading() as connection:
                query = sa.select(table).where(table.c[name] == patient).order_by(table.c.rid)
                found = [store.load(kind, row) for row in connection.execute(query).mappings()]
            yield from ((record, name) for record in found)


def merges_of(store: Store, patient: uuid.UUID) -> tuple[PatientMerge, ...]:
    """The merges in which this patient stayed or went, newest first."""
    table = store.table(PatientMerge)
    query = sa.select(table).where(sa.or_(table.c.kept == patient, table.c.absorbed == patient))
    with store.reading() as connection:
        rows = connection.execute(query.order_by(table.c.rid.desc())).mappings()
        return tuple(store.load(PatientMerge, row) for row in rows)


def stays(store: Store, patient: uuid.UUID) -> tuple[Episode, ...]:
    """The stays of a patient."""
    return episodes_of(store, patient)
