"""Times, lengths and days as one types them in a line, and the follow-up in one line. No word raises."""

from __future__ import annotations

import datetime
import re

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})$|(\d{1,2})(am|pm)$|at?(\d{1,2})$")
_LENGTH = re.compile(r"(?:(\d{1,2})h(?:(\d{1,2})m?)?|(\d{1,3})(?:m|min|mins|'))$")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
_SHORT = re.compile(r"(\d{1,2})([a-z]{3})$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def clock_of(word: str) -> datetime.time | None:
    """The time a word names: `14:00`, `2pm`, `at9`."""
    match = _CLOCK.fullmatch(word)
    if not match:
        return None
    hour, minute = int(match[1] or match[3] or match[5]), int(match[2] or 0)
    if match[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[4] == "pm" else 0)
    return datetime.time(hour, minute) if hour < 24 and minute < 60 else None


def minutes_of(word: str) -> int | None:
    """The length a word names, in minutes: `30m`, `1h30`, `45'`."""
    match = _LENGTH.fullmatch(word)
    if not match:
        return None
    total = int(match[1] or 0) * 60 + int(match[2] or match[3] or 0)
    return total if 0 < total <= 24 * 60 else None


def day_of(word: str, today: datetime.date) -> datetime.date | None:
    """A day that has passed if it is named by its weekday: visits are recorded after they took place."""
    near = {"today": 0, "yesterday": -1, "tomorrow": 1}
    try:
        if word in near:
            return today + datetime.timedelta(days=near[word])
        if word[:3] in _DAYS and word in (word[:3], _full(word[:3])):
            return today - datetime.timedelta(days=(today.weekday() - _DAYS.index(word[:3])) % 7)
        if match := _ISO.fullmatch(word):
            return datetime.date(int(match[1]), int(match[2]), int(match[3]))
        if (match := _SHORT.fullmatch(word)) and match[2] in _MONTHS:
            made = datetime.date(today.year, _MONTHS.index(match[2]) + 1, int(match[1]))
            return made.replace(year=made.year - 1) if (made - today).days > 180 else made
    except (ValueError, OverflowError):
        return None
    return None


def _full(short: str) -> str:
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return names[_DAYS.index(short)]


def follow_up(line: str, today: datetime.date) -> tuple[str, datetime.date]:
    """What to do and by when: `send the letter fri` is due next Friday; without a day it is due in a week."""
    words = line.split()
    if words and words[0].casefold() == "f":
        words = words[1:]
    if len(words) > 1 and (due := _due(words[-1].casefold(), today)) is not None:
        return " ".join(words[:-1]), due
    return " ".join(words), today + datetime.timedelta(days=7)


def _due(word: str, today: datetime.date) -> datetime.date | None:
    if word[:3] in _DAYS and word in (word[:3], _full(word[:3])):
        return today + datetime.timedelta(days=(_DAYS.index(word[:3]) - today.weekday() - 1) % 7 + 1)
    if (match := re.fullmatch(r"\+?(\d{1,3})(d|w)", word)) is not None:
        return today + datetime.timedelta(days=int(match[1]) * (7 if match[2] == "w" else 1))
    found = day_of(word, today)
    return found if found is None or found >= today else None
