"""Capture an insight by keyboard alone, over the real frame and a real encrypted store.

Ctrl+I                        in the notes: the selected sentence, or the one under the cursor, becomes the quote
headline  Tab  why it matters  Tab  category  Tab  question
Ctrl+Enter                    kept; the keyboard is back in the notes
Ctrl+Shift+Enter              kept and sent, or everything that stands in the way is said
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.msl import practice
from liaison_desktop.msl.insights.page import InsightsPage
from liaison_desktop.msl.insights.page.board import InsightCard
from liaison_desktop.msl.insights.queries import by_number, insights_of_visit
from liaison_desktop.msl.insights.record import Category, Insight, InsightFeedback, InsightStatus
from liaison_desktop.msl.visits.page import VisitsPage
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.msl.workspace import WORKSPACE
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.holding import all_held
from tests.fakes import FileDialogs

KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NOTES = "Sees forty patients. I never ask about itch before week four. The clinic moves in May."


@pytest.fixture
def desk(msl_desk: Desk) -> Desk:
    practice.fill(msl_desk.store)
    return msl_desk


@pytest.fixture
def open_frame(qtbot: QtBot, desk: Desk) -> Iterator[Callable[[str], WorkFrame]]:
    """Opens the workspace in a window of its own, as after each unlock."""
    opened: list[QWidget] = []

    def gone(window: QWidget) -> None:
        desk.store.listeners.clear()
        desk.jobs.wait()
        QApplication.processEvents()
        with all_held():
            shiboken6.delete(window)

    def make(key: str) -> WorkFrame:
        while opened:
            gone(opened.pop())
        window = QWidget()
        frame = WorkFrame(desk, WORKSPACE, ())
        desk.frame = frame
        layout = QVBoxLayout(window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        frame.go(key)
        opened.append(window)
        return frame

    yield make
    while opened:
        gone(opened.pop())


def here() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(here(), key, modifier)
    QApplication.processEvents()


def types(text: str) -> None:
    QTest.keyClicks(here(), text)


def tab_to(target: QWidget, most: int = 12) -> None:
    for _ in range(most + 1):
        if here() is target or target.isAncestorOf(here()):
            return
        press(KEY.Key_Tab)
    raise AssertionError(f"Tab does not reach {target.accessibleName()}")


def visits_page(frame: WorkFrame) -> VisitsPage:
    page = frame.pages["visits"]
    assert isinstance(page, VisitsPage)
    return page


def insights_page(frame: WorkFrame) -> InsightsPage:
    page = frame.pages["insights"]
    assert isinstance(page, InsightsPage)
    return page


def in_the_notes(desk: Desk, frame: WorkFrame) -> tuple[VisitsPage, Visit]:
    """A draft of today, the keyboard in its notes, the sentence about itch selected by keys."""
    page = visits_page(frame)
    visit = next(one for one in desk.store.all(Visit) if one.notes.startswith("Sees about 40"))
    page.show_record(visit.id)
    notes = page.pane.form.notes
    notes.setFocus()
    press(KEY.Key_A, CTRL)
    types(NOTES)
    press(KEY.Key_Home, CTRL)
    for _ in range(NOTES.index("I never")):
        press(KEY.Key_Right)
    for _ in range(len("I never ask about itch before week four.")):
        press(KEY.Key_Right, SHIFT)
    return page, visit


def test_the_selected_sentence_becomes_an_insight(
    qtbot: QtBot, desk: Desk, open_frame: Callable[[str], WorkFrame]
) -> None:
    page, visit = in_the_notes(desk, open_frame("visits"))
    press(KEY.Key_I, CTRL)
    panel = page.beside.capture
    assert page.beside.capturing
    assert panel.editor("quote").value() == "I never ask about itch before week four."
    assert here() is panel.editor("headline")
    types("Nobody asks about itch at the first visit")
    tab_to(panel.editor("so_what"))
    types("The benefit is not seen where nobody asks.")
    tab_to(panel.editor("category"))
    types("unmet")
    press(KEY.Key_Return)
    tab_to(panel.editor("priority_id"))
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL)
    assert not page.beside.capturing
    assert here() is page.pane.form.notes
    (insight,) = insights_of_visit(desk.store, visit.id)
    assert insight.headline == "Nobody asks about itch at the first visit"
    assert insight.quote == "I never ask about itch before week four."
    assert (insight.person_id, insight.category) == (visit.primary_person_id, Category.UNMET_NEED)
    assert insight.priority_id is not None
    assert insight.status is InsightStatus.DRAFT
    assert insight.number.startswith("INS-T-")
    assert page.pane.form.notes.value() == NOTES, "the notes stay as they are"


def test_without_a_selection_the_sentence_under_the_cursor_is_taken(
    desk: Desk, open_frame: Callable[[str], WorkFrame]
) -> None:
    page, _visit = in_the_notes(desk, open_frame("visits"))
    press(KEY.Key_End, CTRL)
    press(KEY.Key_I, CTRL)
    assert page.beside.capture.editor("quote").value() == "The clinic moves in May."
    press(KEY.Key_Escape)
    assert not page.beside.capturing
    assert here() is page.pane.form.notes


def test_send_says_what_is_missing_and_what_was_typed_survives_a_crash(
    qtbot: QtBot, desk: Desk, open_frame: Callable[[str], WorkFrame]
) -> None:
    page, visit = in_the_notes(desk, open_frame("visits"))
    press(KEY.Key_I, CTRL)
    types("Nobody asks about itch")
    press(KEY.Key_Return, CTRL | SHIFT)
    panel = page.beside.capture
    assert panel.form.field("so_what").fault() == "Say in one sentence why this matters."
    assert here() is panel.editor("so_what")
    types("The benefit is not seen.")
    qtbot.waitUntil(lambda: b"not seen" in (desk.store.drafts.get(f"insight-of-visit/{visit.id}") or b""), timeout=2000)
    again = visits_page(open_frame("visits"))
    again.show_record(visit.id)
    assert again.beside.capturing
    assert again.beside.capture.editor("so_what").value() == "The benefit is not seen."
    assert again.beside.capture.editor("headline").value() == "Nobody asks about itch"


def test_what_was_heard_before_gets_one_more_and_no_duplicate(
    qtbot: QtBot, desk: Desk, open_frame: Callable[[str], WorkFrame]
) -> None:
    page, visit = in_the_notes(desk, open_frame("visits"))
    press(KEY.Key_I, CTRL)
    before = len(desk.store.all(Insight))
    similar = page.beside.capture.similar
    with qtbot.waitSignal(similar.settled, timeout=5000):
        types("Nephrologists dose by albumin and not by eGFR")
    qtbot.waitUntil(lambda: bool(similar.found), timeout=5000)
    known = similar.found[0].insight
    assert known.headline == "Nephrologists dose by albumin, not by eGFR"
    plus = next(one for one in similar.findChildren(QWidget) if one.accessibleName().startswith("Heard again: Neph"))
    tab_to(plus, 30)
    press(KEY.Key_Space)
    voted = desk.store.get(Insight, known.id)
    assert len(voted.votes) == len(known.votes) + 1
    vote = voted.votes[-1]
    assert (vote.by, vote.at, vote.visit_id) == (desk.store.actor.name, desk.clock(), visit.id)
    assert vote.person_id == visit.primary_person_id
    assert len(desk.store.all(Insight)) == before
    assert not page.beside.capturing


def test_from_the_board_to_a_sent_insight_and_its_receipt(
    qtbot: QtBot, desk: Desk, open_frame: Callable[[str], WorkFrame]
) -> None:
    page = insights_page(open_frame("insights"))
    press(KEY.Key_N, CTRL)
    assert here() is page.pane.form.editor("headline")
    types("Sites decline because of the visit windows")
    tab_to(page.pane.form.editor("so_what"))
    types("Four sites would enrol with one visit less.")
    tab_to(page.pane.form.editor("category"))
    types("site")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL | SHIFT)
    sent = next(one for one in desk.store.all(Insight) if one.headline.startswith("Sites decline"))
    assert sent.status is InsightStatus.SUBMITTED
    assert isinstance(here(), InsightCard)
    assert here().shown.insight.id == sent.id
    press(KEY.Key_Return)
    assert page.pane.insight.id == sent.id
    assert page.pane.form.editor("headline").isReadOnly()
    page.pane.side.add_receipt()
    form = page.pane.side.receipt
    types("clin")
    press(KEY.Key_Return)
    tab_to(form.editor("decision"))
    types("2")
    tab_to(form.editor("action_text"))
    types("Visit windows widened to five days")
    tab_to(form.editor("status"))
    types("acted")
    press(KEY.Key_Return)
    page.pane.side.save_receipt()
    assert desk.store.get(Insight, sent.id).status is InsightStatus.ACTIONED
    (back,) = [one for one in desk.store.all(InsightFeedback) if one.insight_id == sent.id]
    assert back.action_text == "Visit windows widened to five days"


def test_a_safety_word_stops_the_sending_until_a_reason_is_given(
    desk: Desk, open_frame: Callable[[str], WorkFrame]
) -> None:
    page = insights_page(open_frame("insights"))
    press(KEY.Key_N, CTRL)
    types("One of hers stopped after two weeks")
    tab_to(page.pane.form.editor("so_what"))
    types("She expects more of it.")
    tab_to(page.pane.form.editor("category"))
    types("safety")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL | SHIFT)
    assert page.pane.foot.text() == "1 thing to do before it can be sent"
    assert here() in page.pane.form.answers.lines
    types("Another company's medicine")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL | SHIFT)
    sent = next(one for one in desk.store.all(Insight) if one.headline.startswith("One of hers"))
    assert sent.status is InsightStatus.SUBMITTED
    assert [one.answer for one in sent.answers] == ["Another company's medicine"]


def test_receipts_come_in_from_a_file_or_not_at_all(
    qtbot: QtBot, desk: Desk, open_frame: Callable[[str], WorkFrame], files: FileDialogs, tmp_path: Path
) -> None:
    page = insights_page(open_frame("insights"))
    waiting = next(one for one in desk.store.all(Insight) if one.status is InsightStatus.SUBMITTED)
    before = len(desk.store.all(InsightFeedback))
    head = "insight number,from,status,decision,action,reference,date\n"
    good = f"{waiting.number.lower()},Clinical Development,accepted,taken up,Protocol amendment 3,CD-7,2026-11-18\n"
    bad, right = tmp_path / "bad.csv", tmp_path / "right.csv"
    bad.write_text(head + good + "INS-T-9999,Safety,accepted,read,Read,,2026-11-18\n", encoding="utf-8")
    right.write_text(head + good, encoding="utf-8")
    hostile = tmp_path / "hostile.json"
    hostile.write_bytes(b"[" * 100_000)
    files.opens = [hostile, bad, right]
    bring = next(one for one in page.commands() if one.title.startswith("Import receipts"))
    bring.run()
    desk.jobs.wait()
    QApplication.processEvents()
    assert not page.importing.go.isEnabled()
    bring.run()
    qtbot.waitUntil(lambda: len(page.importing.found) == 2, timeout=15_000)
    assert not page.importing.go.isEnabled()
    assert [bool(one.faults) for one in page.importing.found] == [False, True]
    page.importing.bring_in()
    assert len(desk.store.all(InsightFeedback)) == before
    bring.run()
    qtbot.waitUntil(lambda: len(page.importing.found) == 1, timeout=15_000)
    page.importing.go.setFocus()
    press(KEY.Key_Return, CTRL)
    assert len(desk.store.all(InsightFeedback)) == before + 1
    found = by_number(desk.store, waiting.number)
    assert found is not None
    assert found.status is InsightStatus.ACCEPTED
    assert desk.store.all(InsightFeedback)[-1].at == dt.date(2026, 11, 18)


def test_the_notes_keep_their_place(desk: Desk, open_frame: Callable[[str], WorkFrame]) -> None:
    page, _visit = in_the_notes(desk, open_frame("visits"))
    place = page.pane.form.notes.textCursor().position()
    press(KEY.Key_I, CTRL)
    press(KEY.Key_Escape)
    cursor: QTextCursor = page.pane.form.notes.textCursor()
    assert cursor.position() == place
