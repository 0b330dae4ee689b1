"""Today: planned visits, promises, what is to be submitted, and the month in numbers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from liaison_desktop.msl import practice
from liaison_desktop.msl.today.page import TodayPage
from liaison_desktop.msl.today.page.month import Month, figures
from liaison_desktop.msl.today.page.slots import VisitSlot
from liaison_desktop.msl.visits.queries import open_promises
from liaison_desktop.msl.visits.record import Visit, VisitStatus
from liaison_desktop.ui.cards import FollowUpRow
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from tests.fakes import Clock, NoFrame


def test_a_new_workspace_says_how_to_begin(qtbot: QtBot, msl_desk: Desk) -> None:
    page = TodayPage(msl_desk)
    qtbot.addWidget(page)
    assert page.findChildren(EmptyState)


def test_the_day_is_shown_and_a_promise_can_be_kept(qtbot: QtBot, msl_desk: Desk) -> None:
    practice.fill(msl_desk.store)
    page = TodayPage(msl_desk)
    msl_desk.store.listeners.append(page.refresh)
    qtbot.addWidget(page)
    assert [slot.text() for slot in page.findChildren(VisitSlot)] == [
        "Dr. Hannah Okonkwo", "Dr. Lucía Ferrer", "Dr. Elena Petrova",
    ]  # fmt: skip
    before = len(open_promises(msl_desk.store))
    qtbot.keyClick(page.findChildren(FollowUpRow)[0], Qt.Key.Key_Space)
    assert len(open_promises(msl_desk.store)) == before - 1
    frame = msl_desk.frame
    assert isinstance(frame, NoFrame)
    text, undo = frame.toasts[-1]
    assert text == "Done"
    assert undo is not None
    undo()
    assert len(open_promises(msl_desk.store)) == before


def test_a_quick_line_begins_a_visit_and_opens_it(qtbot: QtBot, msl_desk: Desk) -> None:
    practice.fill(msl_desk.store)
    page = TodayPage(msl_desk)
    qtbot.addWidget(page)
    qtbot.keyClicks(page.quick.line, "haddad 13:15 #itch")
    qtbot.keyClick(page.quick.line, Qt.Key.Key_Return)
    frame = msl_desk.frame
    assert isinstance(frame, NoFrame)
    ((kind, visit_id),) = frame.opened
    assert kind == Visit.kind
    begun = msl_desk.store.get(Visit, visit_id)
    assert begun.heading == "Dr. Amina Haddad, itch as a treatment goal"
    assert begun.status is VisitStatus.DRAFT


def test_the_numbers_can_be_read_as_a_table(qtbot: QtBot, msl_desk: Desk) -> None:
    practice.fill(msl_desk.store)
    month = Month(figures(msl_desk.store, msl_desk.clock()))
    qtbot.addWidget(month)
    assert month._chart.isVisibleTo(month)
    qtbot.keyClick(month.switch, Qt.Key.Key_Space)
    assert month._table is not None
    assert month._table.isVisibleTo(month)
    assert not month._chart.isVisibleTo(month)


def test_the_practice_records_are_marked_and_sound(msl_desk: Desk) -> None:
    practice.fill(msl_desk.store)
    from liaison_desktop.msl.directory.record import Institution, Person

    people = msl_desk.store.all(Person)
    assert len(people) == 25
    assert all(one.scientific_summary == practice.MARK and not one.faults() for one in people)
    assert all(one.access_note == practice.MARK for one in msl_desk.store.all(Institution))
    states = [one.status for one in msl_desk.store.all(Visit)]
    assert states.count(VisitStatus.SUBMITTED) == 10
    assert {VisitStatus.PLANNED, VisitStatus.DRAFT, VisitStatus.READY} <= set(states)


@pytest.mark.parametrize("ahead", range(7))
def test_on_any_day_of_the_week_the_practice_day_is_full_and_nothing_else_falls_on_a_weekend(
    qtbot: QtBot, msl_desk: Desk, clock: Clock, ahead: int
) -> None:
    clock.tick(ahead * 86_400)
    practice.fill(msl_desk.store)
    today = msl_desk.today()
    page = TodayPage(msl_desk)
    qtbot.addWidget(page)
    assert len(page.findChildren(VisitSlot)) >= 3
    assert len(page.findChildren(FollowUpRow)) >= 4
    for visit in msl_desk.store.all(Visit):
        assert visit.start_at is not None
        day = visit.start_at.date()
        assert day == today or day.weekday() < 5
        assert all(row.due_on and (row.due_on.weekday() < 5 or row.due_on <= today) for row in visit.follow_ups)


def test_only_what_changed_is_made_anew(qtbot: QtBot, msl_desk: Desk) -> None:
    practice.fill(msl_desk.store)
    page = TodayPage(msl_desk)
    msl_desk.store.listeners.append(page.refresh)
    qtbot.addWidget(page)
    slots, rows = page.findChildren(VisitSlot), page.findChildren(FollowUpRow)
    page.refresh(frozenset(msl_desk.store.kinds))
    assert page.findChildren(VisitSlot) == slots
    assert page.findChildren(FollowUpRow) == rows
    qtbot.keyClick(rows[0], Qt.Key.Key_Space)
    assert not {row.text() for row in page.findChildren(FollowUpRow) if row not in rows} & {rows[0].text()}
    assert set(page.findChildren(FollowUpRow)) - set(rows)
