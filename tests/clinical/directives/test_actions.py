"""What is kept about decisions, the tasks that follow, and that nothing here sets a code status."""

from __future__ import annotations

import msgspec
import pytest

from liaison_desktop.clinical.directives.actions import (
    capacity_for,
    end_directive,
    fill_practice_directives,
    give_rights,
    name_representative,
    record_determination,
    report_code_status,
    save_directive,
    write_capacity_note,
)
from liaison_desktop.clinical.directives.queries import (
    capacity_notes_of,
    directives_of,
    reports_of,
    rights_given_to,
)
from liaison_desktop.clinical.directives.record import (
    CopyOnFile,
    Determination,
    Directive,
    DirectiveKind,
    GivenTo,
    RightsGiven,
)
from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.patients.record import (
    AuthorityBasis,
    CodeStatus,
    Patient,
    PersonRole,
    agent_of,
)
from liaison_desktop.errors import Refused
from liaison_desktop.records import Record
from liaison_desktop.store import Store
from liaison_desktop.tasks.queries import tasks_for
from liaison_desktop.tasks.record import Priority
from tests.clinical.directives.examples import DOCTOR, a_marked_note, a_note, a_report, an_agent
from tests.fakes import TODAY, Clock

replace = msgspec.structs.replace
TELL = "Tell the practitioner now: code status reported and chart differ"


@pytest.fixture
def patient(clinical_store: Store) -> Patient:
    """Somebody of whom nothing about decisions is known."""
    return clinical_store.save(Patient(family="Example", birth_date="1950-02-03"))


def waiting(store: Store, patient: Patient) -> list[str]:
    return [task.what for task in tasks_for(store, subject=patient.id)]


def written_once(store: Store, kept: Record, changed: Record) -> None:
    with pytest.raises(Refused):
        store.save(changed)
    with store.transaction() as transaction, pytest.raises(Refused):
        transaction.remove(kept)


def test_a_report_is_kept_and_shown(clinical_store: Store, patient: Patient) -> None:
    kept = report_code_status(clinical_store, a_report(patient=patient.id))
    now = clinical_store.get(Patient, patient.id)
    assert (now.code_status, now.code_status_by) == (CodeStatus.FULL, "The patient (patient)")
    assert not kept.differs
    assert not waiting(clinical_store, patient)
    written_once(clinical_store, kept, replace(kept, reported_by="Another"))


def test_a_difference_needs_words_and_goes_to_the_practitioner_now(clinical_store: Store, patient: Patient) -> None:
    other = a_report(patient=patient.id, in_chart=CodeStatus.DNR)
    with pytest.raises(Refused) as refusal:
        report_code_status(clinical_store, other)
    assert [fault.rule for fault in refusal.value.faults] == ["V12"]
    assert not reports_of(clinical_store, patient.id)
    kept = report_code_status(clinical_store, replace(other, reason="Called Dr. Lin"))
    assert kept.differs
    (task,) = tasks_for(clinical_store, subject=patient.id)
    assert (task.what, task.due_at, task.priority, task.rule) == (TELL, TODAY, Priority.STAT, "V12")
    # The order of the chart stays what it is: there is no field for it but what the reporter read there.
    assert clinical_store.get(Patient, patient.id).code_status is CodeStatus.FULL
    again = report_code_status(clinical_store, a_report(patient=patient.id))
    assert [one.id for one in reports_of(clinical_store, patient.id)] == [again.id, kept.id]


def test_a_polst_beside_full_code_is_told_too(clinical_store: Store, patient: Patient) -> None:
    report_code_status(clinical_store, a_report(patient=patient.id))
    paper = Directive(
        patient=patient.id, directive_kind=DirectiveKind.POLST, copy=CopyOnFile.YES, seen_by="Renee Okafor RN"
    )
    kept = save_directive(clinical_store, paper)
    assert (kept.seen_at, kept.recorded_by) == (TODAY, clinical_store.actor.name)
    assert waiting(clinical_store, patient) == [TELL]


def test_a_copy_that_was_asked_for_is_a_task_until_it_is_here(clinical_store: Store, patient: Patient) -> None:
    asked = Directive(
        patient=patient.id,
        directive_kind=DirectiveKind.LIVING_WILL,
        copy=CopyOnFile.REQUESTED,
        asked_of="The daughter",
    )
    kept = save_directive(clinical_store, asked)
    assert waiting(clinical_store, patient) == ["Get the copy: Living will"]
    kept = save_directive(clinical_store, replace(kept, copy=CopyOnFile.YES, seen_by="Renee Okafor RN"))
    assert not waiting(clinical_store, patient)
    with pytest.raises(Refused):
        end_directive(clinical_store, kept, " ")
    end_directive(clinical_store, kept, "Revoked by the patient")
    (ended,) = directives_of(clinical_store, patient.id)
    assert not ended.counts


def test_rights_are_given_to_the_patient_or_again_later(clinical_store: Store, patient: Patient) -> None:
    family = RightsGiven(patient=patient.id, given_to=GivenTo.FAMILY, given_name="A daughter", at=TODAY)
    kept = give_rights(clinical_store, family)
    assert kept.by == clinical_store.actor.name
    assert len(waiting(clinical_store, patient)) == 1
    give_rights(clinical_store, RightsGiven(patient=patient.id, given_to=GivenTo.PATIENT, at=TODAY))
    assert not waiting(clinical_store, patient)
    assert len(rights_given_to(clinical_store, patient.id)) == 2
    written_once(clinical_store, kept, replace(kept, note="later"))


def test_a_marked_concern_waits_for_the_practitioner(clinical_store: Store, patient: Patient, clock: Clock) -> None:
    kept = write_capacity_note(clinical_store, a_marked_note(patient=patient.id))
    assert (kept.by, kept.referred_at) == (clinical_store.actor.name, TODAY)
    assert len(waiting(clinical_store, patient)) == 1
    assert capacity_for(clinical_store, patient.id, None, TODAY) == kept
    written_once(clinical_store, kept, replace(kept, seen="Something else"))
    clock.tick(600)
    with pytest.raises(Refused):
        record_determination(clinical_store, kept, Determination.HAS_CAPACITY, clinical_store.actor.name, clock())
    told = record_determination(clinical_store, kept, Determination.HAS_CAPACITY, DOCTOR, clock(), "Clear this time.")
    assert told.determined
    assert not waiting(clinical_store, patient)
    with pytest.raises(Refused):
        record_determination(clinical_store, told, Determination.LACKS_CAPACITY, DOCTOR, clock())


def test_a_note_never_comes_with_a_determination_of_the_nurse(clinical_store: Store, patient: Patient) -> None:
    smuggled = a_note(patient=patient.id, determination=Determination.LACKS_CAPACITY, determined_by=DOCTOR)
    write_capacity_note(clinical_store, smuggled)
    (kept,) = capacity_notes_of(clinical_store, patient.id)
    assert kept.determination is None


def test_a_representative_without_a_paper_needs_a_reason(clinical_store: Store, patient: Patient) -> None:
    with pytest.raises(Refused):
        name_representative(clinical_store, patient, an_agent(authority_basis=None, authority_reason="She said so"))
    unseen = an_agent(authority_seen_on=None, authority_seen_by="")
    with pytest.raises(Refused) as refusal:
        name_representative(clinical_store, patient, unseen)
    assert [fault.rule for fault in refusal.value.faults] == ["V38-PAPER"]
    kept = name_representative(clinical_store, patient, replace(unseen, authority_reason="Brings it tonight"))
    agent = agent_of(kept)
    assert agent is not None
    assert (agent.authority_basis, agent.roles) == (AuthorityBasis.HCPOA, (PersonRole.HEALTH_CARE_AGENT,))
    assert waiting(clinical_store, patient) == ["Get the paper that gives the right to decide"]
    seen = replace(agent, authority_seen_on=TODAY.date(), authority_seen_by="Renee Okafor RN")
    kept = name_representative(clinical_store, kept, seen)
    assert len(kept.related) == 1
    assert not waiting(clinical_store, patient)


def test_the_patients_objection_is_kept(clinical_store: Store, patient: Patient) -> None:
    against = an_agent(patient_objects=True, objection="Not her. My brother.")
    with pytest.raises(Refused):
        name_representative(clinical_store, patient, against)
    kept = name_representative(clinical_store, patient, replace(against, authority_reason="Told Dr. Lin"))
    assert kept.related[0].objection == "Not her. My brother."


def test_practice_records_stand_by_their_own_rules(clinical_store: Store) -> None:
    fill_practice_patients(clinical_store)
    fill_practice_directives(clinical_store)
    held = {patient.family: patient for patient in clinical_store.all(Patient)}
    for family in ("Álvarez", "Whitfield"):
        (report,) = reports_of(clinical_store, held[family].id)
        assert report.status is held[family].code_status
        assert directives_of(clinical_store, held[family].id)
