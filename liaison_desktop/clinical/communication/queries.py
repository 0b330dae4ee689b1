"""Reading the log and the sessions of one patient."""

from __future__ import annotations

import datetime
import uuid

from liaison_desktop.clinical.communication.record import InterpreterSession, LogEntry
from liaison_desktop.store import Store

_MOST = 500  # entries of one patient that are shown


def log_of(store: Store, patient: uuid.UUID) -> tuple[LogEntry, ...]:
    """The entries of a patient, the newest talk first."""
    import sqlalchemy as sa

    table = store.table(LogEntry)
    with store.reading() as connection:
        query = sa.select(table).where(table.c.patient == patient).order_by(table.c.at.desc(), table.c.rid.desc())
        return tuple(store.load(LogEntry, row) for row in connection.execute(query.limit(_MOST)).mappings())


def sessions_of(store: Store, patient: uuid.UUID) -> tuple[InterpreterSession, ...]:
    """The sessions of a patient, newest first."""
    import sqlalchemy as sa

    table = store.table(InterpreterSession)
    with store.reading() as connection:
        query = sa.select(table).where(table.c.patient == patient).order_by(table.c.rid.desc())
        return tuple(store.load(InterpreterSession, row) for row in connection.execute(query.limit(_MOST)).mappings())


def session_of_the_day(store: Store, patient: uuid.UUID, day: datetime.date) -> InterpreterSession | None:
    """The session that goes on, else the last one that was begun on this day of the clock; None if there is none."""
    sessions = sessions_of(store, patient)
    going = next((one for one in sessions if one.open), None)
    if going is not None:
        return going
    zone = store.clock().tzinfo
    return next((one for one in sessions if one.started_at and one.started_at.astimezone(zone).date() == day), None)
