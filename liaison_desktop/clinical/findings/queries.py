"""Reading the findings of one patient, newest first."""

from __future__ import annotations

import uuid
from typing import TypeVar

from liaison_desktop.clinical.findings.record import LineDevice, Problem, ProposalAnswer, VitalSigns, Wound
from liaison_desktop.records import AttachedFile, Record
from liaison_desktop.store import Store

R = TypeVar("R", bound=Record)


def _of(store: Store, kind: type[R], patient: uuid.UUID) -> tuple[R, ...]:
    import sqlalchemy as sa

    table = store.table(kind)
    with store.reading() as connection:
        chosen = sa.select(table).where(table.c.patient == patient).order_by(table.c.rid.desc())
        return tuple(store.load(kind, row) for row in connection.execute(chosen).mappings())


def problems_of(store: Store, patient: uuid.UUID) -> tuple[Problem, ...]:
    """The problems of a patient; those of today first."""
    return tuple(sorted(_of(store, Problem, patient), key=lambda one: not one.current))


def lines_of(store: Store, patient: uuid.UUID) -> tuple[LineDevice, ...]:
    """Lines, drains and devices; those that are in first."""
    return tuple(sorted(_of(store, LineDevice, patient), key=lambda one: not one.current))


def wounds_of(store: Store, patient: uuid.UUID) -> tuple[Wound, ...]:
    """Wounds; those that are open first."""
    return tuple(sorted(_of(store, Wound, patient), key=lambda one: not one.current))


def vitals_of(store: Store, patient: uuid.UUID, limit: int = 60) -> tuple[VitalSigns, ...]:
    """Sets of vital signs by when they were taken, those entered in error left out."""
    import sqlalchemy as sa

    table = store.table(VitalSigns)
    with store.reading() as connection:
        chosen = sa.select(table).where(table.c.patient == patient, table.c.mistake == "")
        chosen = chosen.order_by(table.c.taken_at.desc(), table.c.rid.desc()).limit(limit)
        return tuple(store.load(VitalSigns, row) for row in connection.execute(chosen).mappings())


def last_with(store: Store, patient: uuid.UUID, name: str) -> VitalSigns | None:
    """The newest set in which this measure was taken; None if it never was."""
    import sqlalchemy as sa

    table = store.table(VitalSigns)
    with store.reading() as connection:
        chosen = sa.select(table).where(table.c.patient == patient, table.c.mistake == "", table.c[name].is_not(None))
        row = connection.execute(chosen.order_by(table.c.taken_at.desc()).limit(1)).mappings().first()
        return store.load(VitalSigns, row) if row is not None else None


def attachments(store: Store, patient: uuid.UUID) -> tuple[tuple[str, AttachedFile], ...]:
    """Every photo of the patient's wounds with where it belongs, newest first; for the documents of the chart."""
    found = [
        (wound.title(), photo) for wound in _of(store, Wound, patient) for look in wound.looks for photo in look.photos
    ]
    return tuple(sorted(found, key=lambda one: str(one[1].added_at or ""), reverse=True))


def answered_proposals(store: Store, patient: uuid.UUID) -> frozenset[tuple[uuid.UUID | None, str]]:
    """Checklist and topic of each proposal that somebody answered for this patient."""
    return frozenset((one.checklist, one.topic) for one in _of(store, ProposalAnswer, patient))
