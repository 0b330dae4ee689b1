"""Tabs in one line: never a reason for a wider window, and the open or focused one is always in sight."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.tabs import TabStrip

NAMES = [f"Tab number {number}" for number in range(14)]


@pytest.fixture
def strip(qtbot: QtBot, clinical_desk: Desk) -> TabStrip:
    made = TabStrip(NAMES)
    qtbot.addWidget(made)
    made.resize(600, 40)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def in_sight(strip: TabStrip, number: int) -> bool:
    place = strip.buttons[number].geometry()
    return place.left() >= 0 and place.right() <= strip.width()


def test_many_tabs_need_no_more_room_than_they_are_given(strip: TabStrip) -> None:
    assert strip.minimumSizeHint().width() < 200
    assert in_sight(strip, 0)
    assert not in_sight(strip, 13)
    assert not strip.back.isVisible()
    assert strip.on.isVisible()


def test_the_arrows_bring_each_tab_into_sight_and_round_again(strip: TabStrip) -> None:
    strip.buttons[0].setFocus()
    for number in range(1, 14):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
        assert strip.buttons[number].hasFocus()
        assert in_sight(strip, number)
    assert strip.back.isVisible()
    assert not strip.on.isVisible()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert in_sight(strip, 0)


def test_the_small_buttons_move_on_and_back(strip: TabStrip) -> None:
    strip.on.click()
    assert not in_sight(strip, 0)
    strip.back.click()
    assert in_sight(strip, 0)


def test_the_open_tab_stays_in_sight_in_a_narrower_window(strip: TabStrip) -> None:
    strip.set_current(9)
    assert in_sight(strip, 9)
    strip.resize(320, 40)
    assert in_sight(strip, 9)
    strip.resize(2400, 40)
    assert all(in_sight(strip, number) for number in range(14))
    assert not strip.on.isVisible()
