"""What must hold of one coverage: a holder by name, dates that still count, a member number that looks right."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from liaison_desktop.clinical.coverage.record import Coverage, MspScreen, PlanType, SubscriberIs
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy

MEDICARE = (PlanType.MEDICARE_FFS_A, PlanType.MEDICARE_FFS_B, PlanType.DUAL)
_NOT_IN_MBI = "SLOIBZ"  # left out by CMS because they are read as digits
_DIGITS = "0123456789"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CLEAR = "".join(letter for letter in _LETTERS if letter not in _NOT_IN_MBI)
# What one place of a form of number may hold; the forms themselves are in the policy file, by kind of plan.
PLACES = {"C": "123456789", "N": _DIGITS, "A": _CLEAR, "X": _CLEAR + _DIGITS, "L": _LETTERS}


def bare(number: str) -> str:
    """A member number as it is compared: capital letters and digits, without hyphens and blanks."""
    return "".join(mark for mark in number.upper() if not mark.isspace() and mark not in "-–.")


def member_fits(number: str, plan: str, policy: Policy) -> bool:
    """Whether a member number has one of the forms of this kind of plan; true where the policy knows no form."""
    forms = policy.words(f"member_id_{plan}")
    written = bare(number)
    return not forms or any(_has_form(written, form) for form in forms)


def _has_form(written: str, form: str) -> bool:
    return len(written) == len(form) and all(
        mark in PLACES.get(place, place) for mark, place in zip(written, form, strict=True)
    )


def member_faults(coverage: Coverage, policy: Policy) -> Iterator[Fault]:
    """V35: a member number that does not look like one of this kind of plan is compared with the card."""
    plan = coverage.plan_type
    if plan is None or not coverage.member_id.strip() or member_fits(coverage.member_id, plan.value, policy):
        return
    yield policy.fault("V35-MEMBER" if plan in MEDICARE else "V35-MEMBER-FORM", field="member_id", plan=plan.label)


def coverage_faults(coverage: Coverage, policy: Policy, *, today: datetime.date) -> tuple[Fault, ...]:
    """Everything that stands in the way of a coverage, or is worth a look."""
    found = [*coverage.faults(), *member_faults(coverage, policy)]
    holder = coverage.subscriber
    if holder.relation not in (None, SubscriberIs.SELF) and not holder.name.strip():
        found.append(policy.fault("COV-SUBSCRIBER", field="subscriber.name"))
    if coverage.effective_to is not None and coverage.effective_to < today:
        found.append(policy.fault("COV-ENDED", field="effective_to"))
    if coverage.plan_type in MEDICARE and coverage.msp_screen in (None, MspScreen.NOT_DONE):
        found.append(policy.fault("COV-MSP", field="msp_screen"))
    return tuple(found)
