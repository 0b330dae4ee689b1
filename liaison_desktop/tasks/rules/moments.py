"""The time to count with, where the laptop's clock may have been set: what went by is known from what nobody can set."""

from __future__ import annotations

import datetime as dt

import msgspec

# What a clock may be off before anybody is told: the network sets it by seconds all the time.
SLACK = dt.timedelta(minutes=2)
_LONGEST = 86_400.0 * 3_650  # seconds; a counter of years would overflow a moment


class Mark(msgspec.Struct, frozen=True):
    """The latest time that was seen, and the laptop's own running counter then.

    The counter goes on while the laptop sleeps and nobody can set it; `boot` says which start of the laptop it
    counts from.
    """

    seen: dt.datetime
    ticks: float
    boot: str


def gone(mark: Mark, ticks: float, boot: str) -> dt.timedelta | None:
    """How much time the counter says went by since, None if it began anew."""
    if not boot or boot != mark.boot:
        return None
    return dt.timedelta(seconds=min(max(0.0, ticks - mark.ticks), _LONGEST))


def later(mark: Mark | None, now: dt.datetime, ticks: float, boot: str) -> dt.datetime:
    """The time to count with: never before the latest seen, plus what the counter says went by since.

    So a clock set back gives no minute more than was promised.
    """
    if mark is None:
        return now
    return max(now, mark.seen + (gone(mark, ticks, boot) or dt.timedelta()))


class Now(msgspec.Struct, frozen=True, kw_only=True):
    """The time to count with (`at`), what the laptop's clock shows, and how far that was set back or on since.

    With a clock that was set back it is the time that really is, as far as is known; with one that was set on it is
    what the clock shows. `off` is below zero for the first, above for the second, and nought when all is well.
    """

    at: dt.datetime
    shown: dt.datetime
    off: dt.timedelta = dt.timedelta()


def judged(
    mark: Mark | None, written: dt.datetime | None, shown: dt.datetime, ticks: float, boot: str, *, sleeps: bool
) -> Now:
    """What the clock shows, held against the mark and against when the journal's last line was `written`.

    `sleeps` says that the counter counts sleep too; only then a clock that runs ahead of it was set.
    """
    passed = gone(mark, ticks, boot) if mark is not None else None
    known = [moment for moment in (written, mark.seen + (passed or dt.timedelta()) if mark else None) if moment]
    latest = max(known, default=shown)
    if shown < latest - SLACK:
        return Now(at=latest, shown=shown, off=shown - latest)
    if mark is not None and passed is not None and sleeps and shown > mark.seen + passed + SLACK:
        return Now(at=shown, shown=shown, off=shown - (mark.seen + passed))
    return Now(at=shown, shown=shown)
