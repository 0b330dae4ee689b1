"""What was promised: proposed from the notes, added with one key, done or dropped in the visit and on Today, undone."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.msl.today.page import TodayPage
from liaison_desktop.msl.visits.page import VisitsPage
from liaison_desktop.msl.visits.queries import open_promises
from liaison_desktop.msl.visits.record import FollowUp, FollowUpKind, FollowUpStatus, Visit, VisitStatus
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.ui.cards import FollowUpRow
from liaison_desktop.ui.desk import Desk
from tests.flows.test_materials import CTRL, KEY, SHIFT, frame, here, press, types, visits_page

__all__ = ["frame"]
ALT = Qt.KeyboardModifier.AltModifier
NOTES = "I will send her the safety table by Friday and introduce her to Dr. Okada next week. "


def a_draft(frame: WorkFrame, desk: Desk) -> tuple[VisitsPage, Visit]:
    page = visits_page(frame)
    ready = next(one for one in desk.store.all(Visit) if one.status is VisitStatus.READY)
    desk.open(Visit.kind, ready.id)
    page.pane.form.notes.setFocus()
    return page, ready


def follow_ups(desk: Desk, visit: Visit) -> tuple[FollowUp, ...]:
    return desk.store.get(Visit, visit.id).follow_ups


def undo(frame: WorkFrame) -> str:
    """Press the undo of the toast; what it said."""
    toast = frame.toasts.current
    assert toast is not None
    said = toast.text
    frame.toasts.undo()
    QApplication.processEvents()
    return said


def test_a_promise_is_proposed_and_added_with_one_key(frame: WorkFrame, msl_desk: Desk, qtbot: QtBot) -> None:
    page, visit = a_draft(frame, msl_desk)
    before, box = len(visit.follow_ups), page.pane.form.promises
    types(NOTES)
    qtbot.waitUntil(lambda: len(box.offered) == 2)
    press(KEY.Key_Return, CTRL)
    assert len(follow_ups(msl_desk, visit)) == before  # nothing adds itself
    press(KEY.Key_F, ALT)
    assert [one.text for one in box.offered] == ["Introduce her to Dr. Okada"]
    press(KEY.Key_Return, CTRL)
    added = follow_ups(msl_desk, visit)[-1]
    assert (added.text, added.due_on) == ("Send her the safety table", dt.date(2026, 11, 20))
    assert (added.kind, added.promised_to_hcp) == (FollowUpKind.SEND_INFORMATION, True)


def test_a_proposal_that_is_refused_does_not_come_back(frame: WorkFrame, msl_desk: Desk, qtbot: QtBot) -> None:
    page, _visit = a_draft(frame, msl_desk)
    box = page.pane.form.promises
    types(NOTES)
    qtbot.waitUntil(lambda: len(box.offered) == 2)
    box.refuse(box.offered[0])
    types("More. ")
    box.read_notes()
    assert [one.text for one in box.offered] == ["Introduce her to Dr. Okada"]


def test_done_and_dropped_on_today_and_back(frame: WorkFrame, msl_desk: Desk) -> None:
    frame.go("today")
    page = frame.pages["today"]
    assert isinstance(page, TodayPage)
    first = open_promises(msl_desk.store, until=msl_desk.today() + dt.timedelta(days=7))[0]

    def status() -> FollowUpStatus:
        return msl_desk.store.get(Visit, first.visit_id).follow_ups[first.number].status

    for key, said, there in (
        (KEY.Key_Space, "Done", FollowUpStatus.DONE),
        (KEY.Key_Delete, "Dropped", FollowUpStatus.DROPPED),
    ):
        row = next(one for one in page.findChildren(FollowUpRow) if one.isVisible())
        assert row.text() == first.row.text
        row.setFocus()
        press(key)
        assert status() is there
        QApplication.processEvents()
        assert undo(frame) == said
        assert status() is FollowUpStatus.OPEN


def test_done_and_dropped_in_a_locked_visit_and_back(frame: WorkFrame, msl_desk: Desk) -> None:
    page = visits_page(frame)
    locked = next(
        one
        for one in msl_desk.store.all(Visit)
        if one.locked and any(row.status is FollowUpStatus.OPEN for row in one.follow_ups)
    )
    number = next(n for n, row in enumerate(locked.follow_ups) if row.status is FollowUpStatus.OPEN)
    msl_desk.open(Visit.kind, locked.id)
    for box, there in (("done", FollowUpStatus.DONE), ("dropped", FollowUpStatus.DROPPED)):
        row = page.pane.form.follow_ups.editors()[number]
        assert row.text.isReadOnly()
        tick: QWidget = getattr(row, box)
        tick.setFocus()
        press(KEY.Key_Space)
        assert follow_ups(msl_desk, locked)[number].status is there
        undo(frame)
        assert follow_ups(msl_desk, locked)[number] == locked.follow_ups[number]
    assert msl_desk.store.get(Visit, locked.id).status is locked.status


def test_in_a_draft_what_is_dropped_was_not_done(frame: WorkFrame, msl_desk: Desk) -> None:
    page, visit = a_draft(frame, msl_desk)
    row = page.pane.form.follow_ups.add(FollowUp(text="Send the table", due_on=msl_desk.today()))
    for tick in (row.done, row.dropped):
        tick.setFocus()
        press(KEY.Key_Space)
    press(KEY.Key_Return, CTRL)
    kept = follow_ups(msl_desk, visit)[-1]
    assert (kept.status, kept.done_at) == (FollowUpStatus.DROPPED, None)
    row.dropped.setFocus()
    press(KEY.Key_Space)
    press(KEY.Key_Return, CTRL)
    assert follow_ups(msl_desk, visit)[-1].status is FollowUpStatus.OPEN


def test_a_visit_of_an_older_policy_opens_and_says_which(frame: WorkFrame, msl_desk: Desk) -> None:
    from msgspec.structs import replace

    page, visit = a_draft(frame, msl_desk)
    assert here() is page.pane.form.notes
    press(KEY.Key_Return, CTRL | SHIFT)
    submitted = msl_desk.store.get(Visit, visit.id)
    assert (submitted.locked, submitted.policy_version) == (True, "2026.1")
    assert "rules 2026.1" in page.pane.foot._words.text()
    assert "now" not in page.pane.foot._words.text()
    # As a store of an older version of the application holds it.
    old = msl_desk.store.save(replace(submitted, id=Visit().id, version=None, policy_version="2024.3"))
    msl_desk.open(Visit.kind, old.id)
    assert "rules 2024.3, now 2026.1" in page.pane.foot._words.text()
    assert msl_desk.store.get(Visit, old.id).policy_version == "2024.3"
