"""Many tabs in a narrow window: no tab is lost, the open one is named, the window is never wider for them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.tab_strip import TabStrip

NAMES = [f"Something {number}" for number in range(16)]


@pytest.fixture
def strip(qtbot: QtBot, clinical_desk: Desk) -> TabStrip:
    assert clinical_desk.theme
    made = TabStrip(NAMES)
    qtbot.addWidget(made)
    made.resize(700, 40)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_many_tabs_need_no_more_room_than_they_are_given(strip: TabStrip) -> None:
    assert strip.minimumSizeHint().width() <= 400
    assert strip.width() == 700
    assert strip.more.geometry().right() <= strip.width()
    assert strip.folded()


def test_in_a_wide_window_nothing_is_under_more(strip: TabStrip) -> None:
    strip.resize(strip.sizeHint().width(), 40)
    assert strip.folded() == ()
    assert not strip.more.isVisible()


def test_more_names_the_open_tab_that_is_in_it(strip: TabStrip) -> None:
    assert strip.more.text() == "More"
    strip.set_current(15)
    assert strip.more.text() == NAMES[15]
    strip.set_current(0)
    assert strip.more.text() == "More"


def test_every_tab_under_more_is_opened_by_keys(strip: TabStrip, qtbot: QtBot) -> None:
    strip.more.setFocus()
    QTest.keyClick(strip.more, Qt.Key.Key_Return)
    menu = strip.findChild(QMenu)
    assert isinstance(menu, QMenu)
    assert [each.text() for each in menu.actions()] == [NAMES[number] for number in strip.folded()]
    with qtbot.waitSignal(strip.changed) as heard:
        QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Return)
    assert heard.args == [strip.folded()[1]]


def test_arrows_stop_at_what_is_seen_and_at_more(strip: TabStrip) -> None:
    last = strip.folded()[0] - 1
    strip.buttons[last].setFocus()
    QTest.keyClick(strip.buttons[last], Qt.Key.Key_Right)
    assert strip.more.hasFocus()
    QTest.keyClick(strip.more, Qt.Key.Key_Right)
    assert strip.buttons[0].hasFocus()
    QTest.keyClick(strip.buttons[0], Qt.Key.Key_Left)
    assert strip.more.hasFocus()
    QTest.keyClick(strip.more, Qt.Key.Key_Left)
    assert strip.buttons[last].hasFocus()


def test_escape_leaves_the_menu_with_the_keyboard_on_more(strip: TabStrip, qtbot: QtBot) -> None:
    strip.more.setFocus()
    QTest.keyClick(strip.more, Qt.Key.Key_Return)
    menu = strip.findChild(QMenu)
    assert isinstance(menu, QMenu)
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not menu.isVisible())
    assert strip.more.hasFocus()
    assert not strip.more.isChecked()


def test_the_menu_begins_at_the_tab_that_is_open(strip: TabStrip) -> None:
    strip.set_current(14)
    strip.more.setFocus()
    QTest.keyClick(strip.more, Qt.Key.Key_Return)
    menu = strip.findChild(QMenu)
    assert isinstance(menu, QMenu)
    active = menu.activeAction()
    assert active is not None
    assert active.text() == NAMES[14]
    menu.close()
