"""The journal: one append-only, hash-chained line for everything that happens. Audit trail, history and outbox in one.

What a line is and how it is chained is told in `records/line.py`, because a server reads the same lines. The database
itself refuses to change or delete one (`migrations/common.py`).
"""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from collections.abc import Iterator

import msgspec
import sqlalchemy as sa

from liaison_desktop.records import Line, line_hash, new_id
from liaison_desktop.records.line import FIRST
from liaison_desktop.records.moments import moment_text
from liaison_desktop.store.parties import Actor, Device

COLUMNS = "device, number, version, parents, act, kind, subject, actor, actor_name, at, reason, content, previous, hash"


class Act(enum.StrEnum):
    """What happened."""

    SAVED = "saved"
    REMOVED = "removed"
    CREATED = "created"  # the store itself
    MIGRATED = "migrated"
    UNLOCKED = "unlocked"
    UNLOCK_FAILED = "unlock failed"
    LOCKED = "locked"
    VIEWED = "viewed"
    PRINTED = "printed"
    EXPORTED = "exported"
    IMPORTED = "imported"
    SIGNED = "signed"
    SEALED = "sealed"  # a document was made, sealed by this laptop and kept
    KEYS_CHANGED = "keys changed"
    CLOCK_ACCEPTED = "clock accepted"  # somebody said that the laptop's clock, which had been set, is right


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a record, as a history shows it."""

    version: uuid.UUID
    number: int
    at: dt.datetime
    actor: str
    actor_id: uuid.UUID
    act: str
    reason: str


def declare(metadata: sa.MetaData) -> sa.Table:
    """The table of the journal."""
    text, blob = sa.Text, sa.LargeBinary
    return sa.Table(
        "journal",
        metadata,
        sa.Column("rid", sa.Integer, primary_key=True),
        *(
            sa.Column(name, kind, nullable=name == "subject")
            for name, kind in (
                ("device", blob),
                ("number", sa.Integer),
                ("version", blob),
                ("parents", blob),
                ("act", text),
                ("kind", text),
                ("subject", blob),
                ("actor", blob),
                ("actor_name", text),
                ("at", text),
                ("reason", text),
                ("content", blob),
                ("previous", blob),
                ("hash", blob),
            )
        ),
        sa.UniqueConstraint("device", "number"),
        sa.UniqueConstraint("version"),
        sa.Index("ix_journal_subject", "subject"),
        sqlite_strict=True,
    )


def append(
    connection: sa.Connection,
    act: Act,
    *,
    actor: Actor,
    device: Device,
    at: dt.datetime,
    version: uuid.UUID | None = None,
    parents: tuple[uuid.UUID, ...] = (),
    kind: str = "",
    subject: uuid.UUID | None = None,
    reason: str = "",
    content: bytes = b"",
) -> Line:
    """Write the next line of this device, in the caller's transaction."""
    last = connection.exec_driver_sql(
        "SELECT number, hash FROM journal WHERE device = ? ORDER BY number DESC LIMIT 1", (device.id.bytes,)
    ).first()
    number, previous = (last[0] + 1, last[1]) if last else (1, FIRST)
    line = Line(
        device=device.id,
        number=number,
        version=version or new_id(),
        parents=parents,
        act=act.value,
        kind=kind,
        subject=subject,
        actor=actor.id,
        actor_name=actor.name,
        at=moment_text(at),
        reason=reason,
        content=content,
        previous=previous,
        hash=b"",
    )
    line = msgspec.structs.replace(line, hash=line_hash(line))
    connection.exec_driver_sql(
        f"INSERT INTO journal({COLUMNS}) VALUES({', '.join('?' * 14)})",
        (
            line.device.bytes,
            line.number,
            line.version.bytes,
            b"".join(parent.bytes for parent in line.parents),
            line.act,
            line.kind,
            line.subject.bytes if line.subject else None,
            line.actor.bytes,
            line.actor_name,
            line.at,
            line.reason,
            line.content,
            line.previous,
            line.hash,
        ),
    )
    return line


def line_of(row: sa.RowMapping) -> Line:
    """A row of the journal as a line."""
    parents = row["parents"]
    return Line(
        device=uuid.UUID(bytes=row["device"]),
        number=row["number"],
        version=uuid.UUID(bytes=row["version"]),
        parents=tuple(uuid.UUID(bytes=parents[at : at + 16]) for at in range(0, len(parents), 16)),
        act=row["act"],
        kind=row["kind"],
        subject=uuid.UUID(bytes=row["subject"]) if row["subject"] else None,
        actor=uuid.UUID(bytes=row["actor"]),
        actor_name=row["actor_name"],
        at=row["at"],
        reason=row["reason"],
        content=row["content"],
        previous=row["previous"],
        hash=row["hash"],
    )


def lines(connection: sa.Connection, where: str = "", values: tuple[object, ...] = ()) -> Iterator[Line]:
    """The lines of the journal in the order they were written here, a thousand in memory at a time."""
    query = f"SELECT {COLUMNS} FROM journal {where} ORDER BY rid"
    result = connection.exec_driver_sql(query, values, execution_options={"yield_per": 1000})
    for row in result.mappings():
        yield line_of(row)


def subjects(
    connection: sa.Connection, act: str, kind: str, actor: uuid.UUID, *, most: int, lines: int
) -> tuple[uuid.UUID, ...]:
    """The records of a kind to which somebody did this within the newest lines of the journal, the last one first."""
    # By the newest lines and no words to look for: a search would read the whole journal, which only grows.
    query = (
        "SELECT subject FROM (SELECT rid, act, kind, subject, actor FROM journal ORDER BY rid DESC LIMIT ?)"
        " WHERE act = ? AND kind = ? AND actor = ? AND subject IS NOT NULL GROUP BY subject ORDER BY max(rid) DESC LIMIT ?"
    )
    found = connection.exec_driver_sql(query, (lines, act, kind, actor.bytes, most))
    return tuple(uuid.UUID(bytes=row[0]) for row in found)


def history(connection: sa.Connection, where: str = "", values: tuple[object, ...] = ()) -> Iterator[Line]:
    """The lines of the journal and those that came from elsewhere, in the order in which they counted here.

    Of those from elsewhere only what was shown: a version that never became a row is no part of what happened here.
    """
    rows = f"SELECT {COLUMNS}, rid AS counted, 0 AS turn, rid AS own FROM journal {where}"
    came = (
        f"SELECT {COLUMNS}, arrived AS counted, 1 AS turn, rid AS own FROM received"
        f" {where} {'AND' if where else 'WHERE'} shown = 1"
    )
    query = f"SELECT * FROM ({rows} UNION ALL {came}) ORDER BY counted, turn, own"
    result = connection.exec_driver_sql(query, values + values, execution_options={"yield_per": 1000})
    for row in result.mappings():
        yield line_of(row)
