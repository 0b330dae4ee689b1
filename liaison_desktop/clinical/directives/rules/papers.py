"""What a directive needs, and whether written information on rights was given (42 CFR 489.102)."""

from __future__ import annotations

import datetime

from liaison_desktop.clinical.directives.record import CopyOnFile, Directive, GivenTo, RightsGiven
from liaison_desktop.clinical.directives.record.directive import ABSENT
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy


def directive_faults(directive: Directive, policy: Policy) -> tuple[Fault, ...]:
    """What a directive needs; nothing here asks that there is one."""
    found = list(directive.faults())
    absent = directive.directive_kind is None or directive.directive_kind in ABSENT
    if not absent and directive.copy is None:
        found.append(policy.fault("DIR-COPY", field="copy"))
    if directive.copy is CopyOnFile.YES and not directive.seen_by.strip():
        found.append(policy.fault("DIR-SEEN", field="seen_by"))
    return tuple(found)


def rights_faults(given: RightsGiven, policy: Policy, *, now: datetime.datetime) -> tuple[Fault, ...]:
    """It was given to somebody by name, and not tomorrow."""
    found = list(given.faults())
    if given.given_to not in (None, GivenTo.PATIENT) and not given.given_name.strip():
        found.append(policy.fault("PSDA-NAME", field="given_name"))
    if given.at is not None and given.at > now:
        found.append(policy.fault("V9-CALL", field="at"))
    return tuple(found)
