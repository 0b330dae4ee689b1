"""Going home (IDEAL): the plan, five areas said back, the list, whom to call, gone, called, closed. By keystrokes alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.discharge.page import DischargePane
from liaison_desktop.clinical.discharge.queries import plan_of
from liaison_desktop.clinical.discharge.record import AreaCode
from liaison_desktop.clinical.episodes.queries import events_of
from liaison_desktop.clinical.episodes.record import Episode, EpisodeState
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.workspace import WORKSPACE
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.tasks.queries import tasks_for
from liaison_desktop.ui.desk import Desk
from tests.clinical.discharge.staying import a_finished_checklist, a_patient, a_stay, the_list_is_given
from tests.flows.keyboard import CTRL, KEY, command, opened, press, tab_to, types


@pytest.fixture
def frame(qtbot: QtBot, clinical_desk: Desk) -> Iterator[WorkFrame]:
    """The window on the chart of a patient who is in the house."""
    patient = a_patient(clinical_desk.store)
    a_stay(clinical_desk.store, patient)
    made = opened(qtbot, clinical_desk, WORKSPACE)
    made.open(Patient.kind, patient.id)
    yield made
    made.put_away()


def to_discharge(frame: WorkFrame) -> DischargePane:
    """To the tab by its command, with the keyboard in it."""
    command("Discharge plan")
    QApplication.processEvents()
    chart = frame.pages["patients"].chart  # type: ignore[attr-defined]
    assert isinstance(chart.pane, DischargePane)
    return chart.pane


def test_home_called_and_closed(frame: WorkFrame) -> None:
    store = frame.desk.store
    (stay,) = store.all(Episode)
    to_discharge(frame)
    types("Walk to the mailbox")
    tab_to("Who helps at home")
    types("Sample Daughter")
    tab_to("Where to")
    types("Home")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL)
    tab_to("Begin discharge planning", most=120)
    press(KEY.Key_Space)
    assert store.get(Episode, stay.id).state is EpisodeState.DISCHARGE_PLANNING

    to_discharge(frame)
    for area in AreaCode:
        tab_to(f"{area.label}, in the patient's words", most=90)
        types("In my words")
        tab_to(f"{area.label}: clear")
        press(KEY.Key_Space)
    tab_to("How home, and with whom", most=90)
    types("My daughter drives")
    tab_to("Whom to call with questions")
    types("Ward 2")
    tab_to("Phone")
    types("555 0100")
    tab_to("Hours")
    types("8 to 20")
    tab_to("Does the patient feel ready?")
    types("1")
    press(KEY.Key_Return, CTRL)
    tab_to("Discharge the patient", most=120)
    press(KEY.Key_Space)
    assert (
        store.get(Episode, stay.id).state is EpisodeState.DISCHARGE_PLANNING
    )  # the list and the checklist are missing

    the_list_is_given(store, stay)
    store.save(a_finished_checklist(store, stay))  # it has flows of its own
    QApplication.processEvents()
    tab_to("Discharge the patient", most=120)
    press(KEY.Key_Space)
    gone = store.get(Episode, stay.id)
    assert gone.state is EpisodeState.DISCHARGED
    assert len(tasks_for(store, episode=stay.id)) == 1

    to_discharge(frame)
    types("Y")
    tab_to("How it goes")
    types("Walks to the mailbox")
    tab_to("Write the call down")
    press(KEY.Key_Space)
    tab_to("Close the stay", most=120)
    press(KEY.Key_Space)
    assert store.get(Episode, stay.id).state is EpisodeState.CLOSED
    plan = plan_of(store, stay.id)
    assert plan is not None
    assert plan.followed_up
    assert [event.after for event in events_of(store, stay.id)][-4:] == [
        "discharge_planning", "discharged", "follow_up", "closed",
    ]  # fmt: skip
