"""One process at a time: a lock file beside the store, held by the operating system as long as we live."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from liaison_desktop.errors import InUse


class InstanceLock:
    """Holds the lock from construction to `release()`. Raises InUse if another process has it."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(self._file)
        except OSError as error:
            os.close(self._file)
            raise InUse("This store is open in another window. Use that window, or close it first.") from error

    def release(self) -> None:
        """Let another process open the store."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
