"""Duplicates, dates that cannot be, and allergies that nobody may leave unsaid."""

from __future__ import annotations

import datetime as dt

import pytest

from liaison_desktop.clinical.patients.record import (
    Allergy,
    AllergyAssertion,
    AllergyCategory,
    Communication,
    Identifier,
    InterpreterNeed,
    Patient,
    PersonRole,
    RelatedPerson,
    Verification,
)
from liaison_desktop.clinical.patients.rules import duplicates, folded, patient_faults, soundex, sounds_alike
from liaison_desktop.errors import Severity
from liaison_desktop.policies import load_policy
from tests.clinical.patients.test_record import a_patient

TODAY = dt.date(2026, 11, 19)
MOMENT = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)


def rules_of(patient: Patient, **options: object) -> dict[str, str]:
    """Rule to field of what is found."""
    faults = patient_faults(patient, load_policy("clinical"), today=TODAY, **options)  # type: ignore[arg-type]
    return {fault.rule: fault.field for fault in faults}


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("robert", "r163"),
        ("rupert", "r163"),
        ("tymczak", "t522"),
        ("pfister", "p236"),
        ("honeyman", "h555"),
        ("", ""),
        ("الخطيب", "الخطيب"),
    ],
)
def test_soundex(word: str, code: str) -> None:
    assert soundex(word) == code


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Álvarez", "Alvares", True),
        ("García López", "Garsia", True),
        ("O'Brien-Katz", "Obrien", True),
        ("Smith", "Smyth", True),
        ("Smith", "Jones", False),
        ("الخطيب", "الخطيب", True),
        ("", "", False),
        ("<>", "!!", False),
    ],
)
def test_family_names_that_sound_alike(one: str, other: str, alike: bool) -> None:
    assert sounds_alike(one, other) is alike


def test_folding_loses_case_accents_and_marks() -> None:
    assert folded("  O’BRIEN-Ñandú ") == "o brien nandu"


def test_a_duplicate_needs_the_birth_date_and_one_thing_more() -> None:
    here = a_patient(phones=("(555) 010-4416",), identifiers=(Identifier(value="0049-3382"),))
    same = a_patient(family="Alvares", birth_date="1961")
    phone = a_patient(family="Stone", phones=("+1 555 010 4416",))
    number = a_patient(family="Stone", identifiers=(Identifier(value="00493382"),))
    neither, other_day = a_patient(family="Stone"), a_patient(birth_date="1961-03-15")
    assert duplicates(same, [here])[0].grounds == ("the same birth date", "a family name that sounds alike")
    assert duplicates(phone, [here])[0].grounds[1] == "the same phone"
    assert duplicates(number, [here])[0].grounds[1] == "the same number"
    assert duplicates(neither, [here]) == duplicates(other_day, [here]) == duplicates(here, [here]) == ()


def test_a_short_extension_is_no_phone() -> None:
    assert duplicates(a_patient(family="Stone", phones=("4416",)), [a_patient(phones=("4416",))]) == ()


def test_a_duplicate_asks_to_be_confirmed() -> None:
    faults = patient_faults(a_patient(), load_policy("clinical"), today=TODAY, candidates=[a_patient()])
    assert [(fault.rule, fault.field, fault.severity) for fault in faults] == [("V3", "birth_date", Severity.CONFIRM)]
    assert "Álvarez" not in faults[0].message


def test_dates_that_cannot_be() -> None:
    assert rules_of(a_patient(birth_date="2026-11-20")) == {"V9-BIRTH": "birth_date"}
    assert rules_of(a_patient(birth_date="1850")) == {"V9-AGE": "birth_date"}
    assert rules_of(a_patient(deceased_at=MOMENT.replace(year=1950))) == {"V9-DEATH": "deceased_at"}
    assert rules_of(a_patient(deceased_at=MOMENT)) == {}
    early = (Allergy(substance="Milk", since="1950"),)
    told = AllergyAssertion.HAS_ALLERGIES
    assert rules_of(a_patient(allergies=early, allergy_assertion=told)) == {"V9-ALLERGY": "allergies.0.since"}


def test_allergies_asked_about_cannot_be_left_unsaid() -> None:
    assert rules_of(a_patient()) == {}
    assert rules_of(a_patient(), allergies_asked=True) == {"V13": "allergy_assertion"}
    assert rules_of(a_patient(allergies=(Allergy(substance="Latex"),))) == {"V13": "allergy_assertion"}


def test_an_assertion_must_agree_with_the_list() -> None:
    latex = Allergy(substance="Latex", category=AllergyCategory.ENVIRONMENT)
    drug = Allergy(substance="Penicillin", category=AllergyCategory.MEDICATION)
    gone = Allergy(substance="Penicillin", verification=Verification.REFUTED)

    def found(assertion: AllergyAssertion, *rows: Allergy, note: str = "") -> dict[str, str]:
        return rules_of(a_patient(allergy_assertion=assertion, allergies=rows, allergy_note=note), allergies_asked=True)

    assert found(AllergyAssertion.NKA) == found(AllergyAssertion.NKDA) == found(AllergyAssertion.NKDA, latex) == {}
    assert found(AllergyAssertion.NKA, gone) == found(AllergyAssertion.HAS_ALLERGIES, latex) == {}
    assert found(AllergyAssertion.NKA, latex) == {"V13-NKA": "allergy_assertion"}
    assert found(AllergyAssertion.NKDA, drug) == {"V13-NKDA": "allergy_assertion"}
    assert found(AllergyAssertion.HAS_ALLERGIES, gone) == {"V13-EMPTY": "allergy_assertion"}
    assert found(AllergyAssertion.UNABLE) == {"V13-WHY": "allergy_note"}
    assert found(AllergyAssertion.UNABLE, note="Sedated") == {}


def test_what_is_only_worth_a_look() -> None:
    agent = RelatedPerson(name="Lucía", roles=(PersonRole.HEALTH_CARE_AGENT,))
    patient = a_patient(communication=Communication(interpreter=InterpreterNeed.YES), related=(agent,))
    faults = patient_faults(patient, load_policy("clinical"), today=TODAY)
    assert {fault.field for fault in faults} == {"communication.spoken", "related.0.roles"}
    assert {fault.severity for fault in faults} == {Severity.WARN}
