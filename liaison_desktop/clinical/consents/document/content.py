"""What a consent summary says, as plain values: the seam between the record of a consent and its layout."""

from __future__ import annotations

import datetime
import enum

import msgspec

from liaison_desktop.documents.made import Document as ConsentDocument
from liaison_desktop.documents.signatures import SignatureLine

__all__ = [
    "Allergies",
    "ChoiceLine",
    "Clarity",
    "ConsentDocument",
    "MedicineLine",
    "ReleaseLine",
    "Second",
    "SecondText",
    "SignatureLine",
    "SummaryContent",
    "SupportLine",
    "TeachBackLine",
    "TopicLine",
]


class Clarity(enum.Enum):
    """What came of asking a patient to say it in their own words. Never a score."""

    FIRST = "Clear first time"
    AGAIN = "Clear after re-explaining"
    NOT_YET = "Not yet clear"
    DECLINED = "Did not want to say"
    NOT_ASKED = "Not asked yet"


class Allergies(enum.Enum):
    """What is known: a list, that there are none, or nothing. No rows never means none."""

    LISTED = "Reported, none listed"
    NONE_KNOWN = "No known allergies"
    NOT_RECORDED = "Not recorded"


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the lines of a summary."""


class SecondText(msgspec.Struct, frozen=True, kw_only=True):
    """One text in the second language."""

    heading: str = ""
    words: str = ""


class Second(msgspec.Struct, frozen=True, kw_only=True):
    """What is said beside the English: words of the document by the English ones, texts of the form by their place."""

    language: str
    words: dict[str, str]
    texts: dict[str, SecondText]
    reviewed: bool


class TopicLine(Line, frozen=True, kw_only=True):
    """One thing that was talked about; `covered` is who covered it, empty when nobody did."""

    topic: str
    told: str
    covered: str = ""
    place: str = ""


class TeachBackLine(Line, frozen=True, kw_only=True):
    """One question to the patient, the answer in the patient's own words, and whether it was clear."""

    asked: str
    answer: str
    clarity: Clarity
    place: str = ""


class MedicineLine(Line, frozen=True, kw_only=True):
    """A medicine that matters for the procedure; `urgent` instructions are set in red with a mark."""

    medicine: str
    taken: str
    instruction: str
    urgent: bool = False


class ChoiceLine(Line, frozen=True, kw_only=True):
    """A separate question with its yes or no; None when it was not answered. `remark` stands under the question."""

    question: str
    answer: bool | None
    remark: str = ""
    place: str = ""


class ReleaseLine(Line, frozen=True, kw_only=True):
    """One point of a release of information: what, from whom, to whom, what for, until when, or a protected kind."""

    point: str
    said: str


class SupportLine(Line, frozen=True, kw_only=True):
    """A short paragraph that begins with a word in bold, such as `Interpreter`."""

    label: str
    text: str
    place: str = ""


class SummaryContent(msgspec.Struct, frozen=True, kw_only=True):
    """All that one consent summary says. Everything but strokes is text as it will be printed.

    `record` is what `fingerprint` was taken of; it travels inside the file.
    """

    facility: str
    facility_place: str
    subtitle: str
    document_number: str
    patient_name: str
    patient_born: str
    patient_number: str
    visit: str
    language: str
    allergies: Allergies
    allergy_text: str = ""
    plain_words: tuple[str, ...]
    release: tuple[ReleaseLine, ...] = ()
    topics: tuple[TopicLine, ...] = ()
    teach_back: tuple[TeachBackLine, ...] = ()
    medicines: tuple[MedicineLine, ...] = ()
    choices: tuple[ChoiceLine, ...] = ()
    support: tuple[SupportLine, ...] = ()
    signatures: tuple[SignatureLine, ...] = ()
    history: tuple[str, ...] = ()
    form_code: str
    form_version: str
    fingerprint: str
    fingerprint_note: str
    record: bytes = b""
    second: Second | None = None
    made: datetime.datetime
    title: str = "Consent summary"

    def both(self, english: str) -> str:
        """A word of the document, and behind it the same in the second language if there is one."""
        word = self.second.words.get(english, "") if self.second is not None else ""
        return f"{english} · {word}" if word and word != english else english

    def beside(self, place: str) -> SecondText:
        """A text of the form in the second language; empty if there is none."""
        found = self.second.texts.get(place) if self.second is not None and place else None
        return found or SecondText()
