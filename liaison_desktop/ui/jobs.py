"""Slow work off the window's thread: network, key derivation, PDF, imports. Never plain reads and saves."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from shiboken6 import isValid

from liaison_desktop.errors import LiaisonError
from liaison_desktop.i18n import tr

T = TypeVar("T")


class Cancelled(LiaisonError):
    """The person stopped the work."""


class Job(QObject):
    """One running piece of work: its title, how far it is, and a way to stop it."""

    progressed = Signal(int, int)  # done, of how many
    ended = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.done, self.total = 0, 0
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()

    def step(self, done: int, total: int) -> None:
        """Say how far the work is; called by the work on its own thread. Raises Cancelled if it is to stop."""
        if self._stop.is_set():
            raise Cancelled(tr("Stopped. Nothing was changed."))
        self.done, self.total = done, total
        self.progressed.emit(done, total)


class Jobs(QObject):
    """Runs work on a pool and lands its outcome on the window's thread."""

    failed = Signal(object)  # an expected error nobody took
    started = Signal(object)  # a Job with a title, for the status bar
    _landed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._pool = QThreadPool()
        self._running: set[Job] = set()
        self._landed.connect(self._land)

    def run(
        self,
        work: Callable[[], T],
        *,
        owner: QObject,
        then: Callable[[T], object],
        otherwise: Callable[[LiaisonError], object] | None = None,
    ) -> None:
        """Run `work`, then call `then` with its result, or `otherwise` with its LiaisonError.

        Neither is called once `owner` is gone. An error nobody takes is emitted as `failed`; a bug is raised on the
        window's thread, where the crash window sees it.
        """
        self._start(work, Job(""), owner, then, otherwise)

    def run_counted(
        self,
        title: str,
        work: Callable[[Job], T],
        *,
        owner: QObject,
        then: Callable[[T], object],
        otherwise: Callable[[LiaisonError], object] | None = None,
    ) -> Job:
        """Run work that says how far it is by `job.step(done, total)` and can be cancelled. Shown with its title."""
        job = Job(title)
        self.started.emit(job)
        self._start(lambda: work(job), job, owner, then, otherwise)
        return job

    def wait(self, milliseconds: int = 10_000) -> bool:
        """Wait until nothing runs, as before the store is closed. False if something still does."""
        return self._pool.waitForDone(milliseconds)

    def _start(
        self,
        work: Callable[[], T],
        job: Job,
        owner: QObject,
        then: Callable[[T], object],
        otherwise: Callable[[LiaisonError], object] | None,
    ) -> None:
        self._running.add(job)

        def fly() -> None:
            landing: Callable[[], object]
            try:
                landing = functools.partial(then, work())
            except LiaisonError as error:
                landing = functools.partial(otherwise or self.failed.emit, error)
            except Exception as bug:  # noqa: BLE001 - carried to the window's thread and raised there
                landing = functools.partial(_raise, bug)
            if isValid(self):
                self._landed.emit(functools.partial(self._deliver, job, owner, landing))

        self._pool.start(QRunnable.create(fly))

    def _land(self, delivery: Callable[[], None]) -> None:
        delivery()

    def _deliver(self, job: Job, owner: QObject, landing: Callable[[], Any]) -> None:
        self._running.discard(job)
        job.ended.emit()
        if isValid(owner):
            landing()


def _raise(bug: Exception) -> NoReturn:
    raise bug
