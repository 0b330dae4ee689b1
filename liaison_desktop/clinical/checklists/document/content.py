"""What the document of a checklist says, as plain values."""

from __future__ import annotations

import datetime

import msgspec

from liaison_desktop.records import Code


class CopyFor(Code):
    """Who gets the copy. The record shows all; the other leaves out what is asked in private (V18)."""

    RECORD = "record", "Copy for the record"
    PATIENT = "patient", "Copy for the patient"


class AnswerLine(msgspec.Struct, frozen=True, kw_only=True):
    """A question with its answer; `head` is the title of a card, without an answer. `note` says where it came from."""

    question: str
    answer: str = ""
    note: str = ""
    head: bool = False
    alert: bool = False


class AnswerPart(msgspec.Struct, frozen=True, kw_only=True):
    """A section: its title, its answers, and the questions that were asked and left blank."""

    title: str
    lines: tuple[AnswerLine, ...] = ()
    blank: tuple[str, ...] = ()


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One outlined line above the answers, such as that a review is pending."""

    label: str
    text: str
    alert: bool = True


class ChecklistContent(msgspec.Struct, frozen=True, kw_only=True):
    """All that the document of one checklist says. `number` is its name outside and never holds a person's."""

    facility: str
    facility_place: str
    title: str
    subtitle: str
    number: str
    identifiers: tuple[tuple[str, str], ...]
    notices: tuple[Notice, ...] = ()
    parts: tuple[AnswerPart, ...] = ()
    record: tuple[tuple[str, str], ...] = ()
    subject: str
    form: str
    copy_for: str
    author: str
    made: datetime.datetime
