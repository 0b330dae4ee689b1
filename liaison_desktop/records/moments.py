"""A moment as text that sorts by UTC and keeps the zone it was recorded in."""

from __future__ import annotations

import datetime as dt
import functools


def moment_text(moment: dt.datetime) -> str:
    """The stored form of an aware moment. Raises ValueError if it has no zone."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a moment needs its zone")
    utc = moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    sign, minutes = ("-" if offset < dt.timedelta() else "+"), abs(int(offset.total_seconds())) // 60
    return f"{utc}{sign}{minutes // 60:02d}:{minutes % 60:02d}"


def moment_of(text: str) -> dt.datetime:
    """The moment of a stored text."""
    return dt.datetime.fromisoformat(f"{text[:26]}+00:00").astimezone(_zone(text[27:33]))


@functools.lru_cache(maxsize=64)
def _zone(text: str) -> dt.timezone:
    """The zone of an offset such as `-06:00`; a store knows few of them, and a list asks thousands of times."""
    minutes = int(text[1:3]) * 60 + int(text[4:6])
    return dt.timezone(dt.timedelta(minutes=-minutes if text[0] == "-" else minutes))
