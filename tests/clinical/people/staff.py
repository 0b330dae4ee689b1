"""People of the staff for tests, and a store that somebody else opens."""

from __future__ import annotations

import uuid
from typing import Any

import msgspec

from liaison_desktop.clinical.people.actions import set_pin
from liaison_desktop.clinical.people.record import StaffCredential, StaffMember, StaffRole
from liaison_desktop.store import Actor, Store
from tests.builders import ACTOR_ID

PIN = "482915"


def a_member(name: str = "Renee Okafor", role: StaffRole = StaffRole.LIAISON, **more: Any) -> StaffMember:
    """Somebody of the staff, who unlocks the store of a test unless told otherwise."""
    values = {"credential": StaffCredential.RN, "can_witness": True, "actor": ACTOR_ID, **more}
    return StaffMember(name=name, role=role, **values)


def put(store: Store, *members: StaffMember) -> tuple[StaffMember, ...]:
    """Record these people as they stand, past the actions: the beginning of a test, not its subject."""
    return tuple(store.save(member) for member in members)


def a_supervisor(store: Store, name: str = "Marta Lind") -> StaffMember:
    """A supervisor without a passphrase of her own, with the PIN of these tests."""
    (made,) = put(store, a_member(name, StaffRole.SUPERVISOR, actor=uuid.uuid4()))
    made = set_pin(as_actor(store, made), made, PIN)
    as_actor(store, ACTOR_ID)
    return store.save(msgspec.structs.replace(made, actor=None))


def as_actor(store: Store, who: StaffMember | uuid.UUID, name: str = "") -> Store:
    """The same store in the hands of somebody else."""
    id = who if isinstance(who, uuid.UUID) else who.actor
    assert id is not None
    shown = name or (who.title() if isinstance(who, StaffMember) else "Renee Okafor RN")
    store.actor = Actor(id=id, name=shown, role="registered nurse")
    return store
