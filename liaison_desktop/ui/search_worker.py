"""Search as you type, off the window's thread: the newest question wins, and older ones are broken off."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QThread, Signal

from liaison_desktop.errors import LiaisonError
from liaison_desktop.ui.garbage import collect_here_only


class Interrupted(LiaisonError):
    """The search was broken off because something newer was asked."""


class Searcher(Protocol):
    """Something that can be asked, with a connection of its own. Made and used on the worker's thread."""

    def search(self, text: str) -> object:
        """What is found for a text. Raises Interrupted if it was broken off."""
        ...

    def interrupt(self) -> None:
        """Break off the running search; called from another thread, and harmless when nothing runs."""
        ...

    def close(self) -> None:
        """Let go of the connection."""
        ...


class _Worker(QThread):
    def __init__(self, owner: SearchWorker, make: Callable[[], Searcher]) -> None:
        super().__init__(owner)
        self._owner, self._make = owner, make
        self._wake = threading.Condition()
        self._question: tuple[int, str] | None = None
        self._stopping = False
        self._searcher: Searcher | None = None

    def put(self, number: int, text: str) -> None:
        """Ask this in place of whatever was asked before."""
        with self._wake:
            self._question = (number, text)
            if self._searcher is not None:
                self._searcher.interrupt()
            self._wake.notify()

    def stop(self) -> None:
        """End the thread."""
        with self._wake:
            self._stopping = True
            if self._searcher is not None:
                self._searcher.interrupt()
            self._wake.notify()

    def run(self) -> None:
        """Answer questions until stopped."""
        searcher = self._make()
        with self._wake:
            self._searcher = searcher
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._stopping or self._question is not None)
                if self._stopping:
                    self._searcher = None
                    break
                asked, self._question = self._question, None
            if asked is not None:
                self._answer(searcher, *asked)
        searcher.close()

    def _answer(self, searcher: Searcher, number: int, text: str) -> None:
        try:
            found = searcher.search(text)
        except LiaisonError as error:
            self._owner.landed.emit(number, text, None, error)
        else:
            self._owner.landed.emit(number, text, found, None)


class SearchWorker(QObject):
    """Ask with `ask`; `answered` carries the text and what was found, for the newest question only."""

    answered = Signal(str, object)
    failed = Signal(object)
    landed = Signal(int, str, object, object)  # from the thread: number, text, found, error

    def __init__(self, make: Callable[[], Searcher], parent: QObject | None = None) -> None:
        """`make` is called once, on the worker's thread."""
        super().__init__(parent)
        collect_here_only()
        self._newest = 0
        self.landed.connect(self._land)
        self._thread = _Worker(self, make)
        self._thread.start()

    def ask(self, text: str) -> None:
        """Search for this; what is still being looked for is given up."""
        self._newest += 1
        self._thread.put(self._newest, text)

    def close(self) -> None:
        """End the thread and let go of its connection."""
        self._newest += 1
        self._thread.stop()
        self._thread.wait()

    def _land(self, number: int, text: str, found: object, error: object) -> None:
        if number != self._newest or isinstance(error, Interrupted):
            return
        if isinstance(error, LiaisonError):
            self.failed.emit(error)
        else:
            self.answered.emit(text, found)
