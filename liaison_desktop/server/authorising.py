"""Who may ask what: every route names its rule here, and every request is judged anew against the database."""

from __future__ import annotations

import enum
import uuid

import msgspec
import sqlalchemy as sa

from liaison_desktop.server import organisations, tokens
from liaison_desktop.server.database import Database, value_of
from liaison_desktop.server.organisations import Role
from liaison_desktop.server.problems import NotDone
from liaison_desktop.server.tables import device, feed, person, token
from liaison_desktop.sync import signed
from liaison_desktop.sync.wire import ProblemCode


class Rule(enum.Enum):
    """Who may call a route."""

    ANYONE = "anyone"  # it says nothing that is not public
    CODE = "whoever has a one-time code"
    DEVICE_KEY = "a known device, by a signature in the body, even when it is revoked"
    DEVICE = "an active device of anybody"
    READER = "an active device of a liaison, a supervisor or an administrator"
    WRITER = "the same; its own lines only"
    OVERSEER = "an active device of a supervisor, an administrator or an auditor"
    ADMINISTRATOR = "an active device of an administrator"


LEAST_APP = "least_app"  # under this name the database keeps it
_EVERYONE = frozenset(Role)
_WORKING = frozenset({Role.LIAISON, Role.SUPERVISOR, Role.ADMINISTRATOR})
ROLES: dict[Rule, frozenset[Role]] = {
    Rule.DEVICE: _EVERYONE,
    Rule.READER: _WORKING,
    Rule.WRITER: _WORKING,
    Rule.OVERSEER: frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR}),
    Rule.ADMINISTRATOR: frozenset({Role.ADMINISTRATOR}),
}
UNSIGNED = frozenset({Rule.ANYONE, Rule.CODE, Rule.DEVICE_KEY})


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """The device that asks, and whose it is."""

    device: uuid.UUID
    organisation: uuid.UUID
    person: uuid.UUID
    person_name: str
    role: Role
    workspace: str
    journal: uuid.UUID
    key: str
    app: str = ""


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """What came with a request: token, signature, and the message that the signature is over."""

    token: str
    signature: str
    message: bytes


def caller_of(connection: sa.Connection, database: Database, rule: Rule, credentials: Credentials) -> Caller:
    """The caller, if the rule lets them. Raises NotDone: `token`, `revoked`, `signature` or `forbidden`."""
    query = (
        sa.select(
            device, token.c.expires, person.c.state.label("person_state"), person.c.role, person.c.name.label("who")
        )
        .join(token, token.c.device == device.c.id)
        .join(person, person.c.id == device.c.person)
        .where(token.c.hash == tokens.hash_of(credentials.token))
    )
    row = connection.execute(query).mappings().first()
    if row is None or tokens.is_over(database, row["expires"]):
        raise NotDone(ProblemCode.TOKEN)
    if row["state"] != "active" or row["person_state"] != "active":
        raise NotDone(ProblemCode.REVOKED)
    if not signed.is_signed(row["key"], credentials.message, credentials.signature):
        raise NotDone(ProblemCode.SIGNATURE)
    caller = Caller(
        device=row["id"],
        organisation=row["organisation"],
        person=row["person"],
        person_name=row["who"],
        role=Role(row["role"]),
        workspace=row["workspace"],
        journal=row["journal"],
        key=row["key"],
        app=row["app"],
    )
    if caller.role not in ROLES[rule]:
        raise NotDone(ProblemCode.FORBIDDEN)
    return caller


def require_own(caller: Caller, device_id: uuid.UUID) -> None:
    """A device speaks for itself alone; another's is told as one that is not there."""
    if device_id != caller.device:
        raise NotDone(ProblemCode.NOT_FOUND)


def least_app(connection: sa.Connection) -> str:
    """The oldest version of the application that may still read; every version may push."""
    return value_of(connection, LEAST_APP) or ""


def is_new_enough(connection: sa.Connection, app: str) -> bool:
    """Whether a version of the application may read. One that does not say which it is counts as the oldest."""
    return _numbers(app) >= _numbers(least_app(connection))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in text.split(".")) if text else ()


def require_feed(connection: sa.Connection, caller: Caller, name: str) -> sa.RowMapping:
    """The feed, if the caller reads it; a foreign one and one that is not there are told alike.

    Raises NotDone: `not_found`, or `too_old` for a version of the application that may push and no more.
    """
    if not is_new_enough(connection, caller.app):
        raise NotDone(ProblemCode.TOO_OLD)
    if name not in organisations.feeds_of(connection, caller.person, caller.workspace).values():
        raise NotDone(ProblemCode.NOT_FOUND)
    query = sa.select(feed).where(feed.c.organisation == caller.organisation, feed.c.name == name)
    return connection.execute(query).mappings().one()
