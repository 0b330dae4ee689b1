"""How old a fact is, in words: nothing is shown without its source and its age."""

from __future__ import annotations

import datetime as dt


def age_words(at: dt.datetime | None, now: dt.datetime) -> str:
    """How long ago: "just now", "12 min ago", "3 h ago", "yesterday", "9 days ago"; empty if nobody knows."""
    if at is None:
        return ""
    gone = now - at
    minutes = int(gone.total_seconds() // 60)
    if minutes < 0:
        return "in the future"
    if minutes < 2:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    days = (now.date() - at.astimezone(now.tzinfo).date()).days
    if days == 0 or minutes < 12 * 60:
        return f"{minutes // 60} h ago"
    return "yesterday" if days == 1 else f"{days} days ago"


def fact_age(source: str, at: dt.datetime | None, now: dt.datetime) -> str:
    """Where a fact is from and how old it is: "Chart or packet, 9 days ago"."""
    return ", ".join(filter(None, (source, age_words(at, now) or "nobody noted when")))


def days_in(inserted_on: str, today: dt.date) -> int | None:
    """How many days a line has been in, counted from the day it went in; None if that day is not known exactly."""
    try:
        return (today - dt.date.fromisoformat(inserted_on)).days
    except ValueError:
        return None
