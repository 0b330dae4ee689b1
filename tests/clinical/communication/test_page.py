"""The tab Communication by keys: a call told as SBAR, its correction, and a session that a consent stands on."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.chart.page import ChartPage
from liaison_desktop.clinical.communication.actions import record_session
from liaison_desktop.clinical.communication.page import CommunicationPane
from liaison_desktop.clinical.communication.queries import log_of, sessions_of
from liaison_desktop.clinical.communication.record import (
    Channel,
    Direction,
    InterpreterSession,
    ReadBack,
    Topic,
    UsedFor,
)
from liaison_desktop.clinical.consents.actions import begin_consent, take_session
from liaison_desktop.clinical.consents.queries import template
from liaison_desktop.clinical.consents.record import Consent
from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.patients.record import InterpreterModality, Patient
from liaison_desktop.ui.desk import Desk
from tests.flows.keyboard import CTRL, KEY, press, tab_to, types


@pytest.fixture
def page(clinical_desk: Desk, qtbot: QtBot) -> ChartPage:
    fill_practice_patients(clinical_desk.store)
    made = ChartPage(clinical_desk)
    clinical_desk.store.listeners.append(made.refresh)
    qtbot.addWidget(made)
    made.resize(1190, 740)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def patient(page: ChartPage) -> Patient:
    return next(each for each in page.desk.store.all(Patient) if each.family == "Álvarez")


def pane(page: ChartPage, patient: Patient) -> CommunicationPane:
    """The tab, with the keyboard on its first button."""
    page.show_record(patient.id)
    assert page.chart is not None
    page.chart.go_to("Communication")
    found = page.chart.pane
    assert isinstance(found, CommunicationPane)
    found.write.setFocus()
    return found


def test_a_call_told_as_sbar_by_keys_and_corrected(page: ChartPage, patient: Patient) -> None:
    shown, store = pane(page, patient), page.desk.store
    tab_to("SBAR call")
    press(KEY.Key_Space)
    types("Sample Nurse")
    tab_to("Situation")
    types("Pain 8 of 10")
    press(KEY.Key_Return, CTRL)
    assert log_of(store, patient.id) == ()  # the read-back was not said
    tab_to("Read back")
    types("1")
    press(KEY.Key_Return, CTRL)
    (kept,) = log_of(store, patient.id)
    assert kept.sbar is not None
    assert (kept.sbar.situation, kept.read_back, kept.parties[0].name) == ("Pain 8 of 10", ReadBack.YES, "Sample Nurse")
    assert (kept.direction, kept.channel, kept.topic) == (Direction.OUT, Channel.PHONE, Topic.CLINICAL)
    assert shown.form is None
    tab_to("Correct it")
    press(KEY.Key_Space)
    tab_to("What was said")
    types("Pain 6 of 10")
    press(KEY.Key_Return, CTRL)
    newest, first = log_of(store, patient.id)
    assert newest.corrects == first.id
    assert first == kept


def test_what_is_typed_comes_back_after_the_tab_was_left(page: ChartPage, patient: Patient) -> None:
    pane(page, patient).write_entry()
    types("Sample Daughter")
    assert page.chart is not None
    page.chart.go_to("Overview")
    again = pane(page, patient)
    again.write_entry()
    assert again.form is not None
    typed = again.form.typed()
    assert getattr(typed, "parties")[0].name == "Sample Daughter"
    press(KEY.Key_Escape)
    assert again.form is None
    assert log_of(page.desk.store, patient.id) == ()


def test_a_session_by_keys_and_its_end(page: ChartPage, patient: Patient) -> None:
    shown, store = pane(page, patient), page.desk.store
    tab_to("Interpreter")
    press(KEY.Key_Space)
    types("Sample Interpreter")
    tab_to("Qualified")
    types("Y")
    press(KEY.Key_Return, CTRL)
    (begun,) = sessions_of(store, patient.id)
    assert (begun.language, begun.modality, begun.qualified) == ("es", InterpreterModality.VIDEO, True)
    tab_to("going on: end it")
    press(KEY.Key_Return)
    QApplication.processEvents()
    (over,) = sessions_of(store, patient.id)
    assert over.ended_at is not None
    assert shown.form is None


def test_a_consent_takes_what_the_session_says(page: ChartPage, patient: Patient) -> None:
    store = page.desk.store
    session = record_session(
        store,
        InterpreterSession(
            patient=patient.id,
            language="es",
            modality=InterpreterModality.VIDEO,
            interpreter_number="60417",
            qualified=True,
            started_at=store.clock(),
        ),
    )
    consent = take_session(store, begin_consent(store, patient, template("GI-014")), session)
    held = store.get(Consent, consent.id)
    assert held.interpreter_session == session.id
    assert (held.interpreter_name, held.interpreter_qualified) == ("Interpreter 60417", True)
    assert sessions_of(store, patient.id)[0].used_for == (UsedFor.CONSENT,)
