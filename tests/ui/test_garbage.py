"""Widgets that refer to each other in a circle are deleted on the window's thread, whoever makes the garbage due."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.ui.jobs import Jobs


class _Circle(QWidget):
    def __init__(self, died: list[str]) -> None:
        super().__init__()
        self.me = self
        self.line = QLineEdit(self)
        self.ticks = QTimer(self, interval=1)
        self.ticks.start()
        self.destroyed.connect(lambda: died.append(threading.current_thread().name))


def _allocate() -> int:
    return sum(len([[] for _ in range(100)]) for _ in range(500))


def test_a_thread_never_deletes_a_widget(qtbot: QtBot) -> None:
    jobs, owner, died, landed = Jobs(), QObject(), list[str](), list[int]()
    for number in range(10):
        for _ in range(5):
            _Circle(died)
        jobs.run(_allocate, owner=owner, then=landed.append)
        qtbot.waitUntil(lambda at=number: len(landed) > at)
    assert not gc.isenabled(), "Python would collect on the thread of a job"
    assert set(died) <= {threading.current_thread().name}


class _Knot:
    """A circle without a widget."""

    def __init__(self) -> None:
        self.me = self


def test_garbage_is_collected_all_the_same_but_never_a_widget(qtbot: QtBot) -> None:
    Jobs()
    died: list[str] = []
    _Circle(died)
    knot = weakref.ref(_Knot())
    kept = [[] for _ in range(2 * gc.get_threshold()[0])]
    qtbot.waitUntil(lambda: knot() is None, timeout=20_000)
    assert kept
    assert died == [], "a widget is deleted by whoever let it go, not by the collector"


def test_the_last_hold_on_an_owner_is_the_windows(qtbot: QtBot) -> None:
    jobs, died = Jobs(), list[str]()
    for _ in range(30):
        owner = QObject()
        owner.destroyed.connect(lambda: died.append(threading.current_thread().name))
        jobs.run(lambda: None, owner=owner, then=lambda _none, owner=owner: owner.objectName())
    del owner
    assert jobs.wait()
    qtbot.waitUntil(lambda: len(died) == 30)
    assert set(died) == {threading.current_thread().name}
