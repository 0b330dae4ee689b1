"""A new device, and the tokens of one that is known."""

from __future__ import annotations

import uuid
from typing import Annotated

import msgspec

from liaison_desktop.sync.wire.base import Code, Hash, Name, Short, Struct


class Enrolment(Struct, frozen=True, kw_only=True):
    """A new device with its one-time code. `journal` is the device id that its lines are written under."""

    code: Annotated[str, msgspec.Meta(min_length=10, max_length=32)]
    key: Hash  # the public Ed25519 key
    journal: uuid.UUID
    workspace: Code
    name: Name
    app: Short = ""
    os: Short = ""


class Policy(Struct, frozen=True, kw_only=True):
    """What an organisation asks of its devices. `lease_days` without the server lock the application; nothing is deleted."""

    lease_days: int = 30
    token_seconds: int = 600


class Enrolled(Struct, frozen=True, kw_only=True):
    """The device as the server knows it from now on. `server_key` is pinned: orders are signed with it."""

    device: uuid.UUID
    person: uuid.UUID
    organisation: uuid.UUID
    organisation_name: str
    person_name: str
    role: str
    workspace: str
    incarnation: int
    epoch: str
    server_key: Hash
    policy: Policy = Policy()


class TokenRequest(Struct, frozen=True, kw_only=True):
    """Without a nonce it is answered by 401 with one; with a nonce, `signature` is over `signed.token_message`."""

    device: uuid.UUID
    nonce: Short = ""
    signature: str = ""


class Token(Struct, frozen=True, kw_only=True):
    """What opens the other routes for a while. The device signs each request as well."""

    access: str
    expires_in: int
    now: str
