"""Tokens: a device signs a nonce of ours and is let in for ten minutes. No clock of the laptop has a say in it."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
import uuid

import sqlalchemy as sa

from liaison_desktop.records.moments import moment_of, moment_text
from liaison_desktop.server.database import Database
from liaison_desktop.server.problems import NotDone
from liaison_desktop.server.tables import device, person, token
from liaison_desktop.sync import signed
from liaison_desktop.sync.wire import Policy, ProblemCode, Token, TokenRequest

LIFETIME = dt.timedelta(seconds=Policy().token_seconds)
NONCE_LIFETIME = dt.timedelta(minutes=1)


def new_nonce(database: Database, device_id: uuid.UUID) -> str:
    """A nonce that we know again without keeping it, so that nobody fills the disk by asking."""
    said = f"{int(database.clock().timestamp())}.{secrets.token_hex(12)}"
    return f"{said}.{_mark(database, device_id, said)}"


def is_ours(database: Database, device_id: uuid.UUID, nonce: str) -> bool:
    """Whether we gave this nonce to this device, within the last minute."""
    said, _dot, mark = nonce.rpartition(".")
    if not hmac.compare_digest(mark.encode(), _mark(database, device_id, said).encode()):
        return False
    age = database.clock().timestamp() - int(said.partition(".")[0])
    return 0 <= age <= NONCE_LIFETIME.total_seconds()


def _mark(database: Database, device_id: uuid.UUID, said: str) -> str:
    return hmac.digest(database.keys.nonces(), f"{device_id} {said}".encode(), "sha256").hex()[:32]


def give_token(database: Database, request: TokenRequest, host: str) -> Token:
    """A token for a device that signed its nonce. Raises NotDone: `nonce` with one to sign, `signature`, `revoked`."""
    if not request.nonce or not is_ours(database, request.device, request.nonce):
        raise NotDone(ProblemCode.NONCE, nonce=new_nonce(database, request.device))
    message = signed.token_message(request.nonce, request.device, host)

    def work(connection: sa.Connection) -> Token:
        row = _known(connection, request.device)
        # An unknown device and a wrong signature are told alike.
        if row is None or not signed.is_signed(row["key"], message, request.signature):
            raise NotDone(ProblemCode.SIGNATURE)
        if row["state"] != "active" or row["person_state"] != "active":
            raise NotDone(ProblemCode.REVOKED)
        used = connection.execute(sa.select(token.c.hash).where(token.c.nonce == request.nonce)).first()
        if used is not None:
            raise NotDone(ProblemCode.NONCE, nonce=new_nonce(database, request.device))
        text, now = secrets.token_urlsafe(32), database.clock()
        connection.execute(
            sa.delete(token).where(
                token.c.device == request.device, token.c.expires < moment_text(now - NONCE_LIFETIME)
            )
        )
        expires = moment_text(now + LIFETIME)
        connection.execute(
            sa.insert(token).values(hash=hash_of(text), device=request.device, nonce=request.nonce, expires=expires)
        )
        return Token(access=text, expires_in=int(LIFETIME.total_seconds()), now=moment_text(now))

    return database.writing(work)


def _known(connection: sa.Connection, device_id: uuid.UUID) -> sa.RowMapping | None:
    query = (
        sa.select(device, person.c.state.label("person_state"))
        .join(person, person.c.id == device.c.person)
        .where(device.c.id == device_id)
    )
    return connection.execute(query).mappings().first()


def hash_of(text: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(text.encode()).digest()


def is_over(database: Database, expires: str) -> bool:
    """Whether a token has run out."""
    return moment_of(expires) <= database.clock()
