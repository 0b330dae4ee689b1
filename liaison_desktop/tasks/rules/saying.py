"""How what is left and what is due are said: 30:50, 4 d, today, 2 d over; and the same as a sentence to be heard."""

from __future__ import annotations

import datetime as dt

from liaison_desktop.ui.dates import DAYS, short_day, show_time

_DAYS_FROM = dt.timedelta(hours=72)  # from here on minutes say nothing


def left_words(left: dt.timedelta) -> str:
    """Hours and minutes such as 01:56, days from three days on; what is past is told as over."""
    size = abs(left)
    if size >= _DAYS_FROM:
        told = f"{size.days} d"
    else:
        minutes = int(size.total_seconds() // 60)
        told = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{told} over" if left < dt.timedelta() else told


def length_spoken(size: dt.timedelta) -> str:
    """A length of time as somebody would say it: 30 hours 50 minutes, 4 days."""
    if size >= _DAYS_FROM:
        return _many(size.days, "day")
    minutes = int(size.total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    parts = (_many(hours, "hour") if hours else "", _many(rest, "minute") if rest or not hours else "")
    return " ".join(part for part in parts if part)


def left_spoken(left: dt.timedelta) -> str:
    """What is left as somebody would say it: 30 hours 50 minutes left."""
    return f"{length_spoken(abs(left))} {'over' if left < dt.timedelta() else 'left'}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def due_said(due_at: dt.datetime, now: dt.datetime) -> tuple[str, str]:
    """When something is due, and how loudly: red when it is late, amber today, else neutral."""
    due = due_at.astimezone(now.tzinfo)
    away = (due.date() - now.date()).days
    if due < now:
        late = now - due
        return (f"{late.days} d over" if late.days else f"{left_words(late)} over"), "red"
    if away == 0:
        return show_time(due), "amber"
    if away == 1:
        return "tomorrow", "neutral"
    return (DAYS[due.weekday()] if away < 7 else short_day(due.date())), "neutral"
