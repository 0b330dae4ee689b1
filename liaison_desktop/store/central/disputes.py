"""Conflicts: two versions of a record that a person has to decide between, with what both began from."""

from __future__ import annotations

import uuid

import msgspec
import sqlalchemy as sa


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """A conflict as the server told it. Deciding it is saving a version whose parents are `head` and `side`."""

    id: uuid.UUID
    subject: uuid.UUID
    kind: str
    fields: tuple[str, ...]
    head: uuid.UUID
    side: uuid.UUID
    base: uuid.UUID | None = None
    side_body: bytes = b""
    base_body: bytes = b""
    side_removed: bool = False
    side_by: str = ""
    side_at: str = ""


_COLUMNS = "id, subject, kind, fields, head, side, base, side_body, base_body, side_removed, side_by, side_at"


def keep(connection: sa.Connection, dispute: Dispute, came: str) -> None:
    """A conflict that is open; told again, it says the same one with newer versions."""
    connection.exec_driver_sql(
        f"INSERT INTO central_conflict({_COLUMNS}, open, came) VALUES({', '.join('?' * 12)}, 1, ?)"
        " ON CONFLICT(id) DO UPDATE SET fields = excluded.fields, head = excluded.head, side = excluded.side,"
        " side_body = excluded.side_body, side_removed = excluded.side_removed, side_by = excluded.side_by,"
        " side_at = excluded.side_at, open = 1",
        (
            dispute.id.bytes,
            dispute.subject.bytes,
            dispute.kind,
            msgspec.json.encode(dispute.fields).decode(),
            dispute.head.bytes,
            dispute.side.bytes,
            dispute.base.bytes if dispute.base else None,
            dispute.side_body,
            dispute.base_body,
            int(dispute.side_removed),
            dispute.side_by,
            dispute.side_at,
            came,
        ),
    )


def close(connection: sa.Connection, dispute: uuid.UUID) -> None:
    """It was decided."""
    connection.exec_driver_sql("UPDATE central_conflict SET open = 0 WHERE id = ?", (dispute.bytes,))


def close_about(connection: sa.Connection, subject: bytes, sides: tuple[uuid.UUID, ...]) -> None:
    """Those whose side a new version of the record names among its parents were decided by it."""
    for side in sides:
        connection.exec_driver_sql(
            "UPDATE central_conflict SET open = 0 WHERE subject = ? AND side = ?", (subject, side.bytes)
        )


def open_ones(connection: sa.Connection, subject: uuid.UUID | None = None) -> tuple[Dispute, ...]:
    """The conflicts that wait for a person, oldest first; those of one record if `subject` is given."""
    where, values = ("AND subject = ?", (subject.bytes,)) if subject else ("", ())
    rows = connection.exec_driver_sql(
        f"SELECT {_COLUMNS} FROM central_conflict WHERE open = 1 {where} ORDER BY rid", values
    )
    return tuple(
        Dispute(
            id=uuid.UUID(bytes=row[0]),
            subject=uuid.UUID(bytes=row[1]),
            kind=row[2],
            fields=msgspec.json.decode(row[3], type=tuple[str, ...]),
            head=uuid.UUID(bytes=row[4]),
            side=uuid.UUID(bytes=row[5]),
            base=uuid.UUID(bytes=row[6]) if row[6] else None,
            side_body=row[7],
            base_body=row[8],
            side_removed=bool(row[9]),
            side_by=row[10],
            side_at=row[11],
        )
        for row in rows
    )
