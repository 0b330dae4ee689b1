"""From a line of a journal to an operation and back, and the digests that both sides keep."""

from __future__ import annotations

import hashlib
import uuid

from liaison_desktop.records import Line, line_hash
from liaison_desktop.sync.wire.base import bytes_of, raw
from liaison_desktop.sync.wire.pulling import Change
from liaison_desktop.sync.wire.pushing import Op


def op_of(line: Line, *, schema: int = 0, files: tuple[str, ...] = (), skew_ms: int = 0) -> Op:
    """A line of the journal as it travels. `schema` is that of its kind in the catalogue of this version."""
    return Op(
        number=line.number,
        version=line.version,
        parents=line.parents,
        act=line.act,
        kind=line.kind,
        subject=line.subject,
        actor=line.actor,
        actor_name=line.actor_name,
        at=line.at,
        reason=line.reason,
        hash=line.hash.hex(),
        schema=schema,
        files=files,
        skew_ms=skew_ms,
        body=raw(line.content),
    )


def content_hash(op: Op) -> bytes:
    """The hash of its content, which for a blanked one it tells itself. Raises ValueError if that is no hash."""
    content = bytes_of(op.body)
    if content or not op.body_hash:
        return hashlib.sha256(content).digest()
    given = bytes.fromhex(op.body_hash)
    if len(given) != 32:
        raise ValueError("a hash has 32 bytes")
    return given


def line_of(op: Op, journal: uuid.UUID, previous: bytes) -> Line:
    """The line again, as the journal of device `journal` holds it."""
    return Line(
        device=journal,
        number=op.number,
        version=op.version,
        parents=op.parents,
        act=op.act,
        kind=op.kind,
        subject=op.subject,
        actor=op.actor,
        actor_name=op.actor_name,
        at=op.at,
        reason=op.reason,
        content=bytes_of(op.body),
        previous=previous,
        hash=bytes.fromhex(op.hash),
    )


def line_of_change(change: Change) -> Line:
    """The line that made a pulled version, whoever wrote it; `line_hash(line) == line.hash` says it is as written."""
    return Line(
        device=change.device,
        number=change.number,
        version=change.version,
        parents=change.parents,
        act=change.act,
        kind=change.kind,
        subject=change.subject,
        actor=change.actor,
        actor_name=change.actor_name,
        at=change.at,
        reason=change.reason,
        content=bytes_of(change.body),
        previous=bytes.fromhex(change.previous),
        hash=bytes.fromhex(change.hash),
    )


def chained(op: Op, journal: uuid.UUID, previous: bytes) -> bool:
    """Whether an operation's hash follows `previous`."""
    line = line_of(op, journal, previous)
    return line_hash(line, content_hash(op)) == line.hash


_WHOLE = 1 << 256


def head_digest(subject: uuid.UUID, version: uuid.UUID) -> int:
    """What one live head adds to the digest of its feed; sums are taken modulo 2**256."""
    return int.from_bytes(hashlib.sha256(subject.bytes + version.bytes).digest(), "big")


def bucket_of(subject: uuid.UUID) -> int:
    """Which of 256 buckets a record is compared in. UUIDv7 begin alike, hence a hash."""
    return hashlib.sha256(subject.bytes).digest()[0]


def added(digest: str, *, gone: int = 0, come: int = 0) -> str:
    """A digest after one head went and another came."""
    return f"{(int(digest or '0', 16) - gone + come) % _WHOLE:064x}"


NOTHING = "0" * 64  # the digest of no heads, and the hash that a first line follows
