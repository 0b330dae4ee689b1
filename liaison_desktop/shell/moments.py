"""Moments in words, for the corners of a screen."""

from __future__ import annotations

import datetime as dt

from liaison_desktop.i18n import plural, tr

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day_and_time(moment: dt.datetime) -> str:
    """Such as "Thursday 19 November, 08:02"."""
    day = f"{_DAYS[moment.weekday()]} {moment.day} {_MONTHS[moment.month - 1]}"
    return f"{day}, {moment:%H:%M}"


def when(moment: dt.datetime, now: dt.datetime) -> str:
    """Such as "today 07:58", "yesterday 17:40", "13 Nov" or "13 Nov 2025"."""
    there = moment.astimezone(now.tzinfo)
    days = (now.date() - there.date()).days
    if days == 0:
        return tr("today {time}", time=f"{there:%H:%M}")
    if days == 1:
        return tr("yesterday {time}", time=f"{there:%H:%M}")
    short = f"{there.day} {_MONTHS[there.month - 1][:3]}"
    return short if there.year == now.year else f"{short} {there.year}"


def seconds(count: int) -> str:
    """A wait, such as "8 s" or "2 min 5 s"."""
    minutes, rest = divmod(count, 60)
    if not minutes:
        return tr("{n} s", n=rest)
    return tr("{m} min {s} s", m=minutes, s=rest) if rest else plural(minutes, "{n} min", "{n} min")
