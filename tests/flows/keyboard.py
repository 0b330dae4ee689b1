"""For flows by keystrokes alone: the real frame over practice records, and keys on whatever has the keyboard.

Nothing here puts the keyboard anywhere or calls a page: what is not reached by a key is not reached.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.msl import practice
from liaison_desktop.msl.workspace import WORKSPACE
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.ui.desk import Desk

KEY = Qt.Key
NONE, CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def opened(qtbot: QtBot, desk: Desk) -> WorkFrame:
    """The frame of the medical science workspace, shown as after an unlock."""
    made = WorkFrame(desk, WORKSPACE, ())
    desk.frame = made
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.go("today")
    return made


@pytest.fixture
def frame(qtbot: QtBot, msl_desk: Desk) -> Iterator[WorkFrame]:
    """The frame over practice records, on Today."""
    practice.fill(msl_desk.store)
    made = opened(qtbot, msl_desk)
    yield made
    made.put_away()


def here() -> QWidget:
    """What has the keyboard."""
    found = QApplication.focusWidget() or QApplication.activeWindow()
    assert found is not None
    return found


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """One key, once what the keys before it set going is there."""
    QApplication.processEvents()
    QTest.keyClick(here(), key, modifier)
    QApplication.processEvents()


def types(text: str) -> None:
    """Letters, each on what has the keyboard by then."""
    for letter in text:
        QTest.keyClicks(here(), letter)
    QApplication.processEvents()


def tab_to(name: str, most: int = 20, *, back: bool = False) -> int:
    """Press Tab until the keyboard is on what is called so; how often it took."""
    for presses in range(most + 1):
        if name in here().accessibleName():
            return presses
        press(KEY.Key_Backtab if back else KEY.Key_Tab)
    raise AssertionError(f"Tab does not reach {name} in {most} steps, but {here().accessibleName()}")


def ask_bar(qtbot: QtBot, frame: WorkFrame, words: str) -> None:
    """Type into the command bar and take what it offers first."""
    press(KEY.Key_K, CTRL)
    types(words)
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: not frame.search.bar.isVisible())
    QApplication.processEvents()
