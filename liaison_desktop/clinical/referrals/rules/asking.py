"""What is asked of a new referral, and of one that is changed: no time to come, no acute stay after today."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from liaison_desktop.clinical.referrals.record import Referral
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy


def new_faults(referral: Referral, now: datetime.datetime, policy: Policy) -> tuple[Fault, ...]:
    """What stands in the way of taking a referral: a service line is enough, everything else can follow."""
    found = [fault for fault in referral.faults() if fault.field != "patient"]
    return (*found, *time_faults(referral, now, policy))


def time_faults(referral: Referral, now: datetime.datetime, policy: Policy) -> Iterator[Fault]:
    """Times that cannot be (V9)."""
    if referral.received_at is not None and referral.received_at > now:
        yield policy.fault("REF-FUTURE", field="received_at")
    if referral.acute_admitted_on is not None and referral.acute_admitted_on > now.date():
        yield policy.fault("REF-FUTURE", field="acute_admitted_on")
