"""How a store is destroyed: its keys first, so that from that moment on nothing opens what is left, then its files.

Overwriting a file on a modern disk proves nothing, so the promise rests on the keys: each slot is made unreadable and
gone before the first record is touched. Interrupted at any point, it is done again from the start and comes to the end.
"""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Iterable
from pathlib import Path

from liaison_desktop.security.atomic import previous_of
from liaison_desktop.security.os_keyring import AskPassphrase, Keyring, service_name
from liaison_desktop.security.slot_file import slot_path


def destroy_keys(folder: Path, workspace: str, store: uuid.UUID, persons: Iterable[uuid.UUID], ring: Keyring) -> None:
    """Take every way to the key away: the system's safe, the slot file, its copies. Raises OSError if one stays."""
    for person in persons:
        # A safe that is locked or gone keeps a secret that opens nothing once the slots are gone.
        with contextlib.suppress(AskPassphrase):
            ring.drop(service_name(store), str(person))
    path = slot_path(folder, workspace)
    for one in (path, previous_of(path), path.with_name(path.name + ".damaged")):
        _blank(one)
        one.unlink(missing_ok=True)
    for left in folder.glob(f".{path.name}.*"):
        left.unlink(missing_ok=True)


def destroy_files(folder: Path) -> None:
    """Everything else of a store: what is left opens nowhere. Raises OSError if something stays."""
    for below in sorted(folder.rglob("*"), key=lambda one: len(one.parts), reverse=True):
        if below.is_dir() and not below.is_symlink():
            below.rmdir()
        else:
            below.unlink(missing_ok=True)
    if folder.exists():
        folder.rmdir()


def _blank(path: Path) -> None:
    """Write over a small file in place, so that its bytes are gone even where the name is not."""
    if not path.is_file() or path.is_symlink():
        return
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.write(descriptor, bytes(path.stat().st_size))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
