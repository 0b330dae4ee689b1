"""V41: whether a text tells of a patient who is in our care, by name, birth date or record number."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Sequence

import msgspec

NAME, BIRTH, NUMBER = "the name", "the birth date", "a record number"
_TITLES = frozenset("mr mrs ms miss mister patient pt resident".split())
_NEAR = 2  # words that may stand between a given name and the family name: a middle name, an initial
_LEAST_DIGITS = 4  # a shorter number is a room, a count or an hour
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1,
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b")
_AMERICAN = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})\b")
_WRITTEN = re.compile(r"\b([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_WRITTEN_BACK = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\.?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})\b")
_NUMBER = re.compile(r"\b[A-Za-z]{0,4}[-# ]?\d[\dA-Za-z-]*\b")


class KnownPatient(msgspec.Struct, frozen=True):
    """What a text may give away of one patient. `birth` is a partial ISO date."""

    family: str
    given: str = ""
    preferred: str = ""
    birth: str = ""
    numbers: tuple[str, ...] = ()


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text without case, accents and marks; O'Brien is one word."""
    plain = unicodedata.normalize("NFKD", text.replace("'", "").replace("’", "")).casefold()
    bare = "".join(mark if mark.isalnum() else " " for mark in plain if not unicodedata.combining(mark))
    return tuple(bare.split())


def dates_in(text: str, today: datetime.date) -> frozenset[str]:
    """The dates that stand in a text, as ISO days; two-digit years are past ones."""
    found: set[str] = set()
    for year, month, day in _ISO.findall(text):
        found |= _day(int(year), int(month), int(day))
    for first, second, year in _AMERICAN.findall(text):
        full = int(year) if len(year) == 4 else _full(int(year), today)
        # 03/04/1961 is the 4th of March here and the 3rd of April elsewhere.
        found |= _day(full, int(first), int(second)) | _day(full, int(second), int(first))
    for name, day, year in _WRITTEN.findall(text):
        found |= _day(int(year), _MONTHS.get(name.casefold(), 0), int(day))
    for day, name, year in _WRITTEN_BACK.findall(text):
        found |= _day(int(year), _MONTHS.get(name.casefold(), 0), int(day))
    return frozenset(found)


def _full(year: int, today: datetime.date) -> int:
    return 2000 + year if 2000 + year <= today.year else 1900 + year


def _day(year: int, month: int, day: int) -> set[str]:
    try:
        return {datetime.date(year, month, day).isoformat()}
    except ValueError:
        return set()


def bare_number(text: str) -> str:
    """A number as it is compared: letters and digits only."""
    return "".join(mark for mark in text.casefold() if mark.isascii() and mark.isalnum())


def numbers_in(text: str) -> frozenset[str]:
    """What may be a record number: with at least four digits, bare of marks, with and without letters before it."""
    found: set[str] = set()
    for written in _NUMBER.findall(text):
        bare = bare_number(written)
        if sum(mark.isdigit() for mark in bare) >= _LEAST_DIGITS:
            found |= {bare, bare.lstrip("abcdefghijklmnopqrstuvwxyz")}
    return frozenset(found)


def told_of(text: str, patients: Iterable[KnownPatient], *, today: datetime.date) -> str:
    """What the text holds of one of these patients, in words for V41; empty if it holds nothing."""
    words, dates, numbers = words_of(text), dates_in(text, today), numbers_in(text)
    for patient in patients:
        if any(bare_number(number) in numbers for number in patient.numbers):
            return NUMBER
        if len(patient.birth) == 10 and patient.birth in dates:
            return BIRTH
        if _named(words, patient):
            return NAME
    return ""


def _named(words: Sequence[str], patient: KnownPatient) -> bool:
    """The family name with a given name, its initial or a title beside it; alone it is anybody's."""
    family = words_of(patient.family)
    given = {*words_of(patient.given)[:1], *words_of(patient.preferred)[:1]}
    if not family:
        return False
    for start in range(len(words) - len(family) + 1):
        end = start + len(family)
        if tuple(words[start:end]) != family:
            continue
        before, after = words[max(0, start - 1 - _NEAR) : start], words[end : end + 1 + _NEAR]
        if given & {*before, *after} or (words[start - 1 : start] and words[start - 1] in _TITLES):
            return True
        beside = (*words[max(0, start - 1) : start], *words[end : end + 1])
        if {name[:1] for name in given} & {word for word in beside if len(word) == 1}:
            return True
    return False
