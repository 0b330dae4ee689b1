"""Whoever locks or quits while a safety report is not handed over is asked once, and then let go."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liaison_desktop.app import Application
from liaison_desktop.msl.safety.actions import capture_event, hand_over
from liaison_desktop.msl.safety.queries import running_events
from liaison_desktop.msl.safety.record import HandoverMethod
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.shell.places import Door
from liaison_desktop.shell.unlock import UnlockPage
from liaison_desktop.ui.text import Label
from tests.shell.conftest import new_door, opened

Make = Callable[..., Application]
KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def door(make: Make) -> Door:
    """Somebody's way into a new store of the medical science workspace."""
    return new_door(make(), "msl")


def with_an_open_clock(qtbot: QtBot, make: Make, door: Door) -> tuple[Application, WorkFrame]:
    app = opened(make(), door)
    assert app.frame is not None
    capture_event(app.frame.desk.store, "One patient stopped after severe itching.")
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow)
    app.frame.go("today")
    return app, app.frame


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    held = QApplication.focusWidget()
    assert held is not None
    QTest.keyClick(held, key, modifier)


def test_locking_asks_once_and_enter_shows_the_report(qtbot: QtBot, make: Make, door: Door) -> None:
    app, frame = with_an_open_clock(qtbot, make, door)
    press(KEY.Key_L, CTRL)
    question = frame.leaving.question
    assert question is not None
    assert question.isVisible()
    said = " ".join(one.text() for one in question.findChildren(Label))
    assert "A safety report is not handed over" in said
    assert app.store is not None
    press(KEY.Key_Space)  # the safe answer has the keyboard
    assert frame.page_key == "safety"
    assert frame.leaving.question is None
    press(KEY.Key_L, CTRL)
    qtbot.waitUntil(lambda: app.store is None)
    assert isinstance(app.window.content, UnlockPage)


def test_the_other_answer_locks(qtbot: QtBot, make: Make, door: Door) -> None:
    app, _frame = with_an_open_clock(qtbot, make, door)
    press(KEY.Key_L, CTRL)
    press(KEY.Key_Tab)
    press(KEY.Key_Space)
    qtbot.waitUntil(lambda: app.store is None)


def test_quitting_asks_once_too(qtbot: QtBot, make: Make, door: Door) -> None:
    app, frame = with_an_open_clock(qtbot, make, door)
    app.window.close()
    assert app.window.isVisible()
    assert frame.leaving.question is not None
    press(KEY.Key_Tab)
    press(KEY.Key_Space)
    qtbot.waitUntil(lambda: not app.window.isVisible())
    assert app.store is None


def test_with_no_clock_running_nothing_is_asked(qtbot: QtBot, make: Make, door: Door) -> None:
    app, frame = with_an_open_clock(qtbot, make, door)
    store = frame.desk.store
    for event in running_events(store):
        hand_over(store, event, method=HandoverMethod.PHONE, to="Safety desk")
    press(KEY.Key_L, CTRL)
    qtbot.waitUntil(lambda: app.store is None)


def test_an_idle_laptop_locks_without_asking(qtbot: QtBot, make: Make, door: Door) -> None:
    app, frame = with_an_open_clock(qtbot, make, door)
    app.lock()  # what the watch over an idle laptop calls
    assert app.store is None
    assert frame is not app.frame
