"""Where an issue lies is told as a FHIRPath expression that finds the very thing, with the linkId beside it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.checking import check_json
from liaison_desktop.questionnaires.fhirpath.engine import Expression, compiled, element
from liaison_desktop.questionnaires.fhirpath.kinds import plain
from liaison_desktop.questionnaires.fhirpath.running import Run
from liaison_desktop.questionnaires.outcome import operation_outcome
from tests.questionnaires import published

FORM: dict[str, Any] = {
    "resourceType": "Questionnaire",
    "status": "active",
    "item": [
        {"linkId": "a", "type": "string", "text": "A", "maxLength": 3, "required": True},
        {
            "linkId": "g", "type": "group", "text": "G", "repeats": True,
            "item": [
                {"linkId": "n", "type": "integer", "text": "N", "repeats": True},
                {
                    "linkId": "q", "type": "boolean", "text": "Q", "required": True,
                    "item": [{"linkId": "q1", "type": "date", "text": "When"}],
                },
            ],
        },
    ],
}  # fmt: skip
ANSWERS: dict[str, Any] = {
    "resourceType": "QuestionnaireResponse",
    "status": "completed",
    "item": [
        {"linkId": "a", "answer": [{"valueString": "long"}]},
        {"linkId": "g", "item": [{"linkId": "q", "answer": [{"valueBoolean": True}]}]},
        {
            "linkId": "g",
            "item": [
                {"linkId": "n", "answer": [{"valueInteger": 1}, {"valueInteger": "2"}]},
                {
                    "linkId": "q",
                    "answer": [{"valueBoolean": True, "item": [{"linkId": "q1", "answer": [{"valueDate": "soon"}]}]}],
                },
            ],
        },
        {"linkId": "g", "item": [{"linkId": "n", "answer": [{"valueInteger": 1}]}]},
        {"linkId": "zz"},
    ],
}


def found(expression: str, raw: Any) -> list[Any]:
    held = compiled(expression)
    assert isinstance(held, Expression), expression
    root = [element(raw)]
    run = Run(lambda name: None, dt.datetime.now(dt.UTC), root)
    return [plain(one) for one in held.run(run, root)]


def told(form: Any, answers: Any) -> list[tuple[str, str]]:
    issues = operation_outcome(check_json(form, answers))["issue"]
    return [(one["code"], *one["expression"]) for one in issues if one["severity"] == "error"]


def test_each_issue_points_at_its_own_place() -> None:
    assert sorted(told(FORM, ANSWERS)) == [
        ("not-found", "QuestionnaireResponse.item[4]"),
        ("required", "QuestionnaireResponse.item[3]"),
        ("too-long", "QuestionnaireResponse.item[0].answer[0].value"),
        ("value", "QuestionnaireResponse.item[2].item[0].answer[1].value"),
        ("value", "QuestionnaireResponse.item[2].item[1].answer[0].item[0].answer[0].value"),
    ]
    assert found("QuestionnaireResponse.item[2].item[0].answer[1].value", ANSWERS) == ["2"]


def test_the_link_id_stands_beside_it() -> None:
    [issue] = [one for one in operation_outcome(check_json(FORM, ANSWERS))["issue"] if one["code"] == "too-long"]
    assert issue["extension"] == [{"url": names.LINK_ID, "valueString": "a"}]


def test_an_issue_of_a_form_points_into_the_form() -> None:
    form = {
        **FORM,
        "item": [FORM["item"][0], {"linkId": "h", "type": "group", "item": [{"linkId": "i", "type": "no"}]}],
    }
    [issue] = [one for one in operation_outcome(check_json(form))["issue"] if one["severity"] == "error"]
    assert issue["expression"] == ["Questionnaire.item[1].item[0]"]


@pytest.mark.timeout(120)
def test_every_issue_of_the_published_forms_and_answers_points_at_something_there() -> None:
    for name, raw in published.questionnaires().items():
        for issue in operation_outcome(check_json(raw))["issue"]:
            for one in issue.get("expression", ()):
                assert found(one, raw), (name, one)
    for name, raw in published.responses().items():
        form = published.answered_form(raw)
        for issue in operation_outcome(check_json(form, raw))["issue"] if form is not None else ():
            for one in issue.get("expression", ()):
                assert found(one, raw if one.startswith("QuestionnaireResponse") else form), (name, one)
