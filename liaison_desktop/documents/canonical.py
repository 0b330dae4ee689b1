"""What a document vouches for: the record as canonical bytes and the fingerprint printed on every page."""

from __future__ import annotations

import hashlib

import msgspec

from liaison_desktop.records import to_bytes


def canonical(record: msgspec.Struct) -> bytes:
    """The record as JSON with sorted keys: the same record always gives the same bytes, on every laptop."""
    return to_bytes(record)


def fingerprint(record: msgspec.Struct) -> str:
    """SHA-256 over the canonical bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(record)).hexdigest()


def grouped(digest: str, groups: int = 8) -> str:
    """The first groups of eight digits of a fingerprint, as people compare them."""
    return " ".join(digest[start : start + 8] for start in range(0, 8 * groups, 8))
