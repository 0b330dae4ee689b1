"""V33, V34 and V35 on one verification: who said it on what call, amounts that can be, an estimate that says it is one."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from liaison_desktop.clinical.coverage.record import (
    Benefit,
    Coverage,
    CoverageVerification,
    Method,
    Outcome,
    PlanType,
)
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy

AMOUNTS = (
    ("deductible_total", "deductible_met", "the deductible"),
    ("limit_total", "limit_met", "the out-of-pocket limit"),
)


def verification_faults(said: CoverageVerification, policy: Policy, *, now: datetime.datetime) -> tuple[Fault, ...]:
    """Everything that stands in the way of keeping what a payer said, or is worth a look."""
    return (
        *said.faults(),
        *_call_faults(said, policy),
        *_time_faults(said, policy, now),
        *_amount_faults(said, policy),
        *_estimate_faults(said, policy),
    )


def _call_faults(said: CoverageVerification, policy: Policy) -> Iterator[Fault]:
    """V33: a call has its reference, or a name and the word that the payer gives none. A dropped call has neither yet."""
    if said.outcome is Outcome.DROPPED:
        if said.method is not Method.PHONE:
            yield policy.fault("V33-DROPPED", field="outcome")
        return
    if said.method is not Method.PHONE or said.call_reference.strip():
        return
    if not said.no_reference:
        yield policy.fault("V33", field="call_reference")
    elif not said.representative.strip():
        yield policy.fault("V33-NAME", field="representative")


def _time_faults(said: CoverageVerification, policy: Policy, now: datetime.datetime) -> Iterator[Fault]:
    if said.at is None:
        return
    if said.at > now:
        yield policy.fault("V9-CALL", field="at")
    if said.valid_until is not None and said.valid_until < said.at.date():
        yield policy.fault("V9-VALID", field="valid_until")
    most = int(policy.number("insurance_valid_days"))
    if said.valid_until is not None and said.valid_until > said.at.date() + datetime.timedelta(days=most):
        yield policy.fault("V24-INSURANCE", field="valid_until", days=most)


def _amount_faults(said: CoverageVerification, policy: Policy) -> Iterator[Fault]:
    for total, met, what in AMOUNTS:
        whole, part = getattr(said, total), getattr(said, met)
        if whole is not None and part is not None and part > whole:
            yield policy.fault("V35-MET", field=met, what=what)
    for number, row in enumerate(said.days):
        if row.total is not None and row.used is not None and row.used > row.total:
            yield policy.fault("V35-DAYS", field=f"days.{number}.used", what=row.benefit.label)
    if said.copay is not None and said.copay_per is None:
        yield policy.fault("COV-COPAY", field="copay_per")


def _estimate_faults(said: CoverageVerification, policy: Policy) -> Iterator[Fault]:
    """V34: whoever hears an estimate hears that it is no guarantee."""
    if said.estimate is not None and said.patient_words.strip() and said.disclaimer_given is not True:
        yield policy.fault("V34", field="disclaimer_given")


_HOSPITAL = (Benefit.PART_A, Benefit.LIFETIME_RESERVE, Benefit.SNF, Benefit.HHA_VISITS)
_OTHERS = (Benefit.SNF, Benefit.HHA_VISITS, Benefit.OTHER)


def benefits_of(coverage: Coverage) -> tuple[Benefit, ...]:
    """The rows of the table of days that a plan has: Medicare counts hospital days, others do not."""
    return _HOSPITAL if coverage.plan_type in (PlanType.MEDICARE_FFS_A, PlanType.DUAL) else _OTHERS
