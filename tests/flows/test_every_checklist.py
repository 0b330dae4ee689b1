"""A nurse fills in each of the checklists with the keyboard alone, finalises it, and finds it stored."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.checklists.page import ChecklistsPage
from liaison_desktop.clinical.checklists.queries import recent_checklists
from liaison_desktop.clinical.checklists.record import ChecklistStatus
from liaison_desktop.questionnaires.view.editors import Shown
from liaison_desktop.ui.desk import Desk
from tests.clinical.checklists.filling import a_patient
from tests.clinical.checklists.windows import shown_page
from tests.flows.answering import CTRL, answer_required, keyboard, question_here, type_answer

NAMES = ("pan", "pas", "mr", "iv", "pc", "rc", "dc", "roi", "capacity")


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


@pytest.mark.parametrize("name", NAMES)
def test_by_keyboard_from_the_plan_to_the_store(name: str, qtbot: QtBot, clinical_desk: Desk) -> None:
    page = begun(qtbot, clinical_desk, name)
    assert page.form is not None
    filler = page.form.filler
    now = clinical_desk.clock()
    left = answer_required(filler, name, now)
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
    type_answer(question_here(filler), name, clinical_desk.clock())  # who the patient is, before anything else
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
