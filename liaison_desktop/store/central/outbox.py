"""Which lines of this device's journal wait to be sent, and what became of those that were.

The journal is the outbox: nothing is marked on a line. What was acknowledged is one number.
"""

from __future__ import annotations

import enum
import uuid

import msgspec
import sqlalchemy as sa

from liaison_desktop.records import Line
from liaison_desktop.store import journal

_VERSIONS = "act IN ('saved', 'removed')"


class Fate(enum.StrEnum):
    """What became of an own line, where a person may want to know."""

    MERGED = "merged"
    CONFLICT = "conflict"
    REJECTED = "rejected"


class Outbox(msgspec.Struct, frozen=True, kw_only=True):
    """How much waits. `oldest` is the moment of the oldest waiting record, "" if none waits."""

    waiting: int  # versions of records, which is what a person counts
    lines: int  # lines of every kind
    rejected: int
    conflicts: int
    oldest: str


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """An own line that waits, or that came to something: what it was about, and what became of it."""

    number: int
    kind: str
    subject: uuid.UUID | None
    at: str
    act: str
    outcome: str = ""
    code: str = ""
    detail: str = ""


def last(connection: sa.Connection, device: bytes) -> tuple[int, bytes]:
    """Number and hash of this device's newest line; (0, 32 zero bytes) before the first."""
    row = connection.exec_driver_sql(
        "SELECT number, hash FROM journal WHERE device = ? ORDER BY number DESC LIMIT 1", (device,)
    ).first()
    return (row[0], row[1]) if row else (0, bytes(32))


def hash_at(connection: sa.Connection, device: bytes, number: int) -> bytes | None:
    """The hash of a line by its number; that before the first is 32 zero bytes."""
    if number == 0:
        return bytes(32)
    return connection.exec_driver_sql(
        "SELECT hash FROM journal WHERE device = ? AND number = ?", (device, number)
    ).scalar()


def lines_after(connection: sa.Connection, device: bytes, number: int, limit: int) -> tuple[Line, ...]:
    """The next lines to send, in order."""
    where = "WHERE device = ? AND number > ? AND number <= ?"
    return tuple(journal.lines(connection, where, (device, number, number + limit)))


def is_pending(connection: sa.Connection, device: bytes, acked: int, subject: bytes) -> bool:
    """Whether a version of this record still waits to be sent."""
    query = f"SELECT 1 FROM journal WHERE subject = ? AND device = ? AND number > ? AND {_VERSIONS} LIMIT 1"
    return connection.exec_driver_sql(query, (subject, device, acked)).first() is not None


def state(connection: sa.Connection, device: bytes, acked: int) -> Outbox:
    """How much waits."""
    lines, waiting = connection.exec_driver_sql(
        f"SELECT count(*), coalesce(sum({_VERSIONS}), 0) FROM journal WHERE device = ? AND number > ?",
        (device, acked),
    ).one()
    oldest = connection.exec_driver_sql(
        f"SELECT at FROM journal WHERE device = ? AND number > ? AND {_VERSIONS} ORDER BY number LIMIT 1",
        (device, acked),
    ).scalar()
    rejected = connection.exec_driver_sql(
        "SELECT count(*) FROM central_result WHERE outcome = 'rejected' AND settled = 0"
    ).scalar_one()
    conflicts = connection.exec_driver_sql("SELECT count(*) FROM central_conflict WHERE open = 1").scalar_one()
    return Outbox(waiting=waiting, lines=lines, rejected=rejected, conflicts=conflicts, oldest=oldest or "")


def waiting(connection: sa.Connection, device: bytes, acked: int, limit: int) -> tuple[Sent, ...]:
    """The records that wait, newest first, each once with its newest version."""
    rows = connection.exec_driver_sql(
        f"SELECT max(number), kind, subject, at, act FROM journal WHERE device = ? AND number > ? AND {_VERSIONS}"
        " GROUP BY subject ORDER BY max(number) DESC LIMIT ?",
        (device, acked, limit),
    )
    return tuple(
        Sent(number=number, kind=kind, subject=_id(subject), at=at, act=act) for number, kind, subject, at, act in rows
    )


def keep_result(connection: sa.Connection, number: int, outcome: str, code: str, detail: str, at: str) -> None:
    """What became of an own line."""
    connection.exec_driver_sql(
        "INSERT INTO central_result(number, outcome, code, detail, at, settled) VALUES(?, ?, ?, ?, ?, 0)"
        " ON CONFLICT(number) DO UPDATE SET outcome = excluded.outcome, code = excluded.code, detail = excluded.detail",
        (number, outcome, code, detail, at),
    )


def settle_result(connection: sa.Connection, number: int) -> None:
    """Somebody has seen it and done what there was to do."""
    connection.exec_driver_sql("UPDATE central_result SET settled = 1 WHERE number = ?", (number,))


def results(connection: sa.Connection, device: bytes, outcome: Fate) -> tuple[Sent, ...]:
    """The own lines of which this became and that nobody settled yet, newest first."""
    rows = connection.exec_driver_sql(
        "SELECT r.number, j.kind, j.subject, j.at, j.act, r.outcome, r.code, r.detail FROM central_result r"
        " JOIN journal j ON j.number = r.number AND j.device = ? WHERE r.outcome = ? AND r.settled = 0"
        " ORDER BY r.number DESC",
        (device, outcome.value),
    )
    return tuple(
        Sent(
            number=row[0],
            kind=row[1],
            subject=_id(row[2]),
            at=row[3],
            act=row[4],
            outcome=row[5],
            code=row[6],
            detail=row[7],
        )
        for row in rows
    )


def _id(packed: bytes | None) -> uuid.UUID | None:
    return uuid.UUID(bytes=packed) if packed else None
