"""One-time codes, and the devices that come in by them.

A code has ten signs of Crockford's base 32, lives fifteen minutes, opens once and dies after five wrong tries. Its first
half finds it, its second half (25 bits) opens it: so a wrong try counts against one code, and nobody can spoil those
they do not know. Only keyed hashes of both are kept.
"""

from __future__ import annotations

import datetime as dt
import hmac
import secrets
import uuid

import sqlalchemy as sa

from liaison_desktop.records import new_id
from liaison_desktop.records.moments import moment_text
from liaison_desktop.server import journal, organisations
from liaison_desktop.server.database import Database
from liaison_desktop.server.journal import Note
from liaison_desktop.server.organisations import Role
from liaison_desktop.server.problems import NotDone
from liaison_desktop.server.tables import chain, code, device, organisation, person
from liaison_desktop.sync.wire import Enrolled, Enrolment, Policy, ProblemCode

LIFETIME = dt.timedelta(minutes=15)
TRIES = 5
HALF = 5  # signs
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ = str.maketrans("ILO", "110", "- ")  # as somebody typed it: signs that look alike, and those that do not count


def new_code(connection: sa.Connection, database: Database, person_id: uuid.UUID, workspace: str, by: str) -> str:
    """A code for one more device of this person, as it is said aloud: `7KQ2M-4TX9R`."""
    text = _unused(connection, database)
    owner = organisations.organisation_of(connection, person_id)
    connection.execute(
        sa.insert(code).values(
            selector=_hash(database, text[:HALF]),
            hash=_hash(database, text),
            organisation=owner,
            person=person_id,
            workspace=workspace,
            expires=moment_text(database.clock() + LIFETIME),
            tries=0,
            used=None,
        )
    )
    note = Note(act="code given", about={"person": str(person_id), "workspace": workspace}, actor_name=by)
    journal.write(connection, database, owner, [note])
    return f"{text[:5]}-{text[5:]}"


def practice_code(connection: sa.Connection, database: Database, workspace: str) -> str:
    """A code for the one liaison of a server that somebody practises with."""
    place = organisations.place_person(
        connection,
        database,
        organisation_name="Practice",
        name="Practice liaison",
        role=Role.ADMINISTRATOR,
        unit_name="Practice unit",
        workspace=workspace,
    )
    return new_code(connection, database, place.person, workspace, "practice")


def _unused(connection: sa.Connection, database: Database) -> str:
    while True:
        text = "".join(secrets.choice(SIGNS) for _ in range(2 * HALF))
        selector = _hash(database, text[:HALF])
        if connection.execute(sa.select(code.c.hash).where(code.c.selector == selector)).first() is None:
            return text


def enrol(database: Database, request: Enrolment) -> Enrolled:
    """A new device. Raises NotDone with `code` if the code opens nothing; a wrong try is written down all the same."""
    enrolled = database.writing(lambda connection: _enrol(connection, database, request))
    if enrolled is None:
        raise NotDone(ProblemCode.CODE)
    return enrolled


def _enrol(connection: sa.Connection, database: Database, request: Enrolment) -> Enrolled | None:
    now = database.moment()
    given = request.code.upper().translate(_READ)
    alive = sa.and_(code.c.used.is_(None), code.c.expires > now, code.c.tries < TRIES)
    one = code.c.selector == _hash(database, given[:HALF])
    row = connection.execute(sa.select(code).where(alive, one).with_for_update()).mappings().first()
    if row is None:
        return None
    right = hmac.compare_digest(row["hash"], _hash(database, given))
    if not right or row["workspace"] != request.workspace:
        connection.execute(sa.update(code).where(one).values(tries=code.c.tries + 1))
        return None
    who = connection.execute(sa.select(person).where(person.c.id == row["person"])).mappings().one()
    taken = sa.and_(
        device.c.organisation == row["organisation"],
        device.c.workspace == request.workspace,
        device.c.journal == request.journal,
    )
    if who["state"] != "active" or connection.execute(sa.select(device.c.id).where(taken)).first() is not None:
        return None
    connection.execute(sa.update(code).where(one).values(used=now))
    owner = connection.execute(sa.select(organisation).where(organisation.c.id == row["organisation"])).mappings().one()
    made = new_id()
    lease = moment_text(database.clock() + dt.timedelta(days=owner["lease_days"]))
    connection.execute(
        sa.insert(device).values(
            id=made,
            organisation=owner["id"],
            person=who["id"],
            journal=request.journal,
            workspace=request.workspace,
            key=request.key,
            name=request.name,
            app=request.app,
            os=request.os,
            state="active",
            enrolled=now,
            seen=now,
            outbox="{}",
            lease_until=lease,
            incarnation=1,
        )
    )
    first = {"device": made, "incarnation": 1, "parent": 0, "base": 0, "acked": 0, "durable": 0}
    connection.execute(sa.insert(chain).values(**first, hash=bytes(32), signature=""))
    about = {"device": str(made), "person": str(who["id"]), "workspace": request.workspace}
    journal.write(connection, database, owner["id"], [Note(act="device enrolled", about=about)])
    return Enrolled(
        device=made,
        person=who["id"],
        organisation=owner["id"],
        organisation_name=owner["name"],
        person_name=who["name"],
        role=who["role"],
        workspace=request.workspace,
        incarnation=1,
        epoch=database.epoch(connection),
        server_key=owner["server_key"],
        policy=Policy(lease_days=owner["lease_days"]),
    )


def _hash(database: Database, text: str) -> bytes:
    return hmac.digest(database.keys.codes(), text.encode(), "sha256")
