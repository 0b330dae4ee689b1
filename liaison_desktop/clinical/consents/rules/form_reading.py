"""How a form reads: grade, hard words and longest sentence of each of its texts and of the whole."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from liaison_desktop.clinical.consents.record import Template
from liaison_desktop.clinical.consents.record.reading import Reading, reading_of


class TextReading(msgspec.Struct, frozen=True, kw_only=True):
    """One text of a form: where it stands, such as `topics.risks`, what it is called, and how it reads."""

    place: str
    heading: str
    text: str
    reading: Reading


def spoken(text: str) -> str:
    """A text as it is read, with a short name for whatever is filled in."""
    return text.replace("{practitioner}", "Doctor Lee").replace("{phone}", "us")


def texts_of(form: Template) -> Iterator[tuple[str, str, str]]:
    """Every text a patient reads: place, heading, words. The choice that names the procedure again is left out."""
    yield "plain_words", "In plain words", form.plain_words
    yield "sign_words", "Beside the question", form.sign_words
    for topic in form.topics:
        yield f"topics.{topic.code}", topic.heading, topic.words
    for question in form.questions:
        yield f"questions.{question.code}", f"Question {question.code}", question.ask
    for choice in form.choices:
        if choice.code != "agree":
            yield f"choices.{choice.code}", f"Choice {choice.code}", choice.words
    for said in form.statements:
        yield f"statements.{said.code}", said.heading, said.words


def form_reading(form: Template) -> tuple[TextReading, ...]:
    """How each text reads, in the order of the document."""
    return tuple(
        TextReading(place=place, heading=heading, text=words, reading=reading_of(spoken(words)))
        for place, heading, words in texts_of(form)
    )


def whole_reading(form: Template) -> Reading:
    """How the form reads as a whole."""
    return reading_of(" ".join(_ended(spoken(words)) for _place, _heading, words in texts_of(form)))


def _ended(text: str) -> str:
    return text if text.rstrip().endswith((".", "!", "?")) else f"{text.rstrip()}."
