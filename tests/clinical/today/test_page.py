"""Today: what waits, in the order it matters, each row a way to it."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.checklists.actions import Planned, start_checklist
from liaison_desktop.clinical.concerns.actions import raise_concern
from liaison_desktop.clinical.concerns.record import Concern
from liaison_desktop.clinical.consents.actions import begin_consent
from liaison_desktop.clinical.consents.queries import templates
from liaison_desktop.clinical.consents.record import Consent, ConsentState
from liaison_desktop.clinical.episodes.actions import open_episode
from liaison_desktop.clinical.episodes.record import ServiceLine
from liaison_desktop.clinical.patients.actions import fill_practice_patients, open_chart
from liaison_desktop.clinical.patients.form.entry import NEW_DRAFT, Draft
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.referrals.record import Referral
from liaison_desktop.clinical.today.page import TodayPage
from liaison_desktop.records import to_bytes
from liaison_desktop.store import Act
from liaison_desktop.tasks.actions import make_task
from liaison_desktop.tasks.form import ClockRow
from liaison_desktop.tasks.record import Task
from liaison_desktop.ui.cards import CardRow
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.text import Wrapped
from tests.fakes import TODAY, Clock, NoFrame


@pytest.fixture
def page(clinical_desk: Desk, qtbot: QtBot) -> TodayPage:
    made = TodayPage(clinical_desk)
    clinical_desk.store.listeners.append(made.refresh)
    qtbot.addWidget(made)
    made.resize(1190, 740)
    with qtbot.waitExposed(made):
        made.show()
    return made


def rows(page: TodayPage) -> dict[str, CardRow]:
    return {each.accessibleName(): each for each in page.findChildren(CardRow) if each.isVisible()}


def test_an_empty_store_says_where_to_begin(page: TodayPage) -> None:
    assert any("No patients yet." in label.text() for label in page.findChildren(QLabel))
    assert rows(page) == {}


def test_everything_that_waits_is_here_and_opens(page: TodayPage, qtbot: QtBot) -> None:
    store = page.desk.store
    first, second, third, *_rest = fill_practice_patients(store)
    checklist = start_checklist(store, first.id, Planned())
    states = {}
    for patient, state in (
        (first, ConsentState.RETURNED),
        (second, ConsentState.READY),
        (third, ConsentState.VERIFYING),
    ):
        consent = begin_consent(store, patient, templates()[0])
        states[state] = store.save(msgspec.structs.replace(consent, state=state))
    done = begin_consent(store, third, templates()[1])
    store.save(msgspec.structs.replace(done, state=ConsentState.REFUSED))
    open_chart(store, third.id)
    store.drafts.put(NEW_DRAFT, to_bytes(Draft(patient=Patient(family="Novák"))))
    page.refresh(frozenset({"patient"}))
    words = ("question open", "to sign", "teach-back", "Novák", "2 patients without recorded allergies")
    qtbot.waitUntil(lambda: all(any(one in name for name in rows(page)) for one in words))
    shown = rows(page)
    frame = page.desk.frame
    assert isinstance(frame, NoFrame)
    next(row for name, row in shown.items() if "to sign" in name).click()
    next(row for name, row in shown.items() if "Pre-admission" in name).click()
    assert frame.opened == [("consent", states[ConsentState.READY].id), ("checklist", checklist.id)]


def test_nothing_waiting_is_said_in_words(page: TodayPage, qtbot: QtBot) -> None:
    fill_practice_patients(page.desk.store)
    said = {
        "Every checklist is finished",
        "No consent waits for anybody",
        "No clock runs",
        "Nothing is left to do",
        "No concern waits for an answer",
    }
    qtbot.waitUntil(lambda: said <= set(rows(page)))


def test_clocks_tasks_concerns_patients_and_referrals_stand_with_whose_they_are(page: TodayPage, qtbot: QtBot) -> None:
    store = page.desk.store
    patient = fill_practice_patients(store)[0]
    due = TODAY + dt.timedelta(hours=2)
    raised = raise_concern(store, Concern(patient=patient.id, words="Who pays?", addressed_to="Desk", due_at=due))
    mine = make_task(store, Task(what="Call the daughter", subject=patient.id, due_at=TODAY - dt.timedelta(hours=1)))
    make_task(store, Task(what="Hold the thinner?", subject=patient.id, owner="Wei Chen, MD"))
    with store.transaction() as transaction:
        open_episode(store, transaction, patient.id, ServiceLine.IRF)
        transaction.save(Referral(patient=patient.id, service=ServiceLine.IRF, received_at=TODAY))
    names = (
        "“Who pays?”, María L. Álvarez · Desk is to answer, 16:00",
        "Call the daughter, María L. Álvarez · Review, 01:00 over",
        "Hold the thinner?, María L. Álvarez · Wei Chen, MD",
        "María L. Álvarez, Inpatient rehabilitation, Referred",
        "María L. Álvarez, Inpatient rehabilitation, waits 00:00",
    )
    qtbot.waitUntil(lambda: set(names) <= set(rows(page)))
    found = [one for one in page.findChildren(ClockRow) if one.isVisible()]
    assert [one.text() for one in found] == ["First answer to the referral", "Answer to a concern"]
    clock = found[1]
    assert clock.accessibleName() == "Answer to a concern, 2 hours left, María L. Álvarez · To Desk"
    clock.setFocus()
    QTest.keyClick(clock, Qt.Key.Key_Return)
    rows(page)[names[1]].click()
    frame = page.desk.frame
    assert isinstance(frame, NoFrame)
    assert frame.opened == [("concern", raised.id), ("task", mine.id)]


def test_the_end_of_the_day(page: TodayPage, qtbot: QtBot) -> None:
    store = page.desk.store
    first, second, *_ = fill_practice_patients(store)
    soon, later = TODAY + dt.timedelta(hours=3), TODAY + dt.timedelta(days=3)
    raise_concern(store, Concern(patient=first.id, words="Who pays?", addressed_to="Desk", due_at=soon))
    raise_concern(store, Concern(patient=second.id, words="When?", addressed_to="Desk", due_at=later))
    consent = begin_consent(store, first, templates()[0])
    store.note(Act.PRINTED, kind=Consent.kind, subject=consent.id)
    page.end_day()
    qtbot.waitUntil(lambda: any("Printed, 14:00" in name for name in rows(page)))
    assert [one.text() for one in page.findChildren(ClockRow) if one.isVisible()] == ["Answer to a concern"]
    QTest.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: sum(one.isVisible() for one in page.findChildren(ClockRow)) == 2)


def test_a_clock_that_was_set_back_is_told_and_accepted(page: TodayPage, qtbot: QtBot, clock: Clock) -> None:
    fill_practice_patients(page.desk.store)
    clock.tick(-3 * 3600)
    page.refresh(frozenset({"task"}))
    right = next(one for one in page.findChildren(QPushButton) if one.accessibleName() == "The clock is right")
    qtbot.waitUntil(right.isVisible)
    told = [one.plain() for one in page.findChildren(Wrapped) if one.isVisible()]
    assert any("was set back by 3 hours" in words for words in told)
    right.click()
    assert page.desk.store.lines(limit=1)[0].act == Act.CLOCK_ACCEPTED
    qtbot.waitUntil(lambda: not any("set back" in one.plain() for one in page.findChildren(Wrapped) if one.isVisible()))
