"""Lines on their way to the server, and what became of each."""

from __future__ import annotations

import enum
import uuid
from typing import Annotated

import msgspec

from liaison_desktop.sync.wire.base import (
    LIMITS,
    Authored,
    Code,
    Count,
    Hash,
    Number,
    Reason,
    Short,
    SignatureText,
    Struct,
)


class Op(Struct, frozen=True, kw_only=True):
    """One line of a device's journal. `body` is its content.

    `body_hash` alone stands for a content that was blanked by law, or that is larger than a push may be: the chain goes
    on, and the server has no such version. Bounds are wide, because a line that no push may hold would block all after it.
    """

    number: Number
    version: uuid.UUID
    parents: Annotated[tuple[uuid.UUID, ...], msgspec.Meta(max_length=64)] = ()
    act: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    kind: Code = ""
    subject: uuid.UUID | None = None
    actor: uuid.UUID
    actor_name: Reason = ""
    at: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    reason: Reason = ""
    hash: Hash
    schema: Count = 0
    files: Annotated[tuple[Hash, ...], msgspec.Meta(max_length=2000)] = ()
    skew_ms: Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)] = 0  # by which the laptop's clock was ahead
    body_hash: str = ""
    body: Authored = msgspec.UNSET


class Push(Struct, frozen=True, kw_only=True):
    """Lines in the order of their numbers, each after the one before. `signature` is over `signed.chain_message`."""

    device: uuid.UUID
    incarnation: Number = 1
    ops: Annotated[tuple[Op, ...], msgspec.Meta(min_length=1, max_length=LIMITS.ops)]
    signature: SignatureText


class Outcome(enum.StrEnum):
    """What became of one operation."""

    APPLIED = "applied"
    MERGED = "merged"  # `body` is what both became, as version `version`
    CONFLICT = "conflict"  # kept beside the head; `conflict` says where
    REJECTED = "rejected"  # kept in quarantine; `code` says why. It is never sent again and blocks nothing
    DUPLICATE = "duplicate"
    KEPT = "kept"  # a line that makes no version


class RejectCode(enum.StrEnum):
    """Why an operation was rejected."""

    IMMUTABLE = "immutable"
    FORBIDDEN = "forbidden"
    SCHEMA_TOO_NEW = "schema_too_new"
    INVALID = "invalid"
    TOO_LARGE = "too_large"
    BAD_REFERENCE = "bad_reference"


class Result(Struct, frozen=True, kw_only=True):
    """What became of operation `number`. `took` are the fields that came from the other side of a merge."""

    number: int
    outcome: Outcome
    code: RejectCode | None = None
    detail: str = ""
    version: uuid.UUID | None = None
    head: uuid.UUID | None = None
    conflict: uuid.UUID | None = None
    fields: tuple[str, ...] = ()
    took: tuple[str, ...] = ()
    feed: str = ""
    seq: int = 0
    missing: tuple[str, ...] = ()  # files the server does not have yet
    again: bool = False  # it came before, and this is what was said then
    review: bool = False  # accepted from somebody who no longer owns it
    body: Authored = msgspec.UNSET


class Pushed(Struct, frozen=True, kw_only=True):
    """Everything up to `acked_op` is on the server's disk; `chain` is its hash."""

    acked_op: int
    chain: Hash
    epoch: str
    results: tuple[Result, ...]


class Incarnate(Struct, frozen=True, kw_only=True):
    """The chain has forked after operation `after`, whose hash is `chain`; the device wants to go on from there."""

    device: uuid.UUID
    incarnation: Number
    after: Count
    chain: Hash
    reason: Short = ""


class Incarnated(Struct, frozen=True, kw_only=True):
    """The new incarnation. The next push begins with the line after `acked_op`."""

    incarnation: int
    acked_op: int
    chain: Hash
    epoch: str


class Quarantined(Struct, frozen=True, kw_only=True):
    """An operation that was rejected, with the reason, for whoever wrote it and for an administrator."""

    device: uuid.UUID
    incarnation: int
    number: int
    kind: str
    code: RejectCode
    detail: str
    received: str
    subject: uuid.UUID | None = None
    state: str = "open"


class QuarantineList(Struct, frozen=True, kw_only=True):
    """Rejected operations, newest first."""

    items: tuple[Quarantined, ...] = ()
