"""Feeds on their way to a laptop, and comparing what both hold."""

from __future__ import annotations

import enum
import uuid
from typing import Annotated

import msgspec

from liaison_desktop.sync.wire.base import LIMITS, NO_VERSION, Authored, FeedId, Struct


class ChangeKind(enum.StrEnum):
    """What happened to a record, as seen from one feed."""

    PUT = "put"
    DELETE = "delete"
    LEAVE = "leave"  # it is no longer in this feed: remove the row if nothing of it waits to be sent
    PURGE = "purge"  # it was erased by law: blank every version of it
    CONFLICT = "conflict"
    RESOLVED = "resolved"


class Conflict(Struct, frozen=True, kw_only=True):
    """Two versions that a person has to decide between. `base` is what both began from, if anything.

    Deciding is saving a version whose parents are `head` and `side`.
    """

    id: uuid.UUID
    subject: uuid.UUID
    kind: str
    fields: tuple[str, ...]
    head: uuid.UUID
    side: uuid.UUID
    base: uuid.UUID | None = None
    side_body: Authored = msgspec.UNSET
    base_body: Authored = msgspec.UNSET
    side_removed: bool = False
    side_by: str = ""
    side_at: str = ""
    resolved: bool = False


class Change(Struct, frozen=True, kw_only=True):
    """One entry of a feed. A put or a delete is the whole line that made the version, so it can be checked and kept.

    A version that the server made by merging is a line of the server's own journal.
    """

    seq: int
    change: ChangeKind
    subject: uuid.UUID
    kind: str
    version: uuid.UUID = NO_VERSION
    parents: tuple[uuid.UUID, ...] = ()
    schema: int = 0
    device: uuid.UUID = NO_VERSION
    incarnation: int = 1
    number: int = 0
    act: str = ""
    actor: uuid.UUID = NO_VERSION
    actor_name: str = ""
    at: str = ""
    received: str = ""
    reason: str = ""
    previous: str = ""
    hash: str = ""
    files: tuple[str, ...] = ()
    complete: bool = True
    conflict: Conflict | None = None
    body: Authored = msgspec.UNSET


class Pulled(Struct, frozen=True, kw_only=True):
    """A page of a feed. `digest` is that of all live heads at `head`, so it says something once `next` is there."""

    feed: str
    epoch: str
    head: int
    next: int
    more: bool
    digest: str
    changes: tuple[Change, ...] = ()


class Reconcile(Struct, frozen=True, kw_only=True):
    """The digests of a feed's live heads in 256 buckets by the first byte of `bucket_of`; empty ones are left out."""

    feed: FeedId
    buckets: Annotated[dict[int, str], msgspec.Meta(max_length=256)] = {}


class Head(Struct, frozen=True, kw_only=True):
    """A live head as far as a comparison needs it."""

    subject: uuid.UUID
    version: uuid.UUID


class Reconciled(Struct, frozen=True, kw_only=True):
    """The buckets that differ with every live head in them. `head` is where reading goes on once these are fetched."""

    feed: str
    epoch: str
    head: int
    digest: str
    buckets: dict[int, tuple[Head, ...]] = {}


class Fetch(Struct, frozen=True, kw_only=True):
    """Which heads a laptop lacks."""

    feed: FeedId
    subjects: Annotated[tuple[uuid.UUID, ...], msgspec.Meta(min_length=1, max_length=LIMITS.ops)]


class Fetched(Struct, frozen=True, kw_only=True):
    """The live heads of those, as a pull would have given them."""

    feed: str
    changes: tuple[Change, ...] = ()
