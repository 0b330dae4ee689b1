"""Keeping facilities and practitioners: the only writers of these two kinds."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.people.record import Facility, Practitioner
from liaison_desktop.errors import Refused
from liaison_desktop.store import Store


def save_facility(store: Store, facility: Facility) -> Facility:
    """Save a facility. There is one own facility: a new one takes the mark from the other. Raises Refused, Stale."""
    _sound(facility)
    with store.transaction() as transaction:
        if facility.own:
            for other in store.all(Facility):
                if other.own and other.id != facility.id:
                    transaction.save(msgspec.structs.replace(other, own=False))
        return transaction.save(facility)


def save_practitioner(store: Store, practitioner: Practitioner) -> Practitioner:
    """Save a practitioner. Raises Refused, Stale."""
    _sound(practitioner)
    return store.save(practitioner)


def _sound(record: Facility | Practitioner) -> None:
    if faults := record.faults():
        raise Refused(faults)
