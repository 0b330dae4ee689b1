"""The organisation's own journal: lines as a laptop's journal has them, written by the server about what it did.

One chain for each organisation. Its row is locked last in every transaction, so the order of lines is that of commits.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import msgspec
import sqlalchemy as sa

from liaison_desktop.records import Line, line_hash, new_id
from liaison_desktop.server.database import Database
from liaison_desktop.server.tables import line, organisation
from liaison_desktop.sync import signed

ACTOR = uuid.UUID(int=0)  # the server itself
INCARNATION = 1
_encode = msgspec.json.Encoder(order="sorted").encode


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """One line to be written. `about` is what was done in ids, numbers and codes: never a record's value."""

    act: str
    about: dict[str, Any] = {}
    actor: uuid.UUID = ACTOR
    actor_name: str = "server"
    subject: uuid.UUID | None = None
    kind: str = ""
    version: uuid.UUID | None = None  # with it the line makes a version, whose body is `content`
    parents: tuple[uuid.UUID, ...] = ()
    content: bytes = b""
    schema: int = 0
    files: str = "[]"


def write(connection: sa.Connection, database: Database, organisation_id: uuid.UUID, notes: list[Note]) -> list[Line]:
    """Write lines in the caller's transaction, the day's checkpoint before them if it is still to be signed."""
    row = (
        connection.execute(sa.select(organisation).where(organisation.c.id == organisation_id).with_for_update())
        .mappings()
        .one()
    )
    at = database.moment()
    number, previous, day = row["number"], row["hash"], row["checkpoint_day"]
    if day != at[:10]:
        day = at[:10]
        if number:
            notes = [checkpoint(database, organisation_id, number, previous, at), *notes]
    lines, rows = [], []
    for note in notes:
        number += 1
        made = _line(note, row["journal"], number, previous, at)
        previous = made.hash
        lines.append(made)
        rows.append(row_of(made, organisation_id, INCARNATION, received=at, schema=note.schema, files=note.files))
        if note.version is not None:
            rows[-1]["made"] = note.version
    connection.execute(sa.insert(line), rows)
    connection.execute(
        sa.update(organisation)
        .where(organisation.c.id == organisation_id)
        .values(number=number, hash=previous, checkpoint_day=day)
    )
    return lines


def checkpoint(database: Database, organisation_id: uuid.UUID, number: int, chain: bytes, at: str) -> Note:
    """A signature over the journal as far as it goes."""
    message = signed.checkpoint_message(organisation_id, number, chain.hex(), at)
    signature = signed.sign(database.keys.signing(organisation_id), message)
    return Note(act="checkpoint", about={"number": number, "chain": chain.hex(), "at": at, "signature": signature})


def _line(note: Note, journal: uuid.UUID, number: int, previous: bytes, at: str) -> Line:
    made = Line(
        device=journal,
        number=number,
        version=note.version or new_id(),
        parents=note.parents,
        act=note.act,
        kind=note.kind,
        subject=note.subject,
        actor=note.actor,
        actor_name=note.actor_name,
        at=at,
        reason="",
        content=note.content if note.version is not None else _encode(note.about),
        previous=previous,
        hash=b"",
    )
    return msgspec.structs.replace(made, hash=line_hash(made))


def row_of(made: Line, organisation_id: uuid.UUID, incarnation: int, *, received: str, **more: Any) -> dict[str, Any]:
    """A line as its row."""
    return {
        "device": made.device,
        "journal": made.device,
        "incarnation": incarnation,
        "number": made.number,
        "organisation": organisation_id,
        "version": made.version,
        "made": None,
        "parents": b"".join(parent.bytes for parent in made.parents),
        "act": made.act,
        "kind": made.kind,
        "subject": made.subject,
        "actor": made.actor,
        "actor_name": made.actor_name,
        "at": made.at,
        "received": received,
        "reason": made.reason,
        "schema": 0,
        "body": made.content,
        "content_hash": _content_hash(made),
        "previous": made.previous,
        "hash": made.hash,
        "files": "[]",
        "outcome": "kept",
        "code": "",
        "detail": "",
        "result": "{}",
        "skew_ms": 0,
    } | more


def _content_hash(made: Line) -> bytes:
    import hashlib

    return hashlib.sha256(made.content).digest()


def parents_of(packed: bytes) -> tuple[uuid.UUID, ...]:
    """The parents of a row."""
    return tuple(uuid.UUID(bytes=packed[at : at + 16]) for at in range(0, len(packed), 16))


def lines_of(
    connection: sa.Connection, organisation_id: uuid.UUID, *, after: int, limit: int
) -> Iterator[sa.RowMapping]:
    """The organisation's own lines after a number, in order."""
    journal = connection.execute(sa.select(organisation.c.journal).where(organisation.c.id == organisation_id)).scalar()
    query = (
        sa.select(line)
        .where(line.c.device == journal, line.c.incarnation == INCARNATION, line.c.number > after)
        .order_by(line.c.number)
        .limit(limit)
    )
    yield from connection.execute(query).mappings()
