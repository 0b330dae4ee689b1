"""Keeping facilities and practitioners: the only writers of these two kinds."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.people.record import Facility, Practitioner
from liaison_desktop.errors import Fault, Refused
from liaison_desktop.store import Store

# Consents take their heading from our own facility, so there is never none.
_ONE_OWN = Fault(field="own", message="One facility must be ours. Tick this one, or mark another as ours first.")


def save_facility(store: Store, facility: Facility) -> Facility:
    """Save a facility. Exactly one is our own: a new one takes the mark from the other. Raises Refused, Stale."""
    alone = not facility.own and not any(each.own and each.id != facility.id for each in store.all(Facility))
    _sound(facility, *((_ONE_OWN,) if alone else ()))
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


def _sound(record: Facility | Practitioner, *more: Fault) -> None:
    if faults := (*record.faults(), *more):
        raise Refused(faults)
