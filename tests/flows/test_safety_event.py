"""A safety event by keyboard alone, from a visit's notes to Safety's telephone, over the real frame and store.

(in a visit's notes)  One on Velacor stopped after severe itching.      the radar marks it
F12  One on Velacor stopped after severe itching.  Ctrl+Enter           captured; the clock runs
Ctrl+Shift+Enter                                                        hand it over, incomplete as it is
Right  Tab ...  Safety desk, Dr. Lind  Ctrl+Enter                       by telephone, to whom; the clock stops
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.msl import practice
from liaison_desktop.msl.safety.page import SafetyPage
from liaison_desktop.msl.safety.queries import dismissals_about, events_of_visit, running_events
from liaison_desktop.msl.safety.record import AgeGroup, HandoverMethod, NoReport, SafetyEvent, SafetyStatus
from liaison_desktop.msl.visits.page import VisitsPage
from liaison_desktop.msl.visits.record import Heard, Visit
from liaison_desktop.msl.workspace import WORKSPACE
from liaison_desktop.security.sealed_file import MAGIC
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.holding import all_held
from tests.fakes import Clock, FileDialogs

KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SENTENCE = "One on Velacor stopped after severe itching."


@pytest.fixture
def frame(qtbot: QtBot, msl_desk: Desk) -> Iterator[WorkFrame]:
    practice.fill(msl_desk.store)
    window = QWidget()
    made = WorkFrame(msl_desk, WORKSPACE, ())
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(made)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    msl_desk.store.listeners.clear()
    QApplication.processEvents()
    with all_held():
        shiboken6.delete(window)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    held = QApplication.focusWidget()
    assert held is not None
    QTest.keyClick(held, key, modifier)
    QApplication.processEvents()


def types(text: str) -> None:
    held = QApplication.focusWidget()
    assert held is not None
    QTest.keyClicks(held, text)


def safety(frame: WorkFrame) -> SafetyPage:
    page = frame.pages["safety"]
    assert isinstance(page, SafetyPage)
    return page


def a_draft(frame: WorkFrame) -> VisitsPage:
    """A visit that is open for writing, the keyboard in its notes."""
    visit = next(one for one in frame.desk.store.all(Visit) if not one.locked and one.ae_heard is Heard.UNANSWERED)
    frame.open(Visit.kind, visit.id)
    page = frame.pages["visits"]
    assert isinstance(page, VisitsPage)
    page.pane.form.notes.setFocus()
    return page


def test_from_the_notes_of_a_visit_to_safety(frame: WorkFrame, qtbot: QtBot, clock: Clock) -> None:
    store, page = frame.desk.store, a_draft(frame)
    types(f" {SENTENCE}")
    qtbot.waitUntil(lambda: page.watch.hint.first is not None)
    assert page.watch.hint.first is not None
    assert page.watch.hint.first.words == "stopped after severe itching"
    assert page.pane.form.notes.extraSelections()

    press(KEY.Key_F12)
    assert frame.page_key == "safety"
    types(SENTENCE)
    press(KEY.Key_Return, CTRL)
    event = next(one for one in running_events(store) if one.description == SENTENCE)
    assert event.interaction_id == page.pane.visit.id
    assert event.due_at is not None
    # The notice speaks of the report that is due first, here one of the practice records.
    assert frame.status.notice.text().startswith(f"Safety report {running_events(store)[0].number}: ")
    assert frame.status.notice.isVisible()

    press(KEY.Key_Return, CTRL | SHIFT)
    handing = safety(frame).handing
    assert handing is not None
    press(KEY.Key_2)
    assert handing.way.value() is HandoverMethod.PHONE
    while QApplication.focusWidget() is not handing.to:
        press(KEY.Key_Tab)
    types("Safety desk, Dr. Lind")
    press(KEY.Key_Return, CTRL)
    done = store.get(SafetyEvent, event.id)
    assert (done.status, done.handed_to) == (SafetyStatus.HANDED_OVER, "Safety desk, Dr. Lind")

    # Back in the visit its question is answered.
    frame.go("visits")
    assert page.pane.form.heard.value() is Heard.YES
    assert events_of_visit(store, page.pane.visit.id)[0].id == event.id


def test_the_capture_survives_a_lock_and_comes_first(frame: WorkFrame, msl_desk: Desk) -> None:
    frame.go("today")
    press(KEY.Key_F12)
    types("A man fainted after the second tablet.")
    frame.save_drafts()
    again = SafetyPage(msl_desk)
    assert again.capture is not None
    assert again.capture.text.text() == "A man fainted after the second tablet."
    again.deleteLater()


def test_yes_in_a_visit_opens_the_capture_linked_to_it(frame: WorkFrame) -> None:
    page = a_draft(frame)
    visit = page.pane.visit.id
    page.pane.form.ask_heard()
    press(KEY.Key_2)
    assert frame.page_key == "safety"
    types("Rash in one patient.")
    press(KEY.Key_Return, CTRL)
    assert events_of_visit(frame.desk.store, visit)


def test_a_marked_text_is_dismissed_with_a_reason(frame: WorkFrame, qtbot: QtBot) -> None:
    page = a_draft(frame)
    types(f" {SENTENCE}")
    hint = page.watch.hint
    qtbot.waitUntil(lambda: hint.first is not None)
    hint.dismiss_button.setFocus()
    press(KEY.Key_Space)
    press(KEY.Key_2)
    hint.say_button.setFocus()
    press(KEY.Key_Space)
    (kept,) = dismissals_about(frame.desk.store, page.pane.visit.id)
    assert (kept.reason, kept.sentence) == (NoReport.HISTORY_ONLY, SENTENCE)
    assert hint.first is None


def test_a_patients_name_is_reworded_in_place(frame: WorkFrame, qtbot: QtBot) -> None:
    page = a_draft(frame)
    types(" Mrs Jones asked.")
    qtbot.waitUntil(page.watch.rewording.isVisible)
    page.watch.rewording.button.setFocus()
    press(KEY.Key_Space)
    assert page.pane.form.notes.text().endswith(" an adult woman asked.")
    assert not page.watch.rewording.isVisible()


def test_a_sealed_file_goes_where_the_person_says(
    frame: WorkFrame, qtbot: QtBot, files: FileDialogs, tmp_path: Path
) -> None:
    frame.go("today")
    press(KEY.Key_F12)
    types("Rash in one patient.")
    press(KEY.Key_Return, CTRL)
    pane = safety(frame).pane
    assert pane is not None
    pane.form.parts[1].editor("age_group").set_value(AgeGroup.ADULT)
    press(KEY.Key_Return, CTRL | SHIFT)
    handing = safety(frame).handing
    assert handing is not None
    files.saves.append(tmp_path / "out.sealed")
    handing.seal_button.setFocus()
    press(KEY.Key_Space)
    assert (tmp_path / "out.sealed").read_bytes().startswith(MAGIC)
    types("Safety mailbox")
    press(KEY.Key_Return, CTRL)
    event = next(one for one in frame.desk.store.all(SafetyEvent) if one.description == "Rash in one patient.")
    assert event.handover_method is HandoverMethod.EMAIL_FILE
    assert len(event.sealed_sha256) == 64
