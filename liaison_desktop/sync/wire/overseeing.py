"""What supervisors, administrators and auditors ask the server: devices, codes, orders, the organisation's journal."""

from __future__ import annotations

import uuid
from typing import Annotated

import msgspec

from liaison_desktop.sync.wire.base import Code, Name, Short, Struct
from liaison_desktop.sync.wire.greeting import OutboxState


class DeviceEntry(Struct, frozen=True, kw_only=True):
    """One device of the organisation, and what it last said of its outbox."""

    device: uuid.UUID
    name: str
    owner: str
    role: str
    workspace: str
    state: str
    seen: str
    app: str = ""
    outbox: OutboxState = OutboxState()
    incarnation: int = 1
    acked_op: int = 0
    order: str = ""
    skew_ms: int = 0


class DeviceList(Struct, frozen=True, kw_only=True):
    """Every device of the organisation."""

    items: tuple[DeviceEntry, ...] = ()


class CodeRequest(Struct, frozen=True, kw_only=True):
    """A code for somebody of the caller's organisation, who is made if the name is new."""

    owner: Name
    role: Annotated[str, msgspec.Meta(pattern="^(liaison|supervisor|administrator|auditor)$")] = "liaison"
    workspace: Code
    unit: Short = ""


class CodeGiven(Struct, frozen=True, kw_only=True):
    """The code, to be said or shown once; it is kept nowhere."""

    code: str
    expires_in: int


class OrderAsked(Struct, frozen=True, kw_only=True):
    """What a device is to be told."""

    act: Annotated[str, msgspec.Meta(pattern="^(lock|push_then_wipe|wipe)$")]


class OrderGiven(Struct, frozen=True, kw_only=True):
    """The order as it was given; `waits` if a second person has still to confirm it."""

    order: uuid.UUID
    act: str
    waits: bool = False


class JournalEntry(Struct, frozen=True, kw_only=True):
    """One line of the organisation's own journal, with its hash. `about` holds ids, numbers and codes."""

    number: int
    act: str
    at: str
    actor: uuid.UUID
    actor_name: str
    hash: str
    about: msgspec.Raw


class JournalPage(Struct, frozen=True, kw_only=True):
    """Lines after a number, in order."""

    items: tuple[JournalEntry, ...] = ()
    next: int = 0
    more: bool = False
