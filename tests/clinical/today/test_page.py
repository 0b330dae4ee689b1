"""Today: what waits, in the order it matters, each row a way to it."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.checklists.actions import Planned, start_checklist
from liaison_desktop.clinical.consents.actions import begin_consent
from liaison_desktop.clinical.consents.queries import templates
from liaison_desktop.clinical.consents.record import ConsentState
from liaison_desktop.clinical.patients.actions import fill_practice_patients, open_chart
from liaison_desktop.clinical.patients.form.entry import NEW_DRAFT, Draft
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.today.page import TodayPage
from liaison_desktop.records import to_bytes
from liaison_desktop.ui.cards import CardRow
from liaison_desktop.ui.desk import Desk
from tests.fakes import NoFrame


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
    qtbot.waitUntil(lambda: len(rows(page)) == 7)
    shown = rows(page)
    for words in ("question open", "to sign", "teach-back", "Novák", "2 patients without recorded allergies"):
        assert any(words in name for name in shown), words
    frame = page.desk.frame
    assert isinstance(frame, NoFrame)
    next(row for name, row in shown.items() if "to sign" in name).click()
    next(row for name, row in shown.items() if "Pre-admission" in name).click()
    assert frame.opened == [("consent", states[ConsentState.READY].id), ("checklist", checklist.id)]


def test_nothing_waiting_is_said_in_words(page: TodayPage, qtbot: QtBot) -> None:
    fill_practice_patients(page.desk.store)
    qtbot.waitUntil(lambda: "Every checklist is finished" in rows(page))
    assert "No consent waits for a signature" in rows(page)
