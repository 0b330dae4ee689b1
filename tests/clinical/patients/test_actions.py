"""Patients in a real encrypted store: what is refused, what is written, and who said what about allergies."""

from __future__ import annotations

import msgspec
import pytest

from liaison_desktop.clinical.patients import actions, queries
from liaison_desktop.clinical.patients.queries import Wanted
from liaison_desktop.clinical.patients.record import (
    Allergy,
    AllergyAssertion,
    Identifier,
    Patient,
    RelatedPerson,
    allergy_statement,
)
from liaison_desktop.errors import Missing, Refused, Severity, Stale
from liaison_desktop.records import new_id
from liaison_desktop.store import Act, Store
from tests.clinical.patients.test_record import LATEX, PENICILLIN, a_patient
from tests.fakes import Clock


def rules(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [fault.rule for fault in refusal.value.faults]


def test_a_patient_is_registered_and_found(clinical_store: Store) -> None:
    saved = actions.register_patient(clinical_store, a_patient(identifiers=(Identifier(value="0049-3382"),)))
    assert clinical_store.get(Patient, saved.id) == saved
    for words in ("alvarez", "MARÍA", "0049", "14 mar"):
        assert queries.search_patients(clinical_store, words) == (saved.id,), words
    for words in ('"', "AND OR NOT", "*", "<img src=x>", "\x00", "\ud800", "'); DROP TABLE patient; --"):
        queries.search_patients(clinical_store, words)


def test_a_refused_patient_writes_nothing(clinical_store: Store) -> None:
    with pytest.raises(Refused):
        actions.register_patient(clinical_store, Patient(family="", birth_date="soon"))
    assert queries.count_patients(clinical_store) == 0
    assert all(line.act != Act.SAVED for line in clinical_store.lines())


def test_a_duplicate_is_asked_about_and_may_be_confirmed(clinical_store: Store) -> None:
    actions.register_patient(clinical_store, a_patient())
    with pytest.raises(Refused) as refusal:
        actions.register_patient(clinical_store, a_patient(family="Alvares"))
    assert rules(refusal) == ["V3"]
    other = actions.register_patient(clinical_store, a_patient(family="Alvares"), confirmed={"V3"})
    assert clinical_store.versions(other.id)[0].reason == "confirmed V3"


def test_a_confirmation_never_lets_a_refusal_pass(clinical_store: Store) -> None:
    with pytest.raises(Refused) as refusal:
        actions.register_patient(clinical_store, a_patient(birth_date="2027"), confirmed={"V9-BIRTH"})
    assert refusal.value.faults[0].severity is Severity.REFUSE


def test_changing_a_patient_is_not_a_duplicate_of_itself(clinical_store: Store) -> None:
    saved = actions.register_patient(clinical_store, a_patient())
    changed = actions.change_patient(clinical_store, msgspec.structs.replace(saved, phones=("1",)))
    assert [version.act for version in clinical_store.versions(saved.id)] == ["saved", "saved"]
    with pytest.raises(Stale):
        actions.change_patient(clinical_store, msgspec.structs.replace(saved, phones=("2",)))
    assert clinical_store.get(Patient, saved.id) == changed


def test_who_asked_about_allergies_and_when(clinical_store: Store, clock: Clock) -> None:
    saved = actions.register_patient(clinical_store, a_patient())
    assert (saved.allergy_asserted_by, saved.allergy_asserted_at) == ("", None)
    with pytest.raises(Refused) as refusal:
        actions.assert_allergies(clinical_store, saved, None)
    assert rules(refusal) == ["V13"]
    asked_at = clock.tick(60)
    told = actions.assert_allergies(clinical_store, saved, AllergyAssertion.NKA)
    assert (told.allergy_asserted_by, told.allergy_asserted_at) == (clinical_store.actor.name, asked_at)
    clock.tick(60)
    later = actions.change_patient(clinical_store, msgspec.structs.replace(told, phones=("1",)))
    assert later.allergy_asserted_at == asked_at


def test_allergies_come_and_go_with_their_assertion(clinical_store: Store) -> None:
    saved = actions.register_patient(clinical_store, a_patient())
    saved = actions.record_allergy(clinical_store, saved, LATEX)
    saved = actions.record_allergy(clinical_store, saved, PENICILLIN)
    assert allergy_statement(saved).text == "Penicillin (hives, 2014); Latex: reported, not confirmed"
    milder = msgspec.structs.replace(LATEX, substance="Latex gloves")
    saved = actions.record_allergy(clinical_store, saved, milder)
    assert [row.substance for row in saved.allergies] == ["Latex gloves", "Penicillin"]
    saved = actions.remove_allergy(clinical_store, saved, LATEX.id, assertion=AllergyAssertion.HAS_ALLERGIES)
    for assertion in (None, AllergyAssertion.HAS_ALLERGIES):
        with pytest.raises(Refused):
            actions.remove_allergy(clinical_store, saved, PENICILLIN.id, assertion=assertion)
    saved = actions.remove_allergy(clinical_store, saved, PENICILLIN.id, assertion=AllergyAssertion.NKA)
    assert allergy_statement(saved).text == "No known allergies"


def test_an_unfit_allergy_is_refused_beside_its_field(clinical_store: Store) -> None:
    saved = actions.register_patient(clinical_store, a_patient())
    with pytest.raises(Refused) as refusal:
        actions.record_allergy(clinical_store, saved, Allergy(since="2099"))
    assert [fault.field for fault in refusal.value.faults] == ["allergies.0.substance", "allergies.0.since"]


def test_a_related_person_is_added(clinical_store: Store) -> None:
    saved = actions.register_patient(clinical_store, a_patient())
    person = RelatedPerson(name="Lucía")
    saved = actions.add_related_person(clinical_store, saved, person)
    assert clinical_store.get(Patient, saved.id).related == (person,)


def test_opening_a_chart_is_written_down(clinical_store: Store) -> None:
    first, second = (actions.register_patient(clinical_store, a_patient(birth_date=born)) for born in ("1961", "1972"))
    for patient in (first, second, first):
        assert actions.open_chart(clinical_store, patient.id) == patient
    assert queries.opened_lately(clinical_store) == (first, second)
    line = clinical_store.lines()[0]
    assert (line.act, line.kind, line.subject, line.reason) == (Act.VIEWED, "patient", first.id, "")
    with pytest.raises(Missing):
        actions.open_chart(clinical_store, new_id())


def test_practice_patients_are_sound_and_marked(clinical_store: Store) -> None:
    patients = actions.fill_practice_patients(clinical_store)
    assert len(patients) == queries.count_patients(clinical_store) == 12
    for patient in patients:
        stopping = [fault for fault in actions.look_over(clinical_store, patient) if fault.severity is Severity.REFUSE]
        assert stopping == [], patient.family
        assert clinical_store.versions(patient.id)[0].reason == "synthetic practice record"
    assert {
        wanted: queries.count_patients(clinical_store, wanted) for wanted in Wanted if wanted is not Wanted.ALL
    } == {Wanted.NOT_ASKED: 2, Wanted.INTERPRETER: 6, Wanted.ISOLATION: 2}


def test_the_list_is_sorted_as_people_sort(clinical_store: Store) -> None:
    for family in ("Zola", "Öz", "álvarez", "Baker"):
        actions.register_patient(clinical_store, a_patient(family=family), confirmed={"V3"})
    rows = queries.patient_rows(clinical_store)
    assert [patient.family for patient in queries.patients_in_rows(clinical_store, rows)] == [
        "álvarez",
        "Baker",
        "Öz",
        "Zola",
    ]
    assert queries.patients_in_rows(clinical_store, (rows[2], 999, rows[0]))[1].family == "álvarez"
