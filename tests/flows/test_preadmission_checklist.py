"""A nurse fills in the pre-admission checklist at the bedside, with the keyboard, and the lid is closed in between."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.checklists.page import ChecklistsPage
from liaison_desktop.clinical.checklists.queries import recent_checklists
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.questionnaires.view.choice_editors import OneTap
from liaison_desktop.questionnaires.view.filler import FormFiller
from liaison_desktop.questionnaires.view.question import Question
from liaison_desktop.questionnaires.view.typed_editors import Measured
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk
from tests.clinical.checklists.filling import a_patient, fill


@pytest.fixture
def page(qtbot: QtBot, clinical_desk: Desk) -> ChecklistsPage:
    clinical_desk.store.save(a_patient())
    return opened(qtbot, clinical_desk)


def opened(qtbot: QtBot, desk: Desk) -> ChecklistsPage:
    page = ChecklistsPage(desk)
    qtbot.addWidget(page)
    page.resize(1310, 740)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def started(page: ChecklistsPage) -> FormFiller:
    """Ctrl+N, a name, the plan, all typed: then the first question has the keyboard."""
    page.new()
    form = page.starting
    assert form is not None
    QTest.keyClicks(keyboard(), "Alvarez")
    QTest.keyClick(keyboard(), Qt.Key.Key_Return)
    tab()
    QTest.keyClicks(keyboard(), "Elective procedure")
    QTest.keyClick(keyboard(), Qt.Key.Key_Return)
    # Outpatient, a procedure is planned, not today.
    for digit in "212":
        tab()
        QTest.keyClicks(keyboard(), digit)
    for digit in "2 ":
        tab()
        QTest.keyClicks(keyboard(), digit.strip())
    tab()
    QTest.keyClick(keyboard(), Qt.Key.Key_Return)
    assert page.form is None, "one answer is still missing"
    assert keyboard() is form.mri.buttons[0]
    QTest.keyClicks(keyboard(), "2")
    tab()
    QTest.keyClick(keyboard(), Qt.Key.Key_Return)
    assert page.form is not None
    return page.form.filler


def tab() -> None:
    QTest.keyClick(keyboard(), Qt.Key.Key_Tab)


def question(filler: FormFiller, link_id: str) -> Question:
    assert filler.view is not None
    return next(one for one in filler.view.questions() if one.node.item.link_id == link_id and one.node.enabled)


def keyboard() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def at(filler: FormFiller) -> str:
    return filler.focus_key().rpartition("/")[2]


def test_the_patient_is_identified_before_anything_else(page: ChecklistsPage) -> None:
    filler = started(page)
    assert (filler.section, at(filler)) == ("A", "A1")
    filler.rail.buttons[4].click()
    assert filler.section == "A"
    assert filler.filling.faults == {"A/A1": "Needed before anything else"}
    QTest.keyClicks(keyboard(), "1")
    filler.rail.buttons[4].click()
    assert filler.section == "E"


def test_keyboard_alone_answers_opens_and_moves(page: ChecklistsPage) -> None:
    filler = started(page)
    QTest.keyClicks(keyboard(), "1")
    QTest.keyClick(keyboard(), Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    assert at(filler) == "A3"
    filler.show_section("E")
    filler.focus_first()
    assert at(filler) == "E1"
    QTest.keyClicks(keyboard(), "3")
    assert filler.sheet.codes("E1") == ("has",)
    QTest.keyClick(keyboard(), Qt.Key.Key_Tab)
    assert at(filler) == "E2.substance"
    QTest.keyClicks(keyboard(), "Penicillin")
    QTest.keyClick(keyboard(), Qt.Key.Key_Tab)
    filler.go_to("E3")
    QTest.keyClicks(keyboard(), "u")
    assert filler.sheet.codes("E3") == ("unable",)
    QTest.keyClicks(keyboard(), "n")
    assert filler.sheet.codes("E3") == ("no",)
    filler.step(1)
    assert (filler.section, at(filler)) == ("F", "F1")


def test_closing_the_lid_loses_nothing_and_opens_on_the_same_field(
    page: ChecklistsPage, qtbot: QtBot, clinical_store: Store
) -> None:
    filler = started(page)
    QTest.keyClicks(keyboard(), "1")
    filler.show_section("E")
    filler.focus_first()
    QTest.keyClicks(keyboard(), "3")
    QTest.keyClick(keyboard(), Qt.Key.Key_Tab)
    QTest.keyClicks(keyboard(), "Peni")
    key = filler.focus_key()
    # Nothing was saved by hand and nobody waited: only what a lock or a close calls.
    page.save_draft()
    again = opened(qtbot, page.desk)
    [(checklist, _)] = recent_checklists(clinical_store)
    again.show_record(checklist.id)
    assert again.form is not None
    back = again.form.filler
    assert (back.section, back.focus_key()) == ("E", key)
    assert question(back, "E2.substance").node.value == "Peni"
    assert keyboard().window() is again.window()


def test_typing_is_kept_by_itself_after_a_pause(page: ChecklistsPage, qtbot: QtBot, clinical_store: Store) -> None:
    filler = started(page)
    QTest.keyClicks(keyboard(), "1")
    filler.show_section("N")
    question(filler, "N5").editor.setFocus()
    QTest.keyClicks(question(filler, "N5").editor.inner, "Going home")
    assert b"Going home" not in draft(clinical_store)
    qtbot.waitUntil(lambda: b"Going home" in draft(clinical_store), timeout=2000)


def draft(store: Store) -> bytes:
    return b"".join(store.drafts.get(key) or b"" for key in store.drafts.keys("checklist/"))


def test_fahrenheit_is_converted_and_both_are_shown(page: ChecklistsPage) -> None:
    filler = started(page)
    QTest.keyClicks(keyboard(), "1")
    filler.show_section("H")
    asked = question(filler, "H4.temp")
    assert isinstance(asked.editor, Measured)
    QTest.keyClicks(asked.editor.field, "98.6")
    assert asked.filling.sheet is filler.sheet
    asked.editor.unit.buttons[1].click()  # type: ignore[union-attr]
    assert str(asked.node.value["value"]) == "37.0"
    assert asked.editor.echo() == "98.6 °F is 37.0 °C"
    asked.editor.field.clear()
    QTest.keyClicks(asked.editor.field, "130")
    assert "cannot be" in (asked._fault.text() + asked._long_fault.plain())


def test_blanks_are_refused_listed_and_answered_or_excused(page: ChecklistsPage, clinical_store: Store) -> None:
    filler = started(page)
    QTest.keyClicks(keyboard(), "1")
    fill(filler.sheet, clinical_store.clock(), but=("D7", "E3"))
    page.form.finalise()  # type: ignore[union-attr]
    assert set(filler.filling.faults) == {"D/D7", "E/E3"}
    assert (filler.section, at(filler)) == ("D", "D7")
    assert recent_checklists(clinical_store)[0][0].status is ChecklistStatus.IN_PROGRESS
    QTest.keyClick(keyboard(), Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    because = question(filler, "D7")._because
    assert because is not None
    because.chips.buttons[3].click()
    filler.go_to("E3")
    QTest.keyClicks(keyboard(), "u")
    question(filler, "E3")._because.chips.buttons[1].click()  # type: ignore[union-attr]
    QTest.keyClick(
        question(filler, "E3").editor.segments.buttons[2], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )  # type: ignore[attr-defined]
    done = recent_checklists(clinical_store)[0][0]
    assert done.status is ChecklistStatus.COMPLETED
    assert clinical_store.drafts.keys("checklist/") == ()


def test_a_finished_checklist_is_read_and_amended_but_not_edited(page: ChecklistsPage, clinical_store: Store) -> None:
    filler = started(page)
    QTest.keyClicks(keyboard(), "1")
    fill(filler.sheet, clinical_store.clock())
    page.form.finalise()  # type: ignore[union-attr]
    form = page.form
    assert form is not None
    assert form.checklist.status is ChecklistStatus.COMPLETED
    assert not any(one.editor.isEnabled() for one in form.filler.view.questions())  # type: ignore[union-attr]
    form.amend_button.click()
    assert form is page.form, "no reason, no amendment"
    QTest.keyClicks(form.reason, "Wrong weight")
    form.amend_button.click()
    amended = page.form
    assert amended is not form
    amended.filler.show_section("P")  # type: ignore[union-attr]
    QTest.keyClicks(question(amended.filler, "P2").editor.inner, " Corrected.")  # type: ignore[union-attr]
    amended.finalise()  # type: ignore[union-attr]
    first, second = (pair[0] for pair in recent_checklists(clinical_store))
    assert {first.status, second.status} == {ChecklistStatus.AMENDED, ChecklistStatus.COMPLETED}
    assert clinical_store.get(Checklist, form.checklist.id).content == form.checklist.content


def test_markup_in_an_answer_is_shown_as_text(page: ChecklistsPage, clinical_store: Store) -> None:
    filler = started(page)
    QTest.keyClicks(keyboard(), "1")
    filler.show_section("P")
    QTest.keyClicks(question(filler, "P2").editor.inner, "<img src=x>")
    page.save_draft()
    assert question(filler, "P2").node.value == "<img src=x>"


def test_prefilled_answers_wait_for_their_confirmation(
    qtbot: QtBot, clinical_desk: Desk, make_desk: Callable[..., Desk]
) -> None:
    import msgspec

    from liaison_desktop.clinical.patients.record import AllergyAssertion

    clinical_desk.store.save(msgspec.structs.replace(a_patient(), allergy_assertion=AllergyAssertion.NKA))
    page = opened(qtbot, clinical_desk)
    filler = started(page)
    QTest.keyClicks(keyboard(), "1")
    filler.show_section("E")
    asked = question(filler, "E1")
    assert isinstance(asked.editor, OneTap)
    assert (asked.node.answers, asked.editor.segments.value()) == ([], None)
    assert asked.head.confirm.text().strip() == "Confirm None known"
    asked.head.confirm.click()
    assert filler.sheet.codes("E1") == ("NKA",)
    assert asked.editor.segments.value() == "NKA"
