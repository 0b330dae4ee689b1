"""Reading the consents in the store, and how they ended."""

from __future__ import annotations

import datetime
import uuid

from liaison_desktop.clinical.consents.record import Consent, ConsentState, ConsentWithdrawal, DayCheck
from liaison_desktop.clinical.patients.queries import one_person
from liaison_desktop.records import Line
from liaison_desktop.store import Store, journal
from liaison_desktop.tasks.queries import open_tasks
from liaison_desktop.tasks.record import Task, TaskKind

_NEWEST = 1000  # consents among which those that still count are
_OVER = (
    ConsentState.ACTIVE,
    ConsentState.REFUSED,
    ConsentState.WITHDRAWN_BY_PRACTITIONER,
    ConsentState.ENTERED_IN_ERROR,
)


def recent_consents(store: Store, limit: int = 500) -> tuple[Consent, ...]:
    """The newest consents of all patients, newest first."""
    import sqlalchemy as sa

    table = store.table(Consent)
    with store.reading() as connection:
        rows = connection.execute(sa.select(table).order_by(table.c.rid.desc()).limit(limit)).mappings()
        return tuple(store.load(Consent, row) for row in rows)


def consents_of(store: Store, patient_id: uuid.UUID) -> tuple[Consent, ...]:
    """The consents of one patient, newest first; what was signed under a record merged into this one is among them."""
    import sqlalchemy as sa

    table, whose = store.table(Consent), one_person(store, patient_id)
    with store.reading() as connection:
        rows = connection.execute(
            sa.select(table).where(table.c.patient_id.in_(whose)).order_by(table.c.rid.desc())
        ).mappings()
        return tuple(store.load(Consent, row) for row in rows)


def endings_of(store: Store, *consent_ids: uuid.UUID) -> dict[uuid.UUID, tuple[ConsentWithdrawal, ...]]:
    """The withdrawals of these consents, by consent, in the order they were recorded."""
    import sqlalchemy as sa

    table = store.table(ConsentWithdrawal)
    found: dict[uuid.UUID, tuple[ConsentWithdrawal, ...]] = {}
    with store.reading() as connection:
        for start in range(0, len(consent_ids), 400):
            part = consent_ids[start : start + 400]
            query = sa.select(table).where(table.c.consent_id.in_(part)).order_by(table.c.rid)
            for row in connection.execute(query).mappings():
                ending = store.load(ConsentWithdrawal, row)
                if ending.consent_id is not None:
                    found[ending.consent_id] = (*found.get(ending.consent_id, ()), ending)
    return found


def day_checks_of(store: Store, consent_id: uuid.UUID) -> tuple[DayCheck, ...]:
    """The verifications on the day of one consent, oldest first."""
    import sqlalchemy as sa

    table = store.table(DayCheck)
    with store.reading() as connection:
        query = sa.select(table).where(table.c.consent_id == consent_id).order_by(table.c.rid)
        return tuple(store.load(DayCheck, row) for row in connection.execute(query).mappings())


def lasting_consents(store: Store, since: datetime.date, patient: uuid.UUID | None = None) -> tuple[Consent, ...]:
    """Complete consents that count until this day or longer, of one patient or of everybody, newest first."""
    import sqlalchemy as sa

    table = store.table(Consent)
    # They count for weeks, so they are among the newest rows; an old store costs nothing.
    newest = sa.select(table.c.rid).order_by(table.c.rid.desc()).limit(_NEWEST)
    query = sa.select(table).where(table.c.state == ConsentState.ACTIVE.value, table.c.valid_until >= since)
    query = query.where(table.c.patient_id == patient if patient is not None else table.c.rid.in_(newest))
    with store.reading() as connection:
        rows = connection.execute(query.order_by(table.c.rid.desc())).mappings()
        return tuple(store.load(Consent, row) for row in rows)


def consents_in(store: Store, states: tuple[ConsentState, ...], most: int = 50) -> tuple[Consent, ...]:
    """The consents in these states, newest first."""
    import sqlalchemy as sa

    table = store.table(Consent)
    query = sa.select(table).where(table.c.state.in_([state.value for state in states]))
    with store.reading() as connection:
        rows = connection.execute(query.order_by(table.c.rid.desc()).limit(most)).mappings()
        return tuple(store.load(Consent, row) for row in rows)


def print_tasks(store: Store) -> tuple[Task, ...]:
    """What waits for a printer, of all consents."""
    return tuple(
        task for task in open_tasks(store) if task.task_kind is TaskKind.PRINT and task.about_kind == Consent.kind
    )


def copies_of(store: Store, consent_id: uuid.UUID) -> tuple[Line, ...]:
    """The lines of the journal that say that a copy of this consent was printed or saved, newest first."""
    with store.reading() as connection:
        found = journal.lines(connection, "WHERE subject = ? AND act IN ('printed', 'exported')", (consent_id.bytes,))
        return tuple(found)[::-1]


def ink_is_kept(store: Store, sha256: str) -> bool:
    """Whether a signature with exactly this ink stands under any consent here."""
    import sqlalchemy as sa

    table = store.table(Consent)
    text = sa.cast(table.c.signatures, sa.Text)
    with store.reading() as connection:
        return connection.execute(sa.select(table.c.rid).where(text.contains(sha256)).limit(1)).first() is not None


def count_open(store: Store) -> int:
    """How many consents still wait for somebody."""
    import sqlalchemy as sa

    table = store.table(Consent)
    with store.reading() as connection:
        query = sa.select(sa.func.count()).where(table.c.state.not_in([state.value for state in _OVER]))
        return int(connection.execute(query).scalar_one())


def next_document_number(store: Store, year: int) -> str:
    """The next document number of this device, such as CS-2026-A0007. Numbers of two devices never meet."""
    import sqlalchemy as sa

    head = f"CS-{year}-{store.device.prefix}"
    table = store.table(Consent)
    with store.reading() as connection:
        query = sa.select(table.c.document_number).where(table.c.document_number.startswith(head, autoescape=True))
        numbers = [str(row[0])[len(head) :] for row in connection.execute(query)]
    last = max((int(number) for number in numbers if number.isdigit()), default=0)
    return f"{head}{last + 1:04d}"
