"""A nurse fills in each of the checklists with the keyboard alone, finalises it, and finds it stored."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.checklists.page import ChecklistsPage
from liaison_desktop.clinical.checklists.queries import recent_checklists
from liaison_desktop.clinical.checklists.record import ChecklistStatus
from liaison_desktop.questionnaires.progress import blank_keys
from liaison_desktop.questionnaires.view.choice_editors import LongList, Many, OneTap
from liaison_desktop.questionnaires.view.editors import Shown
from liaison_desktop.questionnaires.view.filler import FormFiller
from liaison_desktop.questionnaires.view.moment_editors import Day, Moment
from liaison_desktop.questionnaires.view.question import Question
from liaison_desktop.ui.desk import Desk
from tests.clinical.checklists.filling import a_patient, plausible
from tests.clinical.checklists.windows import shown_page

NAMES = ("pan", "pas", "mr", "iv", "pc", "rc", "dc", "roi", "capacity")
CTRL = Qt.KeyboardModifier.ControlModifier


def keyboard() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def begun(qtbot: QtBot, desk: Desk, name: str) -> ChecklistsPage:
    """The page with a checklist just begun: a patient, the plan, the form out of those that are called for."""
    patient = desk.store.save(a_patient())
    page = shown_page(qtbot, desk)
    page.start_for(patient.id)
    form = page.starting
    assert form is not None
    assert keyboard() is form.service
    QTest.keyClicks(keyboard(), "Inpatient rehab")
    QTest.keyClick(keyboard(), Qt.Key.Key_Return)
    for choice, digit in zip(
        (form.setting, form.procedure, form.day_of, form.imaging, form.mri), ("1", "1", "1", "2", "2"), strict=True
    ):
        QTest.keyClick(keyboard(), Qt.Key.Key_Tab)
        assert keyboard() in choice.buttons
        QTest.keyClicks(keyboard(), digit)
    QTest.keyClick(keyboard(), Qt.Key.Key_Tab)
    assert keyboard() is form.list, "Tab comes to the list after the plan"
    while form.list.current_key() != name:
        before = form.list.currentIndex().row()
        QTest.keyClick(keyboard(), Qt.Key.Key_Down)
        assert form.list.currentIndex().row() != before, "the form is not in the list"
    QTest.keyClick(keyboard(), Qt.Key.Key_Return)
    assert page.form is not None
    return page


def here(filler: FormFiller) -> Question:
    at: QWidget | None = keyboard()
    while at is not None and not isinstance(at, Question):
        at = at.parentWidget()
    assert isinstance(at, Question), f"the keyboard is in no question, but {keyboard()!r}"
    return at


def type_answer(question: Question, name: str, now: dt.datetime) -> None:
    item, editor = question.node.item, question.editor
    pairs = plausible(question.node, now, name)
    value = pairs[0][1]
    if isinstance(editor, OneTap):
        codes = [True, False] if item.type == "boolean" else [option.code for option in item.options]
        wanted = value if item.type == "boolean" else value["code"]
        QTest.keyClicks(keyboard(), str(codes.index(wanted) + 1))
    elif isinstance(editor, Many):
        codes = [option.code for option in item.options]
        places = sorted(codes.index(pair[1]["code"]) for pair in pairs)
        at = 0
        for place in places:
            for _ in range(place - at):
                QTest.keyClick(keyboard(), Qt.Key.Key_Right)
            QTest.keyClick(keyboard(), Qt.Key.Key_Space)
            at = place
    elif isinstance(editor, LongList):
        QTest.keyClicks(keyboard(), str(value["display"]))
        QTest.keyClick(keyboard(), Qt.Key.Key_Return)
    elif isinstance(editor, Moment):
        at_time = dt.datetime.fromisoformat(value)
        QTest.keyClicks(keyboard(), at_time.date().isoformat())
        QTest.keyClick(keyboard(), Qt.Key.Key_Tab)
        QTest.keyClicks(keyboard(), f"{at_time:%H:%M}")
        QTest.keyClick(keyboard(), Qt.Key.Key_Tab)
    elif isinstance(editor, Day):
        QTest.keyClicks(keyboard(), value)
        QTest.keyClick(keyboard(), Qt.Key.Key_Tab)
    else:
        text = value["value"] if isinstance(value, dict) else value
        QTest.keyClicks(keyboard(), str(text))


@pytest.mark.parametrize("name", NAMES)
def test_by_keyboard_from_the_plan_to_the_store(name: str, qtbot: QtBot, clinical_desk: Desk) -> None:
    page = begun(qtbot, clinical_desk, name)
    assert page.form is not None
    filler = page.form.filler
    now = clinical_desk.clock()
    left = blank_keys(filler.sheet)
    for _ in range(400):
        if not left:
            break
        QTest.keyClick(keyboard(), Qt.Key.Key_Period, CTRL)
        question = here(filler)
        if question.node.answers:
            # A group that needs one answer: the first of its fields that is still blank.
            QTest.keyClick(keyboard(), Qt.Key.Key_Tab)
            question = here(filler)
        type_answer(question, name, now)
        after = blank_keys(filler.sheet)
        assert after != left, f"{question.node.key} did not take what was typed"
        left = after
    assert left == []
    QTest.keyClick(keyboard(), Qt.Key.Key_Return, CTRL)
    [(done, _)] = recent_checklists(clinical_desk.store)
    faults = page.form.filler.filling.faults if page.form is not None else {}
    assert done.status is ChecklistStatus.COMPLETED, faults
    assert done.form_url.endswith(f"/{name}")


@pytest.mark.parametrize("name", NAMES)
def test_tab_comes_to_every_question_in_the_order_of_the_form(name: str, qtbot: QtBot, clinical_desk: Desk) -> None:
    page = begun(qtbot, clinical_desk, name)
    assert page.form is not None
    filler = page.form.filler
    type_answer(here(filler), name, clinical_desk.clock())  # who the patient is, before anything else
    for place in range(len(filler._sections)):
        if place:
            QTest.keyClick(keyboard(), Qt.Key.Key_PageDown, CTRL)
        assert filler.view is not None
        asked = [one for one in filler.view.questions() if one.node.enabled and not isinstance(one.editor, Shown)]
        if not asked:
            continue
        filler.view.focus(asked[0].node.key)
        met = [asked[0].node.key]
        for _ in range(4 * len(asked) + 40):
            QTest.keyClick(keyboard(), Qt.Key.Key_Tab)
            if filler.focus_key() != met[-1] and filler.view.isAncestorOf(keyboard()):
                met.append(filler.focus_key())
            if not filler.view.isAncestorOf(keyboard()):
                break
        assert met == [one.node.key for one in asked], filler.section
