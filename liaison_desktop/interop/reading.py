"""Reads a list that somebody gave us in a process of its own, which is killed when it takes too long or too much."""

from __future__ import annotations

from pathlib import Path

import msgspec

from liaison_desktop.errors import Unreadable
from liaison_desktop.interop.apart import NOTHING_TAKEN, ask_apart
from liaison_desktop.interop.table import Limits, Outcome, Table

__all__ = ["NOTHING_TAKEN", "read_table"]


def read_table(path: Path, limits: Limits = Limits()) -> Table:
    """The table in a CSV, XLSX or JSON file. Raises Unreadable with a sentence for the person; never anything else.

    The name of the file decides nothing: its first bytes do. Takes up to `limits.seconds`, so it belongs in a job.
    """
    answer = ask_apart(path, "liaison_desktop.interop.child", limits, "Split it into smaller lists.")
    try:
        outcome = msgspec.json.decode(answer, type=Outcome)
    except msgspec.MsgspecError:
        raise Unreadable(f"This file cannot be read as a table. {NOTHING_TAKEN}") from None
    if outcome.table is None:
        raise Unreadable(f"{outcome.refused} {NOTHING_TAKEN}")
    return outcome.table
