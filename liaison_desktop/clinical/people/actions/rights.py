"""The question every writing action asks first. It is asked here and not on the screen, so that no way leads past it."""

from __future__ import annotations

import datetime

from liaison_desktop.clinical.people.actions.given import was_given
from liaison_desktop.clinical.people.actions.working import who_can_approve, who_may, working
from liaison_desktop.clinical.people.queries import own_facility
from liaison_desktop.clinical.people.record import Approval, StaffMember
from liaison_desktop.clinical.people.rules import may, roles_who_may
from liaison_desktop.errors import Fault, Refused
from liaison_desktop.policies import Policy, policy_of
from liaison_desktop.store import Store

_FRESH = datetime.timedelta(minutes=10)


def require(store: Store, verb: str, *, approval: Approval | None = None) -> StaffMember:
    """Who works here, if they may do this; else who approved it just now. Raises Refused, saying who may.

    An approval counts for one verb, if it came out of a PIN in this sitting, as long as it is fresh and the one who
    gave it may still do it.
    """
    fault = wanting(store, verb)
    if fault is None:
        return working(store)
    giver = _approver(store, verb, approval)
    if giver is None:
        raise Refused((fault,))
    return giver


def _approver(store: Store, verb: str, approval: Approval | None) -> StaffMember | None:
    """Who let this pass just now; None if nobody did, or nobody who still may."""
    if approval is None or approval.right != verb or not policy_of(store).roles().verbs[verb].by_approval:
        return None
    giver = store.find(StaffMember, approval.by_id)
    fresh = approval.at is not None and store.clock() - approval.at <= _FRESH
    if giver is None or not fresh or not was_given(store, approval):
        return None
    return giver if giver.actor != store.actor.id and may(giver, verb, policy_of(store)) else None


def policy_here(store: Store) -> Policy:
    """The policy in force, with what our facility itself says of LPNs (V7); its own word goes before the file's."""
    policy, ours = policy_of(store), own_facility(store)
    if ours is None or ours.lpn_policy is None:
        return policy
    return policy.changed(version=policy.version, rules={}, numbers={}, words={"lpn_authors": (ours.lpn_policy.value,)})


def wanting(store: Store, verb: str, *, field: str = "") -> Fault | None:
    """What stands in the way of whoever works here doing this: None if they may. For a button that says why not."""
    policy, person = policy_of(store), working(store)
    asked = policy.roles().verbs[verb]
    if may(person, verb, policy):
        return None
    holders = who_may(store, verb)
    if asked.until_recorded and not any(each.actor or each.pin for each in holders) and person.role is not None:
        return None
    who = ", ".join(each.title() for each in holders)
    if person.role is None:
        keepers = ", ".join(each.title() for each in who_may(store, "manage_people"))
        return policy.fault("RIGHT-WHO", field=field, who=keepers or "Whoever set up this laptop")
    if not person.active:
        return policy.fault("RIGHT-GONE", field=field)
    if not who:
        roles = " or ".join(role.label for role in roles_who_may(verb, policy))
        return policy.fault("RIGHT-NOBODY", field=field, role=person.role.label, verb=asked.words, roles=roles)
    rule = "RIGHT-APPROVE" if asked.by_approval and who_can_approve(store, verb) else "RIGHT"
    return policy.fault(rule, field=field, role=person.role.label, verb=asked.words, who=who)
