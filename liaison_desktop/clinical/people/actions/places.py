"""Keeping facilities and practitioners: the only writers of these two kinds."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.people.actions.rights import require
from liaison_desktop.clinical.people.record import UNITS, Approval, Facility, Practitioner
from liaison_desktop.errors import Fault, Refused
from liaison_desktop.store import Store

# Consents take their heading from our own facility, so there is never none.
_ONE_OWN = Fault(field="own", message="One facility must be ours. Tick this one, or mark another as ours first.")


def save_facility(store: Store, facility: Facility, *, approval: Approval | None = None) -> Facility:
    """Save a facility. Exactly one is our own: a new one takes the mark from the other. Raises Refused, Stale.

    What an LPN may do there is a right of people, so to change that takes the right to change the staff.
    """
    require(store, "manage_places")
    before = store.find(Facility, facility.id)
    if facility.lpn_policy is not (before.lpn_policy if before else None):
        require(store, "manage_people", approval=approval)
    alone = not facility.own and not any(each.own and each.id != facility.id for each in store.all(Facility))
    _sound(facility, *((_ONE_OWN,) if alone else ()))
    with store.transaction() as transaction:
        if facility.own:
            for other in store.all(Facility):
                if other.own and other.id != facility.id:
                    transaction.save(msgspec.structs.replace(other, own=False))
        return transaction.save(_counted(facility))


def _counted(facility: Facility) -> Facility:
    """The facility with each capability in its unit; one that is there or not has no amount."""
    rows = tuple(
        msgspec.structs.replace(row, unit=UNITS.get(row.code, ""), most=row.most if row.code in UNITS else None)
        for row in facility.capabilities
        if row.code is not None
    )
    return msgspec.structs.replace(facility, state=facility.state.upper(), capabilities=rows)


def save_practitioner(store: Store, practitioner: Practitioner) -> Practitioner:
    """Save a practitioner. Raises Refused, Stale."""
    require(store, "manage_places")
    _sound(practitioner)
    return store.save(practitioner)


def _sound(record: Facility | Practitioner, *more: Fault) -> None:
    if faults := (*record.faults(), *more):
        raise Refused(faults)
