"""Keeping the staff: who works here, as what, and by which PIN they approve."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.people.actions.approving import check_pin, tries_of
from liaison_desktop.clinical.people.actions.rights import require
from liaison_desktop.clinical.people.actions.working import working
from liaison_desktop.clinical.people.record import Approval, StaffMember
from liaison_desktop.clinical.people.rules import staff_faults
from liaison_desktop.errors import Fault, Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.security.pin import pin_verifier, weigh_pin
from liaison_desktop.store import Store

replace = msgspec.structs.replace
# What only somebody else may give: the role, the grants, and to be here at all.
_GIVEN = ("role", "can_witness", "can_consent_research", "active", "actor")


def save_staff(store: Store, member: StaffMember, *, approval: Approval | None = None) -> StaffMember:
    """Save somebody of the staff. Raises Refused, Stale.

    One's own name and licence anybody keeps up; everything else needs the right to change the staff. A PIN is set by
    `set_pin` alone.
    """
    before = store.find(StaffMember, member.id)
    kept = replace(member, pin=before.pin if before else "", pin_set_at=before.pin_set_at if before else None)
    own = before is not None and before.actor == store.actor.id
    if not own or any(getattr(kept, name) != getattr(before, name) for name in _GIVEN):
        require(store, "manage_people", approval=approval)
    _stop_if(staff_faults(kept, before, store.all(StaffMember), policy_of(store), actor=store.actor.id))
    return store.save(kept, reason=approval.reason if approval else "")


def set_pin(store: Store, member: StaffMember, pin: str, *, old: str = "") -> StaffMember:
    """Give somebody a PIN. Raises Refused.

    Who has one gives the old one first. Without, it needs to be one's own, or the right to change the staff; whoever
    forgot theirs has it taken away (`remove_pin`) and chooses anew.
    """
    member = store.get(StaffMember, member.id)
    if member.pin:
        check_pin(store, member, old)
    elif member.actor != store.actor.id:
        require(store, "manage_people")
    if words := weigh_pin(pin):
        raise Refused((Fault(field="pin", message=words),))
    return store.save(replace(member, pin=pin_verifier(pin), pin_set_at=store.clock()), reason="PIN set")


def remove_pin(store: Store, member: StaffMember, *, approval: Approval | None = None) -> StaffMember:
    """Take a forgotten PIN away. Raises Refused."""
    require(store, "manage_people", approval=approval)
    member = store.get(StaffMember, member.id)
    tries_of(store).opened(member.id, store.clock())
    return store.save(replace(member, pin="", pin_set_at=None), reason="PIN removed")


def claim(store: Store, member: StaffMember, pin: str = "") -> StaffMember:
    """Say that whoever unlocked this store is this member of the staff. Raises Refused.

    It takes the PIN of that person, or the right to change the staff: nobody becomes a supervisor by choosing a row.
    """
    policy, member = policy_of(store), store.get(StaffMember, member.id)
    if member.actor is not None and member.actor != store.actor.id:
        raise Refused((policy.fault("STAFF-TAKEN", field="actor"),))
    if working(store).version is not None:
        raise Refused((policy.fault("STAFF-TWICE", field="actor"),))
    if pin:
        check_pin(store, member, pin)
    else:
        require(store, "manage_people")
    return store.save(replace(member, actor=store.actor.id), reason="unlocks this laptop")


def _stop_if(faults: tuple[Fault, ...]) -> None:
    if faults:
        raise Refused(faults)
