"""Value sets that HL7 publishes and forms refer to by their address alone: shipped, and used."""

from __future__ import annotations

import json
from typing import Any

import pytest

from liaison_desktop.paths import resource
from liaison_desktop.questionnaires.checking import check_json
from liaison_desktop.questionnaires.outcome import Level
from liaison_desktop.questionnaires.parsing import parse
from tests.questionnaires.forms import form, item, response

SHIPPED = json.loads(resource("questionnaires", "terminology", "value-sets.json").read_bytes())
YES_NO = "http://hl7.org/fhir/ValueSet/yesnodontknow"


def asked(address: str, **more: Any) -> Any:
    return form(item("a", "choice", answerValueSet=address), **more)


def codes(raw: Any, *answers: Any) -> set[str]:
    held = response({"linkId": "a", "answer": [{"valueCoding": one} for one in answers]})
    return {one.code for one in check_json(raw, held) if one.severity is not Level.WARNING}


def test_a_form_that_names_one_offers_its_codes() -> None:
    options = parse(asked(YES_NO)).index["a"].options
    assert [(one.code, one.label) for one in options] == [("Y", "Yes"), ("N", "No"), ("asked-unknown", "Don't know")]


def test_an_answer_is_held_against_it() -> None:
    system = "http://terminology.hl7.org/CodeSystem/v2-0136"
    assert codes(asked(YES_NO), {"system": system, "code": "Y"}) == set()
    assert codes(asked(f"{YES_NO}|4.0.1"), {"system": system, "code": "Y"}) == set()
    assert codes(asked(YES_NO), {"system": system, "code": "maybe"}) == {"code-invalid"}


def test_one_of_another_version_and_one_from_elsewhere_are_not_guessed_at() -> None:
    for address in (f"{YES_NO}|5.0.0", "http://example.org/ValueSet/yesnodontknow"):
        assert not parse(asked(address)).index["a"].options_known
        assert codes(asked(address), {"system": "s:s", "code": "maybe"}) == {"informational"}


def test_what_the_form_itself_holds_comes_first() -> None:
    own = {
        "resourceType": "ValueSet", "id": "v", "url": YES_NO, "status": "active",
        "compose": {"include": [{"system": "s:s", "concept": [{"code": "q"}]}]},
    }  # fmt: skip
    assert [one.code for one in parse(asked(YES_NO, contained=[own])).index["a"].options] == ["q"]


def test_units_may_come_from_one() -> None:
    mark = {
        "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unitValueSet",
        "valueCanonical": "http://hl7.org/fhir/ValueSet/ucum-bodyweight",
    }
    units = parse(form(item("a", "quantity", extension=[mark]))).index["a"].units
    assert {unit["code"] for unit in units} == {"g", "kg", "[lb_av]"}


@pytest.mark.parametrize("one", SHIPPED["valueSets"], ids=lambda one: one["url"].rpartition("/")[2])
def test_each_is_whole_and_free_of_licensed_codes(one: dict[str, Any]) -> None:
    found = [(part["system"], held["code"]) for part in one["compose"]["include"] for held in part["concept"]]
    assert found
    assert len(found) == len(set(found))
    assert not {"http://snomed.info/sct", "http://loinc.org"} & {system for system, _ in found}
    assert len(parse(asked(f"{one['url']}|{one['version']}")).index["a"].options) == len(found)
