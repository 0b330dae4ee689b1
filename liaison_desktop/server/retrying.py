"""What lies in quarantine because the server did not know its kind or schema is decided once the server does.

It then has its place in the history as what it was: a version with the parents it named. Nothing else is retried,
because nothing else can come out differently.
"""

from __future__ import annotations

import uuid

import msgspec
import sqlalchemy as sa

from liaison_desktop.server import journal
from liaison_desktop.server.applying import Batch
from liaison_desktop.server.authorising import Caller
from liaison_desktop.server.database import Database
from liaison_desktop.server.journal import Note, parents_of
from liaison_desktop.server.organisations import Role
from liaison_desktop.server.receiving import MAKING, stored_result
from liaison_desktop.server.tables import device, line, person
from liaison_desktop.sync.wire import Op, Outcome, RejectCode, raw


class Retried(msgspec.Struct, frozen=True):
    """How many were tried again, and how many of them were accepted."""

    tried: int
    accepted: int


def retry(database: Database) -> Retried:
    """Decide again on every operation whose schema was too new."""
    with database.reading() as connection:
        query = sa.select(line.c.device).where(
            line.c.outcome == Outcome.REJECTED.value, line.c.code == RejectCode.SCHEMA_TOO_NEW.value
        )
        devices = list(connection.execute(query.distinct().order_by(line.c.device)).scalars())
    tried, accepted = 0, 0
    for one in devices:
        done = database.writing(lambda connection, device_id=one: _retry(connection, database, device_id))  # type: ignore[misc]
        tried, accepted = tried + done.tried, accepted + done.accepted
    return Retried(tried, accepted)


def _retry(connection: sa.Connection, database: Database, device_id: uuid.UUID) -> Retried:
    caller = _caller(connection, device_id)
    query = (
        sa.select(line)
        .where(line.c.device == device_id, line.c.outcome == Outcome.REJECTED.value)
        .where(line.c.code == RejectCode.SCHEMA_TOO_NEW.value)
        .order_by(line.c.incarnation, line.c.number)
        .limit(500)
    )
    rows = list(connection.execute(query).mappings())
    ops = [_op(row) for row in rows]
    batch = Batch(connection, caller, ops)
    accepted = 0
    for row, op in zip(rows, ops, strict=True):
        result = batch.take(op)
        accepted += result.outcome in MAKING
        place = sa.and_(
            line.c.device == device_id, line.c.incarnation == row["incarnation"], line.c.number == row["number"]
        )
        values = {
            "made": op.version if result.outcome in MAKING else None,
            "outcome": result.outcome.value,
            "code": result.code.value if result.code else "",
            "detail": result.detail,
            "result": stored_result(result),
        }
        connection.execute(sa.update(line).where(place).values(**values))
    about = {"device": str(device_id), "tried": len(rows), "accepted": accepted}
    journal.write(connection, database, caller.organisation, [*batch.merges, Note(act="retried", about=about)])
    batch.write(database.moment())
    return Retried(len(rows), accepted)


def _caller(connection: sa.Connection, device_id: uuid.UUID) -> Caller:
    query = (
        sa.select(device, person.c.role, person.c.name.label("who"))
        .join(person, person.c.id == device.c.person)
        .where(device.c.id == device_id)
    )
    row = connection.execute(query).mappings().one()
    return Caller(
        device=device_id,
        organisation=row["organisation"],
        person=row["person"],
        person_name=row["who"],
        role=Role(row["role"]),
        workspace=row["workspace"],
        journal=row["journal"],
        key=row["key"],
        app=row["app"],
    )


def _op(row: sa.RowMapping) -> Op:
    return Op(
        number=row["number"],
        version=row["version"],
        parents=parents_of(row["parents"]),
        act=row["act"],
        kind=row["kind"],
        subject=row["subject"],
        actor=row["actor"],
        actor_name=row["actor_name"],
        at=row["at"],
        reason=row["reason"],
        hash=row["hash"].hex(),
        schema=row["schema"],
        files=tuple(msgspec.json.decode(row["files"])),
        body=raw(row["body"]),
    )
