"""Adding lengths of time to a moment: by the running clock, or by the calendar of a place with its summer time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from liaison_desktop.policies import Span

_SATURDAY = 5


def local(moment: dt.datetime, zone: dt.tzinfo | None) -> dt.datetime:
    """The moment as the clocks of a place show it; without a zone, of the place where this laptop is."""
    return moment.astimezone(zone)


def after(moment: dt.datetime, span: Span, zone: dt.tzinfo | None, holidays: Collection[str] = ()) -> dt.datetime:
    """The moment that lies a span later. A day later is the same time of day, though it had 23 or 25 hours."""
    if span.unit in ("min", "h"):
        # In UTC, because hours added to a moment of a zone would be hours of its wall.
        seconds = span.count * (60 if span.unit == "min" else 3600)
        return local(moment.astimezone(dt.UTC) + dt.timedelta(seconds=seconds), zone)
    day = local(moment, zone)
    if span.unit == "d":
        return _on(day, day.date() + dt.timedelta(days=span.count), zone)
    left, found = span.count, day.date()
    while left:
        found += dt.timedelta(days=1)
        left -= found.weekday() < _SATURDAY and found.isoformat() not in holidays
    return _on(day, found, zone)


def before(moment: dt.datetime, span: Span, zone: dt.tzinfo | None) -> dt.datetime:
    """The moment that lies a span earlier; business days are counted as days here."""
    if span.unit in ("min", "h"):
        seconds = span.count * (60 if span.unit == "min" else 3600)
        return local(moment.astimezone(dt.UTC) - dt.timedelta(seconds=seconds), zone)
    day = local(moment, zone)
    return _on(day, day.date() - dt.timedelta(days=span.count), zone)


def day_end(moment: dt.datetime, zone: dt.tzinfo | None) -> dt.datetime:
    """The last second of that day."""
    day = local(moment, zone)
    return _wall(dt.datetime.combine(day.date(), dt.time(23, 59, 59)), zone)


def next_turn(moment: dt.datetime, turn: str, zone: dt.tzinfo | None) -> dt.datetime:
    """Midnight at the beginning of the next month or year."""
    day = local(moment, zone)
    year, month = (day.year + 1, 1) if turn == "year" or day.month == 12 else (day.year, day.month + 1)
    return _wall(dt.datetime.combine(dt.date(year, month, 1), dt.time()), zone)


def _on(of: dt.datetime, day: dt.date, zone: dt.tzinfo | None) -> dt.datetime:
    return _wall(dt.datetime.combine(day, of.time().replace(fold=0)), zone)


def _wall(shown: dt.datetime, zone: dt.tzinfo | None) -> dt.datetime:
    """The moment at which clocks show this. A time that a summer's beginning leaves out is the one an hour later."""
    if zone is None:
        return shown.astimezone()
    found = shown.replace(tzinfo=zone)
    return found.astimezone(dt.UTC).astimezone(zone)
