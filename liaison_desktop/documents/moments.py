"""Moments and days as documents print them: `22 Nov 2026, 10:19 AM CST`."""

from __future__ import annotations

import datetime
import zoneinfo

from liaison_desktop.ui.dates import plain_day


def zone_text(moment: datetime.datetime, zone: str = "") -> str:
    """The zone's letters, such as CST; the offset from UTC where the zone has none or does not fit the moment."""
    offset = moment.utcoffset()
    if offset is None:
        return zone
    if "/" in zone:
        try:
            local = moment.astimezone(zoneinfo.ZoneInfo(zone))
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            local = moment
        letters = local.tzname() or ""
        if local.utcoffset() == offset and letters.isalpha():
            return letters
    elif zone and zone.isalpha() and len(zone) <= 5:
        return zone
    minutes = int(offset.total_seconds() // 60)
    if not minutes:
        return "UTC"
    return f"UTC{'+' if minutes > 0 else '-'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def clock_text(moment: datetime.datetime) -> str:
    """The time of day, such as `10:19 AM`."""
    return f"{moment.hour % 12 or 12}:{moment.minute:02d} {'AM' if moment.hour < 12 else 'PM'}"


def moment_text(moment: datetime.datetime | None, zone: str = "") -> str:
    """Day, time and zone; `time not recorded` when there is none."""
    if moment is None:
        return "Time not recorded"
    return f"{plain_day(moment.date())}, {clock_text(moment)} {zone_text(moment, zone)}".strip()


def span_text(start: datetime.datetime | None, end: datetime.datetime | None) -> str:
    """`from 10:02 AM to 10:19 AM`, or what is known of it."""
    parts = (("from", start), ("to", end))
    return " ".join(f"{word} {clock_text(moment)}" for word, moment in parts if moment is not None)
