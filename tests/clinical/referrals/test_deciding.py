"""Working, deciding, admitting, and opening again: out of the store, with what the guards said kept."""

from __future__ import annotations

import datetime as dt

import pytest

from liaison_desktop.clinical.episodes.queries import events_of
from liaison_desktop.clinical.episodes.record import Episode, EpisodeState, Life, ServiceLine
from liaison_desktop.clinical.people.actions import approve, save_staff, set_pin
from liaison_desktop.clinical.people.record import StaffCredential, StaffMember, StaffRole
from liaison_desktop.clinical.referrals.actions import (
    Admission,
    Chosen,
    admit,
    change_referral,
    decide,
    end_referral,
    reopen_referral,
    step_work,
)
from liaison_desktop.clinical.referrals.actions.judging import OVERRIDE
from liaison_desktop.clinical.referrals.queries import papers_of
from liaison_desktop.clinical.referrals.record import Decision, DeclineReason, Referral, WorkStatus
from liaison_desktop.errors import Refused
from liaison_desktop.store import Store
from liaison_desktop.tasks.actions import make_task
from liaison_desktop.tasks.queries import tasks_about
from liaison_desktop.tasks.record import Task, TaskKind
from tests.clinical.referrals.making import a_patient, a_referral, packet_done, replace, shown, taken, told, visited
from tests.fakes import TODAY, Clock

W, D, E = WorkStatus, Decision, EpisodeState
DECLINED = Chosen(reason=DeclineReason.NC_NO_BED, note="Full until Monday", alternative=ServiceLine.SNF)


def rules(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    """Which guards or rules stand in the way."""
    return [fault.field or fault.rule for fault in refused.value.faults]


def episode_of(store: Store, referral: Referral) -> Episode:
    """Its episode as it is stored."""
    return store.get(Episode, referral.episode or referral.id)


def a_supervisor(store: Store) -> StaffMember:
    """Somebody who may let a guard pass, with a PIN."""
    save_staff(store, StaffMember(name="Own Self", credential=StaffCredential.RN, role=StaffRole.LIAISON,
                                  actor=store.actor.id))  # fmt: skip
    one = save_staff(store, StaffMember(name="Sam Voss", credential=StaffCredential.RN, role=StaffRole.SUPERVISOR))
    return set_pin(store, one, "483920")


def test_to_screening_and_the_episode_with_it(clinical_store: Store) -> None:
    referral = taken(clinical_store)
    step_work(clinical_store, referral.id, W.RECEIVED)
    with pytest.raises(Refused) as refused:
        step_work(clinical_store, referral.id, W.TRIAGED)
    assert rules(refused) == ["packet", "missing_listed"]
    packet_done(clinical_store, referral)
    step_work(clinical_store, referral.id, W.TRIAGED)
    with pytest.raises(Refused) as refused:
        step_work(clinical_store, referral.id, W.SCREENING)
    assert rules(refused) == ["two_identifiers", "language", "agreement"]
    visited(clinical_store, referral)
    step_work(clinical_store, referral.id, W.SCREENING)
    assert episode_of(clinical_store, referral).state is E.PRE_ADMISSION
    with pytest.raises(Refused) as refused:
        step_work(clinical_store, referral.id, W.SCREENED)
    assert {"nursing", "screening", "allergies"} <= set(rules(refused))


@pytest.mark.parametrize(
    ("after", "reason", "stops"),
    [(W.SCREENED, "", "REF-STEP"), (W.TRIAGED, "", "reason"), (W.TRIAGED, "Patient asleep", "")],
)
def test_steps_follow_and_going_back_needs_a_reason(
    clinical_store: Store, after: WorkStatus, reason: str, stops: str
) -> None:
    referral = taken(clinical_store)
    planned = W.SCREENING_SCHEDULED
    here = clinical_store.save(replace(clinical_store.get(Referral, referral.id), work=planned))
    if stops:
        with pytest.raises(Refused) as refused:
            step_work(clinical_store, here.id, after, reason=reason)
        assert rules(refused) == [stops]
    else:
        assert step_work(clinical_store, here.id, after, reason=reason).work is after
        assert events_of(clinical_store, here.episode or here.id)[-1].reason == reason


def test_nobody_is_identified_unless_a_supervisor_takes_it_on(clinical_store: Store) -> None:
    from liaison_desktop.clinical.referrals.actions import take_referral

    supervisor = a_supervisor(clinical_store)
    referral, _patient = take_referral(clinical_store, a_referral(), a_patient(given="", birth_date="1950"))
    reasons = {"identified": "Found on the street, no papers"}
    for overrides in ({}, reasons):
        with pytest.raises(Refused):
            step_work(clinical_store, referral.id, W.RECEIVED, overrides=overrides)
    given = approve(clinical_store, supervisor.id, "483920", OVERRIDE, reason=reasons["identified"])
    step_work(clinical_store, referral.id, W.RECEIVED, overrides=reasons, approval=given)
    kept = {one.guard: one for one in events_of(clinical_store, referral.episode or referral.id)[-1].judgements}
    assert not kept["identified"].passed
    assert (kept["identified"].overridden_by, kept["identified"].override_reason) == (
        "Sam Voss, RN",
        "Found on the street, no papers",
    )


def test_a_decline_needs_reason_note_alternative_and_who_was_told(clinical_store: Store) -> None:
    referral = taken(clinical_store)
    with pytest.raises(Refused) as refused:
        decide(clinical_store, referral.id, D.DECLINED_FACILITY)
    assert rules(refused) == ["reason_facility", "note", "alternative", "source_told"]
    done = decide(clinical_store, referral.id, D.DECLINED_FACILITY, replace(DECLINED, told=told(clinical_store)))
    assert (done.work, done.decision, done.alternative) == (W.CLOSED, D.DECLINED_FACILITY, ServiceLine.SNF)
    assert done.responded_at == TODAY
    assert episode_of(clinical_store, referral).state is E.NOT_ADMITTED
    lives = [(one.life, one.after) for one in events_of(clinical_store, done.episode or done.id)][-3:]
    assert lives == [(Life.DECISION, "declined_facility"), (Life.WORK, "closed"), (Life.EPISODE, "not_admitted")]


def test_the_patients_reason_is_no_reason_of_the_facility(clinical_store: Store) -> None:
    referral = taken(clinical_store)
    with pytest.raises(Refused) as refused:
        decide(clinical_store, referral.id, D.DECLINED_PATIENT, Chosen(reason=DeclineReason.NC_NO_BED, note="No"))
    assert rules(refused) == ["reason_patient"]
    decide(clinical_store, referral.id, D.DECLINED_PATIENT, Chosen(reason=DeclineReason.PT_WANTS_HOME, note="Home"))


def test_a_conditional_acceptance_says_what_it_waits_for(clinical_store: Store) -> None:
    referral = packet_done(clinical_store, taken(clinical_store))
    with pytest.raises(Refused) as refused:
        decide(clinical_store, referral.id, D.ACCEPT_PENDING)
    assert rules(refused) == ["capability", "pending_named"]
    shown(clinical_store, referral)
    done = decide(clinical_store, referral.id, D.ACCEPT_PENDING, Chosen(pending_on="The payer's answer"))
    assert (done.work, done.decision, done.pending_on) == (W.NEW, D.ACCEPT_PENDING, "The payer's answer")


def test_accepting_needs_the_screening_and_what_is_not_kept_stops_it(clinical_store: Store) -> None:
    referral = taken(clinical_store)
    shown(clinical_store, referral)
    with pytest.raises(Refused) as refused:
        decide(clinical_store, referral.id, D.ACCEPTED)
    assert "screened" in rules(refused)
    assert clinical_store.get(Referral, referral.id).decision is D.NONE


@pytest.mark.parametrize("end", [D.LOST_TO_OTHER, D.CANCELLED_AFTER_OFFER])
def test_time_lost_since_the_offer_is_counted(clinical_store: Store, clock: Clock, end: Decision) -> None:
    referral = taken(clinical_store)
    offered = replace(clinical_store.get(Referral, referral.id), decision=D.ACCEPTED, decision_at=clock.now())
    clinical_store.save(replace(offered, work=W.SCREENED))
    clock.tick(7.5 * 3600)
    with pytest.raises(Refused) as refused:
        decide(clinical_store, referral.id, end)
    assert rules(refused) == ["note"]
    assert decide(clinical_store, referral.id, end, Chosen(note="Took a bed elsewhere")).lost_hours == 7


def test_the_facility_does_not_decline_after_its_offer(clinical_store: Store) -> None:
    referral = taken(clinical_store)
    clinical_store.save(replace(clinical_store.get(Referral, referral.id), decision=D.ACCEPTED, decision_at=TODAY))
    with pytest.raises(Refused) as refused:
        decide(clinical_store, referral.id, D.DECLINED_FACILITY, replace(DECLINED, told=told(clinical_store)))
    assert rules(refused) == ["REF-STEP"]
    with pytest.raises(Refused) as refused:
        end_referral(clinical_store, referral.id, W.ENTERED_IN_ERROR, "Wrong patient")
    assert rules(refused) == ["REF-OFFERED"]


def test_an_admission_is_blocked_by_every_guard_and_nothing_moves(clinical_store: Store) -> None:
    referral = taken(clinical_store)
    before = len(events_of(clinical_store, referral.episode or referral.id))
    with pytest.raises(Refused) as refused:
        admit(clinical_store, referral.id, Admission())
    assert set(rules(refused)) >= {"accepted", "screening", "concurrence", "authorisation", "handover"}
    assert episode_of(clinical_store, referral).state is E.REFERRED
    assert len(events_of(clinical_store, referral.episode or referral.id)) == before
    with pytest.raises(Refused) as refused:
        admit(clinical_store, referral.id, Admission(at=TODAY + dt.timedelta(minutes=1)))
    assert rules(refused) == ["at"]


def test_opened_again_it_is_the_same_referral(clinical_store: Store) -> None:
    referral = taken(clinical_store)
    decide(clinical_store, referral.id, D.DECLINED_FACILITY, replace(DECLINED, told=told(clinical_store)))
    with pytest.raises(Refused):
        change_referral(clinical_store, clinical_store.get(Referral, referral.id))
    with pytest.raises(Refused):
        reopen_referral(clinical_store, referral.id, "")
    again = reopen_referral(clinical_store, referral.id, "A bed came free")
    assert (again.id, again.work, again.decision, again.told) == (referral.id, W.RECEIVED, D.NONE, ())
    assert episode_of(clinical_store, again).state is E.REFERRED
    with pytest.raises(Refused):
        reopen_referral(clinical_store, referral.id, "Twice")


def test_a_duplicate_names_the_other_and_an_error_stays_one(clinical_store: Store) -> None:
    from liaison_desktop.clinical.patients.record import Patient
    from liaison_desktop.clinical.referrals.actions import take_referral

    first = taken(clinical_store)
    patient = clinical_store.get(Patient, first.patient or first.id)
    second, _patient = take_referral(clinical_store, a_referral(), patient)
    for wrong in (None, second.id):
        with pytest.raises(Refused):
            end_referral(clinical_store, second.id, W.DUPLICATE, "Came twice", duplicate_of=wrong)
    ended = end_referral(clinical_store, second.id, W.DUPLICATE, "Came twice", duplicate_of=first.id)
    assert episode_of(clinical_store, ended).state is E.NOT_ADMITTED
    assert reopen_referral(clinical_store, second.id, "It is another stay").work is W.RECEIVED
    end_referral(clinical_store, second.id, W.ENTERED_IN_ERROR, "Never asked")
    with pytest.raises(Refused):
        reopen_referral(clinical_store, second.id, "No")


def test_details_change_but_never_state_or_decision(clinical_store: Store) -> None:
    referral = taken(clinical_store)
    forged = replace(referral, dx_text="Stroke", work=W.SCREENED, decision=D.ACCEPTED, responded_at=TODAY)
    saved = change_referral(clinical_store, forged)
    assert (saved.dx_text, saved.work, saved.decision, saved.responded_at) == ("Stroke", W.NEW, D.NONE, None)
    changed = change_referral(clinical_store, replace(saved, service=ServiceLine.SNF))
    assert episode_of(clinical_store, changed).service is ServiceLine.SNF


def test_a_step_does_what_a_task_asked_for_and_an_end_leaves_none_open(clinical_store: Store) -> None:
    referral = taken(clinical_store)
    step_work(clinical_store, referral.id, W.RECEIVED)
    packet_done(clinical_store, referral)
    kinds = [task.task_kind for task in tasks_about(clinical_store, referral.id)]
    assert TaskKind.CALL not in kinds
    assert TaskKind.REVIEW in kinds
    mine = make_task(clinical_store, Task(what="Call the daughter", about=referral.id))
    decide(clinical_store, referral.id, D.DECLINED_FACILITY, replace(DECLINED, told=told(clinical_store)))
    assert [task.id for task in tasks_about(clinical_store, referral.id)] == [mine.id]
    assert not any(tasks_about(clinical_store, paper.id) for paper in papers_of(clinical_store, referral.id))
    reopen_referral(clinical_store, referral.id, "A bed came free")
    again = {task.task_kind for task in tasks_about(clinical_store, referral.id) if task.id != mine.id}
    assert TaskKind.REVIEW in again
    assert TaskKind.CALL not in again
