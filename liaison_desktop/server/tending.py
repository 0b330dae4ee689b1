"""What an administrator does with records and feeds: move one to another unit, erase one by law, keep feeds short."""

from __future__ import annotations

import datetime as dt
import uuid

import msgspec
import sqlalchemy as sa

from liaison_desktop.errors import Fault, Missing, Refused
from liaison_desktop.records.moments import moment_text
from liaison_desktop.server import journal, organisations
from liaison_desktop.server.database import Database
from liaison_desktop.server.feeds import FeedWriter, Item
from liaison_desktop.server.journal import Note
from liaison_desktop.server.standing import ERASED, LIVE
from liaison_desktop.server.tables import conflict, entry, feed, file, file_use, line, piece, record, unit
from liaison_desktop.sync.wire import ChangeKind

KEPT_DAYS = 90  # how long a feed remembers what was removed or has left


def _record(connection: sa.Connection, subject: uuid.UUID, organisation_id: uuid.UUID | None) -> sa.RowMapping:
    query = sa.select(record).where(record.c.subject == subject)
    if organisation_id is not None:
        query = query.where(record.c.organisation == organisation_id)
    found = connection.execute(query).mappings().all()
    if not found:
        raise Missing("There is no such record.")
    if len(found) > 1:
        raise Refused((Fault(field="record", message="Several organisations have this record; name one."),))
    return found[0]


def move(connection: sa.Connection, database: Database, subject: uuid.UUID, unit_id: uuid.UUID, by: str) -> None:
    """Give a record to another unit of its organisation: it leaves one feed and comes in the other."""
    row = _record(connection, subject, None)
    target = connection.execute(sa.select(unit).where(unit.c.id == unit_id)).mappings().first()
    if target is None or (target["organisation"], target["workspace"]) != (row["organisation"], row["workspace"]):
        raise Missing("There is no such unit in its organisation and workspace.")
    name = organisations.unit_feed(row["workspace"], unit_id)
    there = organisations.make_feed(connection, row["organisation"], row["workspace"], name)
    if there == row["feed"]:
        return
    writer = FeedWriter(connection, (row["feed"], there))
    row = _record(connection, subject, row["organisation"])  # once its feeds stand still
    live = row["head"] if row["state"] == LIVE else None
    writer.add(row["feed"], Item(change=ChangeKind.LEAVE, subject=subject))
    writer.moved(row["feed"], subject, old=live, new=None)
    if live is not None:
        writer.add(there, Item(change=ChangeKind.PUT, subject=subject, version=live))
        writer.moved(there, subject, old=None, new=live)
    for quarrel in _open(connection, row):
        item = Item(change=ChangeKind.CONFLICT, subject=subject, version=quarrel["side"], conflict=quarrel["id"])
        writer.add(there, item)
    connection.execute(_where(sa.update(record), row).values(feed=there))
    about = {"from": row["feed"], "to": there}
    note = Note(act="record moved", about=about, subject=subject, kind=row["kind"], actor_name=by)
    journal.write(connection, database, row["organisation"], [note])
    writer.write(database.moment())


def erase(connection: sa.Connection, database: Database, subject: uuid.UUID, by: str) -> int:
    """Blank every version of a record, because a law asks for it; how many there were. The chains stay whole.

    Copies made before still hold it, and age out by the facility's own rule. Laptops blank theirs at their next pull.
    """
    row = _record(connection, subject, None)
    writer = FeedWriter(connection, (row["feed"],))
    row = _record(connection, subject, row["organisation"])
    blanked = connection.execute(
        sa.update(line)
        .where(line.c.organisation == row["organisation"], line.c.subject == subject, line.c.body.is_not(None))
        .where(line.c.act.in_(("saved", "removed")))
        .values(body=None, files="[]")
    ).rowcount
    if row["state"] == LIVE:
        writer.moved(row["feed"], subject, old=row["head"], new=None)
    connection.execute(_where(sa.update(record), row).values(state=ERASED))
    connection.execute(
        sa.update(conflict)
        .where(conflict.c.organisation == row["organisation"], conflict.c.subject == subject)
        .values(state="resolved")
    )
    connection.execute(
        sa.delete(file_use).where(file_use.c.organisation == row["organisation"], file_use.c.subject == subject)
    )
    _drop_unused_files(connection, row["organisation"])
    writer.add(row["feed"], Item(change=ChangeKind.PURGE, subject=subject))
    note = Note(act="record erased", subject=subject, kind=row["kind"], about={"versions": blanked}, actor_name=by)
    journal.write(connection, database, row["organisation"], [note])
    writer.write(database.moment())
    return int(blanked)


def _open(connection: sa.Connection, row: sa.RowMapping) -> list[sa.RowMapping]:
    query = sa.select(conflict).where(
        conflict.c.organisation == row["organisation"],
        conflict.c.subject == row["subject"],
        conflict.c.state == "open",
    )
    return list(connection.execute(query.order_by(conflict.c.id)).mappings())


def _where(query: sa.Update, row: sa.RowMapping) -> sa.Update:
    return query.where(record.c.organisation == row["organisation"], record.c.subject == row["subject"])


def _drop_unused_files(connection: sa.Connection, organisation_id: uuid.UUID, before: str = "9") -> int:
    used = sa.select(file_use.c.sha256).where(file_use.c.organisation == organisation_id)
    mine = sa.and_(file.c.organisation == organisation_id, file.c.sha256.not_in(used), file.c.at < before)
    names = list(connection.execute(sa.select(file.c.sha256).where(mine)).scalars())
    for name in names:
        connection.execute(sa.delete(piece).where(piece.c.organisation == organisation_id, piece.c.sha256 == name))
        connection.execute(sa.delete(file).where(file.c.organisation == organisation_id, file.c.sha256 == name))
    return len(names)


class Shortened(msgspec.Struct, frozen=True):
    """What was taken out of the feeds."""

    entries: int
    files: int


def compact(connection: sa.Connection, database: Database, days: int = KEPT_DAYS) -> Shortened:
    """Leave of each record the last entry of its feed; what was removed longer ago than `days` is forgotten.

    The floor rises with what is forgotten: a laptop that was away for longer compares instead of reading on.
    """
    limit = moment_text(database.clock() - dt.timedelta(days=days))
    gone, files = 0, 0
    whole = (ChangeKind.PUT.value, ChangeKind.DELETE.value, ChangeKind.LEAVE.value, ChangeKind.PURGE.value)
    for row in connection.execute(sa.select(feed).order_by(feed.c.id).with_for_update()).mappings().all():
        later = entry.alias("later")
        newer = (
            sa.select(later.c.seq)
            .where(later.c.feed == row["id"], later.c.subject == entry.c.subject, later.c.seq > entry.c.seq)
            .where(later.c.change.in_(whole))
        )
        superseded = sa.and_(entry.c.feed == row["id"], entry.c.change.in_(whole), newer.exists())
        gone += connection.execute(sa.delete(entry).where(superseded)).rowcount
        decided = sa.select(conflict.c.id).where(conflict.c.state == "resolved")
        forgotten = sa.and_(
            entry.c.feed == row["id"],
            entry.c.at < limit,
            sa.or_(
                entry.c.change.in_(whole[1:]),
                sa.and_(entry.c.conflict.is_not(None), entry.c.conflict.in_(decided)),
            ),
        )
        highest = connection.execute(sa.select(sa.func.max(entry.c.seq)).where(forgotten)).scalar()
        if highest is not None:
            gone += connection.execute(sa.delete(entry).where(forgotten)).rowcount
            connection.execute(sa.update(feed).where(feed.c.id == row["id"]).values(floor=highest))
    old = moment_text(database.clock() - dt.timedelta(days=30))
    for owner in connection.execute(sa.select(feed.c.organisation).distinct()).scalars().all():
        files += _drop_unused_files(connection, owner, old)
        journal.write(connection, database, owner, [Note(act="compacted")])
    return Shortened(gone, files)
