"""Editors that only patients need: a date known in part, a language, several short texts on one line."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent

from liaison_desktop.clinical.patients.record import LANGUAGES, birth_text, language_name, partial_fits
from liaison_desktop.ui.dates import MONTHS
from liaison_desktop.ui.editors import TextEditor
from liaison_desktop.ui.suggest import Option, SuggestLine, matching

_DAY_FIRST = re.compile(r"([0-9]{1,2})[. ]+([A-Za-z]{3,9})[., ]+([0-9]{4})", re.ASCII)
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})[. ]+(?:([0-9]{1,2}),?[ ]+)?([0-9]{4})", re.ASCII)
_NUMBERS = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?", re.ASCII)


def read_partial(text: str) -> str:
    """A date as people type it, as a partial ISO date: "14 Mar 1961", "March 1961", "1961/3/14"; else the text itself.

    A day of only numbers is read when the year comes first: 3/4/1961 is two different days in two countries.
    """
    words = " ".join(text.split())
    year, month, day = "", "", ""
    if found := _DAY_FIRST.fullmatch(words):
        day, month, year = found[1], _month(found[2]), found[3]
    elif found := _MONTH_FIRST.fullmatch(words):
        month, day, year = _month(found[1]), found[2] or "", found[3]
    elif found := _NUMBERS.fullmatch(words):
        year, month, day = found[1], found[2], found[3] or ""
    read = "-".join(part for part in (year, month.zfill(2) if month else "", day.zfill(2) if day else "") if part)
    return read if month and partial_fits(read) else words


def _month(name: str) -> str:
    found = (number for number, month in enumerate(MONTHS, 1) if name.casefold().startswith(month.casefold()))
    return str(next(found, ""))


class PartialEditor(TextEditor):
    """A date of which perhaps only the year is known; it is spelt out when you leave it."""

    changed = Signal(object)

    def __init__(self, placeholder: str = "14 Mar 1961, or only 1961") -> None:
        super().__init__(placeholder=placeholder)

    def value(self) -> str:
        """The partial ISO date; what cannot be read comes back as it was typed, so that it is never lost."""
        return read_partial(super().value())

    def set_value(self, value: str | None) -> None:
        """Show a partial date in words."""
        super().set_value(birth_text(value or ""))

    def complaint(self) -> str:
        """How a date is written."""
        text = self.value()
        return "" if not text or partial_fits(text) else "Write a date such as 14 Mar 1961, or only the month or year."

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Spell the date out, so that the person sees how it was understood."""
        if partial_fits(self.value()):
            self.set_value(self.value())
        super().focusOutEvent(event)


class LanguageEditor(SuggestLine):
    """A language by name; its value is the BCP-47 tag."""

    def __init__(self) -> None:
        options = [Option(tag, name, tag) for tag, name in LANGUAGES.items()]
        super().__init__(lambda text: matching(options, text), "Type a language")

    def set_value(self, value: str | None) -> None:
        """Show a language, also one that is not on the list."""
        self.show_option(Option(value, language_name(value)) if value else None)


class ShortTextsEditor(TextEditor):
    """Several short texts on one line, with semicolons between them, such as phone numbers."""

    changed = Signal(object)

    def value(self) -> tuple[str, ...]:  # type: ignore[override]
        """The texts that are not blank."""
        return tuple(part.strip() for part in self.text().split(";") if part.strip())

    def set_value(self, value: tuple[str, ...] | None) -> None:  # type: ignore[override]
        """Show the texts."""
        super().set_value("; ".join(value or ()))
