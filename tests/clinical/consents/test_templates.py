"""The templates that ship: complete, readable, nothing chosen beforehand; and what a wrong file does."""

from __future__ import annotations

import pytest

from liaison_desktop.clinical.consents.queries import read_template, template, templates
from liaison_desktop.clinical.consents.record import Element
from liaison_desktop.clinical.consents.record.reading import reading_grade
from liaison_desktop.errors import Missing, Unreadable
from liaison_desktop.paths import resource

# Met by the paper itself: its head, signatures, times, the column of who covered it, site and side.
BY_THE_PAPER = {Element.T01, Element.T05, Element.T06, Element.T07, Element.T08, Element.T18}


def test_three_forms_ship() -> None:
    assert [found.code for found in templates()] == ["CC-031", "GI-014", "OR-102"]


@pytest.mark.parametrize("code", ["CC-031", "GI-014", "OR-102"])
def test_every_element_has_a_sentence_and_a_source(code: str) -> None:
    form = template(code)
    assert [source.element for source in form.sources] == list(Element)
    assert all(source.citation and source.satisfied_by for source in form.sources)
    said = {element for part in (*form.topics, *form.choices, *form.statements) for element in part.elements}
    assert said | BY_THE_PAPER == set(Element)


@pytest.mark.parametrize("code", ["CC-031", "GI-014", "OR-102"])
def test_a_form_reads_at_grade_six(code: str) -> None:
    form = template(code)
    for words in (form.plain_words, form.sign_words, " ".join(topic.words for topic in form.topics)):
        assert reading_grade(words) <= 6
    assert max(reading_grade(topic.words) for topic in form.topics) <= 8


@pytest.mark.parametrize("code", ["CC-031", "GI-014", "OR-102"])
def test_questions_are_open_and_nothing_is_chosen(code: str) -> None:
    form = template(code)
    assert [question.code for question in form.questions] == list("abcdefghij")
    closed = ("do you", "did you", "are you", "is it", "can you", "will you understand")
    assert not [question.ask for question in form.questions if question.ask.lower().startswith(closed)]
    assert form.choices[0].code == "agree"
    assert all(choice.answer is None for choice in form.choices)
    assert all(topic.covered_by == "" for topic in form.topics)


GOOD = resource("consent_templates", "GI-014.toml").read_bytes()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"code = ",
        b"code = 7",
        GOOD + b"\nunknown = 1\n",
        GOOD.replace(b"valid_days = 30", b'valid_days = "many"'),
        GOOD.replace(b'"T13"', b'"T99"'),
        b"\x00" * 40,
    ],
)
def test_a_wrong_file_is_refused_whole(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_template(content)


def test_an_unknown_form() -> None:
    with pytest.raises(Missing):
        template("XX-000")


def test_reading_grade_of_odd_texts() -> None:
    assert reading_grade("") == 0
    assert reading_grade("1234 !!!") == 0
    legal = "Notwithstanding the aforementioned considerations, the undersigned acknowledges comprehensive explanation."
    assert reading_grade(legal) > 15
