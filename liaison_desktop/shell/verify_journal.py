"""`journal verify STORE`: open a store with a passphrase and walk its journal. No Qt, because no window is needed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from liaison_desktop.errors import LiaisonError, StoreMissing
from liaison_desktop.security.device import this_device
from liaison_desktop.security.slot_file import Person
from liaison_desktop.security.slots import KeySlots

if TYPE_CHECKING:
    from liaison_desktop.store import Schema
    from liaison_desktop.store.verifier import Verdict

_WORKSPACES = ("msl", "clinical")


def place_of(store: Path) -> tuple[Path, str]:
    """The folder and the workspace of a store given as its folder or as one of its files. Raises StoreMissing."""
    if store.is_dir():
        found = [name for name in _WORKSPACES if (store / f"{name}.slots.json").exists()]
        if len(found) == 1:
            return store, found[0]
    elif store.name.split(".")[0] in _WORKSPACES and store.parent.is_dir():
        return store.parent, store.name.split(".")[0]
    raise StoreMissing("There is no store here. Give the folder that holds it, such as the one with msl.db.")


def verify_journal(store: Path, passphrase: str, schema_of: Callable[[str], Schema], person: str = "") -> Verdict:
    """Every line of the journal checked. Raises a LiaisonError when the store cannot be opened."""
    folder, workspace = place_of(store)
    slots = KeySlots.load(folder, workspace)
    who = _person(slots, person)
    keys = slots.open_with_passphrase(who.id, passphrase)
    try:
        from liaison_desktop.store import Actor, Store

        here = this_device(folder.parent, "laptop")
        opened = Store.open(
            folder,
            schema_of(workspace),
            keys.database(),
            actor=Actor(id=who.id, name=who.printed, role=who.role),
            device=here,
        )
        try:
            return opened.verify()
        finally:
            opened.close()
    finally:
        keys.close()


def _person(slots: KeySlots, name: str) -> Person:
    fits = [each for each in slots.persons if not name or name.casefold() in each.printed.casefold()]
    if len(fits) == 1:
        return fits[0]
    if not fits:
        raise LiaisonError("Nobody of that name works in this store.")
    raise LiaisonError("Several people work in this store. Say whose passphrase it is with --person NAME.")
