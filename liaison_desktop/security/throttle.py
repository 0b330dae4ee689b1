"""Failed tries slow the next one down. Kept on disk beside the slots, so a restart does not help; nothing is ever wiped.

This only stops somebody at the keyboard. Against somebody who took the file the passphrase and Argon2id are the defence.
"""

from __future__ import annotations

import datetime
import math
import uuid
from pathlib import Path

import msgspec

from liaison_desktop.security.atomic import write_atomically

FREE_TRIES = 4
LONGEST_WAIT = 300  # seconds
_KEPT = 50  # times remembered; enough to tell the person, and the file stays small


def wait_after(failures: int) -> int:
    """Seconds to wait after so many failures in a row: 0 for four, then 1, 2, 4 ... 300."""
    if failures < FREE_TRIES:
        return 0
    return min(LONGEST_WAIT, 1 << min(failures - FREE_TRIES, 20))


class Tries(msgspec.Struct, frozen=True, kw_only=True):
    """One person's failed tries since the last success, and when that was."""

    failures: int = 0
    failed_at: tuple[datetime.datetime, ...] = ()
    opened_at: datetime.datetime | None = None


class Throttle:
    """The tries of everybody who may open one store."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def _all(self) -> dict[uuid.UUID, Tries]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[uuid.UUID, Tries])
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return {}  # losing the count must never lock the rightful person out

    def of(self, person: uuid.UUID) -> Tries:
        """What is remembered about a person."""
        return self._all().get(person, Tries())

    def seconds_left(self, person: uuid.UUID, now: datetime.datetime) -> int:
        """How long this person still has to wait."""
        tries = self.of(person)
        if not tries.failed_at:
            return 0
        penalty = wait_after(tries.failures)
        passed = (now - tries.failed_at[-1]).total_seconds()
        # A clock set back must not lengthen the wait beyond the penalty itself.
        return max(0, min(penalty, math.ceil(penalty - passed)))

    def failed(self, person: uuid.UUID, now: datetime.datetime) -> Tries:
        """Count one more failure and say how many there are now."""
        before = self.of(person)
        after = msgspec.structs.replace(
            before, failures=before.failures + 1, failed_at=(*before.failed_at, now)[-_KEPT:]
        )
        self._write({**self._all(), person: after})
        return after

    def opened(self, person: uuid.UUID, now: datetime.datetime) -> Tries:
        """Forget the failures; returns what was remembered, so that it can be journalled and shown."""
        before = self.of(person)
        self._write({**self._all(), person: Tries(opened_at=now)})
        return before

    def _write(self, tries: dict[uuid.UUID, Tries]) -> None:
        try:
            write_atomically(self._path, msgspec.json.encode(tries))
        except OSError:
            return  # a full or read-only disk must not keep the person from unlocking
