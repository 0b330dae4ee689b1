"""The questions to listen for: typed or brought in a list, pinned beside the notes, ticked off as heard by Alt and a digit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.msl import practice
from liaison_desktop.msl.insights.actions import save_priority
from liaison_desktop.msl.insights.page import InsightsPage
from liaison_desktop.msl.insights.queries import priorities, priorities_on
from liaison_desktop.msl.insights.record import Audience, ListeningPriority, PriorityStatus
from liaison_desktop.msl.visits.page import VisitsPage
from liaison_desktop.msl.visits.page.looks import Mode
from liaison_desktop.msl.visits.page.turning import turns_of
from liaison_desktop.msl.visits.record import Visit, VisitStatus
from liaison_desktop.msl.workspace import WORKSPACE
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.holding import all_held
from tests.fakes import FileDialogs, NoFrame

KEY, CTRL, SHIFT, ALT = (
    Qt.Key,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def desk(msl_desk: Desk) -> Desk:
    practice.fill(msl_desk.store)
    return msl_desk


@pytest.fixture
def frame(qtbot: QtBot, desk: Desk) -> Iterator[WorkFrame]:
    """The workspace in a window of its own."""
    window = QWidget()
    made = WorkFrame(desk, WORKSPACE, ())
    desk.frame = made
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(made)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    desk.store.listeners.clear()
    desk.jobs.wait()
    QApplication.processEvents()
    with all_held():
        shiboken6.delete(window)


def here() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(here(), key, modifier)
    QApplication.processEvents()


def insights_page(frame: WorkFrame) -> InsightsPage:
    frame.go("insights")
    page = frame.pages["insights"]
    assert isinstance(page, InsightsPage)
    return page


def visits_page(frame: WorkFrame) -> VisitsPage:
    frame.go("visits")
    page = frame.pages["visits"]
    assert isinstance(page, VisitsPage)
    return page


def test_a_question_is_ticked_off_beside_the_notes_and_kept_with_the_visit(desk: Desk, frame: WorkFrame) -> None:
    page = visits_page(frame)
    visit = next(one for one in desk.store.all(Visit) if one.notes.startswith("Sees about 40"))
    page.show_record(visit.id)
    page.pane.form.notes.setFocus()
    asked = priorities_on(desk.store, desk.today())
    assert page.pane.form.listening.isVisible()
    assert len(page.pane.form.listening.ticks) == len(asked) == 4
    press(KEY.Key_2, ALT)
    press(KEY.Key_3, ALT)
    press(KEY.Key_3, ALT)
    press(KEY.Key_Return, CTRL)
    saved = desk.store.get(Visit, visit.id)
    assert saved.heard_priorities == (asked[1].id,)
    page.pane.form.ask_heard()
    press(KEY.Key_1)
    press(KEY.Key_Return, CTRL | SHIFT)
    locked = desk.store.get(Visit, visit.id)
    assert locked.status is VisitStatus.SUBMITTED
    assert page.pane.mode is Mode.LOCKED
    page.list.view.setFocus()
    press(KEY.Key_1, ALT)
    assert page.pane.typed().heard_priorities == (asked[1].id,), "a locked visit is not ticked"


def test_what_was_ticked_stays_in_sight_after_the_question_ended(desk: Desk, frame: WorkFrame) -> None:
    page = visits_page(frame)
    visit = next(one for one in desk.store.all(Visit) if one.notes.startswith("Sees about 40"))
    page.show_record(visit.id)
    first = priorities_on(desk.store, desk.today())[0]
    page.pane.form.notes.setFocus()
    press(KEY.Key_1, ALT)
    save_priority(desk.store, msgspec.structs.replace(first, status=PriorityStatus.ANSWERED))
    assert len(page.pane.form.listening.ticks) == 4
    press(KEY.Key_1, ALT)
    page.pane.form.listening.refresh()
    assert len(page.pane.form.listening.ticks) == 3


def test_a_question_is_typed_and_pinned_at_once(desk: Desk, frame: WorkFrame) -> None:
    page = insights_page(frame)
    page.show_questions()
    press(KEY.Key_N, CTRL)
    form = page.questions.form
    assert here() is form.editor("question")
    QTest.keyClicks(here(), "Who decides on a second line?")
    press(KEY.Key_Tab)
    QTest.keyClicks(here(), "medical aff")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL)
    saved = next(one for one in priorities(desk.store) if one.question == "Who decides on a second line?")
    assert (saved.owner_function, saved.active_from, saved.rank) == (Audience.MEDICAL_AFFAIRS, desk.today(), 6)
    assert saved in priorities_on(desk.store, desk.today())
    press(KEY.Key_Escape)
    assert page._stack.currentWidget() is page._all


def test_a_question_says_what_it_lacks(desk: Desk, frame: WorkFrame) -> None:
    page = insights_page(frame)
    page.show_questions()
    press(KEY.Key_N, CTRL)
    before = len(priorities(desk.store))
    press(KEY.Key_Return, CTRL)
    assert page.questions.form.field("question").fault() == "Question is needed."
    assert len(priorities(desk.store)) == before


def test_questions_come_from_a_list_after_a_look_at_it(
    qtbot: QtBot, desk: Desk, frame: WorkFrame, files: FileDialogs, tmp_path: Path
) -> None:
    page = insights_page(frame)
    before = len(priorities(desk.store))
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    head = "Question;Asked by;Product;Rank;From;Until\n"
    row = "What would make you refer earlier?;Clinical Development;Velacor;2;2026-11-01;2026-12-31\n"
    bad.write_text(head + row + "Why?;Nobody;;first;2026-13-01;\n", encoding="utf-8")
    good.write_text(head + row + "Which words do patients use?;medical_affairs;;;;\n", encoding="utf-8")
    files.opens = [bad, good]
    bring = next(one for one in page.commands() if one.title.startswith("Import questions"))
    bring.run()
    qtbot.waitUntil(lambda: len(page.importing.found) == 2, timeout=15_000)
    assert [len(one.faults) for one in page.importing.found] == [0, 3]
    assert not page.importing.go.isEnabled()
    bring.run()
    qtbot.waitUntil(page.importing.go.isEnabled, timeout=15_000)
    page.importing.go.setFocus()
    press(KEY.Key_Return, CTRL)
    found = priorities(desk.store)
    assert len(found) == before + 2
    refer = next(one for one in found if one.question.startswith("What would make"))
    assert (refer.rank, refer.active_to, refer.owner_function) == (
        2,
        dt.date(2026, 12, 31),
        Audience.CLINICAL_DEVELOPMENT,
    )
    assert refer.product_id is not None


def test_an_import_can_be_taken_back(qtbot: QtBot, msl_desk: Desk, files: FileDialogs, tmp_path: Path) -> None:
    page = InsightsPage(msl_desk, turns_of(msl_desk))
    qtbot.addWidget(page)
    path = tmp_path / "list.json"
    path.write_text('[{"question": "Which words do patients use?", "asked by": "Safety"}]', encoding="utf-8")
    files.opens = [path]
    next(one for one in page.commands() if one.title.startswith("Import questions")).run()
    qtbot.waitUntil(lambda: len(page.importing.found) == 1, timeout=15_000)
    page.importing.bring_in()
    assert len(priorities(msl_desk.store)) == 1
    stand_in = msl_desk.frame
    assert isinstance(stand_in, NoFrame)
    _text, undo = stand_in.toasts[-1]
    assert undo is not None
    undo()
    assert not priorities(msl_desk.store)


@pytest.mark.parametrize(
    ("first", "last", "status", "asked"),
    [
        (None, None, PriorityStatus.ACTIVE, True),
        (dt.date(2026, 11, 19), dt.date(2026, 11, 19), PriorityStatus.ACTIVE, True),
        (dt.date(2026, 11, 20), None, PriorityStatus.ACTIVE, False),
        (None, dt.date(2026, 11, 18), PriorityStatus.ACTIVE, False),
        (None, None, PriorityStatus.DROPPED, False),
    ],
)
def test_when_a_question_is_asked(
    first: dt.date | None, last: dt.date | None, status: PriorityStatus, asked: bool
) -> None:
    one = ListeningPriority(question="Why?", active_from=first, active_to=last, status=status)
    assert one.asked_on(dt.date(2026, 11, 19)) is asked
