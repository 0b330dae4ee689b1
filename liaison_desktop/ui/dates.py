"""Days and times as people type and read them: "19 Nov 2026", "2026-11-19", "14:00", "today"."""

from __future__ import annotations

import datetime as dt
import re

from liaison_desktop.i18n import tr

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTHS = tuple(name[:3] for name in MONTH_NAMES)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
_DAY_FIRST = re.compile(r"(?:[a-z]{3,9},? +)?(\d{1,2})\.? *([a-z]{3,9})\.?,?(?: +(\d{4}))?$")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? +(\d{1,2})(?:,? +(\d{4}))?$")
_TIME = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))? *(am|pm|a|p)?$")
_NEAR = {"today": 0, "yesterday": -1, "tomorrow": 1}


def parse_day(text: str, today: dt.date) -> dt.date | None:
    """The day that was typed, None if it cannot be read. Without a year it is the one nearest to `today`.

    A day of only numbers is read when the year comes first: 3/4/2026 is two different days in two countries.
    """
    words = " ".join(text.casefold().split())
    if words in _NEAR:
        return today + dt.timedelta(days=_NEAR[words])
    try:
        if found := _ISO.match(words):
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DAY_FIRST.match(words):
            return _dated(found[3], found[2], int(found[1]), today)
        if found := _MONTH_FIRST.match(words):
            return _dated(found[3], found[1], int(found[2]), today)
    except ValueError:
        return None
    return None


def _dated(year: str | None, month: str, day: int, today: dt.date) -> dt.date | None:
    number = next((i for i, name in enumerate(MONTHS, 1) if month.startswith(name.casefold())), 0)
    if not number:
        return None
    if year:
        return dt.date(int(year), number, day)
    near = []
    for candidate in (today.year - 1, today.year, today.year + 1):
        try:
            near.append(dt.date(candidate, number, day))
        except ValueError:
            continue  # 29 February is not in every year
    return min(near, key=lambda found: abs(found - today)) if near else None


def parse_time(text: str) -> dt.time | None:
    """The time of day that was typed ("14:00", "1400", "2 pm", "9"), None if it cannot be read."""
    found = _TIME.match(" ".join(text.casefold().split()))
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3].startswith("p") else 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def show_day(day: dt.date) -> str:
    """Thu 19 Nov 2026."""
    return f"{DAYS[day.weekday()]} {plain_day(day)}"


def plain_day(day: dt.date) -> str:
    """19 Nov 2026: as a form shows it, and as it may be typed again."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year:04d}"


def short_day(day: dt.date) -> str:
    """19 Nov."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def near_day(day: dt.date, today: dt.date) -> str:
    """Today, Yesterday, Tomorrow, else Thu 19 Nov, with the year where it is another."""
    away = (day - today).days
    # A list of years asks for thousands of days, of which three have a name.
    name = "" if abs(away) > 1 else (tr("Yesterday"), tr("Today"), tr("Tomorrow"))[away + 1]
    shown = f"{DAYS[day.weekday()]} {short_day(day)}" if day.year == today.year else show_day(day)
    return f"{name}, {shown}" if name else shown


def show_time(moment: dt.time | dt.datetime) -> str:
    """15:04."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def show_moment(moment: dt.datetime) -> str:
    """Thu 19 Nov 2026, 15:04; in the zone the moment carries."""
    return f"{show_day(moment.date())}, {show_time(moment)}"


def age_in_years(born: dt.date, on: dt.date) -> int:
    """Whole years of age on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
