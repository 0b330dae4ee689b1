"""A second person lets something pass on a colleague's screen: own name, own PIN, offline, written into the journal."""

from __future__ import annotations

import uuid

from liaison_desktop.clinical.people.actions.given import remember
from liaison_desktop.clinical.people.actions.working import working
from liaison_desktop.clinical.people.record import Approval, StaffMember
from liaison_desktop.clinical.people.rules import may, party, same_person
from liaison_desktop.errors import Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.security.pin import pin_fits
from liaison_desktop.security.throttle import FREE_TRIES, Throttle
from liaison_desktop.store import Act, Store


def tries_of(store: Store) -> Throttle:
    """The failed tries at PINs, kept beside the store: ids and times, no names."""
    return Throttle(store.folder / f"{store.schema.name}.pins.json")


def check_pin(store: Store, member: StaffMember, pin: str) -> None:
    """Let nobody past who does not know this person's PIN. Raises Refused (PIN-WAIT, PIN-WRONG, PIN-NONE)."""
    policy, tries, now = policy_of(store), tries_of(store), store.clock()
    if not member.pin:
        raise Refused((policy.fault("PIN-NONE", field="pin"),))
    if wait := tries.seconds_left(member.id, now):
        raise Refused((policy.fault("PIN-WAIT", field="pin", seconds=wait),))
    if not pin_fits(pin, member.pin):
        left = FREE_TRIES - tries.failed(member.id, now).failures
        store.note(Act.UNLOCK_FAILED, kind=StaffMember.kind, subject=member.id, detail="PIN")
        raise Refused(
            (
                policy.fault(
                    "PIN-WRONG",
                    field="pin",
                    more=f"{left} more before a pause." if left > 0 else "Wait a little before the next try.",
                ),
            )
        )
    tries.opened(member.id, now)


def approve(store: Store, member_id: uuid.UUID, pin: str, verb: str, *, reason: str, rule: str = "") -> Approval:
    """That somebody else lets one thing pass, for the record and for `require`. Raises Refused, Missing.

    They have to be another person than who works here, to have the right themselves, and to say why.
    """
    policy, member = policy_of(store), store.get(StaffMember, member_id)
    words = policy.roles().verbs[verb].words
    if member.actor == store.actor.id or same_person(party(member), party(working(store))):
        raise Refused((policy.fault("V8-APPROVE", field="by_id"),))
    if not may(member, verb, policy):
        raise Refused((policy.fault("RIGHT-OTHER", field="by_id", verb=words),))
    if not reason.strip():
        raise Refused((policy.fault("APPROVE-WHY", field="reason"),))
    check_pin(store, member, pin)
    given = Approval(right=verb, rule=rule, by_id=member.id, by=member.title(), reason=reason.strip(), at=store.clock())
    store.note(Act.SIGNED, kind=StaffMember.kind, subject=member.id, detail=f"approved: {words}")
    return remember(store, given)
