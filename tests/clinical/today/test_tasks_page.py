"""The page of tasks: filtered, written, done with an outcome, handed over, put off; nothing typed is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.today.actions import fill_practice_tasks
from liaison_desktop.clinical.today.page import TasksPage
from liaison_desktop.clinical.today.page.tasks_page import Wanted
from liaison_desktop.tasks.actions import make_task
from liaison_desktop.tasks.form.task_form import NEW_DRAFT
from liaison_desktop.tasks.record import Task, TaskKind, TaskState
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.inputs import TextArea
from liaison_desktop.ui.lists import ListRow
from tests.fakes import TODAY, NoFrame


@pytest.fixture
def page(clinical_desk: Desk, qtbot: QtBot) -> TasksPage:
    fill_practice_patients(clinical_desk.store)
    fill_practice_tasks(clinical_desk.store)
    made = TasksPage(clinical_desk)
    clinical_desk.store.listeners.append(made.refresh)
    qtbot.addWidget(made)
    made.resize(1190, 740)
    with qtbot.waitExposed(made):
        made.show()
    return made


def listed(page: TasksPage) -> list[str]:
    held = [page.view.rows.content(at) for at in range(page.view.rows.rowCount())]
    return [one.title if isinstance(one, ListRow) else one.upper() for one in held]


def press(page: TasksPage, words: str) -> None:
    next(one for one in page.findChildren(QAbstractButton) if one.accessibleName() == words and one.isVisible()).click()


def write(page: TasksPage, name: str, words: str) -> None:
    editor = page.pane._field[name].editor
    assert isinstance(editor, TextArea)
    editor.set_text(words)


def shown(page: TasksPage) -> Task:
    assert page.pane.task is not None
    return page.pane.task


def test_the_filters(page: TasksPage) -> None:
    assert listed(page) == [
        "LATE",
        "Verify the insurance again",
        "TODAY",
        "Call the daughter about the ride home",
        "LATER",
        "Book an interpreter for Monday",
        "WITHOUT A DAY",
        "Ask the clinic for the last echo report",
    ]
    page._filter(Wanted.LATE)
    assert listed(page) == ["LATE", "Verify the insurance again"]
    page._filter(Wanted.ALL)
    assert "Say whether the blood thinner is held, and from when" in listed(page)
    page.search.setText("daughter")
    assert listed(page) == ["TODAY", "Call the daughter about the ride home"]
    page.search.setText("okonjo")
    assert listed(page) == ["WITHOUT A DAY", "Ask the clinic for the last echo report"]
    page._filter(Wanted.DONE)
    assert listed(page) == []


def test_done_says_what_came_of_it_and_can_be_taken_back(page: TasksPage) -> None:
    task = shown(page)
    page.pane.complete()
    assert page.pane._field["outcome"].fault() == "Say what came of it."
    write(page, "outcome", "Active until 30 Nov, reference 4411")
    page.pane.complete()
    assert page.desk.store.get(Task, task.id).outcome == "Active until 30 Nov, reference 4411"
    assert "Verify the insurance again" not in listed(page)
    frame = page.desk.frame
    assert isinstance(frame, NoFrame)
    words, undo = frame.toasts[-1]
    assert (words, undo is not None) == ("Done.", True)
    assert undo is not None
    undo()
    assert page.desk.store.get(Task, task.id).open


def test_handed_over_put_off_and_cancelled(page: TasksPage) -> None:
    task = shown(page)
    press(page, "Put off")
    page.pane._field["due_at"].editor.set_value(TODAY + dt.timedelta(hours=1))  # type: ignore[attr-defined]
    page.pane._postpone()
    assert page.pane._field["reason"].fault() == "Say why."
    later = TODAY + dt.timedelta(days=1)
    page.pane._field["due_at"].editor.set_value(later)  # type: ignore[attr-defined]
    write(page, "reason", "The desk opens tomorrow")
    page.pane._postpone()
    assert page.desk.store.get(Task, task.id).due_at == later
    page.show_record(task.id)
    press(page, "Hand over")
    line = page.pane._field["owner"].editor
    page.pane._hand_over()
    assert page.pane._field["owner"].fault() == "Say who does it from now on."
    line.show_chosen("Night shift", None)  # type: ignore[attr-defined]
    page.pane._hand_over()
    given = page.desk.store.get(Task, task.id)
    assert (given.owner, given.steps[-1].owner_before) == ("Night shift", "Renee Okafor RN")
    page.show_record(task.id)
    press(page, "I take it on")
    press(page, "Cancel it")
    write(page, "reason", "The patient changed the plan")
    page.pane._cancel()
    assert page.desk.store.get(Task, task.id).state is TaskState.CANCELLED
    page.show_record(task.id)
    press(page, "Open it again")
    assert page.desk.store.get(Task, task.id).open


def test_what_is_typed_outlives_the_page(page: TasksPage, qtbot: QtBot) -> None:
    task = shown(page)
    write(page, "outcome", "They call back at")
    page.new()
    assert page.form is not None
    what = page.form.form.editor("what")
    what.setText("Ask for the wheelchair")
    what.textEdited.emit("Ask for the wheelchair")
    page.save_draft()
    again = TasksPage(page.desk)
    qtbot.addWidget(again)
    with qtbot.waitExposed(again):
        again.show()
    assert listed(again)[0] == "New task"
    again.show_record(task.id)
    outcome = again.pane._field["outcome"].editor
    assert isinstance(outcome, TextArea)
    assert outcome.text() == "They call back at"
    again.new()
    assert again.form is not None
    assert again.form.record().what == "Ask for the wheelchair"
    again.form.discard()
    assert again.desk.store.drafts.get(NEW_DRAFT) is None


def test_a_new_task_needs_words_and_a_person(page: TasksPage) -> None:
    page.new()
    assert page.form is not None
    page.form.save()
    assert page.form.form.field("what").fault() == "What has to be done is needed."
    page.form.form.set_values({"what": "Ask for the wheelchair", "task_kind": TaskKind.CALL})
    page.form.save()
    assert page.form is None
    made = shown(page)
    assert (made.what, made.owner_id, made.task_kind) == (
        "Ask for the wheelchair",
        page.desk.store.actor.id,
        TaskKind.CALL,
    )


def test_a_task_of_a_rule_opens_what_it_is_about(page: TasksPage) -> None:
    store = page.desk.store
    patient = store.all(Patient)[0].id
    task = make_task(store, Task(what="See to it", rule="V17", about=patient, about_kind="patient", subject=None))
    page.show_record(task.id)
    press(page, "María L. Álvarez, About")
    assert isinstance(page.desk.frame, NoFrame)
    assert page.desk.frame.opened == [("patient", patient)]
