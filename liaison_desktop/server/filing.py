"""Files in pieces: offered, sent, put together, given out. Each piece and the whole are what their hashes say, or not kept.

A file belongs to an organisation, and is given to whoever may read a record that refers to it. Two organisations that
hold the same file hold it twice: otherwise one could find out what the other has.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from typing import Any

import msgspec
import sqlalchemy as sa

from liaison_desktop.server import organisations
from liaison_desktop.server.authorising import Caller
from liaison_desktop.server.database import Database
from liaison_desktop.server.problems import NotDone
from liaison_desktop.server.tables import file, file_use, piece, record
from liaison_desktop.sync.wire import LIMITS, Empty, FileOffer, FileWanted, ProblemCode


def missing_files(connection: sa.Connection, organisation_id: uuid.UUID, names: set[str]) -> set[str]:
    """Which of these files are not here whole."""
    if not names:
        return set()
    query = sa.select(file.c.sha256).where(
        file.c.organisation == organisation_id,
        file.c.complete == 1,
        file.c.sha256.in_([bytes.fromhex(name) for name in sorted(names)]),
    )
    return names - {found.hex() for found in connection.execute(query).scalars()}


def note_uses(connection: sa.Connection, organisation_id: uuid.UUID, uses: set[tuple[bytes, uuid.UUID]]) -> None:
    """Write down which records refer to which files."""
    if not uses:
        return
    query = sa.select(file_use.c.sha256, file_use.c.subject).where(
        file_use.c.organisation == organisation_id, file_use.c.subject.in_([subject for _sha, subject in uses])
    )
    known = {(row.sha256, row.subject) for row in connection.execute(query)}
    rows = [
        {"organisation": organisation_id, "sha256": sha256, "subject": subject}
        for sha256, subject in sorted(uses - known, key=lambda use: (use[0], use[1].bytes))
    ]
    if rows:
        connection.execute(sa.insert(file_use), rows)


def offer(database: Database, caller: Caller, request: FileOffer) -> FileWanted:
    """Which pieces of a file the server lacks. Raises NotDone if no record that the caller may read refers to it."""

    def work(connection: sa.Connection) -> FileWanted:
        key = bytes.fromhex(request.sha256)
        _require_use(connection, caller, key)
        if len(request.pieces) != -(-request.size // LIMITS.chunk):
            raise NotDone(ProblemCode.INVALID, "pieces and size do not agree")
        found = _file(connection, caller.organisation, key)
        packed = b"".join(bytes.fromhex(one) for one in request.pieces)
        if found is None:
            values = {"organisation": caller.organisation, "sha256": key, "size": request.size, "pieces": packed}
            connection.execute(sa.insert(file).values(**values, complete=0, at=database.moment()))
        elif found["complete"]:
            return FileWanted(complete=True)
        elif found["pieces"] != packed or found["size"] != request.size:
            # An offer that nobody completed binds nobody: this one may be the true one.
            _forget(connection, caller.organisation, key)
            connection.execute(
                sa.update(file)
                .where(file.c.organisation == caller.organisation, file.c.sha256 == key)
                .values(pieces=packed, size=request.size)
            )
        have = set(connection.execute(_pieces(caller.organisation, key, piece.c.number)).scalars())
        return FileWanted(missing=tuple(at for at in range(len(request.pieces)) if at not in have))

    return database.writing(work)


def put_piece(database: Database, caller: Caller, name: str, number: int, content: bytes) -> Empty:
    """Keep one piece. The same again changes nothing. Raises NotDone: `hash`, `not_found`."""

    def work(connection: sa.Connection) -> Empty:
        key = _key(name)
        _require_use(connection, caller, key)
        found = _file(connection, caller.organisation, key)
        if found is None or not 0 <= number < len(found["pieces"]) // 32:
            raise NotDone(ProblemCode.NOT_FOUND)
        if hashlib.sha256(content).digest() != found["pieces"][number * 32 : number * 32 + 32]:
            raise NotDone(ProblemCode.HASH)
        query = _pieces(caller.organisation, key, piece.c.number).where(piece.c.number == number)
        if not found["complete"] and connection.execute(query).first() is None:
            values = {"organisation": caller.organisation, "sha256": key, "number": number, "content": content}
            connection.execute(sa.insert(piece).values(**values))
        return Empty()

    return database.writing(work)


def commit(database: Database, caller: Caller, name: str) -> FileWanted:
    """The file is whole if its bytes are what its name says. Raises NotDone: `missing`, `hash`, `not_found`."""

    def work(connection: sa.Connection) -> FileWanted | None:
        key = _key(name)
        _require_use(connection, caller, key)
        found = _file(connection, caller.organisation, key)
        if found is None:
            raise NotDone(ProblemCode.NOT_FOUND)
        if found["complete"]:
            return FileWanted(complete=True)
        query = _pieces(caller.organisation, key, piece.c.content).order_by(piece.c.number)
        digest, size, count = hashlib.sha256(), 0, 0
        for content in connection.execute(query).scalars():
            digest.update(content)
            size, count = size + len(content), count + 1
        if count != len(found["pieces"]) // 32:
            raise NotDone(ProblemCode.MISSING)
        if digest.digest() != key or size != found["size"]:
            _forget(connection, caller.organisation, key)
            return None
        connection.execute(
            sa.update(file).where(file.c.organisation == caller.organisation, file.c.sha256 == key).values(complete=1)
        )
        return FileWanted(complete=True)

    done = database.writing(work)
    if done is None:
        raise NotDone(ProblemCode.HASH)
    return done


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes `start` to `end` (exclusive) of a file of `size` bytes."""

    content: bytes
    start: int
    end: int
    size: int


def read(database: Database, caller: Caller, name: str, wanted: tuple[int | None, int | None]) -> Part:
    """A part of a file, at most a piece long. Raises NotDone: `not_found` or `range`."""
    with database.reading() as connection:
        key = _key(name)
        _require_use(connection, caller, key)
        found = _file(connection, caller.organisation, key, held=False)
        if found is None or not found["complete"]:
            raise NotDone(ProblemCode.NOT_FOUND)
        start, end = _bounds(wanted, found["size"])
        content = b"".join(_between(connection, caller.organisation, key, start, end))
        return Part(content=content, start=start, end=end, size=found["size"])


def _bounds(wanted: tuple[int | None, int | None], size: int) -> tuple[int, int]:
    first, last = wanted
    if first is None:
        start, end = max(0, size - (last or 0)), size
    else:
        start, end = first, size if last is None else min(last + 1, size)
    if start >= end:
        raise NotDone(ProblemCode.RANGE)
    return start, min(end, start + LIMITS.chunk)


def _between(
    connection: sa.Connection, organisation_id: uuid.UUID, key: bytes, start: int, end: int
) -> Iterator[bytes]:
    first, last = start // LIMITS.chunk, (end - 1) // LIMITS.chunk
    query = _pieces(organisation_id, key, piece.c.number, piece.c.content).where(piece.c.number.between(first, last))
    for row in connection.execute(query.order_by(piece.c.number)):
        at = row.number * LIMITS.chunk
        yield row.content[max(0, start - at) : end - at]


def _pieces(organisation_id: uuid.UUID, key: bytes, *columns: sa.Column[Any]) -> sa.Select[Any]:
    return sa.select(*columns).where(piece.c.organisation == organisation_id, piece.c.sha256 == key)


def _file(
    connection: sa.Connection, organisation_id: uuid.UUID, key: bytes, *, held: bool = True
) -> sa.RowMapping | None:
    query = sa.select(file).where(file.c.organisation == organisation_id, file.c.sha256 == key)
    return connection.execute(query.with_for_update() if held else query).mappings().first()


def _forget(connection: sa.Connection, organisation_id: uuid.UUID, key: bytes) -> None:
    connection.execute(sa.delete(piece).where(piece.c.organisation == organisation_id, piece.c.sha256 == key))


def _key(name: str) -> bytes:
    try:
        key = bytes.fromhex(name)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise NotDone(ProblemCode.NOT_FOUND)
    return key


def _require_use(connection: sa.Connection, caller: Caller, key: bytes) -> None:
    """A record that the caller may read refers to the file; otherwise it is as if it were not there."""
    mine = organisations.feeds_of(connection, caller.person, caller.workspace, past=False)
    query = (
        sa.select(file_use.c.sha256)
        .join(record, sa.and_(record.c.organisation == file_use.c.organisation, record.c.subject == file_use.c.subject))
        .where(file_use.c.organisation == caller.organisation, file_use.c.sha256 == key, record.c.feed.in_(list(mine)))
    )
    if connection.execute(query).first() is None:
        raise NotDone(ProblemCode.NOT_FOUND)
