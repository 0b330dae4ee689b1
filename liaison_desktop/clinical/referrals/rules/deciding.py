"""Guards of a decision: who may, what was shown, why, what instead, and who was told."""

from __future__ import annotations

from liaison_desktop.clinical.referrals.record import DeclineReason
from liaison_desktop.clinical.referrals.rules.facts import Facts, Found
from liaison_desktop.clinical.referrals.rules.said import counted, holds, lacks
from liaison_desktop.clinical.referrals.rules.steps import ENDING, SCREENED, WORK_OVER, D, W
from liaison_desktop.policies import Policy


def may_decide(facts: Facts, _policy: Policy) -> Found | None:
    """The person at this laptop has a role that decides."""
    return facts.may_decide


def screened(facts: Facts, policy: Policy) -> Found:
    """The screening is behind."""
    return holds("Screened") if facts.referral.work in SCREENED else lacks(policy, "REF-SCREENED")


def capability(facts: Facts, policy: Policy) -> Found:
    """The capability check was shown to whoever decides."""
    said = facts.referral.capability_said
    return holds(said or "Shown") if facts.referral.capability_shown_at is not None else lacks(policy, "REF-CAPABILITY")


def coverage(facts: Facts, _policy: Policy) -> Found | None:
    """A coverage was verified and the verification still counts."""
    return facts.coverage


def authorisation_known(facts: Facts, _policy: Policy) -> Found | None:
    """The payer asks for no authorisation, or it was asked for."""
    return facts.authorisation


def pending_named(facts: Facts, policy: Policy) -> Found:
    """A conditional acceptance says what it waits for."""
    return holds("Said") if facts.referral.pending_on.strip() else lacks(policy, "REF-PENDING")


def bed_named(facts: Facts, policy: Policy) -> Found:
    """Which bed."""
    return holds("Named") if facts.referral.bed.strip() else lacks(policy, "REF-BED")


def reason_facility(facts: Facts, policy: Policy) -> Found:
    """A coded reason that is the facility's."""
    reason = facts.referral.decision_reason
    if reason is None or reason.of_patient:
        return lacks(policy, "REF-REASON")
    return holds(reason.label)


def reason_patient(facts: Facts, policy: Policy) -> Found:
    """A coded reason that is the patient's."""
    reason = facts.referral.decision_reason
    if reason is None or not reason.of_patient:
        return lacks(policy, "REF-REASON-PATIENT")
    return holds(reason.label)


def note(facts: Facts, policy: Policy) -> Found:
    """In a sentence, why."""
    return holds("Written") if facts.referral.decision_note.strip() else lacks(policy, "REF-NOTE")


def alternative(facts: Facts, policy: Policy) -> Found:
    """What the facility recommends instead."""
    found = facts.referral.alternative
    if found is None or (found is facts.referral.service and facts.referral.decision_reason not in _SAME_LINE):
        return lacks(policy, "REF-ALTERNATIVE")
    return holds(found.label)


# Declined for want of room or money, the same service line elsewhere is a good alternative.
_SAME_LINE = frozenset(
    reason for reason in DeclineReason if reason.value.startswith(("NC_", "PAY_", "DOC_"))
) | {DeclineReason.CLIN_ISOLATION_NO_ROOM, DeclineReason.CLIN_EXCEEDS_CAPABILITY}  # fmt: skip


def source_told(facts: Facts, policy: Policy) -> Found:
    """Somebody at the source was told: who, how and when."""
    told = [row for row in facts.referral.told if row.who.strip() and row.how is not None and row.at is not None]
    if not told:
        return lacks(policy, "REF-TOLD")
    if any(row.at is not None and row.at > facts.now for row in told):
        return lacks(policy, "REF-TOLD-LATER")
    return holds(f"{counted(len(told), 'person', 'people')} told")


def time_lost(facts: Facts, policy: Policy) -> Found:
    """How long since the offer; worked out, and only missing where there was none."""
    hours = facts.referral.lost_hours
    return holds(f"{counted(hours, 'hour', 'hours')}") if hours is not None else lacks(policy, "REF-TIME-LOST")


def ended(facts: Facts, policy: Policy) -> Found:
    """Why the patient is not admitted: a decision that ends it, or the referral is a duplicate or an error."""
    referral = facts.referral
    if referral.decision in ENDING and referral.decision_note.strip():
        return holds(referral.decision.label)
    if referral.work in WORK_OVER - {W.CLOSED} and referral.decision in (D.NONE, D.ACCEPT_PENDING):
        return holds(referral.work.label)
    return lacks(policy, "REF-ENDED")
