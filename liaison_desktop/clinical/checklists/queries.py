"""Reading: which checklists are open, whose they are, what amended what."""

from __future__ import annotations

import datetime
import uuid

from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus, ChecklistSteps, ImportedForm, Step
from liaison_desktop.clinical.patients.queries import patients
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.store import Store

_NEWEST = 1000  # checklists among which those of the last weeks are


def recent_checklists(store: Store, limit: int = 500) -> tuple[tuple[Checklist, Patient | None], ...]:
    """The newest checklists of all patients, each with its patient; those in progress first."""
    import sqlalchemy as sa

    table = store.table(Checklist)
    going_on = table.c.status == ChecklistStatus.IN_PROGRESS.value
    newest = sa.select(table).order_by(table.c.rid.desc())
    with store.reading() as connection:
        # Two questions, the second read backwards from the newest row: one sorted answer would carry every checklist.
        rows = list(connection.execute(newest.where(going_on).limit(limit)).mappings())
        if len(rows) < limit:
            others = newest.where(sa.func.coalesce(table.c.status, "") != ChecklistStatus.IN_PROGRESS.value)
            rows += connection.execute(others.limit(limit - len(rows))).mappings()
        found = tuple(store.load(Checklist, row) for row in rows)
    ids = {one.patient for one in found if one.patient is not None}
    people = {one.id: one for one in patients(store, list(ids))}
    return tuple((one, people.get(one.patient or one.id)) for one in found)


def checklists_of(store: Store, patient: uuid.UUID) -> tuple[Checklist, ...]:
    """All the checklists of a patient, newest first."""
    import sqlalchemy as sa

    table = store.table(Checklist)
    with store.reading() as connection:
        chosen = sa.select(table).where(table.c.patient == patient).order_by(table.c.rid.desc())
        return tuple(store.load(Checklist, row) for row in connection.execute(chosen).mappings())


def open_checklists(store: Store, most: int = 50) -> tuple[Checklist, ...]:
    """The checklists in progress and those that wait for an RN, newest first."""
    import sqlalchemy as sa

    table = store.table(Checklist)
    finished = table.c.status.in_((ChecklistStatus.COMPLETED.value, ChecklistStatus.AMENDED.value))
    # Two questions, each with an index of its own: together they would read every checklist there ever was.
    going = sa.select(table.c.rid).where(table.c.status == ChecklistStatus.IN_PROGRESS.value)
    waiting = sa.select(table.c.rid).where(table.c.review_needed == 1, finished)
    chosen = sa.union(going, waiting).subquery()
    newest = sa.select(chosen.c.rid).order_by(chosen.c.rid.desc()).limit(most)
    with store.reading() as connection:
        rows = connection.execute(
            sa.select(table).where(table.c.rid.in_(newest)).order_by(table.c.rid.desc())
        ).mappings()
        return tuple(store.load(Checklist, row) for row in rows)


def screenings(store: Store, since: datetime.datetime, patient: uuid.UUID | None = None) -> tuple[Checklist, ...]:
    """The pre-admission screenings begun since a moment, newest first; of one patient, or of everybody."""
    import sqlalchemy as sa

    table = store.table(Checklist)
    # Which ones they are is read without their answers, which are long; newest rows first, so an old store costs nothing.
    head = sa.select(table.c.rid, table.c.form_url, table.c.started_at).order_by(table.c.rid.desc()).limit(_NEWEST)
    if patient is not None:
        head = head.where(table.c.patient == patient)
    with store.reading() as connection:
        chosen = [
            row.rid
            for row in connection.execute(head)
            if row.form_url.endswith("/pas") and row.started_at is not None and row.started_at >= since
        ]
        rows = connection.execute(
            sa.select(table).where(table.c.rid.in_(chosen)).order_by(table.c.rid.desc())
        ).mappings()
        return tuple(store.load(Checklist, row) for row in rows)


def amendment_of(store: Store, checklist: uuid.UUID) -> Checklist | None:
    """The checklist that amends this one, if there is one that was not given up."""
    import sqlalchemy as sa

    table = store.table(Checklist)
    gone = (ChecklistStatus.ENTERED_IN_ERROR.value, ChecklistStatus.STOPPED.value)
    with store.reading() as connection:
        chosen = sa.select(table).where(table.c.amends == checklist, table.c.status.not_in(gone))
        row = connection.execute(chosen.order_by(table.c.rid.desc()).limit(1)).mappings().first()
        return store.load(Checklist, row) if row is not None else None


def count_open(store: Store) -> int:
    """How many are in progress."""
    import sqlalchemy as sa

    table = store.table(Checklist)
    with store.reading() as connection:
        chosen = sa.select(sa.func.count()).where(table.c.status == ChecklistStatus.IN_PROGRESS.value)
        return int(connection.execute(chosen).scalar_one())


def steps_of(store: Store, checklist: uuid.UUID) -> tuple[Step, ...]:
    """The answer journal of a checklist up to its last version, oldest line first."""
    import sqlalchemy as sa

    table = store.table(ChecklistSteps)
    with store.reading() as connection:
        chosen = sa.select(table).where(table.c.checklist == checklist).order_by(table.c.rid)
        held = [store.load(ChecklistSteps, row) for row in connection.execute(chosen).mappings()]
    return tuple(step for one in held for step in one.steps)


def imported_form(store: Store, url: str, version: str, hash: str = "") -> ImportedForm | None:
    """The imported form of that address and version, and of that fingerprint if one is given."""
    import sqlalchemy as sa

    table = store.table(ImportedForm)
    with store.reading() as connection:
        chosen = sa.select(table).where(table.c.url == url, table.c.form_version == version)
        if hash:
            chosen = chosen.where(table.c.form_hash == hash)
        row = connection.execute(chosen.order_by(table.c.rid.desc()).limit(1)).mappings().first()
        return store.load(ImportedForm, row) if row is not None else None


def imported_forms(store: Store) -> tuple[ImportedForm, ...]:
    """Every imported form, the newest of each address; newest first."""
    import sqlalchemy as sa

    table = store.table(ImportedForm)
    with store.reading() as connection:
        rows = connection.execute(sa.select(table).order_by(table.c.rid)).mappings()
        newest = {row["url"]: store.load(ImportedForm, row) for row in rows}
    return tuple(reversed(newest.values()))


def newest_imported(store: Store, url: str) -> ImportedForm | None:
    """The imported form of that address that came last."""
    return next((form for form in imported_forms(store) if form.url == url), None)
