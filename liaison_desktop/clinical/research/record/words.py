"""The words a research consent is begun with: versioned, read from resources/research_words and pinned by hash."""

from __future__ import annotations

import datetime
from typing import Annotated

import msgspec

from liaison_desktop.clinical.consents.record import Choice, Element
from liaison_desktop.clinical.research.record.codes import AuthorisationPart
from liaison_desktop.records import Field, Row


class KeyPoint(Row, frozen=True, kw_only=True):
    """One box of the key information, which stands before everything else (45 CFR 46.116(a)(5)(i))."""

    heading: Annotated[str, Field("Question", most=80)]
    words: Annotated[str, Field("Answer", lines=3)]


class StudyPart(Row, frozen=True, kw_only=True):
    """One thing the person is told, and the elements it carries."""

    code: Annotated[str, Field("Part", most=40)]
    heading: Annotated[str, Field("Heading", most=80)]
    words: Annotated[str, Field("What you are told", lines=4)]
    elements: Annotated[tuple[Element, ...], Field("Elements")] = ()


class AuthorisationLine(Row, frozen=True, kw_only=True):
    """One element or statement of the authorisation to use health information."""

    part: Annotated[AuthorisationPart, Field("Part")]
    words: Annotated[str, Field("Words", lines=3)]


class ResearchWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of one study's plain words. `sha256` is the hash of the file it was read from.

    `listen_for` says for each of the ten questions of the checklist RC what an answer holds; for the nurse alone.
    `after_withdrawal` is told and printed when somebody withdraws.
    """

    code: str
    version: str
    effective: datetime.date
    language: str
    title: str
    lead: str
    agree_question: str
    sign_words: str
    review_note: str
    key_points: tuple[KeyPoint, ...]
    parts: tuple[StudyPart, ...]
    listen_for: dict[str, str]
    choices: tuple[Choice, ...]
    authorisation: tuple[AuthorisationLine, ...]
    after_withdrawal: str
    sha256: str = ""
