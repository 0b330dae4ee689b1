"""Taking a referral: the patient, the episode, the documents that are expected and the first tasks, all or nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from liaison_desktop.clinical.episodes.queries import current_episode, events_of
from liaison_desktop.clinical.episodes.record import EpisodeState, Life, ServiceLine
from liaison_desktop.clinical.patients.queries import count_patients
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.referrals.actions import step_work, take_referral
from liaison_desktop.clinical.referrals.queries import count_open, last_sources, papers_of
from liaison_desktop.clinical.referrals.record import DocumentKind, Referral, WorkStatus
from liaison_desktop.errors import Refused
from liaison_desktop.store import Store
from liaison_desktop.tasks.queries import tasks_about
from tests.clinical.referrals.making import a_patient, a_referral, taken
from tests.fakes import TODAY, Clock


def test_everything_begins_at_once(clinical_store: Store) -> None:
    referral, patient = take_referral(clinical_store, a_referral(), a_patient())
    assert (referral.work, referral.received_at) == (WorkStatus.NEW, TODAY)
    episode = current_episode(clinical_store, patient.id)
    assert episode is not None
    assert episode.id == referral.episode
    assert (episode.state, episode.referral, episode.service) == (EpisodeState.REFERRED, referral.id, ServiceLine.IRF)
    papers = papers_of(clinical_store, referral.id)
    assert {paper.document for paper in papers} >= {DocumentKind.H_AND_P, DocumentKind.THERAPY_EVAL_PT}
    assert all(paper.awaited and paper.requested_at is None for paper in papers)
    tasks = tasks_about(clinical_store, referral.id)
    assert [task.what for task in tasks][:2] == ["Answer the referral source", "Read the packet"]
    assert tasks[0].due_at == TODAY + dt.timedelta(minutes=30)
    lives = [(event.life, event.after) for event in events_of(clinical_store, episode.id)]
    assert lives == [(Life.EPISODE, "referred"), (Life.WORK, "new")]


def test_a_patient_who_is_here_stays_one(clinical_store: Store) -> None:
    first = taken(clinical_store)
    patient = clinical_store.get(Patient, first.patient or first.id)
    second, known = take_referral(clinical_store, a_referral(service=ServiceLine.SNF), patient)
    assert known.id == patient.id
    assert count_patients(clinical_store) == 1
    episode = current_episode(clinical_store, patient.id)
    assert episode is not None
    assert episode.id == second.episode
    assert episode.prior_episode == first.episode
    assert count_open(clinical_store) == 2


def test_a_likely_duplicate_stops_until_it_is_said_to_be_another(clinical_store: Store) -> None:
    taken(clinical_store)
    with pytest.raises(Refused) as refused:
        take_referral(clinical_store, a_referral(), a_patient(given="Adele"))
    assert [fault.rule for fault in refused.value.faults] == ["V3"]
    assert (count_patients(clinical_store), count_open(clinical_store)) == (1, 1)
    take_referral(clinical_store, a_referral(), a_patient(given="Adele"), confirmed={"V3"})
    assert count_patients(clinical_store) == 2


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"service": None}, "service"),
        ({"received_at": TODAY + dt.timedelta(minutes=1)}, "received_at"),
        ({"acute_admitted_on": TODAY.date() + dt.timedelta(days=1)}, "acute_admitted_on"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    clinical_store: Store, fields: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        take_referral(clinical_store, a_referral(**fields), a_patient())
    assert refused.value.faults[0].field == field
    assert count_patients(clinical_store) == count_open(clinical_store) == 0


def test_the_last_ten_contacts(clinical_store: Store, clock: Clock) -> None:
    for number in range(12):
        take_referral(
            clinical_store,
            a_referral(contact_text=f"Caller {number % 11}"),
            a_patient(family=f"Family{number}", birth_date=f"19{40 + number}-01-02"),
        )
        clock.tick(60)
    found = last_sources(clinical_store)
    assert len(found) == 10
    assert found[0].contact_text == "Caller 0"


def test_received_stops_the_clock_of_the_first_answer(clinical_store: Store, clock: Clock) -> None:
    referral = taken(clinical_store)
    clock.tick(600)
    received = step_work(clinical_store, referral.id, WorkStatus.RECEIVED)
    assert received.responded_at == clock.now()
    event = events_of(clinical_store, referral.episode or referral.id)[-1]
    assert (event.life, event.before, event.after) == (Life.WORK, "new", "received")
    assert {one.guard: one.passed for one in event.judgements} == {"source": True, "identified": True}


def test_a_title_without_a_source() -> None:
    assert Referral(service=ServiceLine.IRF).title() == "Inpatient rehabilitation"
