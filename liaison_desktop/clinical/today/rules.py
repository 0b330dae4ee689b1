"""What waits today, sorted out of checklists and consents."""

from __future__ import annotations

from collections.abc import Iterable

from liaison_desktop.clinical.checklists.record import FINISHED, Checklist, ChecklistStatus
from liaison_desktop.clinical.consents.record import Consent, ConsentState

RETURNED = (ConsentState.RETURNED,)
TO_SIGN = (ConsentState.READY, ConsentState.SIGNED, ConsentState.WITNESSED)
PREPARING = (ConsentState.DRAFT, ConsentState.DISCUSSED, ConsentState.VERIFYING)


def to_finish(checklist: Checklist) -> bool:
    """Whether a checklist waits: for its answers, or for an RN's review."""
    return checklist.status is ChecklistStatus.IN_PROGRESS or to_review(checklist)


def to_review(checklist: Checklist) -> bool:
    """Whether a finished checklist waits for an RN."""
    return checklist.review_needed and checklist.status in FINISHED


def in_states(consents: Iterable[Consent], states: tuple[ConsentState, ...]) -> tuple[Consent, ...]:
    """The consents in these states, as they were ordered."""
    return tuple(consent for consent in consents if consent.state in states)
