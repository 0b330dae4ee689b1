"""Feeds going out, a page at a time, each page from one state of the database and written down as given."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

import msgspec
import sqlalchemy as sa

from liaison_desktop.server import journal
from liaison_desktop.server.authorising import Caller, require_feed
from liaison_desktop.server.database import Database
from liaison_desktop.server.filing import missing_files
from liaison_desktop.server.journal import Note, parents_of
from liaison_desktop.server.problems import NotDone
from liaison_desktop.server.tables import conflict, entry, line, record
from liaison_desktop.sync.wire import (
    LIMITS,
    NO_VERSION,
    Change,
    ChangeKind,
    Conflict,
    Fetch,
    Fetched,
    ProblemCode,
    Pulled,
    bytes_of,
    raw,
)

PAGE_BYTES = LIMITS.bytes // 2  # a page ends after the entry that goes past this


def pull(database: Database, caller: Caller, *, feed: str, epoch: str, after: int, limit: int) -> Pulled:
    """A page of a feed after number `after`; 0 begins with every live record.

    Raises NotDone: `not_found`, `epoch` if the server was restored since, `cursor_expired` below the floor.
    """
    with database.reading() as connection:
        here = require_feed(connection, caller, feed)
        now = database.epoch(connection)
        if epoch and epoch != now:
            raise NotDone(ProblemCode.EPOCH, epoch=now)
        if 0 < after < here["floor"]:
            raise NotDone(ProblemCode.CURSOR_EXPIRED, floor=here["floor"])
        if after > here["head"]:
            raise NotDone(ProblemCode.CURSOR_EXPIRED, "the feed does not go so far", floor=here["floor"])
        query = (
            sa.select(entry)
            .where(entry.c.feed == here["id"], entry.c.seq > after)
            .order_by(entry.c.seq)
            .limit(max(1, min(limit, LIMITS.ops)))
        )
        rows = list(connection.execute(query).mappings())
        changes = _bounded(_changes(connection, caller, rows))
    # Reading on from the end of the page is right even where entries were compacted away: none of those is missing.
    reached = changes[-1].seq if changes else here["head"]
    page = Pulled(
        feed=feed,
        epoch=now,
        head=here["head"],
        next=reached,
        more=reached < here["head"],
        digest=here["digest"],
        changes=tuple(changes),
    )
    if changes:
        _note(database, caller, {"feed": feed, "after": after, "next": reached, "entries": len(changes)})
    return page


def fetch(database: Database, caller: Caller, request: Fetch) -> Fetched:
    """The live heads of these records, as a pull would give them; those that are not in the feed are left out."""
    with database.reading() as connection:
        here = require_feed(connection, caller, request.feed)
        query = sa.select(record).where(
            record.c.organisation == caller.organisation,
            record.c.feed == here["id"],
            record.c.subject.in_(request.subjects),
            record.c.state == "live",
        )
        rows: list[Any] = [
            {
                "seq": 0,
                "change": ChangeKind.PUT.value,
                "subject": row["subject"],
                "version": row["head"],
                "conflict": None,
            }
            for row in connection.execute(query.order_by(record.c.subject)).mappings()
        ]
        changes = _bounded(_changes(connection, caller, rows))
    if changes:
        _note(database, caller, {"feed": request.feed, "entries": len(changes)})
    return Fetched(feed=request.feed, changes=tuple(changes))


def _note(database: Database, caller: Caller, about: dict[str, Any]) -> None:
    """What left, to which device: the organisation's journal has a line for it before the reply goes out."""
    note = Note(
        act="sent", about=about | {"device": str(caller.device)}, actor=caller.person, actor_name=caller.person_name
    )
    database.writing(lambda connection: journal.write(connection, database, caller.organisation, [note]))


def _bounded(changes: Iterable[Change]) -> list[Change]:
    page, size = [], 0
    for change in changes:
        page.append(change)
        size += len(bytes_of(change.body)) + 600
        if size > PAGE_BYTES:
            break
    return page


def _changes(connection: sa.Connection, caller: Caller, rows: list[Any]) -> Iterable[Change]:
    versions = {row["version"] for row in rows if row["version"] is not None}
    quarrels = _quarrels(connection, caller.organisation, {row["conflict"] for row in rows if row["conflict"]})
    for quarrel in quarrels.values():
        versions |= {version for version in (quarrel["side"], quarrel["base"]) if version is not None}
    lines = _lines(connection, versions)
    named = {name for found in lines.values() for name in msgspec.json.decode(found["files"])}
    missing = missing_files(connection, caller.organisation, named)
    for row in rows:
        told = quarrels.get(row["conflict"]) if row["conflict"] else None
        yield _change(row, lines.get(row["version"]), _conflict(told, lines) if told else None, missing)


def _lines(connection: sa.Connection, versions: set[uuid.UUID]) -> dict[uuid.UUID, sa.RowMapping]:
    if not versions:
        return {}
    query = sa.select(line).where(line.c.made.in_(versions))
    return {row["made"]: row for row in connection.execute(query).mappings()}


def _quarrels(
    connection: sa.Connection, organisation_id: uuid.UUID, ids: set[uuid.UUID]
) -> dict[uuid.UUID, sa.RowMapping]:
    if not ids:
        return {}
    query = sa.select(conflict).where(conflict.c.organisation == organisation_id, conflict.c.id.in_(ids))
    return {row["id"]: row for row in connection.execute(query).mappings()}


def _conflict(row: sa.RowMapping, lines: dict[uuid.UUID, sa.RowMapping]) -> Conflict:
    side: sa.RowMapping | None = lines.get(row["side"])
    base: sa.RowMapping | None = lines.get(row["base"])
    return Conflict(
        id=row["id"],
        subject=row["subject"],
        kind=row["kind"],
        fields=tuple(msgspec.json.decode(row["fields"])),
        head=row["head"],
        side=row["side"],
        base=row["base"],
        side_body=raw(side["body"] if side else None),
        base_body=raw(base["body"] if base else None),
        side_removed=side is not None and side["act"] == "removed",
        side_by=side["actor_name"] if side else "",
        side_at=side["at"] if side else "",
        resolved=row["state"] != "open",
    )


def _change(row: Any, made: sa.RowMapping | None, quarrel: Conflict | None, missing: set[str]) -> Change:
    change = ChangeKind(row["change"])
    whole = change in (ChangeKind.PUT, ChangeKind.DELETE)
    if made is None or not whole:
        return Change(
            seq=row["seq"],
            change=change,
            subject=row["subject"],
            kind=quarrel.kind if quarrel else made["kind"] if made else "",
            version=row["version"] or NO_VERSION,
            conflict=quarrel,
        )
    files = tuple(msgspec.json.decode(made["files"]))
    return Change(
        seq=row["seq"],
        change=change,
        subject=row["subject"],
        kind=made["kind"],
        version=made["version"],
        parents=parents_of(made["parents"]),
        schema=made["schema"],
        device=made["journal"],
        incarnation=made["incarnation"],
        number=made["number"],
        act=made["act"],
        actor=made["actor"],
        actor_name=made["actor_name"],
        at=made["at"],
        received=made["received"],
        reason=made["reason"],
        previous=made["previous"].hex(),
        hash=made["hash"].hex(),
        files=files,
        complete=not missing.intersection(files),
        body=raw(made["body"]),
    )
