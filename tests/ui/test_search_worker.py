"""The newest question wins."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.errors import LiaisonError, Locked
from liaison_desktop.ui.search_worker import Interrupted, SearchWorker


class Slow:
    """Answers when it is let, unless it is interrupted first."""

    def __init__(self) -> None:
        self.go, self.stop = threading.Event(), threading.Event()
        self.asked: list[str] = []
        self.closed = False
        self.thread: int = 0

    def search(self, text: str) -> object:
        self.thread = threading.get_ident()
        self.stop.clear()  # breaking off is harmless while nothing runs
        self.asked.append(text)
        if text == "bad":
            raise Locked("The store is locked.")
        if text.startswith("slow"):
            self.stop.wait(5)
            raise Interrupted
        if text == "deaf":
            self.stop.wait(5)
        return [text.upper()]

    def interrupt(self) -> None:
        self.stop.set()

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def searching(qapp: object) -> Iterator[tuple[SearchWorker, Slow]]:
    searcher = Slow()
    worker = SearchWorker(lambda: searcher)
    yield worker, searcher
    worker.close()
    assert searcher.closed


def test_it_answers_off_the_windows_thread(qtbot: QtBot, searching: tuple[SearchWorker, Slow]) -> None:
    worker, searcher = searching
    with qtbot.waitSignal(worker.answered) as told:
        worker.ask("oko")
    assert told.args == ["oko", ["OKO"]]
    assert searcher.thread != threading.get_ident()


def test_an_older_question_is_broken_off_and_never_answered(qtbot: QtBot, searching: tuple[SearchWorker, Slow]) -> None:
    worker, searcher = searching
    told: list[str] = []
    worker.answered.connect(lambda text, _found: told.append(text))
    worker.ask("slow")
    qtbot.waitUntil(lambda: searcher.asked == ["slow"])
    for text in ("m", "mu", "mul"):
        worker.ask(text)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["mul"]


def test_a_late_answer_to_an_older_question_is_dropped(qtbot: QtBot, searching: tuple[SearchWorker, Slow]) -> None:
    worker, searcher = searching
    told: list[str] = []
    worker.answered.connect(lambda text, _found: told.append(text))
    worker.ask("deaf")
    qtbot.waitUntil(lambda: searcher.asked == ["deaf"])
    worker.ask("new")
    qtbot.waitUntil(lambda: bool(told))
    assert searcher.asked == ["deaf", "new"]
    assert told == ["new"]


def test_an_error_is_told(qtbot: QtBot, searching: tuple[SearchWorker, Slow]) -> None:
    worker, _searcher = searching
    with qtbot.waitSignal(worker.failed) as told:
        worker.ask("bad")
    assert isinstance(told.args[0], LiaisonError)


def test_closing_does_not_wait_for_a_slow_search(qtbot: QtBot) -> None:
    searcher = Slow()
    worker = SearchWorker(lambda: searcher)
    worker.ask("slow")
    qtbot.waitUntil(lambda: searcher.asked == ["slow"])
    worker.close()
    assert searcher.closed
