"""How a patient reads: name, age, allergies, isolation, language, record number, stripe."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from liaison_desktop.clinical.patients.record import (
    Allergy,
    AllergyAssertion,
    Communication,
    Identifier,
    IdentifierSystem,
    InterpreterNeed,
    Isolation,
    IsolationStatus,
    Organism,
    Patient,
    Precaution,
    Reaction,
    RelatedPerson,
    Relationship,
    Verification,
    age,
    age_text,
    allergy_statement,
    birth_text,
    changed_labels,
    full_name,
    isolation_text,
    language_name,
    language_tag_fits,
    language_text,
    long_birth_text,
    partial_fits,
    record_number,
    stripe_number,
)
from liaison_desktop.records import from_bytes, to_bytes

TODAY = dt.date(2026, 11, 19)
PENICILLIN = Allergy(
    substance="Penicillin",
    reactions=(Reaction(manifestation="Hives"),),
    since="2014",
    verification=Verification.CONFIRMED,
)
LATEX = Allergy(substance="Latex")


def a_patient(**fields: object) -> Patient:
    return Patient(**{"family": "Álvarez", "given": "María L.", "birth_date": "1961-03-14", **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["1961", "1961-03", "1961-03-14", "2024-02-29", "0001"])
def test_partial_dates_that_exist(text: str) -> None:
    assert partial_fits(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "61",
        "1961-13",
        "1961-00",
        "1961-02-30",
        "1961-3-14",
        "14 Mar 1961",
        "1961-03-14T00:00",
        "٢٠٠١",
        "0000",
        "1961-",
        "1961-03-00",
    ],
)
def test_partial_dates_that_do_not(text: str) -> None:
    assert not partial_fits(text)


def test_birth_dates_in_words() -> None:
    assert [birth_text(text) for text in ("1961-03-14", "1961-03", "1961", "x")] == [
        "14 Mar 1961",
        "Mar 1961",
        "1961",
        "x",
    ]
    assert long_birth_text("1961-03-14") == "14 March 1961"


@pytest.mark.parametrize(
    ("born", "years", "said"),
    [
        ("1961-03-14", 65, "65 y"),
        ("1961-11-19", 65, "65 y"),
        ("1961-11-20", 64, "64 y"),
        ("1961", 65, "about 65 y"),
        ("2026-11-19", 0, "0 d"),
        ("2026-11-07", 0, "12 d"),
        ("2026-04-20", 0, "6 mo"),
        ("2024-11-19", 2, "2 y"),
        ("2026-11-20", None, ""),
        ("nonsense", None, ""),
    ],
)
def test_age(born: str, years: int | None, said: str) -> None:
    assert (age(born, TODAY), age_text(born, TODAY)) == (years, said)


def test_a_name_may_lack_either_part() -> None:
    assert full_name(a_patient()) == "María L. Álvarez"
    assert full_name(a_patient(given="")) == "Álvarez"


def test_no_rows_never_means_none() -> None:
    said = allergy_statement(a_patient())
    assert (said.text, said.alarming) == ("Allergies not recorded", True)


@pytest.mark.parametrize(
    ("assertion", "text", "alarming"),
    [
        (AllergyAssertion.NKA, "No known allergies", False),
        (AllergyAssertion.NKDA, "No known drug allergies", False),
        (AllergyAssertion.UNABLE, "Unable to obtain allergies", True),
        (AllergyAssertion.HAS_ALLERGIES, "Allergies reported, none listed", True),
    ],
)
def test_an_assertion_without_rows(assertion: AllergyAssertion, text: str, alarming: bool) -> None:
    said = allergy_statement(a_patient(allergy_assertion=assertion))
    assert (said.text, said.alarming) == (text, alarming)


def test_allergies_are_told_with_how_sure_they_are() -> None:
    refuted = Allergy(substance="Aspirin", verification=Verification.REFUTED)
    patient = a_patient(allergy_assertion=AllergyAssertion.HAS_ALLERGIES, allergies=(LATEX, PENICILLIN, refuted))
    said = allergy_statement(patient)
    assert said.text == "Penicillin (hives, 2014); Latex: reported, not confirmed"
    assert (said.confirmed, said.unconfirmed, said.alarming) == (("Penicillin (hives, 2014)",), ("Latex",), True)


def test_rows_without_an_assertion_are_still_shown() -> None:
    assert (
        allergy_statement(a_patient(allergies=(PENICILLIN,))).text == "Allergies not recorded; Penicillin (hives, 2014)"
    )


def test_our_record_number_comes_before_the_referring_one() -> None:
    ours, theirs = Identifier(value="0049-3382"), Identifier(system=IdentifierSystem.REFERRING_MRN, value="N-1")
    assert record_number(a_patient(identifiers=(theirs, ours))) == "0049-3382"
    assert record_number(a_patient(identifiers=(theirs,))) == "N-1"
    assert record_number(a_patient(identifiers=(Identifier(system=IdentifierSystem.MBI, value="1SY0"),))) == ""


def test_language_and_isolation_as_the_banner_says_them() -> None:
    patient = a_patient(
        communication=Communication(spoken="es", interpreter=InterpreterNeed.YES),
        isolation=(
            Isolation(organism=Organism.MRSA, precaution=Precaution.CONTACT),
            Isolation(organism=Organism.VRE, status=IsolationStatus.HISTORY),
        ),
    )
    assert language_text(patient) == "Spanish, interpreter"
    assert isolation_text(patient) == "Contact (MRSA)"
    assert language_text(a_patient()) == isolation_text(a_patient()) == ""
    assert language_text(a_patient(communication=Communication(interpreter=InterpreterNeed.YES))) == "Interpreter"


def test_language_tags() -> None:
    assert [language_name(tag) for tag in ("es", "es-MX", "zh-Hans", "xx")] == [
        "Spanish",
        "Spanish (MX)",
        "Chinese, simplified",
        "xx",
    ]
    assert all(language_tag_fits(tag) for tag in ("es", "zh-Hant", "es-419", "ase", "pt-BR"))
    assert not any(language_tag_fits(tag) for tag in ("", "Spanish language", "<b>", "e", "es\n", "x" * 60))


def test_the_stripe_is_the_same_for_ever() -> None:
    patient = a_patient(id=uuid.UUID(int=13))
    assert stripe_number(patient) == stripe_number(a_patient(id=uuid.UUID(int=13), family="Other")) == 1
    assert {stripe_number(a_patient()) for _ in range(200)} == set(range(6))


def test_faults_stand_beside_their_fields() -> None:
    patient = Patient(
        family=" ",
        birth_date="14.3.1961",
        email="nobody",
        communication=Communication(spoken="not a tag"),
        allergies=(Allergy(since="long ago"),),
        related=(RelatedPerson(relationship=Relationship.DAU),),
        identifiers=(Identifier(),),
    )
    assert {fault.field for fault in patient.faults()} == {
        "family",
        "birth_date",
        "email",
        "communication.spoken",
        "allergies.0.substance",
        "allergies.0.since",
        "related.0.name",
        "identifiers.0.value",
    }


@pytest.mark.parametrize("hostile", ["\x00", "\ud800", "x" * 1_000_000, "\x1b[2J"])
def test_what_cannot_be_kept_is_refused_in_every_text(hostile: str) -> None:
    person, allergy = RelatedPerson(name=hostile, limits=hostile), Allergy(substance=hostile)
    patient = Patient(
        family=hostile,
        given=hostile,
        preferred_name=hostile,
        birth_date="1961",
        gender_identity=hostile,
        pronouns=hostile,
        address=hostile,
        phones=(hostile,),
        communication=Communication(note=hostile, aids=(hostile,)),
        related=(person,),
        allergies=(allergy,),
        allergy_note=hostile,
        code_status_by=hostile,
        code_status_limits=hostile,
        identifiers=(Identifier(value=hostile),),
    )
    named = {fault.field for fault in patient.faults()}
    assert named == {
        "family",
        "given",
        "preferred_name",
        "gender_identity",
        "pronouns",
        "address",
        "phones",
        "communication.note",
        "communication.aids",
        "related.0.name",
        "related.0.limits",
        "allergies.0.substance",
        "allergy_note",
        "code_status_by",
        "code_status_limits",
        "identifiers.0.value",
    }


def test_a_patient_comes_back_from_its_bytes() -> None:
    patient = a_patient(allergies=(PENICILLIN, LATEX), phones=("1", "2"), family="<img src=x>\u202e")
    assert from_bytes(Patient, to_bytes(patient)) == patient


def test_what_changed_is_named_by_its_label() -> None:
    patient = a_patient()
    assert changed_labels(patient, a_patient(id=patient.id, phones=("1",), vip=True)) == (
        "Phones",
        "Restricted attention",
    )
