"""V9, V14, V20 and V31: each where it stops, and where it is silent."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from liaison_desktop.clinical.medications.record import (
    Accepted,
    Adherence,
    Frequency,
    Medicine,
    MedicineList,
    MedicineStatus,
    Route,
    Source,
)
from liaison_desktop.clinical.medications.rules.allergies import twice
from liaison_desktop.clinical.medications.rules.entry import Around, medicine_faults, standing
from liaison_desktop.clinical.patients.record import Allergy, AllergyCategory, Verification
from tests.clinical.medications.examples import KNOWN, POLICY, a_medicine, allergic, around, says
from tests.fakes import TODAY


def rules(medicine: Medicine, *others: Medicine, **values: Any) -> list[str]:
    """The rules that speak about a medicine."""
    return [fault.rule for fault in medicine_faults(medicine, around(*others, **values), POLICY)]


def stops(medicine: Medicine, beside: Around | None = None) -> set[str]:
    """The rules that stop it."""
    faults = medicine_faults(medicine, beside or around(), POLICY)
    return {fault.rule for fault in standing(medicine, faults, frozenset())}


def test_a_plain_medicine_meets_no_rule() -> None:
    assert not rules(a_medicine())


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"dose": "10 U"}, "V20"),
        ({"dose": "10U"}, "V20"),
        ({"dose": "5 IU"}, "V20"),
        ({"name": "MS"}, "V20"),
        ({"name": "MSO4"}, "V20"),
        ({"name": "MgSO4"}, "V20"),
        ({"frequency": Frequency.OTHER, "frequency_text": "QD"}, "V20"),
        ({"frequency": Frequency.OTHER, "frequency_text": "qod"}, "V20"),
        ({"dose": "5.0 mg"}, "V20-NUMBER"),
        ({"dose": ".5 mg"}, "V20-NUMBER"),
        ({"strength": "2.0 mg"}, "V20-NUMBER"),
        ({"dose": "two"}, "V20-UNIT"),
        ({"dose": "5"}, "V20-UNIT"),
        ({"name": "insulin glargine", "dose": "10 mL"}, "V20-SPELLED"),
        ({"name": "heparin", "dose": "5,000 mg"}, "V20-SPELLED"),
        ({"says": (says(Source.RECORD, "10 U"),)}, "V20"),
        ({"says": (says(Source.RECORD, "10.0 mg"),)}, "V20-NUMBER"),
    ],
)
def test_doses_that_are_misread_are_refused(values: dict[str, Any], rule: str) -> None:
    assert rule in stops(a_medicine(**values))


@pytest.mark.parametrize(
    "values",
    [
        {"dose": "0.5 mg"},
        {"dose": "1,000 mg"},
        {"name": "insulin glargine", "dose": "10 units", "route": Route.SC},
        {"name": "heparin", "dose": "5,000 units"},
        {"name": "morphine", "dose": "5 mg"},
        {"name": "magnesium oxide", "dose": "400 mg"},
        {"dose": ""},
        {"dose": "not known"},
        {"dose": "2 puffs", "name": "albuterol"},
    ],
)
def test_doses_that_are_clear_pass(values: dict[str, Any]) -> None:
    assert not stops(a_medicine(**values))


@pytest.mark.parametrize(
    ("values", "stopped"),
    [
        ({"frequency": Frequency.DAILY}, True),
        ({"frequency": Frequency.BID}, True),
        ({"frequency": Frequency.OTHER, "frequency_text": "every day"}, True),
        ({"frequency": Frequency.OTHER, "frequency_text": "every day", "purpose": "leukaemia"}, False),
        ({"frequency": Frequency.WEEKLY}, False),
        ({"frequency": Frequency.DAILY, "route": Route.SC}, False),
    ],
)
def test_methotrexate_by_mouth_is_weekly_or_says_what_for(values: dict[str, Any], stopped: bool) -> None:
    assert ("V20-DAILY" in stops(a_medicine("methotrexate", "15 mg", **values))) is stopped


def test_a_jump_against_another_source_needs_a_reason() -> None:
    jumps = a_medicine("digoxin", "125 mcg", says=(says(Source.PATIENT, "125 mcg"), says(Source.RECORD, "125 mg")))
    assert "V20-JUMP" in stops(jumps)
    assert not stops(a_medicine("digoxin", "125 mcg", says=(says(Source.RECORD, "0.125 mg"),)))
    taken_on = Accepted(rule="V20-JUMP", reason="The record was written wrongly, ward called")
    assert not stops(a_medicine("digoxin", "125 mcg", says=jumps.says, accepted=(taken_on,)))
    assert "V20-JUMP" in stops(
        a_medicine("digoxin", "125 mcg", says=jumps.says, accepted=(Accepted(rule="V20-JUMP", reason=" "),))
    )


def test_an_order_that_jumps_against_home_needs_a_reason() -> None:
    home = a_medicine("levothyroxine", "75 mcg")
    order = a_medicine("levothyroxine", "75 mg", list=MedicineList.ORDER)
    assert "V20-JUMP" in stops(order, around(home))
    assert not stops(a_medicine("levothyroxine", "100 mcg", list=MedicineList.ORDER), around(home))
    assert not stops(home, around(order))


def test_a_fentanyl_patch_asks_whether_the_patient_is_used_to_opioids() -> None:
    patch = a_medicine("fentanyl", "25 mcg/h", route=Route.TD, frequency=Frequency.Q72H)
    assert "V20-PATCH" in stops(patch)
    used = a_medicine("oxycodone", "10 mg", adherence=Adherence.AS_PRESCRIBED)
    assert "V20-PATCH" not in stops(patch, around(patch, used))
    not_taken = a_medicine("oxycodone", "10 mg", adherence=Adherence.NOT_TAKING)
    assert "V20-PATCH" in stops(patch, around(not_taken))
    given_here = a_medicine("oxycodone", "10 mg", list=MedicineList.ORDER)
    assert "V20-PATCH" in stops(patch, around(given_here))
    assert "V20-PATCH" not in stops(a_medicine("fentanyl", "50 mcg", route=Route.IV))


@pytest.mark.parametrize(
    ("days", "values", "stopped"),
    [
        (0, {}, True),
        (7, {}, True),
        (8, {}, False),
        (-1, {}, False),
        (3, {"plan": "Hold two days before"}, True),
        (3, {"plan": "Hold two days before", "plan_by": "Wei Chen"}, False),
        (3, {"accepted": (Accepted(rule="V14", reason="Procedure without bleeding risk, Dr. Chen asked"),)}, False),
        (3, {"status": MedicineStatus.STOPPED}, False),
    ],
)
def test_a_blood_thinner_near_a_procedure_needs_a_named_plan(days: int, values: dict[str, Any], stopped: bool) -> None:
    near = around(procedure_on=TODAY.date() + dt.timedelta(days=days))
    assert ("V14" in stops(a_medicine("apixaban", "5 mg", **values), near)) is stopped


def test_the_plan_is_not_asked_before_the_medicine_is_written_down() -> None:
    thinner = a_medicine("apixaban", "5 mg")
    assert not standing(thinner, medicine_faults(thinner, around(procedure_on=TODAY.date()), POLICY))


def test_without_procedure_or_blood_thinner_no_plan_is_asked() -> None:
    assert "V14" not in rules(a_medicine("apixaban", "5 mg"))
    assert "V14" not in rules(a_medicine("lisinopril"), procedure_on=TODAY.date())


def test_a_last_dose_is_not_in_the_future() -> None:
    assert "V9-MEDICINE" in stops(a_medicine(last_taken_at=TODAY + dt.timedelta(hours=1)))
    assert "V9-MEDICINE" not in stops(a_medicine(last_taken_at=TODAY))


@pytest.mark.parametrize(
    ("name", "allergy", "rule"),
    [
        ("amoxicillin", "Penicillin", "V31"),
        ("penicillin V", "PCN", "V31"),
        ("sulfamethoxazole/trimethoprim", "Sulfa drugs", "V31"),
        ("ibuprofen", "NSAIDs", "V31"),
        ("cephalexin", "Penicillin", "V31-NEAR"),
        ("ibuprofen", "aspirin", "V31-NEAR"),
        ("enoxaparin", "heparin", "V31-NEAR"),
        ("trimethoprim", "sulfamethoxazole/trimethoprim", "V31"),
        ("green tablet", "green tablet", "V31"),
    ],
)
def test_an_allergy_is_told_and_stops_nothing(name: str, allergy: str, rule: str) -> None:
    medicine = a_medicine(name)
    assert rule in rules(medicine, allergies=allergic(allergy))
    assert not stops(medicine, around(allergies=allergic(allergy)))


@pytest.mark.parametrize(
    ("name", "allergy"),
    [
        ("lisinopril", Allergy(substance="Penicillin")),
        ("amoxicillin", Allergy(substance="Penicillin", verification=Verification.REFUTED)),
        ("codeine", Allergy(substance="codeine red dye", category=AllergyCategory.FOOD)),
        ("amoxicillin", Allergy(substance="Latex", category=AllergyCategory.ENVIRONMENT)),
        ("sulfamethoxazole/trimethoprim", Allergy(substance="Vancomycin")),
        ("pantoprazole", Allergy(substance="omeprazole")),
    ],
)
def test_an_allergy_to_something_else_is_silent(name: str, allergy: Allergy) -> None:
    assert not [rule for rule in rules(a_medicine(name), allergies=(allergy,)) if rule.startswith("V31")]


def test_the_word_about_allergies_says_that_it_replaces_nobody() -> None:
    found = medicine_faults(a_medicine("amoxicillin"), around(allergies=allergic("Penicillin")), POLICY)
    assert "does not replace a pharmacist or an interaction database" in found[0].message


def test_two_of_one_kind_are_named() -> None:
    assert [label for label, _ in twice([("1", "lisinopril"), ("2", "losartan")], KNOWN)]
    assert [label for label, _ in twice([("1", "warfarin"), ("2", "apixaban")], KNOWN)] == ["Blood thinner"]
    assert not twice([("1", "insulin glargine"), ("2", "insulin lispro")], KNOWN)
    assert not twice([("1", "lisinopril"), ("2", "metformin")], KNOWN)
