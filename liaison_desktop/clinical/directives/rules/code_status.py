"""V12: a code status as reported that is not what the chart's order says, or that a paper contradicts."""

from __future__ import annotations

from collections.abc import Iterable

from liaison_desktop.clinical.directives.record import CodeStatusReport, Directive
from liaison_desktop.clinical.directives.record.directive import ORDERS
from liaison_desktop.clinical.patients.record import CodeStatus
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy

_SAID = (None, CodeStatus.UNKNOWN)


def differs(
    report: CodeStatusReport, before: CodeStatus | None, directives: Iterable[Directive], policy: Policy
) -> tuple[Fault, ...]:
    """V12: it differs from the order in the chart, or from what was reported before, or a POLST or DNR contradicts it."""
    found = []
    if report.status in _SAID:
        return ()
    if report.in_chart not in _SAID and report.in_chart is not report.status:
        found.append(policy.fault("V12", field="reason"))
    elif report.in_chart in _SAID and before not in _SAID and before is not report.status:
        found.append(policy.fault("V12-BEFORE", field="reason"))
    held = [one for one in directives if one.counts and one.directive_kind in ORDERS]
    if report.status is CodeStatus.FULL and held:
        found.append(policy.fault("V12-PAPER", field="reason", paper=held[0].title()))
    return tuple(found)


def code_status_faults(report: CodeStatusReport, policy: Policy) -> tuple[Fault, ...]:
    """What a report needs by itself."""
    found = list(report.faults())
    if report.status is CodeStatus.LIMITED and not report.limits.strip():
        found.append(policy.fault("V12-LIMITS", field="limits"))
    return tuple(found)
