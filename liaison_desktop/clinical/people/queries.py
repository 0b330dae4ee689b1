"""Reading what the rights stand on: who made the store, and our own facility."""

from __future__ import annotations

import uuid

import msgspec
import sqlalchemy as sa

from liaison_desktop.clinical.people.record import Facility, Practitioner, StaffMember
from liaison_desktop.store import Store


class _Founder(msgspec.Struct, frozen=True):
    actor: uuid.UUID | None


def founder(store: Store) -> uuid.UUID | None:
    """Who made this store: the actor of the first line of its journal. Read once for as long as it is open."""
    known = store.companions.get(_Founder)
    if not isinstance(known, _Founder):
        with store.reading() as connection:
            first = connection.execute(sa.text("SELECT actor FROM journal ORDER BY rid LIMIT 1")).scalar()
        known = store.companions[_Founder] = _Founder(uuid.UUID(bytes=first) if first else None)
    return known.actor


def people_to_ask(store: Store) -> tuple[tuple[uuid.UUID, str, str], ...]:
    """Whom something may be given to or asked of by name: whoever works now, the staff, then the practitioners.

    Each with the id it is known by, and what tells it from its namesakes.
    """
    me = store.actor
    staff = [(one.actor or one.id, one.name, one.facts()) for one in store.all(StaffMember) if one.active]
    doctors = [(one.id, one.title(), one.facts()) for one in store.all(Practitioner) if one.active]
    return ((me.id, me.name, "Me"), *(one for one in staff if one[0] != me.id), *doctors)


def own_facility(store: Store) -> Facility | None:
    """The facility this laptop works for; None as long as nobody named it."""
    return next((each for each in store.all(Facility) if each.own), None)
