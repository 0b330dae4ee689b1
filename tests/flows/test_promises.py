"""What was promised, by keystrokes alone: proposed from the notes, added, done or dropped in the visit and on Today, undone.

I will send ...  Alt+F     the first promise of the notes becomes a follow-up
Space, Delete              on a promise: done, dropped
Alt+Z                      takes back what was just done
"""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from liaison_desktop.msl.visits.page import VisitsPage
from liaison_desktop.msl.visits.queries import open_promises
from liaison_desktop.msl.visits.record import FollowUp, FollowUpKind, FollowUpStatus, Visit
from liaison_desktop.shell.frame import WorkFrame
from tests.flows.keyboard import ALT, CTRL, KEY, SHIFT, ask_bar, frame, here, press, tab_to, types

__all__ = ["frame"]
NOTES = "I will send her the safety table by Friday and introduce her to Dr. Okada next week. "


def begun(qtbot: QtBot, frame: WorkFrame) -> tuple[VisitsPage, Visit]:
    """A new visit with the keyboard in its notes."""
    ask_bar(qtbot, frame, "v haddad 13:00 #itch")
    qtbot.waitUntil(lambda: frame.page_key == "visits")
    page = frame.page
    assert isinstance(page, VisitsPage)
    assert here().accessibleName() == "Notes"
    return page, frame.desk.store.all(Visit)[-1]


def follow_ups(frame: WorkFrame, visit: Visit) -> tuple[FollowUp, ...]:
    return frame.desk.store.get(Visit, visit.id).follow_ups


def undo(frame: WorkFrame) -> str:
    """Take back what was just done; what the toast said."""
    toast = frame.toasts.current
    assert toast is not None
    said = toast.text
    press(KEY.Key_Z, ALT)
    return said


def test_a_promise_is_proposed_and_added_with_one_key(qtbot: QtBot, frame: WorkFrame) -> None:
    page, visit = begun(qtbot, frame)
    box = page.pane.form.promises
    types(NOTES)
    qtbot.waitUntil(lambda: len(box.offered) == 2)
    press(KEY.Key_Return, CTRL)
    assert follow_ups(frame, visit) == (), "nothing adds itself"
    press(KEY.Key_F, ALT)
    assert [one.text for one in box.offered] == ["Introduce her to Dr. Okada"]
    press(KEY.Key_Return, CTRL)
    (added,) = follow_ups(frame, visit)
    assert (added.text, added.due_on) == ("Send her the safety table", dt.date(2026, 11, 20))
    assert (added.kind, added.promised_to_hcp) == (FollowUpKind.SEND_INFORMATION, True)


def test_a_proposal_that_is_refused_does_not_come_back(qtbot: QtBot, frame: WorkFrame) -> None:
    page, _visit = begun(qtbot, frame)
    box = page.pane.form.promises
    types(NOTES)
    qtbot.waitUntil(lambda: len(box.offered) == 2)
    tab_to("Not a follow-up: Send her the safety table")
    press(KEY.Key_Space)
    assert [one.text for one in box.offered] == ["Introduce her to Dr. Okada"]
    tab_to("Notes", back=True)
    types("Sees forty patients. I will call the office tomorrow. ")
    qtbot.waitUntil(lambda: len(box.offered) == 2)
    assert [one.text for one in box.offered] == ["Introduce her to Dr. Okada", "Call the office"]


def test_done_and_dropped_on_today_and_back(frame: WorkFrame) -> None:
    store = frame.desk.store
    first = open_promises(store, until=frame.desk.today() + dt.timedelta(days=7))[0]

    def status() -> FollowUpStatus:
        return store.get(Visit, first.visit_id).follow_ups[first.number].status

    for key, said, there in (
        (KEY.Key_Space, "Done", FollowUpStatus.DONE),
        (KEY.Key_Delete, "Dropped", FollowUpStatus.DROPPED),
    ):
        press(KEY.Key_1, CTRL)
        tab_to(first.row.text)
        press(key)
        assert status() is there
        assert undo(frame) == said
        assert status() is FollowUpStatus.OPEN


def test_done_and_dropped_in_a_locked_visit_and_back(qtbot: QtBot, frame: WorkFrame) -> None:
    store = frame.desk.store
    ask_bar(qtbot, frame, "v haddad 13:00 #itch")
    types("All well.")
    press(KEY.Key_A, ALT)
    press(KEY.Key_1)
    types("f send ASH poster fri")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL | SHIFT)
    locked = store.all(Visit)[-1]
    assert locked.locked
    for box, there in (("Done", FollowUpStatus.DONE), ("Dropped", FollowUpStatus.DROPPED)):
        tab_to(box, most=40)
        press(KEY.Key_Space)
        assert follow_ups(frame, locked)[0].status is there
        undo(frame)
        assert follow_ups(frame, locked) == locked.follow_ups
    assert store.get(Visit, locked.id).status is locked.status


def test_in_a_draft_what_is_dropped_was_not_done(qtbot: QtBot, frame: WorkFrame) -> None:
    _page, visit = begun(qtbot, frame)
    press(KEY.Key_A, ALT)
    types("f send the table fri")
    press(KEY.Key_Return)
    tab_to("Done", back=True)
    press(KEY.Key_Space)
    tab_to("Dropped")
    press(KEY.Key_Space)
    press(KEY.Key_Return, CTRL)
    kept = follow_ups(frame, visit)[-1]
    assert (kept.status, kept.done_at) == (FollowUpStatus.DROPPED, None)
    press(KEY.Key_Space)
    press(KEY.Key_Return, CTRL)
    assert follow_ups(frame, visit)[-1].status is FollowUpStatus.OPEN


def test_a_visit_of_an_older_policy_opens_and_says_which(qtbot: QtBot, frame: WorkFrame) -> None:
    store = frame.desk.store
    page, visit = begun(qtbot, frame)
    types("All well.")
    press(KEY.Key_A, ALT)
    press(KEY.Key_1)
    press(KEY.Key_Return, CTRL | SHIFT)
    submitted, now = store.get(Visit, visit.id), page.pane.foot._policy
    assert (submitted.locked, submitted.policy_version) == (True, now)
    assert f"rules {now}" in page.pane.foot._words.text()
    assert ", now" not in page.pane.foot._words.text()
    # As a store of an older version of the application holds it.
    old = store.save(replace(submitted, id=Visit().id, version=None, notes="Seen long ago", policy_version="2024.3"))
    ask_bar(qtbot, frame, "seen long ago")
    assert page.pane.visit.id == old.id
    assert f"rules 2024.3, now {now}" in page.pane.foot._words.text()
    assert store.get(Visit, old.id).policy_version == "2024.3"
