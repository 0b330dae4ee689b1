"""One window per home folder: a second start brings the first window to the front and goes away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject


class SingleInstance(QObject):
    """Holds the lock file of a home folder. The second start touches a file beside it, which the first one watches."""

    def __init__(self, home: Path) -> None:
        super().__init__()
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._bell = home / "bell"
        self._lock = QLockFile(str(home / "window.lock"))
        # Never stale by age: an unlocked window may stand for days.
        self._lock.setStaleLockTime(0)
        self.first = self._lock.tryLock(0)
        self._watcher: QFileSystemWatcher | None = None

    def listen(self, raised: Callable[[], None]) -> None:
        """Call `raised` when the application is started once more."""
        self._bell.write_text("")
        self._watcher = QFileSystemWatcher([str(self._bell)], self)
        self._watcher.fileChanged.connect(lambda _path: raised())

    def ring(self) -> None:
        """Bring the first window to the front."""
        with self._bell.open("a", encoding="ascii") as stream:
            stream.write("*")

    def holder(self) -> str:
        """Who holds the lock, in words."""
        number, host, name = self._lock.getLockInfo()
        return f"{name} on {host}, number {number}" if name else "another window"

    def release(self) -> None:
        """Let another start be the first."""
        self._lock.unlock()
