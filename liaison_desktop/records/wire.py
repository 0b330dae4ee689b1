"""A record as canonical bytes: what the journal keeps and a server would receive."""

from __future__ import annotations

from typing import TypeVar

import msgspec

R = TypeVar("R", bound=msgspec.Struct)

_encoder = msgspec.json.Encoder(order="sorted", uuid_format="canonical")


def to_bytes(value: object) -> bytes:
    """The value as JSON with sorted keys: the same value always gives the same bytes."""
    return _encoder.encode(value)


def from_bytes(kind: type[R], content: bytes) -> R:
    """The value again. Raises msgspec.ValidationError if the bytes are no such value."""
    return msgspec.json.decode(content, type=kind)
