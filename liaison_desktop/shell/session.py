"""An open store with all that hangs on it: who opened it, its keys, its window. Shut in one order, always the same."""

from __future__ import annotations

from dataclasses import dataclass

from liaison_desktop.documents.workshop.workshop import workshop_of
from liaison_desktop.security.keys import Keys
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.shell.lock_screen import IdleWatch
from liaison_desktop.shell.places import Door
from liaison_desktop.store import Act, Store


@dataclass(frozen=True)
class Session:
    """From unlock to lock."""

    door: Door
    keys: Keys
    store: Store
    frame: WorkFrame
    idle: IdleWatch

    def put_away(self) -> None:
        """Keep drafts and stop listening. The frame may be deleted after this."""
        self.idle.stop()
        self.frame.leave_full_screen()
        self.frame.put_away()

    def shut(self) -> None:
        """End the workshop, journal the lock, close the store, zero the keys. The frame is gone by now."""
        workshop_of(self.store).close()
        try:
            self.store.note(Act.LOCKED)
        finally:
            self.store.close()
            self.keys.close()
