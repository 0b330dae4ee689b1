"""Findings are kept with who and when; what was entered in error stays; allergies and isolation go to the patient."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from liaison_desktop.clinical.episodes.actions import open_episode
from liaison_desktop.clinical.episodes.record import ServiceLine
from liaison_desktop.clinical.findings import actions
from liaison_desktop.clinical.findings.queries import (
    answered_proposals,
    attachments,
    last_with,
    lines_of,
    problems_of,
    vitals_of,
    wounds_of,
)
from liaison_desktop.clinical.findings.record import (
    Device,
    FindingSource,
    LineDevice,
    Problem,
    VitalSigns,
    WeightHow,
    Wound,
    WoundLook,
    WoundType,
)
from liaison_desktop.clinical.patients.actions import register_patient
from liaison_desktop.clinical.patients.record import (
    Allergy,
    AllergyAnswer,
    AllergyAssertion,
    AllergyBand,
    AllergyQuestion,
    AllergyTopic,
    Isolation,
    Organism,
    Patient,
    Precaution,
    Verification,
    allergy_statement,
)
from liaison_desktop.clinical.people.record import StaffRole
from liaison_desktop.errors import Missing, Refused
from liaison_desktop.records import AttachedFile, new_id
from liaison_desktop.store import Store
from tests.clinical.people.staff import a_member, put
from tests.fakes import TODAY, Clock

SEEN = FindingSource.SEEN


@pytest.fixture
def patient(clinical_store: Store) -> Patient:
    return register_patient(clinical_store, Patient(family="Synthetic", given="Ada", birth_date="1950-02-03"))


def test_a_set_is_kept_with_its_stay_who_and_when(clinical_store: Store, patient: Patient) -> None:
    with clinical_store.transaction() as transaction:
        stay = open_episode(clinical_store, transaction, patient.id, ServiceLine.IRF)
    taken = TODAY - dt.timedelta(hours=2)
    kept = actions.record_vital_signs(
        clinical_store, VitalSigns(patient=patient.id, taken_at=taken, systolic=120, diastolic=80)
    )
    assert (kept.taken_at, kept.recorded_at, kept.episode) == (taken, TODAY, stay.id)
    assert kept.recorded_by == clinical_store.actor.name  # as every other feature writes it
    assert kept.policy_version
    assert vitals_of(clinical_store, patient.id) == (kept,)


def test_a_slip_writes_nothing(clinical_store: Store, patient: Patient) -> None:
    with pytest.raises(Refused) as refused:
        actions.record_vital_signs(clinical_store, VitalSigns(patient=patient.id, taken_at=TODAY, pulse=840))
    assert [fault.rule for fault in refused.value.faults] == ["V16-TYPE"]
    assert vitals_of(clinical_store, patient.id) == ()


def test_the_weight_before_is_the_newest_that_stands(clinical_store: Store, patient: Patient) -> None:
    def weigh(kg: float, days: int, reason: str = "") -> VitalSigns:
        at = TODAY - dt.timedelta(days=days)
        signs = VitalSigns(
            patient=patient.id, taken_at=at, weight=kg, weight_how=WeightHow.STATED, weight_reason=reason
        )
        return actions.record_vital_signs(clinical_store, signs)

    weigh(80, 9)
    wrong = weigh(60, 2, "Scale of the ward")
    actions.take_back(clinical_store, wrong, "Other patient")
    weigh(82, 0)
    found = last_with(clinical_store, patient.id, "weight")
    assert found is not None
    assert found.weight == 82
    assert len(vitals_of(clinical_store, patient.id)) == 2


def test_lines_problems_and_wounds(clinical_store: Store, patient: Patient, clock: Clock) -> None:
    line = actions.record_line(
        clinical_store, LineDevice(patient=patient.id, device=Device.PICC, site="left arm", source=SEEN)
    )
    assert line.noted_at == TODAY
    actions.remove_line(clinical_store, line, TODAY.date())
    assert not lines_of(clinical_store, patient.id)[0].current
    problem = actions.record_problem(clinical_store, Problem(patient=patient.id, text="Stroke", source=SEEN))
    with pytest.raises(Refused):
        actions.take_back(clinical_store, problem, " ")
    assert not actions.take_back(clinical_store, problem, "Other patient").current
    photo = AttachedFile(sha256="00" * 32, added_at=TODAY)
    wound = actions.record_wound(
        clinical_store,
        Wound(patient=patient.id, site="Sacrum", type=WoundType.PRESSURE_2),
        WoundLook(source=SEEN, length=4.5, width=3, photos=(photo,)),
    )
    clock.tick(3600)
    again = actions.look_at_wound(clinical_store, wound.id, WoundLook(source=SEEN, length=4, width=3))
    assert [look.size() for look in again.looks] == ["4.5 × 3 cm", "4 × 3 cm"]
    assert attachments(clinical_store, patient.id) == ((again.title(), photo),)
    with pytest.raises(Refused) as refused:
        actions.look_at_wound(clinical_store, wound.id, WoundLook(source=SEEN, depth=70))
    assert refused.value.faults[0].field == "depth"
    assert not actions.heal_wound(clinical_store, again, TODAY.date()).current
    assert len(wounds_of(clinical_store, patient.id)) == 1
    assert len(problems_of(clinical_store, patient.id)) == 1


def test_allergies_are_never_left_unsaid(clinical_store: Store, patient: Patient) -> None:
    with pytest.raises(Refused) as refused:
        actions.keep_allergies(clinical_store, patient, None, (), ())
    assert refused.value.faults[0].rule == "V13"
    asked = (AllergyQuestion(topic=AllergyTopic.LATEX, answer=AllergyAnswer.NO),)
    kept = actions.keep_allergies(
        clinical_store, patient, AllergyAssertion.NKA, (), asked, band=AllergyBand.NOT_APPLICABLE
    )
    assert kept.allergy_questions[0].at == kept.allergy_band_at == TODAY
    assert kept.allergy_band_by
    assert kept.allergy_asserted_at == TODAY


def test_who_confirmed_or_refuted_an_allergy_stays_with_it(clinical_store: Store, patient: Patient) -> None:
    rows = (Allergy(substance="Penicillin"), Allergy(substance="Latex"))
    known = actions.keep_allergies(clinical_store, patient, AllergyAssertion.HAS_ALLERGIES, rows, ())
    sure = actions.verify_allergy(clinical_store, known, rows[0].id, Verification.CONFIRMED)
    assert sure.allergies[0].verified_at == TODAY
    assert sure.allergies[0].verified_by
    gone = actions.verify_allergy(clinical_store, sure, rows[1].id, Verification.REFUTED)
    assert allergy_statement(gone).confirmed == ("Penicillin",)
    # The last one refuted leaves a list that says "has allergies" and holds none: somebody has to say what is known.
    with pytest.raises(Refused) as refused:
        actions.verify_allergy(clinical_store, gone, rows[0].id, Verification.REFUTED)
    assert refused.value.faults[0].rule == "V13-EMPTY"
    with pytest.raises(Missing):
        actions.verify_allergy(clinical_store, gone, new_id(), Verification.CONFIRMED)


def test_the_same_answer_again_is_known_as_of_now(clinical_store: Store, patient: Patient, clock: Clock) -> None:
    first = actions.keep_allergies(clinical_store, patient, AllergyAssertion.NKA, (), ())
    clock.tick(3600)
    again = actions.keep_allergies(clinical_store, first, AllergyAssertion.NKA, (), ())
    assert (first.allergy_asserted_at, again.allergy_asserted_at) == (TODAY, clock.now())


def test_a_verification_that_was_changed_in_the_form_is_stamped(clinical_store: Store, patient: Patient) -> None:
    rows = (Allergy(substance="Latex"),)
    known = actions.keep_allergies(clinical_store, patient, AllergyAssertion.HAS_ALLERGIES, rows, ())
    assert known.allergies[0].verified_at is None
    sure = msgspec.structs.replace(known.allergies[0], verification=Verification.CONFIRMED)
    again = actions.keep_allergies(clinical_store, known, AllergyAssertion.HAS_ALLERGIES, (sure,), ())
    assert (again.allergies[0].verified_at, bool(again.allergies[0].verified_by)) == (TODAY, True)


def test_what_was_found_is_taken_back_and_never_changed(clinical_store: Store, patient: Patient) -> None:
    kept = actions.record_vital_signs(clinical_store, VitalSigns(patient=patient.id, taken_at=TODAY, pulse=84))
    with pytest.raises(Refused):
        clinical_store.save(msgspec.structs.replace(kept, pulse=48))
    with pytest.raises(Refused):
        clinical_store.remove(kept, reason="tidy")
    wound = actions.record_wound(
        clinical_store, Wound(patient=patient.id, site="Heel", type=WoundType.DTI), WoundLook(source=SEEN, length=2)
    )
    with pytest.raises(Refused):
        clinical_store.save(msgspec.structs.replace(wound, looks=(WoundLook(source=SEEN, length=1),)))
    assert actions.take_back(clinical_store, kept, "Other patient").mistake


def test_who_may_only_read_records_nothing(clinical_store: Store, patient: Patient) -> None:
    put(clinical_store, a_member(role=StaffRole.PRACTITIONER_VIEW))
    for act in (
        lambda: actions.record_vital_signs(clinical_store, VitalSigns(patient=patient.id, taken_at=TODAY, pulse=84)),
        lambda: actions.keep_allergies(clinical_store, patient, AllergyAssertion.NKA, (), ()),
        lambda: actions.record_problem(clinical_store, Problem(patient=patient.id, text="Stroke", source=SEEN)),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.faults[0].rule.startswith("RIGHT")
    assert vitals_of(clinical_store, patient.id) == ()


def test_isolation_says_who_noted_it(clinical_store: Store, patient: Patient, clock: Clock) -> None:
    first = Isolation(organism=Organism.MRSA, precaution=Precaution.CONTACT)
    kept = actions.set_isolation(clinical_store, patient, (first,))
    clock.tick(60)
    more = actions.set_isolation(clinical_store, kept, (*kept.isolation, Isolation(organism=Organism.VRE)))
    assert [row.noted_at for row in more.isolation] == [TODAY, clock.now()]
    assert actions.see_band(clinical_store, more, AllergyBand.APPLIED).allergy_band is AllergyBand.APPLIED


def test_an_answered_proposal_is_asked_once(clinical_store: Store, patient: Patient) -> None:
    checklist = new_id()
    actions.answer_proposal(clinical_store, patient.id, checklist, "allergies", False)
    assert answered_proposals(clinical_store, patient.id) == {(checklist, "allergies")}
