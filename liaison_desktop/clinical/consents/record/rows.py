"""Rows that live inside a consent. The first five carry the template's words, so that the consent keeps what was shown.

A template file holds the same rows without answers.
"""

from __future__ import annotations

from typing import Annotated

from liaison_desktop.clinical.consents.record.codes import (
    Answer,
    Discussed,
    OnForm,
    SpecialCategory,
    TeachBackState,
)
from liaison_desktop.clinical.consents.record.elements import Element
from liaison_desktop.records import Field, Row


class Topic(Row, frozen=True, kw_only=True):
    """One thing the patient was told, such as the risks, and who covered it."""

    code: Annotated[str, Field("Topic", most=40)]
    heading: Annotated[str, Field("Heading", most=80)]
    words: Annotated[str, Field("What you were told", lines=4)]
    elements: Annotated[tuple[Element, ...], Field("Elements")] = ()
    covered_by: Annotated[str, Field("Covered by", most=200)] = ""


# The place of a word of the document itself; its heading is the English one.
WORD = "word"


class TranslatedText(Row, frozen=True, kw_only=True):
    """A text of the document in its second language, as it was shown. `place` says which, such as `topics.risks`."""

    place: Annotated[str, Field("Place", most=80)]
    heading: Annotated[str, Field("Heading", most=200)] = ""
    words: Annotated[str, Field("Words", lines=4)] = ""


class Question(Row, frozen=True, kw_only=True):
    """An open teach-back question of a template. `listen_for` is for the nurse, never shown to the patient."""

    code: Annotated[str, Field("Question", most=40)]
    ask: Annotated[str, Field("We asked", most=300)]
    listen_for: Annotated[str, Field("Listen for", most=400)] = ""


class TeachBack(Row, frozen=True, kw_only=True):
    """One point of the teach-back: the question, how often it took, and the patient's own words."""

    code: Annotated[str, Field("Question", most=40)]
    ask: Annotated[str, Field("We asked", most=300)]
    listen_for: Annotated[str, Field("Listen for", most=400)] = ""
    state: Annotated[TeachBackState, Field("Result")] = TeachBackState.NOT_DONE
    attempts: Annotated[int, Field("Attempts")] = 0
    patient_words: Annotated[str, Field("Patient's own words", lines=2, most=2000)] = ""


class Choice(Row, frozen=True, kw_only=True):
    """A separate yes or no of the patient. `answer` None is unanswered; nothing is ever ticked beforehand.

    The choice with code `agree` is the main agreement and is answered on the signing page.
    """

    code: Annotated[str, Field("Choice", most=40)]
    words: Annotated[str, Field("Question", most=400)]
    elements: Annotated[tuple[Element, ...], Field("Elements")] = ()
    may_not_apply: Annotated[bool, Field("May not apply")] = False
    answer: Annotated[Answer | None, Field("Answer")] = None


class Statement(Row, frozen=True, kw_only=True):
    """A right or a promise printed on the document, such as how to change one's mind. `code` names it in translations."""

    code: Annotated[str, Field("Statement", most=40)] = ""
    heading: Annotated[str, Field("Heading", most=80)]
    words: Annotated[str, Field("Words", lines=3)]
    elements: Annotated[tuple[Element, ...], Field("Elements")] = ()


class SpecialRelease(Row, frozen=True, kw_only=True):
    """A specially protected kind of health information: whether it is released, and the person's initials to that."""

    category: Annotated[SpecialCategory, Field("Kind")]
    included: Annotated[bool | None, Field("Released")] = None
    initials: Annotated[str, Field("Initials", most=12)] = ""


class ElementCheck(Row, frozen=True, kw_only=True):
    """One line of the element table: is it on the form, and was it talked about as the patient says.

    `says` are the sentences that carry it, word for word as they are printed; empty where the paper itself does, as by
    a signature with its time. `reason` says why it does not apply to this form.
    """

    element: Annotated[Element, Field("Element")]
    citation: Annotated[str, Field("Source", most=200)] = ""
    on_form: Annotated[OnForm, Field("On the form")] = OnForm.YES
    discussed: Annotated[Discussed | None, Field("Talked about")] = None
    says: Annotated[tuple[str, ...], Field("Sentence")] = ()
    reason: Annotated[str, Field("Why it does not apply", most=300)] = ""


class MedicineNote(Row, frozen=True, kw_only=True):
    """A medicine that matters for this procedure and what the prescriber said to do with it."""

    name: Annotated[str, Field("Medicine", required=True, most=120)]
    how_taken: Annotated[str, Field("How you take it", most=200)] = ""
    what_to_do: Annotated[str, Field("What to do", most=300)] = ""
    alert: Annotated[bool, Field("Must not be missed")] = False
