"""The tab of medicines: the question first, three letters and Tab, one key for one cell, nothing lost, nothing continued."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.episodes.queries import current_episode
from liaison_desktop.clinical.episodes.record import Episode, ServiceLine
from liaison_desktop.clinical.medications.actions import (
    fill_practice_medicines,
    history_for,
    save_history,
    save_medicine,
    standing_of,
)
from liaison_desktop.clinical.medications.form import MedicinesPane
from liaison_desktop.clinical.medications.form.compare_step import CompareStep
from liaison_desktop.clinical.medications.form.interview import InterviewStep
from liaison_desktop.clinical.medications.form.list_step import ListStep
from liaison_desktop.clinical.medications.form.medicines_step import MedicinesStep
from liaison_desktop.clinical.medications.form.pane import GuardedGrid
from liaison_desktop.clinical.medications.form.prescriber_step import PrescriberStep
from liaison_desktop.clinical.medications.queries import history_of, medicines_of
from liaison_desktop.clinical.medications.record import (
    Discrepancy,
    Frequency,
    Medicine,
    MedicineList,
    MedicineStatus,
    Route,
    Source,
    Told,
)
from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.store import Act
from liaison_desktop.ui.buttons import Button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import ComboEditor
from liaison_desktop.ui.text import Wrapped
from tests.clinical.medications.examples import a_medicine, a_stay, with_allergy
from tests.fakes import PaperTray

KEY = Qt.Key
Shown = Callable[[Patient], MedicinesPane]


@pytest.fixture
def shown(clinical_desk: Desk, qtbot: QtBot) -> Shown:
    """Shows the tab of a patient, reading again at every commit as in the window."""

    def show(patient: Patient) -> MedicinesPane:
        made = MedicinesPane(clinical_desk, patient)
        clinical_desk.store.listeners.append(made.refresh)
        qtbot.addWidget(made)
        made.resize(1190, 600)
        with qtbot.waitExposed(made):
            made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        return made

    return show


def asked(desk: Desk, stay: Episode) -> None:
    """The open question was asked, so that the list may be shown."""
    made = msgspec.structs.replace(history_for(desk.store, stay), open_question=True)
    save_history(desk.store, made)


@pytest.fixture
def stay(clinical_desk: Desk) -> Episode:
    """A stay whose open question was asked."""
    made = a_stay(clinical_desk.store)
    asked(clinical_desk, made)
    return made


@pytest.fixture
def grid(clinical_desk: Desk, stay: Episode, shown: Shown) -> MedicinesStep:
    """The grid of that stay."""
    patient = clinical_desk.store.get(Patient, stay.patient)  # type: ignore[arg-type]
    pane = shown(patient)
    return the_grid(pane)


def the_grid(pane: MedicinesPane) -> MedicinesStep:
    """The grid behind the question."""
    pane.go_to(1)
    guarded = pane.steps[1]
    assert isinstance(guarded, GuardedGrid)
    assert guarded.step is not None
    return guarded.step


def keys(*pressed: Qt.Key | str) -> None:
    """Keys on whatever has the keyboard."""
    for key in pressed:
        target = QApplication.focusWidget()
        assert target is not None
        if isinstance(key, str):
            QTest.keyClicks(target, key)
        else:
            QTest.keyClick(target, key)
        QApplication.processEvents()


def only(step: MedicinesStep) -> Medicine:
    """The one medicine that is stored."""
    (made,) = medicines_of(step.desk.store, step.episode.id)
    return made


def press(widget: QWidget, text: str) -> None:
    """Press the button of this name."""
    found = [each for each in widget.findChildren(Button) if each.text().strip() == text and each.isVisible()]
    assert found, text
    found[0].click()


def test_no_list_is_shown_before_the_open_question(clinical_desk: Desk, shown: Shown) -> None:
    stay = a_stay(clinical_desk.store)
    save_medicine(clinical_desk.store, a_medicine(patient=stay.patient, episode=stay.id))
    pane = shown(clinical_desk.store.get(Patient, stay.patient))  # type: ignore[arg-type]
    assert pane.strip.current() == 0
    pane.go_to(1)
    guarded = pane.steps[1]
    assert isinstance(guarded, GuardedGrid)
    assert guarded.step is None
    pane.go_to(0)
    interview = pane.steps[0]
    assert isinstance(interview, InterviewStep)
    keys("y")
    press(interview, "To the medicines")
    assert guarded.step is not None
    assert guarded.step.grid.grid.rowCount() == 1
    kept = history_of(clinical_desk.store, stay.id)
    assert kept is not None
    assert kept.open_question is True


def test_a_patient_without_a_stay_begins_one(clinical_desk: Desk, shown: Shown) -> None:
    patient = clinical_desk.store.save(Patient(family="Marlow", given="Ada", birth_date="1950-02-01"))
    pane = shown(patient)
    assert pane.episode is None
    line = pane.findChild(ComboEditor)
    assert isinstance(line, ComboEditor)
    line.setFocus()
    keys("Skilled", KEY.Key_Return)
    press(pane, "Begin a stay")
    found = current_episode(clinical_desk.store, patient.id)
    assert found is not None
    assert found.service is ServiceLine.SNF
    assert pane.strip.current() == 0


def test_a_medicine_is_entered_by_three_letters_and_tab(grid: MedicinesStep) -> None:
    keys("api", KEY.Key_Tab, "5 mg", KEY.Key_Tab, "po", KEY.Key_Tab, "bid", KEY.Key_Return, KEY.Key_Return)
    made = only(grid)
    assert (made.name, made.dose, made.route, made.frequency) == ("apixaban", "5 mg", Route.PO, Frequency.BID)
    assert [said.source for said in made.says] == [Source.PATIENT]
    assert QApplication.focusWidget() is grid.line.name
    assert grid.line.name.text() == ""


def test_any_name_may_stand_there_and_how_often_in_words(grid: MedicinesStep) -> None:
    keys("green pill", KEY.Key_Tab, "1 tab", KEY.Key_Tab, KEY.Key_Tab, "when it rains", KEY.Key_Return)
    made = only(grid)
    assert (made.name, made.dose, made.frequency) == ("green pill", "1 tablet", Frequency.OTHER)
    assert made.frequency_text == "when it rains"


def test_what_is_misread_is_said_under_the_line_and_kept(grid: MedicinesStep) -> None:
    keys("ins", KEY.Key_Tab, "10 U", KEY.Key_Return)
    assert not medicines_of(grid.desk.store, grid.episode.id)
    assert grid.line.dose.text() == "10 U"
    assert grid.desk.store.drafts.get(f"medicine-line/{grid.episode.id}") is not None


def test_a_jump_is_taken_on_with_a_reason_in_the_line(grid: MedicinesStep) -> None:
    keys("dig", KEY.Key_Tab, "125 mcg", KEY.Key_Return)
    grid.line.source.set_value(Source.RECORD)
    keys("dig", KEY.Key_Tab, "125 mg", KEY.Key_Return)
    assert QApplication.focusWidget() is grid.line.reason
    keys("Ward called: mcg is meant", KEY.Key_Return)
    made = only(grid)
    assert made.reason_for("V20-JUMP") == "Ward called: mcg is meant"
    assert {said.source for said in made.says} == {Source.PATIENT, Source.RECORD}


def test_one_key_speaks_for_one_cell_and_none_for_all(grid: MedicinesStep) -> None:
    keys("met", KEY.Key_Tab, "500 mg", KEY.Key_Return)
    keys("lis", KEY.Key_Tab, "10 mg", KEY.Key_Return)
    grid.grid.setFocus()
    table = grid.grid.grid
    grid.grid.setCurrentIndex(table.index(0, 2 + table.sources.index(Source.RECORD)))
    keys("=")
    grid.grid.setCurrentIndex(table.index(1, 2 + table.sources.index(Source.RECORD)))
    keys("-")
    first, second = medicines_of(grid.desk.store, grid.episode.id)
    said, absent = first.said_by(Source.RECORD), second.said_by(Source.RECORD)
    assert said is not None
    assert absent is not None
    assert (said.dose, absent.absent) == ("500 mg", True)
    keys(KEY.Key_Delete)
    assert medicines_of(grid.desk.store, grid.episode.id)[1].said_by(Source.RECORD) is None
    texts = [each.text() for each in grid.findChildren(Button)]
    assert not [text for text in texts if "all" in text.casefold() and "continue" in text.casefold()]


def test_enter_in_a_source_types_what_it_says_and_lights_the_difference(grid: MedicinesStep) -> None:
    keys("api", KEY.Key_Tab, "5 mg", KEY.Key_Return)
    table = grid.grid.grid
    grid.grid.setFocus()
    grid.grid.setCurrentIndex(table.index(0, 2 + table.sources.index(Source.RECORD)))
    keys(KEY.Key_Return)
    assert QApplication.focusWidget() is grid.line.dose
    keys("2.5 mg", KEY.Key_Return)
    cell = table.index(0, 2 + table.sources.index(Source.RECORD)).data(Qt.ItemDataRole.AccessibleTextRole)
    assert cell == "2.5 mg, dose differs"
    grid.grid.setFocus()
    keys("t")
    assert only(grid).dose == "2.5 mg"


def test_an_allergy_is_told_at_once_and_stops_nothing(clinical_desk: Desk, shown: Shown) -> None:
    allergic = a_stay(clinical_desk.store, **with_allergy("Penicillin"))
    asked(clinical_desk, allergic)
    step = the_grid(shown(clinical_desk.store.get(Patient, allergic.patient)))  # type: ignore[arg-type]
    keys("amox", KEY.Key_Tab, "500 mg", KEY.Key_Return)
    assert only(step).name == "amoxicillin"
    told = [each.plain() for each in step.line.findChildren(Wrapped) if each.isVisible()]
    assert any("Penicillin is recorded as an allergy" in words for words in told)
    assert step.grid.grid.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "amoxicillin, Allergy: Penicillin"


def test_a_medicine_is_asked_through_beside_the_grid(grid: MedicinesStep) -> None:
    keys("lis", KEY.Key_Tab, "10 mg", KEY.Key_Tab, "po", KEY.Key_Tab, "daily", KEY.Key_Return, KEY.Key_Return)
    grid.open(only(grid))
    form = grid.detail.form
    form.editor("adherence").set_value(None)
    for name, text in (("strength", "?"), ("purpose", "blood pressure")):
        form.editor(name).setFocus()
        keys(text)
    form.editor("adherence").buttons[0].click()
    form.editor("last_taken").setFocus()
    keys("tod", KEY.Key_Return)
    QTest.keyClick(form.editor("purpose"), KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    made = only(grid)
    assert (made.strength, made.purpose) == ("not known", "blood pressure")
    assert made.adherence is not None
    assert made.last_taken is not None
    assert not grid.detail.isVisible()


def test_what_is_typed_beside_the_grid_is_there_again(grid: MedicinesStep, shown: Shown) -> None:
    keys("lis", KEY.Key_Tab, "10 mg", KEY.Key_Return)
    grid.open(only(grid))
    grid.detail.form.editor("purpose").setFocus()
    keys("pressure")
    grid.save_draft()
    again = the_grid(shown(grid.desk.store.get(Patient, grid.episode.patient)))  # type: ignore[arg-type]
    again.open(only(again))
    assert again.detail.form.editor("purpose").value() == "pressure"
    assert only(again).purpose == ""


def test_entered_in_error_goes_and_comes_back(grid: MedicinesStep) -> None:
    keys("lis", KEY.Key_Tab, "10 mg", KEY.Key_Return)
    grid.open(only(grid))
    press(grid.detail, "Entered in error")
    assert not medicines_of(grid.desk.store, grid.episode.id)
    toast = grid.desk.frame.toasts[-1]  # type: ignore[attr-defined]
    toast[1]()
    assert only(grid).status is MedicineStatus.ACTIVE


def test_the_last_stay_is_offered_and_each_row_asked_anew(clinical_desk: Desk, shown: Shown) -> None:
    store = clinical_desk.store
    before = a_stay(store)
    save_medicine(store, a_medicine("apixaban", "5 mg", patient=before.patient, episode=before.id))
    patient = store.get(Patient, before.patient)  # type: ignore[arg-type]
    with store.transaction("test") as transaction:
        from liaison_desktop.clinical.episodes.actions import open_episode

        now = open_episode(store, transaction, patient.id, ServiceLine.SNF)
    asked(clinical_desk, now)
    step = the_grid(shown(patient))
    press(step, "Take over 1 from the last stay, each to be asked")
    made = only(step)
    assert made.adherence is None
    assert "not asked yet" in step.grid.grid.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)


# ---- the practice patient: compare, tell, answer, list


@pytest.fixture
def practised(clinical_desk: Desk, shown: Shown) -> MedicinesPane:
    """The first practice patient, whose apixaban differs."""
    fill_practice_patients(clinical_desk.store)
    fill_practice_medicines(clinical_desk.store)
    return shown(clinical_desk.store.all(Patient)[0])


def test_nothing_is_continued_by_itself_and_the_prescribers_answer_closes(practised: MedicinesPane) -> None:
    store, stay = practised.desk.store, practised.episode
    assert stay is not None
    practised.go_to(2)
    compare = practised.steps[2]
    assert isinstance(compare, CompareStep)
    compare.open(3)
    assert compare.form.done.editor("action").value() is None
    QTest.keyClick(compare.form.done.editor("action"), KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert compare.form.done.field("action").fault()
    compare.close_form()

    practised.go_to(3)
    step = practised.steps[3]
    assert isinstance(step, PrescriberStep)
    keys("Wei Chen")
    step.form.editor("told_how").buttons[0].click()
    press(step, "All of these were told now")
    pair = standing_of(store, stay.id).pairs[0]
    assert pair.row is not None
    assert (pair.row.told_to, pair.row.told_how, pair.open) == ("Wei Chen", Told.PHONE, True)

    practised.answer(pair.medicine.id)
    assert QApplication.focusWidget() is compare.form.answer.editor("answer")
    keys("Give 2.5 mg")
    form = compare.form
    form.answer.editor("answered_by").setFocus()
    keys(practised.desk.store.actor.name)
    press(form, "Answered now")
    form.answer.editor("read_back").buttons[0].click()
    assert not form.save()
    assert form.answer.field("answered_by").fault()  # whoever works here is no prescriber
    form.answer.editor("answered_by").set_value("Wei Chen")
    form.done.editor("note").set_value("")
    assert form.save()
    assert standing_of(store, stay.id).pairs[0].settled
    assert form.again.isVisible()
    form.again.setFocus()
    keys("Wrong chart")
    press(form, "Open again")
    assert standing_of(store, stay.id).pairs[0].open


def test_the_lists_are_printed_and_the_journal_says_so(
    practised: MedicinesPane, printer: PaperTray, qtbot: QtBot
) -> None:
    practised.go_to(3)
    step = practised.steps[3]
    assert isinstance(step, PrescriberStep)
    press(step, "On paper")
    qtbot.waitUntil(lambda: step.preview.page_count > 0)
    press(step.preview, "Print")
    practised.go_to(4)
    listed = practised.steps[4]
    assert isinstance(listed, ListStep)
    qtbot.waitUntil(lambda: listed.preview.page_count > 0)
    press(listed.preview, "Print")
    assert len(printer.printed) == 2
    assert [line.act for line in practised.desk.store.lines(limit=2)] == [Act.PRINTED, Act.PRINTED]


def test_every_step_opens_in_the_second_practice_patient(practised: MedicinesPane, shown: Shown) -> None:
    second = next(each for each in practised.desk.store.all(Patient) if each.family == "Okonjo")
    pane = shown(second)
    for number in range(5):
        pane.go_to(number)
    listed = pane.steps[4]
    assert isinstance(listed, ListStep)
    listed.form.editor("given_to").set_value("Daniel Okonjo")
    listed.give()
    assert pane.episode is not None
    assert standing_of(pane.desk.store, pane.episode.id).life.value == "list_given"
    assert standing_of(pane.desk.store, pane.episode.id).pairs[0].shows is Discrepancy.NONE
    assert MedicineList.DISCHARGE not in {each.list for each in medicines_of(pane.desk.store, pane.episode.id)}


def test_what_other_steps_write_is_not_lost_under_a_form_that_is_open(practised: MedicinesPane) -> None:
    store, stay = practised.desk.store, practised.episode
    assert stay is not None
    practised.go_to(2)
    compare = practised.steps[2]
    assert isinstance(compare, CompareStep)
    compare.open(0)
    compare.form.done.editor("note").setFocus()
    keys("She weighs 61 kg.")
    practised.go_to(3)
    step = practised.steps[3]
    assert isinstance(step, PrescriberStep)
    keys("Wei Chen")
    step.form.editor("told_how").buttons[2].click()
    press(step, "All of these were told now")
    practised.go_to(2)
    assert compare.form.save()
    row = standing_of(store, stay.id).pairs[0].row
    assert row is not None
    assert (row.note, row.told_to, row.told_how) == ("She weighs 61 kg.", "Wei Chen", Told.MESSAGE)

    practised.go_to(0)
    interview = practised.steps[0]
    assert isinstance(interview, InterviewStep)
    interview.keeping.editor("recent_changes").setFocus()
    keys("New heart pill")
    practised.go_to(2)
    compare._read.buttons[1].click()
    practised.go_to(0)
    assert interview.save()
    kept = history_of(store, stay.id)
    assert kept is not None
    assert (kept.recent_changes, kept.allergies_read) == ("New heart pill", False)


def test_a_key_in_the_grid_does_not_make_the_open_form_stale(grid: MedicinesStep) -> None:
    keys("met", KEY.Key_Tab, "500 mg", KEY.Key_Return)
    grid.open(only(grid))
    grid.detail.form.editor("purpose").setFocus()
    keys("diabetes")
    table = grid.grid.grid
    grid.grid.setFocus()
    grid.grid.setCurrentIndex(table.index(0, 2 + table.sources.index(Source.RECORD)))
    keys("=")
    assert grid.detail.save()
    made = only(grid)
    assert made.purpose == "diabetes"
    assert made.said_by(Source.RECORD) is not None
