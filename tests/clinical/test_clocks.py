"""The clocks gathered: a screening, a consent and a concern of real records, stopped by the episode they belong to."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from liaison_desktop.clinical.checklists.actions import Planned, open_checklist, start_checklist
from liaison_desktop.clinical.checklists.record import ChecklistStatus
from liaison_desktop.clinical.clocks.queries import clock_events, place_of, running_clocks
from liaison_desktop.clinical.concerns.actions import raise_concern
from liaison_desktop.clinical.concerns.record import Concern
from liaison_desktop.clinical.consents.actions import begin_consent
from liaison_desktop.clinical.consents.queries import templates
from liaison_desktop.clinical.consents.record import Consent, ConsentState, ConsentWithdrawal, Ending
from liaison_desktop.clinical.coverage.record import (
    Authorisation,
    AuthorisationStatus,
    AuthorisationStep,
    Coverage,
    CoverageVerification,
    Method,
    Outcome,
)
from liaison_desktop.clinical.episodes.actions import open_episode
from liaison_desktop.clinical.episodes.record import EpisodeState, ServiceLine
from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.record import Facility
from liaison_desktop.clinical.referrals.record import Referral
from liaison_desktop.questionnaires.writing import canonical
from liaison_desktop.store import Store
from liaison_desktop.tasks.rules import ClockState
from tests.fakes import TODAY, Clock

HOUR = dt.timedelta(hours=1)
replace = msgspec.structs.replace


@pytest.fixture
def patient(clinical_store: Store) -> Patient:
    return fill_practice_patients(clinical_store)[0]


def screened(store: Store, patient: Patient) -> None:
    checklist = start_checklist(store, patient.id, Planned(service="IRF"), form="pas")
    opened = open_checklist(store, checklist.id)
    for link_id, at in (("S11c", TODAY - 2 * HOUR), ("S0h", TODAY + 20 * HOUR)):
        answer = ("valueDateTime", at.isoformat(timespec="seconds"))
        opened.sheet.answer(opened.sheet.nodes(link_id)[0], answer)
    store.save(replace(opened.checklist, content=canonical(opened.sheet.write()).decode()))


def consented(store: Store, patient: Patient) -> Consent:
    consent = begin_consent(store, patient, templates()[0])
    day = TODAY.date() + dt.timedelta(days=2)
    return store.save(replace(consent, state=ConsentState.ACTIVE, active_at=TODAY, valid_until=day))


def told(store: Store, now: dt.datetime, patient: Patient | None = None) -> list[tuple[str, ClockState]]:
    found = running_clocks(store, now, patient.id if patient is not None else None)
    return [(clock.rule, clock.state) for clock in found]


def test_what_features_tell_is_gathered(clinical_store: Store, patient: Patient, clock: Clock) -> None:
    store = clinical_store
    assert running_clocks(store, TODAY) == ()
    screened(store, patient)
    consent = consented(store, patient)
    raise_concern(store, Concern(patient=patient.id, words="Who pays?", addressed_to="Desk", due_at=TODAY + 3 * HOUR))
    everybody = told(store, TODAY + HOUR / 2)
    assert everybody == told(store, TODAY + HOUR / 2, patient)
    assert everybody == [
        ("CONCERN", ClockState.RUNNING),
        ("CONCURRENCE", ClockState.RUNNING),
        ("PAS-48", ClockState.RUNNING),
        ("CONSENT", ClockState.WARNED),
    ]
    other = store.all(Patient)[1]
    assert told(store, TODAY, other) == []
    # The times of a concern are those of the act, which the clock of the test does not move by itself.
    assert {event.about for event in clock_events(store, TODAY)} >= {consent.id}


def test_an_admission_stops_the_screening(clinical_store: Store, patient: Patient) -> None:
    store = clinical_store
    screened(store, patient)
    with store.transaction() as transaction:
        episode = open_episode(store, transaction, patient.id, ServiceLine.IRF)
    assert [rule for rule, _ in told(store, TODAY)] == ["CONCURRENCE", "PAS-48"]
    store.save(replace(episode, state=EpisodeState.ADMITTED, admitted_at=TODAY + HOUR))
    assert told(store, TODAY + 2 * HOUR) == []


@pytest.mark.parametrize("status", [ChecklistStatus.STOPPED, ChecklistStatus.ENTERED_IN_ERROR])
def test_a_screening_that_was_given_up_tells_nothing(
    clinical_store: Store, patient: Patient, status: ChecklistStatus
) -> None:
    from liaison_desktop.clinical.checklists.queries import screenings

    screened(clinical_store, patient)
    one = screenings(clinical_store, TODAY - HOUR)[0]
    clinical_store.save(replace(one, status=status))
    assert told(clinical_store, TODAY) == []


def test_a_withdrawn_consent_runs_out_no_more(clinical_store: Store, patient: Patient) -> None:
    consent = consented(clinical_store, patient)
    assert told(clinical_store, TODAY + HOUR) == [("CONSENT", ClockState.WARNED)]
    gone = ConsentWithdrawal(
        consent_id=consent.id, ending=Ending.PATIENT, withdrawn_at=TODAY + HOUR, said_by="The patient", reason="No"
    )
    clinical_store.save(gone)
    assert told(clinical_store, TODAY + 2 * HOUR) == []


def test_a_call_is_due_after_the_discharge(clinical_store: Store, patient: Patient) -> None:
    store = clinical_store
    with store.transaction() as transaction:
        episode = open_episode(store, transaction, patient.id, ServiceLine.SNF)
    left = replace(episode, state=EpisodeState.DISCHARGED, discharged_at=TODAY)
    store.save(left)
    assert told(store, TODAY + HOUR) == [("FOLLOW-UP-CALL", ClockState.RUNNING)]
    assert running_clocks(store, TODAY)[0].due_at == TODAY + 72 * HOUR


def test_a_referral_waits_for_its_first_answer(clinical_store: Store, patient: Patient) -> None:
    store = clinical_store
    referral = store.save(Referral(patient=patient.id, service=ServiceLine.IRF, received_at=TODAY))
    for now, state in ((HOUR / 4, ClockState.RUNNING), (HOUR / 2.5, ClockState.WARNED), (HOUR, ClockState.OVERDUE)):
        assert told(store, TODAY + now) == [("FIRST-ANSWER", state)] == told(store, TODAY + now, patient)
    store.save(replace(referral, responded_at=TODAY + HOUR / 3))
    assert told(store, TODAY + HOUR) == []


def test_coverage_is_verified_again_as_long_as_somebody_works_on_the_patient(
    clinical_store: Store, patient: Patient
) -> None:
    store = clinical_store
    coverage = store.save(Coverage(patient=patient.id, payer="Riverbend PPO", member_id="1"))
    store.save(
        CoverageVerification(
            coverage=coverage.id,
            patient=patient.id,
            at=TODAY,
            outcome=Outcome.ACTIVE,
            representative="Kim",
            call_reference="4411",
            method=Method.PHONE,
        )
    )
    denied = AuthorisationStep(status=AuthorisationStatus.DENIED, at=TODAY)
    talk = TODAY + dt.timedelta(days=2)
    store.save(Authorisation(coverage=coverage.id, patient=patient.id, service="IRF", steps=(denied,), peer_until=talk))
    # On the chart always; on Today only while an episode of the patient is worked on.
    assert [rule for rule, _ in told(store, TODAY + HOUR, patient)] == ["PEER-TO-PEER", "COVERAGE-RECHECK"]
    assert told(store, TODAY + HOUR) == []
    with store.transaction() as transaction:
        open_episode(store, transaction, patient.id, ServiceLine.IRF)
    assert [rule for rule, _ in told(store, TODAY + HOUR)] == ["PEER-TO-PEER", "COVERAGE-RECHECK"]


def test_the_place_is_our_facility_s(clinical_store: Store) -> None:
    assert place_of(clinical_store) is None
    clinical_store.save(Facility(name="Riverbend", zone="America/Chicago", own=True))
    assert str(place_of(clinical_store)) == "America/Chicago"
