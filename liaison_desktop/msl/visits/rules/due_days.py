"""By when, out of a sentence: `by Friday`, `tomorrow`, `in two weeks`, `end of the month`, `3 December`."""

from __future__ import annotations

import calendar
import datetime
import re

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "couple of": 2, "a couple of": 2}
_COUNT = r"(?P<count>\d{1,2}|" + "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True)) + ")"
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_LEAD = r"(?:\b(?:by|on|before|until|latest|this|no later than)\s+)*"
_SHAPES = (
    ("iso", rf"{_LEAD}\b(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})\b"),
    (
        "date",
        rf"{_LEAD}\b(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?!\w)(?:\s+(?P<year>20\d{{2}}))?",
    ),
    ("date", rf"{_LEAD}\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year>20\d{{2}}))?"),
    ("end", rf"{_LEAD}\b(?:the\s+)?end\s+of\s+(?:the\s+|this\s+)?(?P<next>next\s+)?(?P<unit>week|month)\b"),
    ("after", rf"\b(?:in|within)\s+{_COUNT}\s+(?P<unit>day|week|month)s?\b"),
    ("week", rf"{_LEAD}\b(?P<next>next|this)\s+week\b"),
    ("weekday", rf"{_LEAD}(?P<next>\bnext\s+)?\b(?P<weekday>{'|'.join(_DAYS)})\b"),
    ("near", rf"{_LEAD}\b(?P<near>today|tonight|tomorrow|the day after tomorrow)\b"),
)
_READ = tuple((name, re.compile(shape, re.IGNORECASE)) for name, shape in _SHAPES)


def due_in(text: str, today: datetime.date) -> tuple[str, datetime.date | None]:
    """The text without its day, and the day it names; None if it names none, or one that has passed."""
    for name, shape in _READ:
        for found in shape.finditer(text):
            due = _day(name, found, today)
            if due is not None and due >= today:
                return f"{text[: found.start()].rstrip()} {text[found.end() :].lstrip()}".strip(" ,"), due
    return text, None


def _day(name: str, found: re.Match[str], today: datetime.date) -> datetime.date | None:
    friday = today + datetime.timedelta(days=4 - today.weekday())
    week = datetime.timedelta(days=7)
    try:
        if name == "iso":
            return datetime.date.fromisoformat(found["iso"])
        if name == "date":
            return _dated(found, today)
        if name == "end" and found["unit"].lower() == "month":
            return _month_end(today, 1 if found["next"] else 0)
        if name == "end":
            return friday + week if found["next"] else max(friday, today)
        if name == "after":
            count = found["count"].lower()
            days = {"day": 1, "week": 7, "month": 30}[found["unit"].lower()]
            return today + datetime.timedelta(days=days * (_NUMBERS.get(count) or int(count)))
        if name == "week":
            return friday + week if found["next"].lower() == "next" else max(friday, today)
        if name == "weekday":
            ahead = (_DAYS.index(found["weekday"].lower()) - today.weekday() - 1) % 7 + 1
            same_week = today.weekday() + ahead <= 6
            return today + datetime.timedelta(days=ahead) + (week if found["next"] and same_week else week * 0)
        return today + datetime.timedelta(
            days={"tomorrow": 1, "the day after tomorrow": 2}.get(found["near"].lower(), 0)
        )
    except (ValueError, OverflowError):
        return None


def _dated(found: re.Match[str], today: datetime.date) -> datetime.date:
    made = datetime.date(int(found["year"] or today.year), _MONTHS.index(found["month"].lower()) + 1, int(found["day"]))
    # Without a year, a day long gone is the one of next year.
    return made.replace(year=made.year + 1) if not found["year"] and (today - made).days > 60 else made


def _month_end(today: datetime.date, ahead: int) -> datetime.date:
    years, month = divmod(today.month - 1 + ahead, 12)
    year = today.year + years
    return datetime.date(year, month + 1, calendar.monthrange(year, month + 1)[1])
