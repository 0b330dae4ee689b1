"""People: check digit, words that judge, likeness, patient identity in texts."""

from __future__ import annotations

import uuid

import pytest

from liaison_desktop.errors import Severity
from liaison_desktop.msl.directory.queries import Known
from liaison_desktop.msl.directory.record import is_npi, plain
from liaison_desktop.msl.directory.rules import duplicates, person_faults
from liaison_desktop.policies import load_policy
from liaison_desktop.policies.identity import identities
from tests.msl.builders import a_person

POLICY = load_policy("msl")


def _names(text: str) -> list[str]:
    return [one.words for one in identities(text, POLICY.lexicon) if one.rule == "PHI-1"]


def test_the_example_of_the_standard_is_an_npi() -> None:
    assert is_npi("1234567893")


@pytest.mark.parametrize(
    "wrong", ["1234567890", "123456789", "12345678930", "", "12345678 3", "１２３４５６７８９３", "abcdefghij"]
)
def test_anything_else_is_not(wrong: str) -> None:
    assert not is_npi(wrong)


def test_one_wrong_digit_is_always_caught() -> None:
    right = "1234567893"
    for place in range(10):
        for digit in "0123456789":
            changed = right[:place] + digit + right[place + 1 :]
            assert is_npi(changed) == (changed == right)


def test_hcp_1_says_which_number_and_where() -> None:
    (fault,) = person_faults(a_person(npi="1234567890"), POLICY)
    assert fault.rule == "HCP-1"
    assert fault.field == "npi"
    assert fault.message == "1234567890 is not a valid NPI. Check the last digit, or leave it empty."


@pytest.mark.parametrize("npi", ["1234567893", ""])
def test_hcp_1_is_silent_on_a_right_number_and_on_none(npi: str) -> None:
    assert not person_faults(a_person(npi=npi), POLICY)


def test_hcp_4_warns_of_judgement_and_lets_facts_pass() -> None:
    (fault,) = person_faults(a_person(scientific_summary="Brilliant but difficult to deal with."), POLICY)
    assert (fault.rule, fault.severity) == ("HCP-4", Severity.WARN)
    assert not person_faults(a_person(scientific_summary="Led the HARBOR-1 trial; publishes on cholestasis."), POLICY)


def test_names_are_needed() -> None:
    faults = person_faults(a_person(first_name=" ", last_name=""), POLICY)
    assert {fault.field for fault in faults} == {"first_name", "last_name"}


def a_known(name: str, place: str, npi: str = "") -> Known:
    return Known(uuid.uuid4(), name, place, npi)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Hannah Okonkwo", "Northlake University Hospital"),
        ("Okonkwo Hannah", "Northlake University Hospital"),
        ("Hanna Okonkwo", "Northlake University Hosp."),
        ("Hannah Okonkwo", ""),
    ],
)
def test_hcp_3_the_same_person_is_proposed(name: str, place: str) -> None:
    other = a_known(name, place)
    assert duplicates(a_person(), "Northlake University Hospital", [other], POLICY) == (other,)


def test_hcp_3_a_namesake_elsewhere_and_a_neighbour_are_not() -> None:
    others = [
        a_known("Hannah Okonkwo", "St. Brigid Medical Center"),
        a_known("Kenji Okada", "Northlake University Hospital"),
    ]
    assert duplicates(a_person(), "Northlake University Hospital", others, POLICY) == ()


def test_hcp_3_the_same_npi_is_always_proposed() -> None:
    other = a_known("H. Married-Name", "Elsewhere", "1234567893")
    assert duplicates(a_person(npi="1234567893"), "", [other], POLICY) == (other,)


def test_accents_do_not_hide_a_namesake() -> None:
    assert plain("  Álvarez  ŁUCÍA ") == "alvarez łucia"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("DOB: 3/14/1961, on Velacor", "DOB: 3/14/1961"),
        ("She was born on 14 March 1961.", "born on 14 March 1961"),
        ("see MRN 0049-3382 for details", "MRN 0049-3382"),
        ("her SSN 219-09-9999", "219-09-9999"),
        ("Mrs. Jones stopped in week 3", "Mrs. Jones"),
        ("The patient Maria Alvarez stopped", "patient Maria Alvarez"),
        ("Patient named Kowalski called", "Patient named Kowalski"),
        ("lives at 12 Elm Grove Street, Northlake", "12 Elm Grove Street, Northlake"),
        ("the patient can be reached at 312-555-0147", "patient can be reached at 312-555-0147"),
    ],
)
def test_phi_1_finds_patient_identity(text: str, span: str) -> None:
    assert span in _names(text)


@pytest.mark.parametrize(
    "text",
    [
        "Sees about 40 PBC patients, a third with eGFR below 45.",
        "Dr. Hannah Okonkwo asked about 5 mg at an eGFR of 28.",
        "HARBOR-2 site 014, visit 3 on 19 Nov 2026, protocol 1234-567.",
        "Patient Reported Outcomes were discussed; patient Safety Board meets weekly.",
        "Adult, female, stopped after severe itching.",
        "Call the office: 312-555-0147.",
        "12 people on the St. Brigid team",
        "",
    ],
)
def test_phi_1_leaves_facts_alone(text: str) -> None:
    assert _names(text) == []


def test_a_very_long_text_is_searched_in_no_time() -> None:
    assert _names("patient " * 60_000 + "1" * 100_000) == []
