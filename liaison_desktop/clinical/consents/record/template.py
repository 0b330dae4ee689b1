"""The template a consent is begun from: versioned words, read from their file and pinned by its hash."""

from __future__ import annotations

import datetime
import re

import msgspec

from liaison_desktop.clinical.consents.record.catalogue import Catalogue
from liaison_desktop.clinical.consents.record.codes import ConsentStep, ConsentType, Explainer, OnForm
from liaison_desktop.clinical.consents.record.elements import Element
from liaison_desktop.clinical.consents.record.rows import Choice, ElementCheck, Question, Statement, Topic
from liaison_desktop.signing import Role

# "… may do part of it. [T10 T11]" says that the sentence before the bracket carries these elements.
MARK = re.compile(r"\s*\[((?:[A-Z]\d\d[A-Z]?)(?:[\s,]+[A-Z]\d\d[A-Z]?)*)\]")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^a-z])")


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a form of the first format named its elements, before the sentences themselves were marked."""

    element: Element
    citation: str
    satisfied_by: str


class Carried(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence of a form that carries an element, and where it stands, such as `topics.risks`."""

    element: str
    place: str
    sentence: str


class Template(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of one form's words. `sha256` is the hash of the file it was read from.

    A text may hold marks, `[T09]`, behind the sentence that carries an element; `carried` lists them and the texts of a
    form that was read are without. Steps, signers and who explains are those of the type unless the form says so.
    """

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
    type: ConsentType = ConsentType.PROCEDURE
    speciality: str = ""
    also_called: tuple[str, ...] = ()
    needs_side: bool = False
    sedation: bool = False
    anaesthesia: str = ""
    valid_days: int
    steps: tuple[ConsentStep, ...] = ()
    signers: tuple[Role, ...] = ()
    explained_by: Explainer | None = None
    topics: tuple[Topic, ...] = ()
    questions: tuple[Question, ...] = ()
    choices: tuple[Choice, ...] = ()
    statements: tuple[Statement, ...] = ()
    not_here: dict[Element, str] = {}
    sources: tuple[Source, ...] = ()
    sha256: str = ""
    carried: tuple[Carried, ...] = ()

    def checks(self, catalogue: Catalogue) -> tuple[ElementCheck, ...]:
        """The element table of a new consent, nothing answered: what the type asks for, and whatever else is carried."""
        if self.sources:
            return tuple(ElementCheck(element=source.element, citation=source.citation) for source in self.sources)
        said: dict[str, tuple[str, ...]] = {}
        for part in self.carried:
            said[part.element] = (*said.get(part.element, ()), part.sentence)
        wanted = [*catalogue.of(self.type).all(), *(Element(code) for code in said)]
        return tuple(self._check(element, said.get(element, ()), catalogue) for element in dict.fromkeys(wanted))

    def _check(self, element: Element, says: tuple[str, ...], catalogue: Catalogue) -> ElementCheck:
        rule, reason = catalogue.elements[element], self.not_here.get(element, "")
        if element is Element.T18 and not self.needs_side:
            reason = reason or "The procedure has no side."
        there = says or not rule.in_words()
        on_form = OnForm.NA if reason else OnForm.YES if there else OnForm.NO
        return ElementCheck(element=element, citation=rule.citation, on_form=on_form, says=says, reason=reason)


def unmarked(text: str) -> str:
    """The text as a patient reads it."""
    return MARK.sub("", text).strip()


def carried_in(text: str, place: str) -> tuple[Carried, ...]:
    """Every marked sentence of a text, once for each of its elements; marked sentences that follow one another are one."""
    found: dict[str, list[str]] = {}
    plain = unmarked(text)
    for mark in MARK.finditer(text):
        sentence = _SENTENCE_END.split(unmarked(text[: mark.start()]))[-1].strip()
        for code in re.split(r"[\s,]+", mark[1].strip()):
            held = found.setdefault(code, [])
            if held and f"{held[-1]} {sentence}" in plain:
                held[-1] = f"{held[-1]} {sentence}"
            else:
                held.append(sentence)
    return tuple(Carried(element=code, place=place, sentence=said) for code, held in found.items() for said in held)
