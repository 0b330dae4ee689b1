"""What becomes of one version: the decision alone, from values. Nothing is read or written here, and no clock asked.

A version that knows the head follows it. One that does not is concurrent: the policy of its kind says whether the two
are merged field by field or kept side by side. What was sealed never changes. Nothing is ever dropped: a version that
is neither head nor merged is the side of a conflict, or in quarantine.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from typing import Any

import msgspec

from liaison_desktop.records import Merging
from liaison_desktop.sync.catalogue import KindEntry
from liaison_desktop.sync.merge import broken_seals, differing, is_sealed, merge
from liaison_desktop.sync.wire import Outcome, RejectCode

Body = dict[str, Any]


class Held(msgspec.Struct, kw_only=True):
    """A record as the server has it. `body` is that of the head, None if it was removed."""

    head: uuid.UUID
    body: Body | None
    kind: str


class Quarrel(msgspec.Struct, kw_only=True):
    """An open conflict."""

    id: uuid.UUID
    head: uuid.UUID
    side: uuid.UUID
    base: uuid.UUID | None
    fields: tuple[str, ...]


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """The version to decide on. `body` is None if it removes the record."""

    version: uuid.UUID
    parents: tuple[uuid.UUID, ...]
    kind: str
    body: Body | None


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of it. `head` is the version that is the head from now on, None if that stays.

    `merged` is the body of a version the server makes, `head` its id. `opened` and `closed` are conflicts.
    """

    outcome: Outcome
    code: RejectCode | None = None
    detail: str = ""
    head: uuid.UUID | None = None
    merged: Body | None = None
    took: tuple[str, ...] = ()
    opened: Quarrel | None = None
    closed: tuple[Quarrel, ...] = ()


def derived(purpose: str, *parts: uuid.UUID) -> uuid.UUID:
    """An id that follows from others (RFC 9562 version 8): a server that was restored makes the same one again."""
    digest = bytearray(hashlib.sha256(purpose.encode() + b"".join(part.bytes for part in parts)).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x80
    digest[8] = digest[8] & 0x3F | 0x80
    return uuid.UUID(bytes=bytes(digest))


def decide(
    new: Incoming,
    held: Held | None,
    entry: KindEntry,
    quarrels: list[Quarrel],
    ancestor: Callable[[tuple[uuid.UUID, ...], uuid.UUID], tuple[uuid.UUID | None, Body | None]],
) -> Decision:
    """Decide on one version. `ancestor` finds the version two came from, and its body."""
    if held is None:
        return Decision(outcome=Outcome.APPLIED, head=new.version)
    if held.kind != new.kind:
        return _rejected(RejectCode.INVALID, "a record keeps its kind")
    if held.head in new.parents:
        return _following(new, held, entry, quarrels)
    for quarrel in quarrels:
        if quarrel.side in new.parents:
            return _continuing(new, held, entry, quarrel, ancestor)
    return _concurrent(new, held, entry, ancestor)


def _rejected(code: RejectCode, detail: str) -> Decision:
    return Decision(outcome=Outcome.REJECTED, code=code, detail=detail)


def _breaks(before: Body | None, after: Body | None, entry: KindEntry) -> bool:
    if before is None:
        return False
    if after is None:
        return is_sealed(before, entry.merging, entry.seals)
    return bool(broken_seals(before, after, entry.merging, entry.seals))


def _following(new: Incoming, held: Held, entry: KindEntry, quarrels: list[Quarrel]) -> Decision:
    """It was written with the head in sight; with the side of a conflict in sight as well it decides that conflict."""
    if _breaks(held.body, new.body, entry):
        return _rejected(RejectCode.IMMUTABLE, "what is sealed does not change")
    closed = tuple(quarrel for quarrel in quarrels if quarrel.side in new.parents)
    return Decision(outcome=Outcome.APPLIED, head=new.version, closed=closed)


def _continuing(
    new: Incoming, held: Held, entry: KindEntry, quarrel: Quarrel, ancestor: Callable[..., Any]
) -> Decision:
    """It goes on from the side of a conflict that is open: the same conflict, unless the two agree by now."""
    if _breaks(held.body, new.body, entry):
        return _rejected(RejectCode.IMMUTABLE, "what is sealed does not change")
    _base, body = ancestor((quarrel.side,), held.head)
    merged = _merged(new, held, entry, body)
    if isinstance(merged, Decision) and entry.merging is Merging.MERGE:
        return msgspec.structs.replace(merged, closed=(quarrel,))
    fields = merged if isinstance(merged, tuple) else _apart(held, new)
    return Decision(outcome=Outcome.CONFLICT, opened=_extended(quarrel, held.head, new.version, fields))


def _extended(quarrel: Quarrel, head: uuid.UUID, side: uuid.UUID, fields: tuple[str, ...]) -> Quarrel:
    return Quarrel(id=quarrel.id, head=head, side=side, base=quarrel.base, fields=fields)


def _concurrent(new: Incoming, held: Held, entry: KindEntry, ancestor: Callable[..., Any]) -> Decision:
    """It was written without knowing the head."""
    if _breaks(held.body, new.body, entry) and is_sealed(held.body or {}, entry.merging, entry.seals):
        return _rejected(RejectCode.IMMUTABLE, "what is sealed does not change")
    base, body = ancestor(new.parents, held.head)
    if held.body is None or new.body is None:
        return _removed(new, held, base)
    if entry.merging is Merging.MERGE or not differing(held.body, new.body):
        merged = _merged(new, held, entry, body)
        if isinstance(merged, Decision):
            return merged
        return _beside(new, held, base, merged)
    return _beside(new, held, base, _apart(held, new))


def _removed(new: Incoming, held: Held, base: uuid.UUID | None) -> Decision:
    """One removed what the other went on with: what was written survives, the removal waits for a person."""
    if held.body is None and new.body is None:
        return Decision(outcome=Outcome.APPLIED)
    if new.body is None:
        return _beside(new, held, base, ())
    quarrel = Quarrel(
        id=derived("conflict", new.version, held.head), head=new.version, side=held.head, base=base, fields=()
    )
    return Decision(outcome=Outcome.CONFLICT, head=new.version, opened=quarrel)


def _apart(held: Held, new: Incoming) -> tuple[str, ...]:
    return differing(held.body or {}, new.body or {})


def _beside(new: Incoming, held: Held, base: uuid.UUID | None, fields: tuple[str, ...]) -> Decision:
    quarrel = Quarrel(
        id=derived("conflict", held.head, new.version), head=held.head, side=new.version, base=base, fields=fields
    )
    return Decision(outcome=Outcome.CONFLICT, opened=quarrel)


def _merged(new: Incoming, held: Held, entry: KindEntry, base: Body | None) -> Decision | tuple[str, ...]:
    """The merge of the two, or the fields that stand against it."""
    if held.body is None or new.body is None:
        return ()
    merged = merge(base or {}, held.body, new.body, entry.shapes)
    if merged.clashes:
        return merged.clashes
    broken = broken_seals(held.body, merged.body, entry.merging, entry.seals)
    if broken:
        return broken
    version = derived("merge", held.head, new.version)
    body = merged.body | {"version": str(version)}
    return Decision(outcome=Outcome.MERGED, head=version, merged=body, took=merged.took)
