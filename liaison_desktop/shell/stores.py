"""From a door and its keys to an open store. Loads the database library, so only used once somebody is unlocking."""

from __future__ import annotations

import platform

from liaison_desktop.errors import LiaisonError
from liaison_desktop.i18n import plural
from liaison_desktop.policies import in_force
from liaison_desktop.security.device import this_device
from liaison_desktop.security.keys import Keys
from liaison_desktop.security.throttle import Tries
from liaison_desktop.shell.places import Door, Places
from liaison_desktop.shell.policy_card import trouble_words
from liaison_desktop.store import Act, Actor, Device, Store
from liaison_desktop.ui.workspace import Workspace


def create_store(places: Places, door: Door, keys: Keys, workspace: Workspace) -> None:
    """Make a new store, with practice records in a practice store, and leave it closed."""
    actor, device = _parties(places, door)
    store = Store.create(
        door.place.folder, workspace.schema, keys.database(), actor=actor, device=device, clock=places.clock
    )
    try:
        if door.place.practice:
            workspace.practice(store)
    finally:
        store.close()


def open_store(places: Places, door: Door, keys: Keys, workspace: Workspace) -> tuple[Store, Tries]:
    """The open store, the unlock in its journal, and the failed tries before it.

    Raises StoreMissing, Damaged, TooNew or InUse; the keys stay the caller's.
    """
    actor, device = _parties(places, door)
    store = Store.open(
        door.place.folder, workspace.schema, keys.database(), actor=actor, device=device, clock=places.clock
    )
    before = places.slots(door.place).opened(door.person.id)
    if before.failures:
        store.note(Act.UNLOCK_FAILED, detail=plural(before.failures, "{n} failed try", "{n} failed tries"))
    rules = in_force(store)
    # Whoever reads the journal later can tell which rules held in this sitting.
    changed = "policy file refused" if rules.trouble else f"policy {rules.policy.version}" if rules.own else ""
    store.note(Act.UNLOCKED, detail=changed)
    return store, before


def said_on_entry(store: Store, before: Tries) -> str:
    """What whoever comes in must hear: failed tries before, and a policy file that was refused."""
    tries = plural(before.failures, "{n} failed try before you came in.", "{n} failed tries before you came in.")
    return " ".join(filter(None, (tries if before.failures else "", trouble_words(store))))


def _parties(places: Places, door: Door) -> tuple[Actor, Device]:
    here = this_device(places.home, platform.node() or "laptop")
    actor = Actor(id=door.person.id, name=door.person.printed, role=door.person.role)
    return actor, here


def is_actor(places: Places, door: Door, store: Store, passphrase: str) -> bool:
    """Yes, or the error with its words. A wrong passphrase is counted and is a line of the journal."""
    try:
        places.slots(door.place).open_with_passphrase(door.person.id, passphrase).close()
    except LiaisonError:
        store.note(Act.UNLOCK_FAILED, detail="on a screen that was given to somebody")
        raise
    return True
