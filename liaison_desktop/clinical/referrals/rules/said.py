"""Two ways to answer for a guard: it holds, with what was found; or a rule of the policy says what is missing."""

from __future__ import annotations

from liaison_desktop.clinical.referrals.rules.facts import Found
from liaison_desktop.policies import Policy


def holds(words: str) -> Found:
    """It holds."""
    return Found(True, words)


def lacks(policy: Policy, rule: str, **names: str | int) -> Found:
    """It does not; the rule's sentence says why."""
    return Found(False, policy.fault(rule, field="", **names).message)


def counted(number: int, one: str, many: str) -> str:
    """A number with its word."""
    return f"{number} {one if number == 1 else many}"
