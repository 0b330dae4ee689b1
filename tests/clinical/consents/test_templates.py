"""The templates that ship: complete, readable, nothing chosen beforehand; and what a wrong file does."""

from __future__ import annotations

import pytest

from liaison_desktop.clinical.consents.actions import check_folder
from liaison_desktop.clinical.consents.queries import catalogue, read_template, template, templates
from liaison_desktop.clinical.consents.record import Template
from liaison_desktop.clinical.consents.record.reading import reading_grade
from liaison_desktop.clinical.consents.rules.form_reading import whole_reading
from liaison_desktop.errors import Missing, Unreadable
from liaison_desktop.paths import resource
from liaison_desktop.policies import load_policy


def test_every_shipped_form_passes_its_own_checks() -> None:
    checked = check_folder(resource("consent_templates"), load_policy("clinical"))
    assert not [
        f"{one.name}:{each.line}: {each.message}" for one in checked for each in one.complaints if not one.usable
    ]


@pytest.mark.parametrize("form", templates(), ids=lambda form: form.code)
def test_every_element_has_a_sentence_or_a_place_and_a_source(form: Template) -> None:
    for check in form.checks(catalogue()):
        rule = catalogue().elements[check.element]
        assert check.citation
        assert check.says or check.reason or rule.place or form.sources, f"{check.element} stands nowhere"


@pytest.mark.parametrize("form", templates(), ids=lambda form: form.code)
def test_questions_are_open_and_nothing_is_chosen(form: Template) -> None:
    assert form.choices[0].code == "agree"
    assert all(choice.answer is None for choice in form.choices)
    assert all(topic.covered_by == "" for topic in form.topics)


def test_the_whole_reads_at_grade_six() -> None:
    grades = {form.code: whole_reading(form).grade for form in templates()}
    assert not {code: grade for code, grade in grades.items() if grade > 6}


GOOD = resource("consent_templates", "GI-014-6.2.toml").read_bytes()


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
