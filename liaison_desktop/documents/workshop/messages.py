"""What a warm workshop and its child say to each other, over two pipes and nothing else: each message with its length.

Orders go in pickled, because they hold whole records and come from us. What comes back is MessagePack of the few forms
below: the child reads what people typed with large libraries, so its parent believes it nothing else.
"""

from __future__ import annotations

from typing import IO, Any

import msgspec

from liaison_desktop.documents.made import Document

_LENGTH = 8
MOST = 256 * 1024 * 1024  # bytes of one message


class Wanted(msgspec.Struct, frozen=True, tag="sign"):
    """The child has no key: it asks for a signature over these signed attributes."""

    attributes: bytes


class Made(msgspec.Struct, frozen=True, tag="made"):
    """The finished document."""

    document: Document


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """It did not come out; `words` is what the person reads."""

    words: str


class Broken(msgspec.Struct, frozen=True, tag="broken"):
    """A fault of ours; kind and place, never a message, in which a record's value may stand."""

    kind: str
    place: str


Answer = Wanted | Made | Failed | Broken


def say(pipe: IO[bytes], message: bytes) -> None:
    """Write one message."""
    pipe.write(len(message).to_bytes(_LENGTH, "big"))
    pipe.write(message)
    pipe.flush()


def hear(pipe: IO[bytes]) -> bytes:
    """Read one message. Raises EOFError when the other side is gone."""
    size = int.from_bytes(_exactly(pipe, _LENGTH), "big")
    if size > MOST:
        raise EOFError
    return _exactly(pipe, size)


def answer_of(message: bytes) -> Answer:
    """A message of the child. Raises msgspec.DecodeError if it is none."""
    found: Any = msgspec.msgpack.decode(message, type=Answer)
    answer: Answer = found
    return answer


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    parts = []
    while size:
        part = pipe.read(size)
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
