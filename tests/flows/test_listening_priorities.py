"""The questions to listen for: typed or brought in a list, pinned beside the notes, ticked off as heard by Alt and a digit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.msl import practice
from liaison_desktop.msl.insights.page import InsightsPage
from liaison_desktop.msl.insights.queries import priorities, priorities_on
from liaison_desktop.msl.insights.record import Audience, ListeningPriority, PriorityStatus
from liaison_desktop.msl.visits.page.looks import Mode
from liaison_desktop.msl.visits.record import HeardQuestion, Visit, VisitStatus
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.ui.desk import Desk
from tests.fakes import FileDialogs
from tests.flows.keyboard import ALT, CTRL, KEY, SHIFT, command, frames, named, press, tab_to, to_notes_of_today, types


@pytest.fixture
def desk(msl_desk: Desk) -> Desk:
    practice.fill(msl_desk.store)
    return msl_desk


@pytest.fixture
def frame(qtbot: QtBot, desk: Desk) -> Iterator[WorkFrame]:
    """The workspace in a window of its own, Today shown."""
    with frames(qtbot, desk) as make:
        yield make()


def insights_page(frame: WorkFrame) -> InsightsPage:
    page = frame.pages["insights"]
    assert isinstance(page, InsightsPage)
    return page


def test_a_question_is_ticked_off_beside_the_notes_and_kept_with_the_visit(desk: Desk, frame: WorkFrame) -> None:
    page, visit = to_notes_of_today(frame)
    asked = priorities_on(desk.store, desk.today())
    assert page.pane.form.listening.isVisible()
    assert len(page.pane.form.listening.ticks) == len(asked) == 4
    press(KEY.Key_2, ALT)
    press(KEY.Key_3, ALT)
    press(KEY.Key_3, ALT)
    press(KEY.Key_Return, CTRL)
    saved = desk.store.get(Visit, visit.id)
    assert saved.heard_priorities == (asked[1].id,)
    assert saved.heard_marks == (HeardQuestion(priority_id=asked[1].id, by=desk.store.actor.name, at=desk.clock()),)
    press(KEY.Key_A, ALT)
    press(KEY.Key_1)
    press(KEY.Key_Return, CTRL | SHIFT)
    locked = desk.store.get(Visit, visit.id)
    assert locked.status is VisitStatus.SUBMITTED
    assert page.pane.mode is Mode.LOCKED
    press(KEY.Key_1, ALT)
    assert page.pane.typed().heard_priorities == (asked[1].id,), "a locked visit is not ticked"


def test_the_cards_are_reached_by_tab_too(desk: Desk, frame: WorkFrame) -> None:
    page, _visit = to_notes_of_today(frame)
    first = priorities_on(desk.store, desk.today())[0]
    tab_to(f"Heard: {first.question}")
    press(KEY.Key_Space)
    assert page.pane.typed().heard_priorities == (first.id,)


def test_what_was_ticked_stays_in_sight_after_the_question_ended(desk: Desk, frame: WorkFrame) -> None:
    page, visit = to_notes_of_today(frame)
    first = priorities_on(desk.store, desk.today())[0]
    press(KEY.Key_1, ALT)
    press(KEY.Key_Return, CTRL)
    press(KEY.Key_4, CTRL)
    command("questions we listen")
    assert insights_page(frame).questions.isVisible()
    tab_to("Status")
    press(KEY.Key_2)
    press(KEY.Key_Return, CTRL)
    assert desk.store.get(ListeningPriority, first.id).status is PriorityStatus.ANSWERED
    press(KEY.Key_3, CTRL)
    assert page.pane.visit.id == visit.id
    assert len(page.pane.form.listening.ticks) == 4
    press(KEY.Key_1, ALT)
    press(KEY.Key_Return, CTRL)
    page, _visit = to_notes_of_today(frame)
    assert page.pane.typed().heard_priorities == ()


def test_a_question_that_ended_is_on_no_card_and_stays_on_its_insights(desk: Desk, frame: WorkFrame) -> None:
    page, _visit = to_notes_of_today(frame)
    ended = next(one for one in priorities(desk.store) if one.question.startswith("What do patients ask after"))
    assert ended.active_to is not None
    assert ended.active_to < desk.today()
    assert ended.id not in {one.id for one in priorities_on(desk.store, desk.today())}
    shown = [tick.accessibleName() for tick in page.pane.form.listening.ticks]
    assert shown
    assert f"Heard: {ended.question}" not in shown
    # The insight that answered it still says so.
    press(KEY.Key_4, CTRL)
    command("A number on the leaflet")
    pane = insights_page(frame).pane
    assert pane.insight.priority_id == ended.id
    assert pane.form.editor("priority_id").text() == ended.question


def test_a_question_is_typed_and_pinned_at_once(desk: Desk, frame: WorkFrame) -> None:
    press(KEY.Key_4, CTRL)
    command("questions we listen")
    press(KEY.Key_N, CTRL)
    assert named() == "Question"
    types("Who decides on a second line?")
    press(KEY.Key_Tab)
    types("medical aff")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL)
    saved = next(one for one in priorities(desk.store) if one.question == "Who decides on a second line?")
    assert (saved.owner_function, saved.active_from, saved.rank) == (Audience.MEDICAL_AFFAIRS, desk.today(), 6)
    assert saved in priorities_on(desk.store, desk.today())
    press(KEY.Key_Escape)
    assert insights_page(frame).board.isVisible()
    page, _visit = to_notes_of_today(frame)
    assert f"Heard: {saved.question}" in [tick.accessibleName() for tick in page.pane.form.listening.ticks]


def test_a_question_says_what_it_lacks(desk: Desk, frame: WorkFrame) -> None:
    press(KEY.Key_4, CTRL)
    command("questions we listen")
    press(KEY.Key_N, CTRL)
    before = len(priorities(desk.store))
    press(KEY.Key_Return, CTRL)
    assert insights_page(frame).questions.form.field("question").fault() == "Question is needed."
    assert len(priorities(desk.store)) == before


def test_questions_come_from_a_list_after_a_look_at_it(
    qtbot: QtBot, desk: Desk, frame: WorkFrame, files: FileDialogs, tmp_path: Path
) -> None:
    press(KEY.Key_4, CTRL)
    page = insights_page(frame)
    before = len(priorities(desk.store))
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    head = "Question;Asked by;Product;Rank;From;Until\n"
    row = "What would make you refer earlier?;Clinical Development;Velacor;2;2026-11-01;2026-12-31\n"
    bad.write_text(head + row + "Why?;Nobody;;first;2026-13-01;\n", encoding="utf-8")
    good.write_text(head + row + "Which words do patients use?;medical_affairs;;;;\n", encoding="utf-8")
    files.opens = [bad, good]
    command("import questions")
    qtbot.waitUntil(lambda: len(page.importing.found) == 2, timeout=15_000)
    assert [len(one.faults) for one in page.importing.found] == [0, 3]
    press(KEY.Key_Return, CTRL)
    assert len(priorities(desk.store)) == before, "a file with a fault is not taken"
    command("import questions")
    qtbot.waitUntil(page.importing.go.isEnabled, timeout=15_000)
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
