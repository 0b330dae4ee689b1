"""One line in the command bar is a visit, by keyboard alone, over the real frame and a real encrypted store.

Ctrl+K                                    the command bar
v haddad 13:15 30m #dosing great talk     chips say what was understood; nothing is saved yet
Enter                                     the visit is begun and open, what was not understood is its note
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.msl import practice
from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.visits.record import Channel, Visit, VisitStatus
from liaison_desktop.msl.workspace import WORKSPACE
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.ui.bar_rows import BarRow
from liaison_desktop.ui.desk import Desk
from tests.fakes import TODAY

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def frame(qtbot: QtBot, msl_desk: Desk) -> Iterator[WorkFrame]:
    practice.fill(msl_desk.store)
    window = QWidget()
    qtbot.addWidget(window)
    made = WorkFrame(msl_desk, WORKSPACE, ())
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(made)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.go("today")
    yield made
    msl_desk.store.listeners.clear()


def here() -> QWidget:
    found = QApplication.focusWidget() or QApplication.activeWindow()
    assert found is not None
    return found


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(here(), key, modifier)
    QApplication.processEvents()


def offers(frame: WorkFrame) -> list[BarRow]:
    return [one for one in frame.search.bar.model.items if isinstance(one, BarRow)]


def typed_into_bar(frame: WorkFrame, line: str) -> list[BarRow]:
    press(KEY.Key_K, CTRL)
    QTest.keyClicks(here(), line)
    return offers(frame)


def open_visit(qtbot: QtBot, frame: WorkFrame) -> Callable[[], bool]:
    return lambda: frame.page_key == "visits"


def test_a_line_in_the_command_bar_is_a_visit(qtbot: QtBot, frame: WorkFrame) -> None:
    store = frame.desk.store
    before = len(store.all(Visit))
    first = typed_into_bar(frame, "v haddad 13:15 30m #dosing great talk")[0]
    chips = [chip.text for chip in first.chips]
    assert first.title.endswith("Haddad")
    assert "Thu 19 Nov, 13:15" in chips
    assert "30 min" in chips
    assert "Note: great talk" in chips
    assert len(store.all(Visit)) == before, "nothing is saved before Enter"
    press(KEY.Key_Return)
    qtbot.waitUntil(open_visit(qtbot, frame))
    made = store.all(Visit)[-1]
    person = store.find(Person, made.primary_person_id)
    assert person is not None
    assert person.last_name == "Haddad"
    assert made.start_at == TODAY.replace(hour=13, minute=15)
    assert (made.duration_min, made.notes, made.status) == (30, "great talk", VisitStatus.DRAFT)
    assert [topic.topic_name for topic in made.topics] == [chip.text for chip in first.chips if chip.icon == "hash"]


def test_a_mistyped_name_is_proposed_and_asked(qtbot: QtBot, frame: WorkFrame) -> None:
    first = typed_into_bar(frame, "v hadadd yesterday 9:30 phone")[0]
    assert first.chips[0].text.endswith("Haddad?")
    assert first.chips[0].tone == "amber"
    press(KEY.Key_Return)
    qtbot.waitUntil(open_visit(qtbot, frame))
    made = frame.desk.store.all(Visit)[-1]
    assert made.channel is Channel.PHONE
    assert made.start_at == TODAY.replace(day=18, hour=9, minute=30)


def test_words_nobody_knows_become_a_note_and_escape_saves_nothing(qtbot: QtBot, frame: WorkFrame) -> None:
    store = frame.desk.store
    before = len(store.all(Visit))
    first = typed_into_bar(frame, "v zzyzx qqq #nothing")[0]
    assert [chip.text for chip in first.chips] == ["Note: zzyzx qqq #nothing"]
    press(KEY.Key_Escape)
    assert len(store.all(Visit)) == before
    typed_into_bar(frame, "v zzyzx qqq #nothing")
    press(KEY.Key_Return)
    qtbot.waitUntil(open_visit(qtbot, frame))
    assert store.all(Visit)[-1].notes == "zzyzx qqq #nothing"


def test_the_quick_entry_of_today_reads_the_same_line(qtbot: QtBot, frame: WorkFrame) -> None:
    press(KEY.Key_K, CTRL)
    QTest.keyClicks(here(), "quick entry")
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: here().accessibleName() == "Quick entry")
    QTest.keyClicks(here(), "v haddad 13:15 30m brought the poster")
    press(KEY.Key_Return)
    qtbot.waitUntil(open_visit(qtbot, frame))
    made = frame.desk.store.all(Visit)[-1]
    assert (made.duration_min, made.notes) == (30, "brought the poster")
