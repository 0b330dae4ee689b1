"""What is being typed, kept at every pause: durable, outside the journal, gone once it is saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from liaison_desktop.store import Store

_PAUSE, _LONGEST = 500, 1500  # ms: after the last key, and at most after the first


class Kept(QObject):
    """The draft under one key. `write` gives what stands in the form."""

    def __init__(self, store: Store, key: str, write: Callable[[], bytes], parent: QObject) -> None:
        super().__init__(parent)
        self._store, self.key, self._write, self.dirty = store, key, write, False
        self._pause, self._longest = self._timer(_PAUSE), self._timer(_LONGEST)

    def _timer(self, wait: int) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(wait)
        made.timeout.connect(self.save)
        return made

    def heard(self) -> None:
        """Something was typed."""
        self.dirty = True
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def save(self) -> None:
        """Keep what stands there, if anything was typed; durable when it returns."""
        self._pause.stop()
        self._longest.stop()
        if self.dirty:
            self._store.drafts.put(self.key, self._write())

    def held(self) -> bytes | None:
        """What was kept before; from then on it counts as typed."""
        found = self._store.drafts.get(self.key)
        self.dirty = found is not None
        return found

    def drop(self) -> None:
        """Forget it, because it was saved or discarded."""
        self._pause.stop()
        self._longest.stop()
        if self.dirty:
            self._store.drafts.drop(self.key)
        self.dirty = False
