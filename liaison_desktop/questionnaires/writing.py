"""JSON as bytes that are the same each time, and its fingerprint."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

_CANONICAL = msgspec.json.Encoder(order="sorted", decimal_format="number")
_AS_HELD = msgspec.json.Encoder(decimal_format="number")


def canonical(value: Any) -> bytes:
    """Sorted keys, no blanks, numbers as they were written."""
    return _CANONICAL.encode(value)


def pretty(value: Any) -> bytes:
    """For reading: keys in the order they are held, two blanks a level, a line feed at the end."""
    return msgspec.json.format(_AS_HELD.encode(value), indent=2) + b"\n"


def fingerprint(value: Any) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()
