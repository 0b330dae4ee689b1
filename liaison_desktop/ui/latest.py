"""Search as you type: questions go to a worker, and only the answer to the newest one is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from liaison_desktop.ui.jobs import Jobs


class Latest(QObject):
    """Asks one question at a time. While one runs, only the newest of those that came after it waits."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._running = False
        self._next: tuple[Callable[[], Any], Callable[[Any], object]] | None = None

    def ask(self, work: Callable[[], Any], then: Callable[[Any], object]) -> None:
        """Do `work` on a worker; `then` gets its result, unless something newer was asked meanwhile."""
        self._next = (work, then)
        if not self._running:
            self._start()

    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._running

    def _start(self) -> None:
        if self._next is None:
            return
        (work, then), self._next = self._next, None
        self._running = True
        self._jobs.run(work, owner=self, then=lambda answer: self._land(answer, then))

    def _land(self, answer: Any, then: Callable[[Any], object]) -> None:
        self._running = False
        if self._next is None:
            then(answer)
        else:
            self._start()
