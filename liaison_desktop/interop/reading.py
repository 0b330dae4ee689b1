"""Reads a file that somebody gave us in a process of its own, which is killed when it takes too long or too much."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec

from liaison_desktop.errors import Unreadable
from liaison_desktop.interop.table import Limits, Outcome, Table

NOTHING_TAKEN = "Nothing was taken from it."
_CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from liaison_desktop.interop.child import main; main()"


def read_table(path: Path, limits: Limits = Limits()) -> Table:
    """The table in a CSV, XLSX or JSON file. Raises Unreadable with a sentence for the person; never anything else.

    The name of the file decides nothing: its first bytes do. Takes up to `limits.seconds`, so it belongs in a job.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise Unreadable(f"This is not a file. {NOTHING_TAKEN}")
        if size == 0:
            raise Unreadable(f"This file is empty. {NOTHING_TAKEN}")
        if size > limits.file_bytes:
            most = limits.file_bytes // (1024 * 1024)
            raise Unreadable(f"This file is larger than {most} MB. {NOTHING_TAKEN} Split it into smaller lists.")
        with path.open("rb") as stream:
            answer = _ask(stream.fileno(), limits)
    except OSError:
        raise Unreadable(f"This file cannot be opened. {NOTHING_TAKEN}") from None
    try:
        outcome = msgspec.json.decode(answer, type=Outcome)
    except msgspec.MsgspecError:
        raise Unreadable(f"This file cannot be read as a table. {NOTHING_TAKEN}") from None
    if outcome.table is None:
        raise Unreadable(f"{outcome.refused} {NOTHING_TAKEN}")
    return outcome.table


def _ask(stream: int, limits: Limits) -> bytes:
    """The child's answer. The file arrives on its standard input, so that no path stands in the list of processes."""
    root = str(Path(__file__).resolve().parents[2])
    command = [sys.executable, "-E", "-s", "-c", _CHILD, root, msgspec.json.encode(limits).decode()]
    try:
        done = subprocess.run(
            command,
            stdin=stream,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(f"This file took too long to read. {NOTHING_TAKEN}") from None
    if done.returncode != 0:
        raise Unreadable(f"This file asks for too much memory or is damaged. {NOTHING_TAKEN}")
    return done.stdout
