"""One screen that says what decides the admission: blocked, mended, taken on by a second person, admitted; by keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.coverage.record import Coverage
from liaison_desktop.clinical.episodes.queries import events_of
from liaison_desktop.clinical.episodes.record import Episode, EpisodeState, Life, ServiceLine
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.actions import save_staff, set_pin
from liaison_desktop.clinical.people.record import StaffCredential, StaffMember, StaffRole
from liaison_desktop.clinical.referrals.actions import Chosen, decide, step_work
from liaison_desktop.clinical.referrals.page import ReferralsPage
from liaison_desktop.clinical.referrals.record import Decision, Referral, WorkStatus
from liaison_desktop.clinical.workspace import WORKSPACE
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk
from tests.clinical.referrals.making import (
    allergies_asked,
    forms_done,
    others_done,
    packet_done,
    replace,
    shown,
    taken,
    visited,
)
from tests.flows.keyboard import ALT, KEY, named, opened, press, tab_to, types

W = WorkStatus


def accepted(store: Store) -> Referral:
    """A patient for skilled nursing whom we accepted."""
    referral = taken(store, service=ServiceLine.SNF)
    packet_done(store, referral)
    visited(store, referral)
    forms_done(store, referral, "pan")
    allergies_asked(store, referral)
    others_done(store, referral)
    for after in (W.RECEIVED, W.TRIAGED, W.SCREENING, W.SCREENED):
        step_work(store, referral.id, after)
    shown(store, referral)
    return decide(store, referral.id, Decision.ACCEPTED, Chosen())


@pytest.fixture
def frame(qtbot: QtBot, clinical_desk: Desk) -> Iterator[WorkFrame]:
    """The clinical window, before one accepted patient; a supervisor has a PIN."""
    store = clinical_desk.store
    save_staff(store, StaffMember(name="Renee Okafor", credential=StaffCredential.RN, role=StaffRole.LIAISON,
                                  actor=store.actor.id))  # fmt: skip
    one = save_staff(store, StaffMember(name="Sam Voss", credential=StaffCredential.RN, role=StaffRole.SUPERVISOR))
    set_pin(store, one, "483920")
    accepted(store)
    made = opened(qtbot, clinical_desk, WORKSPACE)
    yield made
    made.put_away()


def stay(store: Store) -> Episode:
    """The only episode."""
    (episode,) = store.all(Episode)
    return episode


def in_chart(frame: WorkFrame) -> None:
    """The chart of the patient, on what decides the admission."""
    (patient,) = frame.desk.store.all(Patient)
    frame.desk.open(Patient.kind, patient.id)
    tab_to("Admission")
    press(KEY.Key_Space)


def test_nothing_in_the_way_and_admitted_from_the_chart(frame: WorkFrame) -> None:
    in_chart(frame)
    tab_to("Unit")
    types("4 West")
    tab_to("Admit the patient")
    press(KEY.Key_Space)
    episode = stay(frame.desk.store)
    assert (episode.state, episode.unit) == (EpisodeState.ADMITTED, "4 West")
    (event,) = [one for one in events_of(frame.desk.store, episode.id) if one.after == "admitted"]
    assert event.life is Life.EPISODE
    assert len(event.judgements) == 8
    assert all(one.passed for one in event.judgements)


def test_blocked_with_the_reason_then_taken_on_by_a_second_person(frame: WorkFrame) -> None:
    store = frame.desk.store
    (coverage,) = store.all(Coverage)
    store.save(replace(coverage, ended_at=store.clock(), ended_reason="Moved"))
    (referral,) = store.all(Referral)
    frame.desk.open(Referral.kind, referral.id)
    page = frame.pages["referrals"]
    assert isinstance(page, ReferralsPage)
    tab_to("Admit the patient")
    press(KEY.Key_Space)
    assert stay(store).state is EpisodeState.PRE_ADMISSION
    assert named().startswith("Authorisation on the day")
    tab_to("Authorisation on the day: take it on", back=True)
    press(KEY.Key_Space)
    types("The payer's line is down; approved by voice")
    tab_to("Admit the patient")
    press(KEY.Key_Space)
    types("Checked the call log")
    tab_to("PIN")
    types("483920")
    press(KEY.Key_Return)
    assert stay(store).state is EpisodeState.ADMITTED
    (event,) = [one for one in events_of(store, stay(store).id) if one.after == "admitted"]
    (taken_on,) = [one for one in event.judgements if not one.passed]
    assert (taken_on.guard, taken_on.overridden_by) == ("authorisation", "Sam Voss, RN")
    assert taken_on.override_reason == "The payer's line is down; approved by voice"
    assert store.get(Referral, referral.id).work is W.CLOSED


def test_what_is_missing_leads_to_where_it_is_mended(frame: WorkFrame) -> None:
    store = frame.desk.store
    (referral,) = store.all(Referral)
    store.save(replace(store.get(Referral, referral.id), decision=Decision.NONE))
    frame.desk.open(Referral.kind, referral.id)
    tab_to("Accepted: Decision")
    press(KEY.Key_Space)
    assert named().startswith("Decision")
    press(KEY.Key_1)
    press(KEY.Key_1, ALT)
    assert store.get(Referral, referral.id).decision is Decision.NONE
    press(KEY.Key_V, ALT)
    assert named() == "Name, as said"
