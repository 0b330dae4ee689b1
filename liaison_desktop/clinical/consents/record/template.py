"""The template a consent is begun from: versioned words, read from resources/consent_templates and pinned by hash."""

from __future__ import annotations

import datetime

import msgspec

from liaison_desktop.clinical.consents.record.codes import Element
from liaison_desktop.clinical.consents.record.rows import Choice, ElementCheck, Question, Statement, Topic


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why an element is on the form, and the sentence that satisfies it when no topic does."""

    element: Element
    citation: str
    satisfied_by: str


class Template(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of one form's words. `sha256` is the hash of the file it was read from."""

    code: str
    version: str
    effective: datetime.date
    language: str
    title: str
    procedure: str
    agree_question: str
    sign_words: str
    plain_words: str
    review_note: str
    needs_side: bool
    sedation: bool
    anaesthesia: str
    valid_days: int
    topics: tuple[Topic, ...]
    questions: tuple[Question, ...]
    choices: tuple[Choice, ...]
    statements: tuple[Statement, ...]
    sources: tuple[Source, ...]
    sha256: str = ""

    def checks(self) -> tuple[ElementCheck, ...]:
        """The element table of a new consent, nothing answered."""
        return tuple(ElementCheck(element=source.element, citation=source.citation) for source in self.sources)
