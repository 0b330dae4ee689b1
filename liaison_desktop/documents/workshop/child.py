"""The process in which documents are made: reads orders from its standard input until there are no more.

It is started with a low priority, has no window, no store and no key, writes no file, and forgets each record with the
order it came in. (Python cannot wipe what it forgot; that is why this process ends when the store is locked.)
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import types
from pathlib import Path
from typing import IO

import msgspec

from liaison_desktop.documents.sealing.seal import Sealing, seal_stage
from liaison_desktop.documents.workshop.messages import Answer, Broken, Failed, Made, Wanted, hear, say
from liaison_desktop.documents.workshop.order import Order, carry_out
from liaison_desktop.errors import LiaisonError

_NICER = 10


def main() -> None:
    """Serve orders until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is the window's to answer
    orders, answers = _pipes()
    if hasattr(os, "nice"):
        os.nice(_NICER)
    _warm_up()
    while True:
        try:
            message = hear(orders)
        except EOFError:
            return
        answer = _served(message, orders, answers)
        del message
        say(answers, msgspec.msgpack.encode(answer))
        del answer
        gc.collect()


def _pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The two pipes; what a library prints goes nowhere, or it would stand between two answers."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return sys.stdin.buffer, answers


def _warm_up() -> None:
    """Load what the first document would wait for: the writer with its fonts, the reader, the seal."""
    from liaison_desktop.documents import fonts, furniture, reading  # noqa: F401 - loaded, not used
    from liaison_desktop.documents.sealing import seal, verifying
    from liaison_desktop.security.memory import forbid_dumps

    forbid_dumps()
    fonts.register()
    for module in (seal, verifying):
        module.load()


def _served(message: bytes, orders: IO[bytes], answers: IO[bytes]) -> Answer:
    def sign(attributes: bytes) -> bytes:
        say(answers, msgspec.msgpack.encode(Wanted(attributes)))
        return hear(orders)

    try:
        order, sealing = _read(message)
        return Made(carry_out(order, (seal_stage(sealing, sign),) if sealing is not None else ()))
    except LiaisonError as error:
        return Failed(str(error))
    except EOFError:
        raise
    except Exception as bug:  # noqa: BLE001 - carried to the parent, which raises it where it is seen
        return Broken(type(bug).__name__, _place(bug.__traceback__))


def _read(message: bytes) -> tuple[Order, Sealing | None]:
    order, sealing = pickle.loads(message)
    return order, sealing


def _place(trace: types.TracebackType | None) -> str:
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace is not None else ""
