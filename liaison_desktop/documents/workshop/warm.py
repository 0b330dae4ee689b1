"""A workshop in a process of its own, kept warm while a store is open.

A PDF takes Python some 60 ms and a seal as much again; on a thread of the window they would take turns with every
stroke of a pen. Here they take none: the window's process only waits at a pipe.

Where the key stands: in the window's worker, which holds the keys of the store anyway, and nowhere else. The child
prepares the seal and asks for the one signature it needs, over the few hundred bytes that a seal signs; it is answered
once for each sealing order. So a fault in the libraries that lay out what people typed can spoil that one document,
which is verified again before it is kept, and can never carry the key away.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path

import msgspec

from liaison_desktop.documents.made import Document
from liaison_desktop.documents.sealing.seal import Sealing, SignBytes
from liaison_desktop.documents.workshop.messages import Answer, Broken, Failed, Made, Wanted, answer_of, hear, say
from liaison_desktop.documents.workshop.order import Order
from liaison_desktop.documents.workshop.workshop import Workshop
from liaison_desktop.errors import Locked, Unprintable

_CHILD = (
    "import sys; sys.path.insert(0, sys.argv[1]); from liaison_desktop.documents.workshop.child import main; main()"
)
_PATIENCE = 90.0  # seconds for one document; the slowest ever seen, a stay of a year in large print, took 6
_TRIES = 2
_MOST_SIGNED = 4096  # bytes; the signed attributes of a seal are some 250

_GAVE_UP = "The document could not be made: the part of the application that makes documents stopped. Try again."


class WarmWorkshop(Workshop):
    """Starts its process at `warm()` or with the first order, anew when it died, and ends it at `close()`."""

    def __init__(self, patience: float = _PATIENCE) -> None:
        self._patience = patience
        self._one_at_a_time = threading.Lock()
        self._starting = threading.Lock()
        self._worker: subprocess.Popen[bytes] | None = None
        self._closed = False

    @property
    def worker_id(self) -> int | None:
        """The process that makes the documents now, None if there is none."""
        worker = self._worker
        return worker.pid if worker is not None and worker.poll() is None else None

    def warm(self) -> None:
        """Start the process while nobody waits for it. Returns at once."""
        if self.worker_id is None and not self._closed:
            threading.Thread(target=self._start, name="workshop", daemon=True).start()

    def make(self, order: Order, sealing: Sealing | None = None, sign: SignBytes | None = None) -> Document:
        """As `Workshop.make`. Raises Locked if the store is being locked, Unprintable if the process died twice."""
        with self._one_at_a_time:
            for _ in range(_TRIES):
                try:
                    return self._made(self._start(), order, sealing, sign)
                except (EOFError, OSError, msgspec.DecodeError):
                    self._end()
            raise Unprintable(_GAVE_UP)

    def close(self) -> None:
        """End the worker, whatever it is doing, and start none again."""
        self._closed = True
        with self._starting:
            self._end()

    def _start(self) -> subprocess.Popen[bytes]:
        with self._starting:
            if self._closed:
                raise Locked("The workspace is locked.")
            if self._worker is None or self._worker.poll() is not None:
                self._end()
                self._worker = _spawn()
            return self._worker

    def _end(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None:
            return
        worker.kill()
        worker.wait()
        for pipe in filter(None, (worker.stdin, worker.stdout)):
            with contextlib.suppress(OSError):  # what was still to be written to a process that is gone
                pipe.close()

    def _made(
        self, worker: subprocess.Popen[bytes], order: Order, sealing: Sealing | None, sign: SignBytes | None
    ) -> Document:
        # A process that hangs is killed from outside; the read below then ends as if it had died.
        watch = threading.Timer(self._patience, worker.kill)
        watch.daemon = True
        watch.start()
        try:
            answer = _asked(worker, order, sealing, sign)
        finally:
            watch.cancel()
        if isinstance(answer, Made):
            return answer.document
        if isinstance(answer, Failed):
            raise Unprintable(answer.words)
        if isinstance(answer, Broken):
            raise RuntimeError(f"{answer.kind} at {answer.place} while making a document")
        raise EOFError


def _asked(worker: subprocess.Popen[bytes], order: Order, sealing: Sealing | None, sign: SignBytes | None) -> Answer:
    orders, answers = worker.stdin, worker.stdout
    if orders is None or answers is None:
        raise EOFError
    say(orders, pickle.dumps((order, sealing)))
    answer = answer_of(hear(answers))
    if isinstance(answer, Wanted) and sealing is not None and sign is not None:
        if len(answer.attributes) > _MOST_SIGNED:
            raise EOFError
        say(orders, sign(answer.attributes))
        # One signature an order: whoever asks for a second one is not answered.
        answer = answer_of(hear(answers))
    return answer


def _spawn() -> subprocess.Popen[bytes]:
    root = str(Path(__file__).resolve().parents[3])
    gently = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0) if os.name == "nt" else 0
    return subprocess.Popen(
        [sys.executable, "-E", "-s", "-c", _CHILD, root],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=gently,
    )
