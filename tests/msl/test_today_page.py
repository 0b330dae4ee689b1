"""Today: planned visits, promises, what is to be submitted, and the month in numbers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from liaison_desktop.msl import practice
from liaison_desktop.msl.today.page import TodayPage
from liaison_desktop.msl.today.page.month import Month
from liaison_desktop.msl.today.page.slots import VisitSlot
from liaison_desktop.msl.visits.queries import open_promises
from liaison_desktop.msl.visits.record import Visit, VisitStatus
from liaison_desktop.ui.cards import FollowUpRow
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from tests.fakes import NoFrame


def test_a_new_workspace_says_how_to_begin(qtbot: QtBot, msl_desk: Desk) -> None:
    page = TodayPage(msl_desk)
    qtbot.addWidget(page)
    assert page.findChildren(EmptyState)


def test_the_day_is_shown_and_a_promise_can_be_kept(qtbot: QtBot, msl_desk: Desk) -> None:
    practice.fill(msl_desk.store)
    page = TodayPage(msl_desk)
    msl_desk.store.listeners.append(page.refresh)
    qtbot.addWidget(page)
    assert [slot.text() for slot in page.findChildren(VisitSlot)] == ["Dr. Hannah Okonkwo", "Dr. Elena Petrova"]
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
    month = Month(msl_desk.store, msl_desk.clock())
    qtbot.addWidget(month)
    assert not month._table.isVisibleTo(month)
    qtbot.keyClick(month.switch, Qt.Key.Key_Space)
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
    assert states.count(VisitStatus.SUBMITTED) == 9
    assert {VisitStatus.PLANNED, VisitStatus.DRAFT, VisitStatus.READY} <= set(states)
