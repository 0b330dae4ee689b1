"""A task by keystrokes alone: written for a patient, found on Today, done with what came of it, and handed over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.workspace import WORKSPACE
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.tasks.record import Task, TaskKind, TaskState
from liaison_desktop.ui.desk import Desk
from tests.flows.keyboard import KEY, command, named, opened, press, tab_to, types

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def clinic(qtbot: QtBot, clinical_desk: Desk) -> Iterator[WorkFrame]:
    fill_practice_patients(clinical_desk.store)
    made = opened(qtbot, clinical_desk, WORKSPACE)
    yield made
    made.put_away()


def test_written_found_done_and_handed_over(clinic: WorkFrame, qtbot: QtBot) -> None:
    store = clinic.desk.store
    clinic.go("tasks")
    press(KEY.Key_N, CTRL)
    assert named() == "What has to be done"
    types("Call the daughter about the ride home")
    press(KEY.Key_Tab)
    types("0049-3382")
    press(KEY.Key_Return)
    press(KEY.Key_Tab)
    types("Call")
    press(KEY.Key_Return)
    tab_to("Due, day")
    types("today")
    press(KEY.Key_Tab)
    types("1600")
    press(KEY.Key_Return, CTRL)
    (task,) = store.all(Task)
    assert (task.task_kind, task.subject, task.owner_id) == (TaskKind.CALL, store.all(Patient)[0].id, store.actor.id)
    assert task.due_at is not None
    assert (task.due_at.hour, named()) == (16, "Tasks")
    clinic.go("today")
    tab_to("Call the daughter about the ride home, María L. Álvarez · Call")
    press(KEY.Key_Return)
    assert clinic.page_key == "tasks"
    press(KEY.Key_Return)
    assert named() == "What came of it"
    types("She comes at four.")
    tab_to("Hand over")
    press(KEY.Key_Space)
    assert named() == "Who does it from now on"
    types("Night shift")
    tab_to("Why")
    types("She calls back tonight")
    press(KEY.Key_Tab)
    press(KEY.Key_Space)
    given = store.get(Task, task.id)
    assert (given.owner, given.steps[0].reason, given.state) == (
        "Night shift",
        "She calls back tonight",
        TaskState.REQUESTED,
    )
    clinic.open(Task.kind, task.id)
    press(KEY.Key_Return)
    types("She comes at four.")
    press(KEY.Key_Return, CTRL)
    done = store.get(Task, task.id)
    assert (done.state, done.outcome) == (TaskState.COMPLETED, "She comes at four.")


def test_the_end_of_the_day_by_keys(clinic: WorkFrame) -> None:
    press(KEY.Key_E, CTRL)
    assert named() == "Back to the day"
    press(KEY.Key_Escape)
    assert named() == "End of the day"
    command("end of the day")
    assert clinic.page_key == "today"
