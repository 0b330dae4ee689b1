"""What is kept of coverage, what follows from it, and what the guards of a step are told."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from liaison_desktop.clinical.coverage.actions import (
    authorisation_standing,
    begin_verification,
    coverage_standing,
    end_coverage,
    fill_practice_coverage,
    pay_earlier,
    record_verification,
    save_authorisation,
    save_coverage,
)
from liaison_desktop.clinical.coverage.queries import authorisations_of, coverages_of, verifications_of
from liaison_desktop.clinical.coverage.record import (
    Asked,
    AuthorisationStatus,
    Benefit,
    Coverage,
    Outcome,
    PlanType,
)
from liaison_desktop.clinical.coverage.rules import StandingState
from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.errors import Refused
from liaison_desktop.store import Store
from liaison_desktop.tasks.queries import tasks_for
from tests.clinical.coverage.examples import DAY, a_call, a_coverage, an_approval
from tests.fakes import TODAY, Clock

replace = msgspec.structs.replace
A = AuthorisationStatus


@pytest.fixture
def patient(clinical_store: Store) -> Patient:
    """Somebody with no coverage yet."""
    return clinical_store.save(Patient(family="Example", birth_date="1950-02-03"))


@pytest.fixture
def coverage(clinical_store: Store, patient: Patient) -> Coverage:
    """Their first coverage."""
    return save_coverage(clinical_store, a_coverage(patient=patient.id))


def waiting(store: Store, patient: Patient) -> list[str]:
    return [task.what for task in tasks_for(store, subject=patient.id)]


def test_a_verification_is_stamped_and_kept_once(clinical_store: Store, coverage: Coverage, patient: Patient) -> None:
    kept = record_verification(clinical_store, a_call(coverage, allowed=100_000, coinsurance=2_000))
    assert (kept.by, kept.recorded_at) == (clinical_store.actor.name, TODAY)
    assert kept.valid_until == (TODAY + 7 * DAY).date()
    assert kept.estimate == 20_000
    assert kept.policy_version
    for changed in (replace(kept, note="later"), replace(kept, valid_until=None)):
        with pytest.raises(Refused):
            clinical_store.save(changed)
    with clinical_store.transaction() as transaction, pytest.raises(Refused):
        transaction.remove(kept)
    assert coverage_standing(clinical_store, patient.id, TODAY.date()).good


def test_a_call_without_its_reference_is_not_kept(clinical_store: Store, coverage: Coverage, patient: Patient) -> None:
    with pytest.raises(Refused):
        record_verification(clinical_store, a_call(coverage, call_reference=""))
    assert not verifications_of(clinical_store, patient.id)


def test_a_dropped_call_counts_and_is_taken_up(
    clinical_store: Store, coverage: Coverage, patient: Patient, clock: Clock
) -> None:
    spoken = a_call(coverage, call_reference="", outcome=Outcome.DROPPED, deductible_total=150_000)
    kept = record_verification(clinical_store, spoken)
    assert (kept.outcome, kept.valid_until) == (Outcome.DROPPED, None)
    assert coverage_standing(clinical_store, patient.id, TODAY.date()).state is StandingState.UNVERIFIED
    assert waiting(clinical_store, patient) == ["Call the payer again: the call dropped"]
    clock.tick(60)
    again = begin_verification(clinical_store, coverage)
    assert (again.deductible_total, again.representative, again.call_reference, again.outcome) == (
        150_000,
        "",
        "",
        None,
    )
    record_verification(clinical_store, replace(again, call_reference="C-2", outcome=Outcome.ACTIVE))
    assert not waiting(clinical_store, patient)
    # What was said since is not taken over: only a call that dropped is gone on with.
    assert begin_verification(clinical_store, coverage).deductible_total is None


def test_the_days_of_a_plan_follow_from_its_kind(clinical_store: Store, patient: Patient) -> None:
    medicare = a_coverage(patient=patient.id, plan_type=PlanType.MEDICARE_FFS_A, member_id="1EG4TE5MK73")
    rows = begin_verification(clinical_store, save_coverage(clinical_store, medicare)).days
    assert [row.benefit for row in rows] == [
        Benefit.PART_A,
        Benefit.LIFETIME_RESERVE,
        Benefit.SNF,
        Benefit.HHA_VISITS,
    ]


def test_an_authorisation_that_is_needed_is_begun(clinical_store: Store, coverage: Coverage, patient: Patient) -> None:
    record_verification(clinical_store, a_call(coverage, authorisation=Asked.YES, service="Rehabilitation"))
    (begun,) = authorisations_of(clinical_store, patient.id)
    assert (begun.status, begun.service) == (A.TO_SUBMIT, "Rehabilitation")
    assert waiting(clinical_store, patient) == ["Submit the authorisation"]
    record_verification(clinical_store, a_call(coverage, authorisation=Asked.YES, call_reference="C-2"))
    assert len(authorisations_of(clinical_store, patient.id)) == 1
    sent = save_authorisation(clinical_store, replace(begun, status=A.SUBMITTED, submitted_at=TODAY, note="By portal"))
    assert not waiting(clinical_store, patient)
    assert [(step.status, step.note) for step in sent.steps] == [(A.TO_SUBMIT, ""), (A.SUBMITTED, "By portal")]
    with pytest.raises(Refused):
        save_authorisation(clinical_store, replace(sent, status=A.TO_SUBMIT))
    with pytest.raises(Refused):
        clinical_store.save(replace(sent, steps=()))


def test_the_order_in_which_they_pay(clinical_store: Store, coverage: Coverage, patient: Patient) -> None:
    second = save_coverage(clinical_store, a_coverage(patient=patient.id, id=an_approval().id, payer="Second"))
    third = save_coverage(clinical_store, a_coverage(patient=patient.id, id=an_approval().id, payer="Third"))
    assert (coverage.rank, second.rank, third.rank) == (1, 2, 3)
    pay_earlier(clinical_store, third)
    assert [one.payer for one in coverages_of(clinical_store, patient.id)] == [coverage.payer, "Third", "Second"]
    with pytest.raises(Refused):
        end_coverage(clinical_store, coverage, " ")
    end_coverage(clinical_store, coverage, "Changed plans")
    held = coverages_of(clinical_store, patient.id)
    assert [(one.payer, one.rank) for one in held] == [("Third", 1), ("Second", 2)]
    assert [one.payer for one in coverages_of(clinical_store, patient.id, ended=True)][-1] == coverage.payer


@pytest.mark.parametrize(
    ("days", "holds"), [(0, False), (1, True), (5, True), (6, False)], ids=["before", "first", "last", "after"]
)
def test_what_an_admission_is_told(
    clinical_store: Store, coverage: Coverage, patient: Patient, days: int, holds: bool
) -> None:
    record_verification(clinical_store, a_call(coverage, authorisation=Asked.YES))
    (begun,) = authorisations_of(clinical_store, patient.id)
    save_authorisation(clinical_store, an_approval(coverage, id=begun.id, version=begun.version, steps=begun.steps))
    standing = authorisation_standing(clinical_store, patient.id, (TODAY + days * DAY).date())
    assert standing.holds is holds
    assert (standing.authorisation is not None) is holds
    assert standing.words


def test_who_has_no_payer_needs_none(clinical_store: Store, patient: Patient) -> None:
    today = TODAY.date()
    assert coverage_standing(clinical_store, patient.id, today).state is StandingState.NONE
    assert not authorisation_standing(clinical_store, patient.id, today).holds
    save_coverage(clinical_store, a_coverage(patient=patient.id, plan_type=PlanType.SELF_PAY, member_id="none"))
    assert coverage_standing(clinical_store, patient.id, today).good
    assert authorisation_standing(clinical_store, patient.id, today).holds


def test_practice_records_stand_by_their_own_rules(clinical_store: Store) -> None:
    fill_practice_patients(clinical_store)
    fill_practice_coverage(clinical_store)
    held = {patient.family: patient for patient in clinical_store.all(Patient)}
    stale = coverage_standing(clinical_store, held["Álvarez"].id, TODAY.date())
    assert stale.words == "Verified 9 d ago"
    assert not stale.good
    assert authorisation_standing(clinical_store, held["Álvarez"].id, dt.date(2026, 11, 23)).holds
    assert coverage_standing(clinical_store, held["Whitfield"].id, TODAY.date()).good
