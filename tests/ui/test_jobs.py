"""Slow work lands on the window's thread, or not at all."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from liaison_desktop.errors import LiaisonError, Locked
from liaison_desktop.ui.jobs import Cancelled, Job, Jobs
from liaison_desktop.ui.status_bar import StatusBar


def test_a_result_lands_on_the_windows_thread(qtbot: QtBot) -> None:
    jobs, owner, landed = Jobs(), QObject(), []
    jobs.run(lambda: threading.get_ident(), owner=owner, then=lambda ran: landed.append((ran, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(landed))
    ran, here = landed[0]
    assert ran != here == threading.get_ident()


def test_an_expected_error_goes_to_who_asked(qtbot: QtBot) -> None:
    jobs, owner, heard = Jobs(), QObject(), []

    def work() -> None:
        raise Locked("The store is locked.")

    jobs.run(work, owner=owner, then=heard.append, otherwise=lambda error: heard.append(str(error)))
    qtbot.waitUntil(lambda: heard == ["The store is locked."])
    with qtbot.waitSignal(jobs.failed):
        jobs.run(work, owner=owner, then=heard.append)


def test_a_bug_is_raised_on_the_windows_thread(qtbot: QtBot) -> None:
    jobs, owner = Jobs(), QObject()
    with qtbot.captureExceptions() as raised:
        jobs.run(lambda: 1 // 0, owner=owner, then=lambda _result: None)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError


def test_nothing_lands_on_what_is_gone(qtbot: QtBot) -> None:
    import shiboken6

    jobs, owner, landed = Jobs(), QObject(), []
    go = threading.Event()
    jobs.run(lambda: go.wait(5), owner=owner, then=landed.append)
    shiboken6.delete(owner)
    go.set()
    jobs.wait()
    after: list[int] = []
    other = QObject()
    jobs.run(lambda: 1, owner=other, then=after.append)
    qtbot.waitUntil(lambda: bool(after))
    assert landed == []


def test_counted_work_says_how_far_it_is_and_can_be_stopped(qtbot: QtBot) -> None:
    jobs, owner, heard = Jobs(), QObject(), []
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show()
    jobs.started.connect(bar.show_work)
    go = threading.Event()

    def work(job: Job) -> int:
        job.step(1, 10)
        go.wait(5)
        for number in range(2, 11):
            job.step(number, 10)
        return 10

    job = jobs.run_counted("Importing people", work, owner=owner, then=heard.append, otherwise=heard.append)
    qtbot.waitUntil(lambda: bar._work._count.text() == "1 of 10")
    assert bar._work.isVisible()
    bar._work._stop.click()
    go.set()
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], Cancelled)
    assert isinstance(heard[0], LiaisonError)
    assert bar._work.isHidden()
    assert job.total == 10
