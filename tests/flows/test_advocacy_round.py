"""W10: what worries the patient is told in their words, asked of somebody, answered, read back and closed by them; by
keystrokes alone, in less than two minutes of typing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.concerns.queries import concerns_of
from liaison_desktop.clinical.concerns.record import Concern, ConcernKind, ConcernState
from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.workspace import WORKSPACE
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.ui.desk import Desk
from tests.fakes import TODAY
from tests.flows import keyboard
from tests.flows.keyboard import KEY, named, opened, tab_to

CTRL = Qt.KeyboardModifier.ControlModifier
KEYS_A_SECOND = 3  # a nurse who types slowly, on her feet


class Typist:
    """Counts every key."""

    def __init__(self) -> None:
        self.keys = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = keyboard.NONE, times: int = 1) -> None:
        keyboard.press(key, modifier, times)
        self.keys += times

    def types(self, text: str) -> None:
        keyboard.types(text)
        self.keys += len(text)

    def tab_to(self, name: str) -> None:
        self.keys += tab_to(name)

    @property
    def seconds(self) -> float:
        return self.keys / KEYS_A_SECOND


@pytest.fixture
def clinic(qtbot: QtBot, clinical_desk: Desk) -> Iterator[WorkFrame]:
    fill_practice_patients(clinical_desk.store)
    made = opened(qtbot, clinical_desk, WORKSPACE)
    yield made
    made.put_away()


def test_a_round_by_keys(clinic: WorkFrame, qtbot: QtBot) -> None:
    hand, store = Typist(), clinic.desk.store
    patient = store.all(Patient)[0]
    hand.press(KEY.Key_F12)  # nobody is at hand on Today, so the page asks
    assert named() == "Patient"
    hand.types("0049-3382")
    hand.press(KEY.Key_Return)
    assert named() == "What the patient says"
    hand.types("I get frightened when I wake up and nobody is there.")
    hand.tab_to("Who is to answer")
    hand.types("Night charge nurse")
    hand.press(KEY.Key_Return, CTRL)
    told = concerns_of(store, patient.id)[0]
    assert (told.state, told.addressed_to) == (ConcernState.WITH_PROVIDER, "Night charge nurse")
    assert told.due_at == TODAY + dt.timedelta(hours=4)
    assert named() == "Concerns"
    hand.press(KEY.Key_Return)
    assert named() == "What was answered"
    hand.types("We look in at two and at four.")
    hand.press(KEY.Key_Return, CTRL)
    qtbot.waitUntil(lambda: concerns_of(store, patient.id)[0].state is ConcernState.ANSWERED)
    # Without the patient's own yes it does not close.
    hand.press(KEY.Key_Return, CTRL)
    assert concerns_of(store, patient.id)[0].state is ConcernState.ANSWERED
    hand.tab_to("Yes")
    hand.press(KEY.Key_Space)
    hand.tab_to("What the patient says to it")
    hand.types("Then I can sleep.")
    hand.press(KEY.Key_Return, CTRL)
    closed = concerns_of(store, patient.id)[0]
    assert (closed.state, closed.patient_said) == (ConcernState.CLOSED, "Then I can sleep.")
    assert hand.seconds < 120, hand.seconds


def test_f12_in_an_open_chart_is_about_that_patient(clinic: WorkFrame) -> None:
    hand, store = Typist(), clinic.desk.store
    patient = store.all(Patient)[1]
    clinic.open(Patient.kind, patient.id)
    hand.press(KEY.Key_F12)
    assert clinic.page_key == "concerns"
    hand.types("Who pays for it?")
    hand.press(KEY.Key_Escape)  # left, and kept as it was typed
    hand.press(KEY.Key_Escape)
    assert clinic.page_key == "patients"
    hand.press(KEY.Key_F12)
    hand.press(KEY.Key_Return, CTRL)
    assert [(one.words, one.concern_kind, one.state) for one in concerns_of(store, patient.id)] == [
        ("Who pays for it?", ConcernKind.QUESTION, ConcernState.OPEN)
    ]
    assert len(store.all(Concern)) == 1
