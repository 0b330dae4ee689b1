"""Walks the journal and names the first line that is not as it was written."""

from __future__ import annotations

import uuid

import msgspec
import sqlalchemy as sa

from liaison_desktop.records import line_hash
from liaison_desktop.records.line import FIRST
from liaison_desktop.store import journal


class Broken(msgspec.Struct, frozen=True):
    """The first broken line: which device wrote it, its number there, and what is wrong with it."""

    device: uuid.UUID
    number: int
    fault: str


class Verdict(msgspec.Struct, frozen=True):
    """The result of a walk: how many lines were sound, the hash of the last one, and the first break if any."""

    entries: int
    head: bytes
    broken: Broken | None = None

    @property
    def verified(self) -> bool:
        """Whether every line is as it was written."""
        return self.broken is None


def verify(connection: sa.Connection) -> Verdict:
    """Check every line of every device: numbers without a gap, each hash over its line, each line after the one before.

    What this proves: nobody without the key, and no error of ours, changed, dropped or inserted a line. What it cannot
    prove: that the newest lines were not cut off; for that the head hash is kept outside, in backups and reports.
    """
    last: dict[uuid.UUID, tuple[int, bytes]] = {}
    entries, head = 0, FIRST
    for line in journal.lines(connection):
        number, previous = last.get(line.device, (0, FIRST))
        if line.number != number + 1:
            fault = f"follows line {number}; {line.number - number - 1} missing between them"
        elif line.previous != previous:
            fault = "does not follow the line before it"
        elif line.hash != line_hash(line):
            fault = "was changed after it was written"
        else:
            last[line.device] = (line.number, line.hash)
            entries, head = entries + 1, line.hash
            continue
        return Verdict(entries, head, Broken(line.device, line.number, fault))
    return Verdict(entries, head)
