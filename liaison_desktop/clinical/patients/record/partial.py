"""Dates known only in part: "1961", "1961-03" or "1961-03-14". How they read, and the age they give."""

from __future__ import annotations

import datetime
import re

_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)
_LONG_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTHS = tuple(name[:3] for name in _LONG_MONTHS)


def _parts(text: str) -> tuple[int, int | None, int | None] | None:
    found = _PARTIAL.fullmatch(text)
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2] or 0) or None, int(found[3] or 0) or None
    try:
        datetime.date(year, month or 1, day or 1)
    except ValueError:
        return None
    if (found[2] and not month) or (found[3] and not day):
        return None
    return year, month, day


def partial_fits(text: str) -> bool:
    """Whether the text is a year, a month or a day that exists."""
    return _parts(text) is not None


def first_day(text: str) -> datetime.date:
    """The first day a partial date may mean. Raises ValueError if it is none."""
    parts = _parts(text)
    if parts is None:
        raise ValueError("no partial date")
    return datetime.date(parts[0], parts[1] or 1, parts[2] or 1)


def day_text(day: datetime.date) -> str:
    """A day as people here write it: "14 Mar 1961"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def birth_text(text: str) -> str:
    """A partial date in words: "14 Mar 1961", "Mar 1961", "1961"; a text that is no date comes back as it is."""
    return _words(text, _MONTHS)


def long_birth_text(text: str) -> str:
    """The same with the month in full: "14 March 1961"."""
    return _words(text, _LONG_MONTHS)


def _words(text: str, months: tuple[str, ...]) -> str:
    parts = _parts(text)
    if parts is None:
        return text
    year, month, day = parts
    return " ".join(word for word in (str(day or ""), months[month - 1] if month else "", str(year)) if word)


def age(birth_date: str, on: datetime.date) -> int | None:
    """Completed years on a day; None if it cannot be said.

    Where only year or month is known it is the greatest age possible, so that nobody is taken for a minor by mistake
    of precision; `age_text` says "about".
    """
    parts = _parts(birth_date)
    if parts is None:
        return None
    year, month, day = parts
    years = on.year - year - ((on.month, on.day) < (month or 1, day or 1))
    return years if years >= 0 else None


def age_text(birth_date: str, on: datetime.date) -> str:
    """The age as the banner says it: "65 y", "about 65 y", "7 mo", "12 d"; empty if unknown."""
    years, parts = age(birth_date, on), _parts(birth_date)
    if years is None or parts is None:
        return ""
    year, month, day = parts
    if day is None:
        return f"about {years} y"
    if years >= 2:
        return f"{years} y"
    months = (on.year - year) * 12 + on.month - (month or 1) - (on.day < day)
    if months >= 1:
        return f"{months} mo"
    return f"{(on - datetime.date(year, month or 1, day)).days} d"
