"""For flows by keystrokes alone: the real frame over practice records, and keys on whatever has the keyboard.

Nothing here puts the keyboard anywhere or calls a page: what is not reached by a key is not reached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.msl import practice
from liaison_desktop.msl.visits.page import VisitsPage
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.msl.workspace import WORKSPACE
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.holding import all_held
from liaison_desktop.ui.workspace import Workspace

KEY = Qt.Key
NONE, CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def opened(qtbot: QtBot, desk: Desk, workspace: Workspace = WORKSPACE) -> WorkFrame:
    """The frame of a workspace, shown as after an unlock."""
    made = WorkFrame(desk, workspace, ())
    qtbot.addWidget(made)
    return _shown(qtbot, desk, made)


def _shown(qtbot: QtBot, desk: Desk, made: WorkFrame) -> WorkFrame:
    desk.frame = made
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.go("today")
    return made


@contextmanager
def frames(qtbot: QtBot, desk: Desk, workspace: Workspace = WORKSPACE) -> Iterator[Callable[[], WorkFrame]]:
    """Opens the frame, and opens it again as after a crash: the one before is gone, and kept nothing more."""
    held: list[WorkFrame] = []

    def gone() -> None:
        while held:
            frame = held.pop()
            desk.store.listeners.clear()
            desk.jobs.wait()
            QApplication.processEvents()
            with all_held():
                shiboken6.delete(frame)

    def make() -> WorkFrame:
        gone()
        held.append(WorkFrame(desk, workspace, ()))
        return _shown(qtbot, desk, held[0])

    yield make
    gone()


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


def named() -> str:
    """What a screen reader calls the place of the keyboard."""
    return here().accessibleName()


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
    """One key, once what the keys before it set going is there; or the same key some times."""
    for _ in range(times):
        QApplication.processEvents()
        QTest.keyClick(here(), key, modifier)
        QApplication.processEvents()


def types(text: str) -> None:
    """Letters, each on what has the keyboard by then."""
    for letter in text:
        QTest.keyClicks(here(), letter)
    QApplication.processEvents()


def tab_to(name: str, most: int = 60, *, back: bool = False) -> int:
    """Press Tab until the keyboard is on what is called so; how often it took."""
    for presses in range(most + 1):
        if name in here().accessibleName():
            return presses
        press(KEY.Key_Backtab if back else KEY.Key_Tab)
    raise AssertionError(f"Tab does not reach {name} in {most} steps, but {here().accessibleName()}")


def to_notes_of_today(frame: WorkFrame) -> tuple[VisitsPage, Visit]:
    """Down the list of visits to today's draft of the practice records, and into its notes."""
    visit = next(one for one in frame.desk.store.all(Visit) if one.notes.startswith("Sees about 40"))
    press(KEY.Key_3, CTRL)
    page = frame.pages["visits"]
    assert isinstance(page, VisitsPage)
    for _ in range(20):
        if page.pane.visit.id == visit.id:
            break
        press(KEY.Key_Down)
    press(KEY.Key_Return)
    tab_to("Notes")
    return page, visit


def ask_bar(qtbot: QtBot, frame: WorkFrame, words: str) -> None:
    """Type into the command bar and take what it offers first."""
    press(KEY.Key_K, CTRL)
    types(words)
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: not frame.search.bar.isVisible())
    QApplication.processEvents()


def command(words: str) -> None:
    """The command bar again, for whoever waits for what it does and not for the bar."""
    press(KEY.Key_K, CTRL)
    types(words)
    press(KEY.Key_Return)
    QApplication.processEvents()
