"""How old the history and physical is: a clock from the day on it, an update after admission, and a day that can be one."""

from __future__ import annotations

import datetime
import json

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.clocks.queries import running_clocks
from liaison_desktop.clinical.episodes.actions import open_episode
from liaison_desktop.clinical.episodes.record import Episode, EpisodeState, ServiceLine
from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.referrals.actions import date_document, fill_practice_referrals
from liaison_desktop.clinical.referrals.page.packet_view import PacketView
from liaison_desktop.clinical.referrals.record import DocumentKind, Referral, ReferralDocument
from liaison_desktop.errors import Refused
from liaison_desktop.questionnaires.library import newest
from liaison_desktop.store import Store
from liaison_desktop.ui.date_editors import DayEditor
from liaison_desktop.ui.desk import Desk
from tests.fakes import Clock


@pytest.fixture
def paper(clinical_store: Store) -> ReferralDocument:
    store = clinical_store
    patient = store.save(Patient(family="Example", birth_date="1950-02-03"))
    with store.transaction() as transaction:
        stay = open_episode(store, transaction, patient.id, ServiceLine.MED_ADMIT)
    referral = store.save(Referral(patient=patient.id, episode=stay.id, service=ServiceLine.MED_ADMIT))
    return store.save(
        ReferralDocument(
            referral=referral.id, patient=patient.id, document=DocumentKind.H_AND_P, received_at=store.clock()
        )
    )


def running(store: Store, paper: ReferralDocument) -> set[str]:
    """The rules whose clocks run for this patient."""
    return {clock.rule for clock in running_clocks(store, store.clock(), paper.patient)}


def test_it_ages_from_the_day_on_it(clinical_store: Store, paper: ReferralDocument) -> None:
    assert "HP-30" not in running(clinical_store, paper)
    date_document(clinical_store, paper.id, clinical_store.clock().date() - datetime.timedelta(days=26))
    (clock,) = [
        one for one in running_clocks(clinical_store, clinical_store.clock(), paper.patient) if one.rule == "HP-30"
    ]
    assert datetime.timedelta(days=3) < clock.due_at - clinical_store.clock() < datetime.timedelta(days=6)


def test_after_admission_an_update_is_asked_for_until_there_is_one(
    clinical_store: Store, paper: ReferralDocument
) -> None:
    store, today = clinical_store, clinical_store.clock().date()
    date_document(store, paper.id, today - datetime.timedelta(days=9))
    (stay,) = store.all(Episode)
    store.save(msgspec.structs.replace(stay, state=EpisodeState.ADMITTED, admitted_at=store.clock()))
    assert {"HP-UPDATE"} == running(store, paper) & {"HP-30", "HP-UPDATE"}
    again = store.save(ReferralDocument(referral=paper.referral, patient=paper.patient, document=DocumentKind.H_AND_P))
    date_document(store, again.id, today)
    assert "HP-UPDATE" not in running(store, paper)


def test_a_day_that_is_still_to_come_is_refused(clinical_store: Store, paper: ReferralDocument) -> None:
    with pytest.raises(Refused) as caught:
        date_document(clinical_store, paper.id, clinical_store.clock().date() + datetime.timedelta(days=1))
    assert {fault.rule for fault in caught.value.faults} == {"REF-DATED"}


def test_the_day_is_typed_beside_the_pages(clinical_desk: Desk, qtbot: QtBot) -> None:
    store = clinical_desk.store
    fill_practice_patients(store)
    fill_practice_referrals(store)
    held = next(one for one in store.all(ReferralDocument) if one.document is DocumentKind.H_AND_P and not one.missing)
    page = PacketView(clinical_desk)
    qtbot.addWidget(page)
    page.resize(1190, 740)
    with qtbot.waitExposed(page):
        page.show()
    page.show_referral(store.get(Referral, held.referral or held.id))
    page.open_paper(held)
    line = next(each for each in page.findChildren(DayEditor) if each.accessibleName() == "Dated")
    QTest.keyClicks(line, "1 Nov 2026")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert store.get(ReferralDocument, held.id).dated_on == datetime.date(2026, 11, 1)


def screening(store: Store, patient: object, code: str) -> Checklist:
    """A screening in which only the PASRR question is answered."""
    content = {"item": [{"linkId": "S9c", "answer": [{"valueCoding": {"code": code}}]}]}
    return store.save(
        Checklist(
            patient=patient,  # type: ignore[arg-type]
            form_url=newest("pas").url,
            started_at=store.clock(),
            content=json.dumps(content),
        )
    )


@pytest.mark.parametrize(("code", "runs"), [("exempt", True), ("done", False), ("pending", False)])
def test_an_exempted_stay_counts_to_its_resident_review(
    clinical_store: Store, paper: ReferralDocument, clock: Clock, code: str, runs: bool
) -> None:
    store = clinical_store
    screening(store, paper.patient, code)
    rules = {"PASRR-30", "PASRR-40"}
    assert not running(store, paper) & rules  # not admitted yet
    (stay,) = store.all(Episode)
    store.save(msgspec.structs.replace(stay, state=EpisodeState.ADMITTED, admitted_at=store.clock()))
    assert bool(running(store, paper) & rules) == runs
    if not runs:
        return
    clock.tick(20 * 86_400)
    review = store.save(ReferralDocument(referral=paper.referral, patient=paper.patient, document=DocumentKind.PASRR))
    date_document(store, review.id, store.clock().date())
    assert not running(store, paper) & rules
