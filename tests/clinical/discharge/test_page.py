"""The tab Discharge by keys, and what is typed there is never lost."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.chart.page import ChartPage
from liaison_desktop.clinical.consents.record import TeachBackState
from liaison_desktop.clinical.discharge.actions import discharge
from liaison_desktop.clinical.discharge.page import DischargePane
from liaison_desktop.clinical.discharge.queries import plan_of
from liaison_desktop.clinical.discharge.record import AreaCode
from liaison_desktop.clinical.episodes.record import Disposition, Episode, EpisodeState
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.ui.desk import Desk
from tests.clinical.discharge.staying import a_patient, a_stay
from tests.clinical.discharge.test_rules import ready_to_go
from tests.flows.keyboard import CTRL, KEY, press, tab_to, types


@pytest.fixture
def page(clinical_desk: Desk, qtbot: QtBot) -> ChartPage:
    made = ChartPage(clinical_desk)
    clinical_desk.store.listeners.append(made.refresh)
    qtbot.addWidget(made)
    made.resize(1190, 740)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def pane(page: ChartPage, patient: Patient) -> DischargePane:
    """The tab, with the keyboard in it."""
    page.show_record(patient.id)
    assert page.chart is not None
    page.chart.go_to("Discharge")
    found = page.chart.pane
    assert isinstance(found, DischargePane)
    found.setFocus()
    return found


def test_a_plan_by_keys_and_the_planning_begins(page: ChartPage) -> None:
    store = page.desk.store
    patient = a_patient(store)
    stay = a_stay(store, patient)
    pane(page, patient)
    types("Walk to the mailbox")
    tab_to("Who helps at home")
    types("Sample Daughter")
    tab_to("Where to")
    types("Home")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL)
    plan = plan_of(store, stay.id)
    assert plan is not None
    assert (plan.goals, plan.caregiver, plan.destination) == (
        "Walk to the mailbox",
        "Sample Daughter",
        Disposition.HOME,
    )
    tab_to("Life at home, in the patient's words")
    types("My daughter cooks")
    tab_to("Life at home: clear")
    press(KEY.Key_Space)
    plan = plan_of(store, stay.id)
    assert plan is not None
    area = plan.area(AreaCode.LIFE)
    assert (area.state, area.words) == (TeachBackState.OK_FIRST, "My daughter cooks")
    assert "Medicines, in the patient's words" in (QApplication.focusWidget() or page).accessibleName()
    tab_to("Begin discharge planning", most=120)
    press(KEY.Key_Space)
    assert store.get(Episode, stay.id).state is EpisodeState.DISCHARGE_PLANNING


def test_what_is_typed_comes_back_after_the_tab_was_left(page: ChartPage) -> None:
    patient = a_patient(page.desk.store)
    a_stay(page.desk.store, patient)
    pane(page, patient)
    types("Sleep in my own bed")
    tab_to("Warning signs, in the patient's words")
    types("If I cannot breathe")
    assert page.chart is not None
    page.chart.go_to("Overview")
    again = pane(page, patient)
    assert again.form.typed().goals == "Sleep in my own bed"
    assert again.areas.unkept() == {AreaCode.WARNINGS: "If I cannot breathe"}


def test_a_call_afterwards_by_keys(page: ChartPage) -> None:
    store = page.desk.store
    patient = a_patient(store)
    stay = a_stay(store, patient)
    ready_to_go(store, stay)
    discharge(store, stay.id)
    pane(page, patient)
    tab_to("Reached", most=120)
    types("Y")
    tab_to("How it goes")
    types("Walks well")
    tab_to("Write the call down")
    press(KEY.Key_Space)
    plan = plan_of(store, stay.id)
    assert plan is not None
    assert plan.followed_up
    assert store.get(Episode, stay.id).state is EpisodeState.FOLLOW_UP


def test_without_a_stay_it_says_where_to_begin(page: ChartPage) -> None:
    assert pane(page, a_patient(page.desk.store)).episode is None
