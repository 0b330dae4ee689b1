"""placeholder"""
from __future__ import annotations
import msgspec


class Finding(msgspec.Struct, frozen=True):
    """One marked span."""

    start: int
    end: int
    words: str
    kind: str
    why: str
    rule: str
    proposal: str = ""
