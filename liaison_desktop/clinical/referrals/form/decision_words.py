"""The words of deciding: the verbs, which fields each decision asks, what was decided already, and the kept draft."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import msgspec

from liaison_desktop.clinical.referrals.actions import Chosen
from liaison_desktop.clinical.referrals.record import Decision, Referral
from liaison_desktop.clinical.referrals.rules import ENDING
from liaison_desktop.ui.dates import show_moment

D = Decision
VERBS: Mapping[Decision, str] = {
    D.ACCEPTED: "Accept",
    D.ACCEPT_PENDING: "Accept, pending",
    D.BED_RESERVED: "Reserve a bed",
    D.DECLINED_FACILITY: "Decline",
    D.DECLINED_PATIENT: "Patient declines",
    D.WITHDRAWN_SOURCE: "Source withdraws",
    D.LOST_TO_OTHER: "Went elsewhere",
    D.CANCELLED_AFTER_OFFER: "Cancel the offer",
}
ASKS: Mapping[Decision, tuple[str, ...]] = {
    D.ACCEPT_PENDING: ("pending_on",),
    D.BED_RESERVED: ("bed",),
    D.DECLINED_FACILITY: ("decision_reason", "decision_note", "alternative"),
    D.DECLINED_PATIENT: ("decision_reason", "decision_note"),
    D.WITHDRAWN_SOURCE: ("decision_note",),
    D.LOST_TO_OTHER: ("decision_note",),
    D.CANCELLED_AFTER_OFFER: ("decision_note",),
}


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A decision as it was left."""

    decision: Decision | None = None
    chosen: Chosen = Chosen()


def stands(referral: Referral) -> str:
    """What was decided already, in a sentence or two."""
    if referral.decision is D.NONE:
        return "Nobody has decided yet."
    when = show_moment(referral.decision_at) if isinstance(referral.decision_at, datetime.datetime) else ""
    parts = [f"{referral.decision.label}, {referral.decision_by} {when}".strip()]
    if referral.decision_reason is not None:
        parts.append(referral.decision_reason.label)
    parts += [words for words in (referral.decision_note, referral.pending_on) if words]
    if referral.alternative is not None:
        parts.append(f"Recommended instead: {referral.alternative.label}")
    if referral.told:
        parts.append("Told: " + ", ".join(row.who for row in referral.told))
    if referral.decision in ENDING and referral.lost_hours is not None:
        parts.append(f"{referral.lost_hours} hours lost")
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
