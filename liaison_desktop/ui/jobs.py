"""Slow work off the window's thread: network, key derivation, PDF, imports. Never plain reads and saves."""

from __future__ import annotations

import functools
import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Signal
from shiboken6 import isValid

from liaison_desktop.errors import LiaisonError
from liaison_desktop.i18n import tr
from liaison_desktop.ui.garbage import collect_here_only

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


@dataclass
class _Flight:
    """One piece of work with all that hangs on it, kept on the window's thread until it has landed."""

    job: Job
    owner: QObject
    work: Callable[[], Any]
    then: Callable[[Any], object]
    otherwise: Callable[[LiaisonError], object] | None
    landing: Callable[[], object] | None = None


class Jobs(QObject):
    """Runs work on threads of its own and lands its outcome on the window's thread.

    Python's threads, not Qt's pool: Qt deletes a runnable behind the binding's back, and the binding later takes
    whatever lies at the same address, a text or a button, for the runnable that is gone.
    """

    failed = Signal(object)  # an expected error nobody took
    started = Signal(object)  # a Job with a title, for the status bar
    _landed = Signal(int)

    def __init__(self) -> None:
        # It hangs on the application, so that a thread is never the last to hold it and never deletes it.
        super().__init__(QCoreApplication.instance())
        collect_here_only()
        self._threads: set[threading.Thread] = set()
        self._flights: dict[int, _Flight] = {}
        self._numbers = itertools.count()
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
        self._start(_Flight(Job(""), owner, work, then, otherwise))

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
        self._start(_Flight(job, owner, functools.partial(work, job), then, otherwise))
        return job

    def wait(self, milliseconds: int = 10_000) -> bool:
        """Wait until nothing runs, as before the store is closed. False if something still does."""
        until = time.monotonic() + milliseconds / 1000
        for thread in tuple(self._threads):
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in tuple(self._threads))

    def _start(self, flight: _Flight) -> None:
        number = next(self._numbers)
        self._flights[number] = flight

        def fly() -> None:
            # The thread holds no more than a number when it is done: the widgets of the flight, its owner among them,
            # may be deleted with the last hold on them, and that must be the window's.
            self._fly(number)
            if isValid(self):
                self._landed.emit(number)
            self._threads.discard(threading.current_thread())

        thread = threading.Thread(target=fly, name="job", daemon=True)
        self._threads.add(thread)
        thread.start()

    def _fly(self, number: int) -> None:
        flight = self._flights[number]
        try:
            flight.landing = functools.partial(flight.then, flight.work())
        except LiaisonError as error:
            flight.landing = functools.partial(flight.otherwise or self.failed.emit, error)
        except Exception as bug:  # noqa: BLE001 - carried to the window's thread and raised there
            flight.landing = functools.partial(_raise, bug)

    def _land(self, number: int) -> None:
        flight = self._flights.pop(number)
        flight.job.ended.emit()
        if flight.landing is not None and isValid(flight.owner):
            flight.landing()


def _raise(bug: Exception) -> NoReturn:
    raise bug
