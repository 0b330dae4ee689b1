"""What must hold of an event beside what stands in it: somewhere, not in the future, and what is next after it."""

from __future__ import annotations

import datetime

from liaison_desktop.clinical.outreach.record import EventKind, OutreachEvent
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy

# These are for whoever comes; the others are with somebody.
_OPEN = (EventKind.HEALTH_FAIR, EventKind.COMMUNITY_TALK, EventKind.FACILITY_TOUR)


def event_faults(event: OutreachEvent, policy: Policy, *, today: datetime.date, somewhere: bool) -> tuple[Fault, ...]:
    """Everything wrong with an event. `somewhere` says that a place or a person is named, be it a new one."""
    found = list(event.faults())
    if event.event_kind is not None and event.event_kind not in _OPEN and not somewhere:
        found.append(policy.fault("OUT-WHERE", field="place_id"))
    if event.held_on is not None and event.held_on > today:
        found.append(policy.fault("OUT-FUTURE", field="held_on"))
    if event.next_on is not None and event.held_on is not None and event.next_on < event.held_on:
        found.append(policy.fault("OUT-NEXT", field="next_on"))
    return tuple(found)
