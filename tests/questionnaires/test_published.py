"""Every form and response that HL7 publishes: loads, comes back as it was, and is judged as its own text deserves."""

from __future__ import annotations

import copy
import time
from collections import Counter
from typing import Any

import pytest

from liaison_desktop.questionnaires.checking import check_json
from liaison_desktop.questionnaires.linting import lint
from liaison_desktop.questionnaires.outcome import Level
from liaison_desktop.questionnaires.parsing import parse
from liaison_desktop.questionnaires.reading import read_json
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.validation import validate
from liaison_desktop.questionnaires.writing import canonical, pretty
from tests.questionnaires import published

# The published forms that are not sound by R4, and why.
FORMS_NOT_SOUND = {
    "Questionnaire-SDOHCC-QuestionnaireHungerVitalSign.json": "one item has two calculated expressions",
    "Questionnaire-qs1.json": "32 items have no linkId",
    "Questionnaire-questionnaire-sdc-profile-example-form-behavior.json": "a value set on an item that is no choice, a "
    "value set that is not inside, and an extension it calls critical that is not acted on here: entryMode",
    "Questionnaire-questionnaire-sdc-test-initialvalue-multiple.json": "a text that starts with a Coding",
}
# The same for responses: the issue codes that are found.
RESPONSES_NOT_SOUND = {
    # An item that the form does not have; codes of its own where the form asks for HL7's yes, no, don't know.
    "QuestionnaireResponse-3141.json": {"not-found", "business-rule", "code-invalid"},
    # Codes in other letters than the expansion of the form's value set has them.
    "QuestionnaireResponse-adaptive-questionnaireresponse-sdc-example-phq9.json": {"code-invalid"},
    "QuestionnaireResponse-questionnaireresponse-sdc-profile-example-PHQ9.json": {"code-invalid"},
    # Items that the form does not have; f where the form has F.
    "QuestionnaireResponse-bb.json": {"not-found", "code-invalid"},
    # Items directly under a question; words where the form asks yes or no.
    "QuestionnaireResponse-f201.json": {"structure", "value"},
}
# Responses whose form is not published with them.
WITHOUT_FORM = {
    "QuestionnaireResponse-questionnaireresponse-sdc-profile-example.json",
    "QuestionnaireResponse-ussg-fht-answers.json",
}


def errors(*held: Any) -> Counter[str]:
    return Counter(issue.code for issue in check_json(*held) if issue.severity is Level.ERROR)


@pytest.mark.timeout(120)
def test_all_of_them_are_there() -> None:
    assert len(published.questionnaires()) == 43
    assert len(published.responses()) == 12


@pytest.mark.timeout(120)
def test_every_form_loads_opens_and_is_validated_in_no_time() -> None:
    slow = {}
    for name, raw in published.questionnaires().items():
        begun = time.perf_counter()
        definition = parse(raw)
        sheet = Sheet.blank(definition)
        validate(sheet)
        lint(raw)
        taken = time.perf_counter() - begun
        if taken > 1:
            slow[name] = taken
    assert not slow


@pytest.mark.timeout(120)
def test_every_form_comes_back_as_it_was() -> None:
    for name, raw in published.questionnaires().items():
        before = copy.deepcopy(raw)
        definition = parse(raw)
        Sheet.blank(definition)
        assert read_json(pretty(definition.raw)) == before, name
        assert canonical(read_json(canonical(raw))) == canonical(before), name
        assert parse(read_json(pretty(raw))).hash == definition.hash, name


@pytest.mark.timeout(120)
def test_forms_are_sound_but_for_those_told() -> None:
    found = {name for name, raw in published.questionnaires().items() if errors(raw)}
    assert found == FORMS_NOT_SOUND.keys()


@pytest.mark.timeout(120)
def test_a_blank_sheet_of_every_form_is_a_response_that_comes_back() -> None:
    for name, raw in published.questionnaires().items():
        definition = parse(raw)
        first = Sheet.blank(definition).write()
        assert canonical(Sheet.read(definition, read_json(canonical(first))).write()) == canonical(first), name


def without_ids_of_rows(items: Any) -> Any:
    """The items without the ids that occurrences of repeating groups are given when they are read."""
    for one in items or ():
        one.pop("id", None)
        without_ids_of_rows(one.get("item"))
        for answer in one.get("answer", ()):
            without_ids_of_rows(answer.get("item"))
    return items


@pytest.mark.timeout(120)
def test_every_response_comes_back_as_it_was() -> None:
    for name, raw in published.responses().items():
        form = published.answered_form(raw)
        if form is None:
            continue
        written = Sheet.read(parse(form), copy.deepcopy(raw)).write()
        held = copy.deepcopy(raw)
        without_ids_of_rows(held.get("item"))
        without_ids_of_rows(written.get("item"))
        if name == "QuestionnaireResponse-bb.json":
            # It holds items the form does not know; they are kept, after those it knows.
            held["item"].sort(key=lambda one: one["linkId"])
            written["item"].sort(key=lambda one: one["linkId"])
        assert read_json(canonical(written)) == held, name


@pytest.mark.timeout(120)
def test_responses_are_sound_but_for_those_told() -> None:
    found, without = {}, set()
    for name, raw in published.responses().items():
        form = published.answered_form(raw)
        if form is None:
            without.add(name)
        elif told := set(errors(form, raw)):
            found[name] = told
    assert found == RESPONSES_NOT_SOUND
    assert without == WITHOUT_FORM
