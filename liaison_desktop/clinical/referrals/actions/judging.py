"""Asking the guards of a step, with what somebody takes on, and writing the step down with what they said."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping

import msgspec

from liaison_desktop.clinical.episodes.actions import write_event
from liaison_desktop.clinical.episodes.record import Judgement, Life
from liaison_desktop.clinical.people.actions import require, shown_name
from liaison_desktop.clinical.people.record import Approval
from liaison_desktop.clinical.referrals.record import Referral
from liaison_desktop.clinical.referrals.rules import Facts, judge, standing_faults
from liaison_desktop.errors import Missing, Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store, Transaction

replace = msgspec.structs.replace
RECORD, DECIDE, OVERRIDE = "record_clinical", "decide_referral", "override"  # of the file of roles
# What somebody takes on although its guard does not hold: by guard, the reason.
Overrides = Mapping[str, str]


def judged(
    store: Store,
    needs: Iterable[str],
    facts: Facts,
    overrides: Overrides | None = None,
    approval: Approval | None = None,
) -> tuple[Judgement, ...]:
    """What the guards say, those that were taken on with the name and the reason. Raises Refused if one does not stand.

    Only a guard that may be overridden is, only with a reason, and only by a role that may: whoever works here, or the
    one who approved it on this screen just now.
    """
    asked, policy, reasons = tuple(needs), policy_of(store), overrides or {}
    said = judge(asked, facts, policy)
    found = tuple(_taken_on(store, one, reasons.get(one.guard, ""), approval) for one in said)
    if faults := standing_faults(asked, found, policy):
        raise Refused(faults)
    return found


def _taken_on(store: Store, judgement: Judgement, reason: str, approval: Approval | None) -> Judgement:
    if judgement.passed or not judgement.may_override or not reason.strip():
        return judgement
    who = require(store, OVERRIDE, approval=approval)
    return replace(judgement, overridden_by=shown_name(store, who), override_reason=reason.strip())


def fresh(store: Store, referral: uuid.UUID) -> Referral:
    """The referral as it is stored now. Raises Missing."""
    return store.get(Referral, referral)


def episode_id(referral: Referral) -> uuid.UUID:
    """The episode of a referral. Raises Missing: a referral without one was never taken."""
    if referral.episode is None:
        raise Missing("This referral has no episode.")
    return referral.episode


def write_step(
    store: Store,
    transaction: Transaction,
    referral: Referral,
    life: Life,
    before: str,
    after: str,
    *,
    reason: str = "",
    judgements: Iterable[Judgement] = (),
) -> None:
    """Write down one step of the work or of the decision."""
    write_event(store, transaction, episode_id(referral), life, referral.id, before, after, reason, tuple(judgements))
