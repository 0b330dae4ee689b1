"""Which stores were ever made on this laptop, kept apart from them: a lost store is missing, not "never created"."""

from __future__ import annotations

import datetime
import uuid
from pathlib import Path

import msgspec

from liaison_desktop.errors import Damaged
from liaison_desktop.security.atomic import previous_of, write_atomically

_FILE = "stores.json"


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """One store: its workspace, its folder's name below the home folder, its identity and when it was made.

    Nothing secret and no authority: the identity is checked against the slot file, where every seal is bound to it.
    """

    workspace: str
    folder: str
    store: uuid.UUID
    created: datetime.datetime
    practice: bool = False
    ready: bool = True  # False while it is being made: a crash then leaves an unfinished store, not a lost one


def known_stores(home: Path) -> tuple[Manifest, ...]:
    """Every store made here, oldest first; empty on a fresh laptop. Raises Damaged when the list cannot be read."""
    try:
        return msgspec.json.decode((home / _FILE).read_bytes(), type=tuple[Manifest, ...])
    except FileNotFoundError:
        return _found(home)
    except (msgspec.DecodeError, UnicodeDecodeError):
        found = _found(home)
        if not found:
            raise Damaged("The list of stores on this laptop is damaged. Nothing was created or changed.") from None
        return found


def _found(home: Path) -> tuple[Manifest, ...]:
    """Stores that are there although the list is not: the slot files tell."""
    from liaison_desktop.errors import StoreMissing, TooNew
    from liaison_desktop.security.slot_file import read_slots

    found = []
    for path in sorted(home.glob("*/*.slots.json")):
        if path.parent.name.startswith("unfinished-"):
            continue
        workspace = path.name.removesuffix(".slots.json")
        try:
            file = read_slots(path, workspace)
        except (Damaged, TooNew, StoreMissing):
            # A slot file that cannot be read still proves that a store was made; its page will say what is wrong.
            file = None
        found.append(
            Manifest(
                workspace=workspace,
                folder=path.parent.name,
                store=file.store if file else uuid.UUID(int=0),
                created=file.created if file else datetime.datetime.fromtimestamp(0, datetime.UTC),
                practice=file.practice if file else False,
            )
        )
    return tuple(found)


def remember_store(home: Path, manifest: Manifest) -> None:
    """Add or change a store in the list, durably: first with `ready` false, then, when it was made, true."""
    others = tuple(known for known in known_stores(home) if known.folder != manifest.folder)
    write_atomically(home / _FILE, msgspec.json.encode((*others, manifest)), keep_previous=True)


def forget_store(home: Path, folder: str) -> None:
    """Take a store that was destroyed off the list, durably."""
    others = tuple(known for known in known_stores(home) if known.folder != folder)
    write_atomically(home / _FILE, msgspec.json.encode(others))
    previous_of(home / _FILE).unlink(missing_ok=True)
