"""Texts that look like a patient's identity, as the guard of the whole workspace sees them (PHI-1)."""

from __future__ import annotations

from collections.abc import Iterator

from liaison_desktop.policies import Policy
from liaison_desktop.policies.identity import identities


def patient_identity(text: str, policy: Policy) -> Iterator[str]:
    """Each span of the text that reads as a patient's name, birth date, number, address or phone."""
    return (one.words.strip() for one in identities(text) if one.rule == "PHI-1" and one.rule in policy.rules)
