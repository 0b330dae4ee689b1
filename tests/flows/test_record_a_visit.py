"""What happens to a visit while it is typed: usual answers, refusals, a crash, an amendment, hostile text.

The whole visit by keystrokes alone is `test_one_minute_visit.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.msl import practice
from liaison_desktop.msl.visits.page import VisitsPage
from liaison_desktop.msl.visits.page.looks import Mode
from liaison_desktop.msl.visits.record import (
    Channel,
    FollowUpStatus,
    Heard,
    Visit,
    VisitStatus,
)
from liaison_desktop.msl.workspace import WORKSPACE
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.holding import all_held
from tests.fakes import Clock

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
def open_frame(qtbot: QtBot, desk: Desk) -> Iterator[Callable[[], WorkFrame]]:
    """Opens the workspace in a window of its own, as after each unlock."""
    opened: list[tuple[QWidget, WorkFrame]] = []

    def make() -> WorkFrame:
        for window, _old in opened:
            gone(window)
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
        frame.go("visits")
        opened.append((window, frame))
        return frame

    def gone(window: QWidget) -> None:
        # As after a crash: nothing is put away first.
        desk.store.listeners.clear()
        QApplication.processEvents()
        with all_held():
            shiboken6.delete(window)

    yield make
    for window, _frame in opened:
        if shiboken6.isValid(window):
            gone(window)


def here() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(here(), key, modifier)
    QApplication.processEvents()


def types(text: str) -> None:
    QTest.keyClicks(here(), text)


def visits_page(frame: WorkFrame) -> VisitsPage:
    page = frame.pages["visits"]
    assert isinstance(page, VisitsPage)
    return page


def tab_to(target: QWidget, most: int = 12) -> int:
    """Press Tab until the keyboard is there; how often it took."""
    for presses in range(most + 1):
        if here() is target or target.isAncestorOf(here()):
            return presses
        press(KEY.Key_Tab)
    raise AssertionError(f"Tab does not reach {target.accessibleName()} in {most} steps")


def last_saved(store: Store) -> Visit:
    return store.all(Visit)[-1]


def test_the_usual_channel_and_place_are_filled_in(desk: Desk, open_frame: Callable[[], WorkFrame]) -> None:
    open_frame()
    press(KEY.Key_N, CTRL)
    types("haddad 13:00 #ckd")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL)
    saved = last_saved(desk.store)
    assert saved.channel is Channel.IN_PERSON
    assert saved.institution_id is not None


def test_submitting_too_early_keeps_the_draft_and_says_what_is_missing(
    desk: Desk, open_frame: Callable[[], WorkFrame]
) -> None:
    page = visits_page(open_frame())
    press(KEY.Key_N, CTRL)
    types("oko 13:00 #dosing")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL | SHIFT)
    card = page.pane.form.topics.cards[0]
    assert "not in the approved label" in card.basis.accessibleDescription()
    assert page.pane.form.topics.cards[0].basis.buttons[0].hasFocus()
    assert last_saved(desk.store).status is VisitStatus.DRAFT
    press(KEY.Key_A, ALT)
    types("2")
    assert page.pane.form.visit().ae_heard is Heard.YES


def test_the_letter_a_goes_to_the_adverse_event_question_but_not_out_of_a_text(
    desk: Desk, open_frame: Callable[[], WorkFrame]
) -> None:
    page = visits_page(open_frame())
    press(KEY.Key_N, CTRL)
    types("oko 13:00 #dosing")
    press(KEY.Key_Return)
    press(KEY.Key_A)
    assert page.pane.form.heard.buttons[0].hasFocus()
    page.pane.form.notes.setFocus()
    types("a b")
    assert page.pane.form.notes.value() == "a b"


def test_typing_survives_a_crash_on_the_same_field(
    qtbot: QtBot, desk: Desk, open_frame: Callable[[], WorkFrame]
) -> None:
    page = visits_page(open_frame())
    press(KEY.Key_N, CTRL)
    types("oko 13:00 #itch")
    press(KEY.Key_Return)
    types("It itches at")
    qtbot.waitUntil(lambda: bool(desk.store.drafts.keys("visit/")) or last_saved(desk.store).notes == "It itches at")
    types(" night")
    qtbot.waitUntil(
        lambda: b"night" in b"".join(desk.store.drafts.get(k) or b"" for k in desk.store.drafts.keys("visit/")),
        timeout=2000,
    )
    # No goodbye: the window is simply gone.
    again = visits_page(open_frame())
    assert again.pane.typed().notes == "It itches at night"
    qtbot.waitUntil(again.pane.form.notes.hasFocus)
    assert page is not again


def test_amending_keeps_the_old_version_and_shows_it(desk: Desk, open_frame: Callable[[], WorkFrame]) -> None:
    page = visits_page(open_frame())
    locked = next(one for one in desk.store.all(Visit) if one.status is VisitStatus.SUBMITTED)
    desk.open(Visit.kind, locked.id)
    assert page.pane.mode is Mode.LOCKED
    assert page.pane.form.notes.isReadOnly()
    page.pane.foot.amend.setFocus()
    press(KEY.Key_Space)
    assert page.pane.foot.reason.hasFocus()
    press(KEY.Key_Return, CTRL | SHIFT)
    assert desk.store.get(Visit, locked.id) == locked
    types("A word was wrong")
    page.pane.form.notes.setFocus()
    types("More. ")
    press(KEY.Key_Return, CTRL | SHIFT)
    amended = desk.store.get(Visit, locked.id)
    assert (amended.status, amended.amendment) == (VisitStatus.AMENDED, 1)
    assert amended.notes == f"More. {locked.notes}"
    page.pane.heading.history.setFocus()
    press(KEY.Key_Space)
    oldest = desk.store.versions(locked.id)[-1]
    page._old(oldest.version)
    assert page.pane.mode is Mode.OLD
    assert page.pane.form.notes.value() == locked.notes


def test_a_promise_ticked_off_in_the_brief_does_not_disturb_what_is_typed(
    qtbot: QtBot, desk: Desk, clock: Clock, open_frame: Callable[[], WorkFrame]
) -> None:
    from liaison_desktop.msl.visits.actions import settle_follow_up

    page = visits_page(open_frame())
    draft = next(one for one in desk.store.all(Visit) if one.status is VisitStatus.DRAFT)
    desk.open(Visit.kind, draft.id)
    page.pane.form.notes.setFocus()
    types("Typed while ")
    settle_follow_up(desk.store, draft.id, 0, FollowUpStatus.DONE)
    types("ticking. ")
    press(KEY.Key_Return, CTRL)
    saved = desk.store.get(Visit, draft.id)
    assert saved.notes.startswith("Typed while ticking. ")
    assert saved.version != draft.version


def test_choosing_another_visit_saves_the_one_that_was_typed_into(
    desk: Desk, open_frame: Callable[[], WorkFrame]
) -> None:
    page = visits_page(open_frame())
    first, second = [one for one in desk.store.all(Visit) if not one.locked][:2]
    desk.open(Visit.kind, first.id)
    page.pane.form.notes.setFocus()
    types("Kept. ")
    page.list.view.setFocus()
    page.list.select(second.id)
    page.choose(second.id)
    assert desk.store.get(Visit, first.id).notes.startswith("Kept. ")
    assert not desk.store.drafts.keys("visit/")


HOSTILE = "<img src=x onerror=1> \u202eevil\u202c {{7*7}} %s%n '; DROP TABLE visit; -- " + "e\u0301" * 50


def test_hostile_text_is_text_everywhere(desk: Desk, open_frame: Callable[[], WorkFrame]) -> None:
    page = visits_page(open_frame())
    draft = next(one for one in desk.store.all(Visit) if one.status is VisitStatus.DRAFT)
    desk.open(Visit.kind, draft.id)
    page.pane.form.notes.set_value(HOSTILE)
    page.pane.form.changed.emit()
    press(KEY.Key_Return, CTRL)
    assert desk.store.get(Visit, draft.id).notes == HOSTILE.strip()
    assert msgspec.json.decode(msgspec.json.encode(desk.store.get(Visit, draft.id)), type=Visit).notes
    assert page.pane.form.notes.toPlainText() == HOSTILE.strip()
