"""What must hold of the staff: one record for who unlocks, somebody who can change it, nobody who promotes themselves."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable

from liaison_desktop.clinical.people.record import StaffMember
from liaison_desktop.clinical.people.rules.persons import same_person
from liaison_desktop.clinical.people.rules.rights import may
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy
from liaison_desktop.tasks.rules import Event


def staff_faults(
    member: StaffMember, before: StaffMember | None, staff: Iterable[StaffMember], policy: Policy, *, actor: uuid.UUID
) -> tuple[Fault, ...]:
    """Everything that stands in the way of saving somebody of the staff. `actor` is who works here now."""
    others = [each for each in staff if each.id != member.id]
    found = list(member.faults())
    if before is None and any(each.active and same_person(each.name, member.name) for each in others):
        found.append(policy.fault("STAFF-NAME", field="name"))
    if member.actor is not None and any(each.actor == member.actor for each in others):
        found.append(policy.fault("STAFF-TAKEN", field="actor"))
    kept = [each for each in others if may(each, "manage_people", policy) and (each.actor or each.pin)]
    if (
        before is not None
        and not kept
        and may(before, "manage_people", policy)
        and not may(member, "manage_people", policy)
    ):
        found.append(policy.fault("STAFF-LAST", field="role"))
    promoted = before is not None and before.actor == actor and member.role is not before.role
    if promoted and kept:
        found.append(policy.fault("STAFF-SELF", field="role"))
    return tuple(found)


def license_events(member: StaffMember, policy: Policy, *, now: datetime.datetime) -> tuple[Event, ...]:
    """What the clocks are told of a licence once it comes near its last day; nothing before that."""
    last = member.license_expires
    if last is None or not member.active:
        return ()
    days = int(policy.number("license_warn_days"))
    if (last - now.date()).days > days:
        return ()
    end = datetime.datetime.combine(last, datetime.time(23, 59), now.tzinfo)
    began = min(now, end) - datetime.timedelta(days=days)
    return (
        Event(
            name="licence_recorded", at=began, until=end, about=member.id, about_kind=member.kind, words=member.title()
        ),
    )


def license_fault(member: StaffMember, policy: Policy, *, today: datetime.date) -> Fault | None:
    """V24: a licence that runs out soon or has run out; None if there is nothing to say."""
    if member.license_expires is None or not member.active:
        return None
    day = member.license_expires
    left = (day - today).days
    if left < 0:
        return policy.fault("V24-LICENCE-OVER", field="license_expires", day=f"{day.day} {day:%b} {day.year}")
    if left <= policy.number("license_warn_days"):
        return policy.fault("V24-LICENCE", field="license_expires", days=left)
    return None
