"""A line of a journal, and the hash that chains it to the one before: the same on a laptop, on the wire, on a server.

A line's hash covers the line before it and the hash of the authored bytes, so that a lawful erasure can blank the
bytes later without breaking the chain.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

import msgspec

from liaison_desktop.records.moments import moment_of

FIRST = bytes(32)  # what the first line of a device follows


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a journal, as written."""

    device: uuid.UUID
    number: int
    version: uuid.UUID
    parents: tuple[uuid.UUID, ...]
    act: str
    kind: str
    subject: uuid.UUID | None
    actor: uuid.UUID
    actor_name: str
    at: str
    reason: str
    content: bytes
    previous: bytes
    hash: bytes

    @property
    def when(self) -> dt.datetime:
        """The moment it was written, in the offset of then."""
        return moment_of(self.at)


def line_hash(line: Line, content_hash: bytes | None = None) -> bytes:
    """SHA-256 over the hash before and every part of the line, each with its length, the content by its own hash.

    `content_hash` stands for a content that was erased or need not be hashed again.
    """
    digest = hashlib.sha256()
    for part in (
        line.previous,
        line.device.bytes,
        line.number.to_bytes(8, "big"),
        line.version.bytes,
        b"".join(parent.bytes for parent in line.parents),
        line.act.encode(),
        line.kind.encode(),
        line.subject.bytes if line.subject else b"",
        line.actor.bytes,
        line.actor_name.encode(),
        line.at.encode(),
        line.reason.encode(),
        hashlib.sha256(line.content).digest() if content_hash is None else content_hash,
    ):
        digest.update(len(part).to_bytes(4, "big"))
        digest.update(part)
    return digest.digest()
