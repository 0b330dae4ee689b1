"""The first call of every synchronisation: how far each side is, and what the server asks."""

from __future__ import annotations

import uuid
from typing import Annotated

import msgspec

from liaison_desktop.sync.wire.base import LIMITS, PROTOCOL, Code, Count, FeedId, Hash, Limits, Number, Short, Struct
from liaison_desktop.sync.wire.ordering import Order


class OutboxState(Struct, frozen=True, kw_only=True):
    """What waits on the laptop, so that whoever asks "is everything sent?" has an answer."""

    pending: Count = 0
    rejected: Count = 0
    conflicts: Count = 0
    oldest: Short = ""


class FeedState(Struct, frozen=True, kw_only=True):
    """How far a laptop has read a feed, and the digest of what it holds of it."""

    cursor: Count
    digest: str = ""


class Hello(Struct, frozen=True, kw_only=True):
    """The first call of every synchronisation, and the only one when there is nothing to do.

    `probe` names earlier operations whose hashes the laptop wants to compare, to find where two chains parted.
    """

    device: uuid.UUID
    incarnation: Number = 1
    protocol: tuple[int, int] = (1, PROTOCOL)
    app: Short = ""
    epoch: Short = ""
    last_op: Count = 0
    acked_op: Count = 0
    chain: Hash = "0" * 64
    outbox: OutboxState = OutboxState()
    feeds: Annotated[dict[FeedId, FeedState], msgspec.Meta(max_length=200)] = {}
    schemas: Annotated[dict[Code, int], msgspec.Meta(max_length=400)] = {}
    probe: Annotated[tuple[Number, ...], msgspec.Meta(max_length=64)] = ()
    clock: Short = ""


class FeedHead(Struct, frozen=True, kw_only=True):
    """A feed this device may read. Its digest is that of all its live heads."""

    id: FeedId
    head: int
    digest: str
    floor: int = 0
    new: bool = False


class Welcome(Struct, frozen=True, kw_only=True):
    """The server's side of a hello. `durable_op` is covered by a backup: later operations are kept on the laptop."""

    protocol: int
    epoch: str
    now: str
    acked_op: int
    chain: Hash
    durable_op: int
    incarnation: int
    role: str = ""
    hashes: dict[int, str] = {}
    feeds: tuple[FeedHead, ...] = ()
    dropped_feeds: tuple[str, ...] = ()
    accept: dict[str, tuple[int, int]] = {}
    limits: Limits = LIMITS
    min_app: str = ""
    may_pull: bool = True
    lease_until: str = ""
    order: Order | None = None
    backoff_s: int = 0
