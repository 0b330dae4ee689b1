"""Deciding: accepted, accepted pending, a bed, declined with what instead, withdrawn, lost, cancelled. And the admission."""

from __future__ import annotations

import datetime
import uuid

import msgspec

from liaison_desktop.clinical.episodes.actions import move_episode
from liaison_desktop.clinical.episodes.record import Episode, EpisodeState, Life, ServiceLine
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.people.record import Approval, Facility
from liaison_desktop.clinical.people.rules import Need, explain
from liaison_desktop.clinical.referrals.actions.following import drop_tasks
from liaison_desktop.clinical.referrals.actions.gathering import gather
from liaison_desktop.clinical.referrals.actions.judging import (
    RECORD,
    Overrides,
    episode_id,
    fresh,
    judged,
    write_step,
)
from liaison_desktop.clinical.referrals.actions.working import not_admitted
from liaison_desktop.clinical.referrals.record import Decision, DeclineReason, Referral, Told, WorkStatus
from liaison_desktop.clinical.referrals.rules import (
    ADMISSION_NEEDS,
    DECISION_NEEDS,
    ENDING,
    OFFERED,
    WORK_OVER,
    decision_faults,
)
from liaison_desktop.errors import Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store

replace = msgspec.structs.replace


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """What whoever decides says about it."""

    reason: DeclineReason | None = None
    note: str = ""
    pending_on: str = ""
    alternative: ServiceLine | None = None
    told: tuple[Told, ...] = ()
    bed: str = ""


def capability_words(store: Store, referral: Referral) -> tuple[str, ...]:
    """What our facility can take of what this patient needs, and who else would fit; in sentences."""
    needs = [Need(row.code, row.amount) for row in referral.needs if row.code is not None]
    if not needs:
        return ("No special need is recorded.",)
    return explain(needs, store.all(Facility), on=store.clock().date())


def show_capability(store: Store, referral: uuid.UUID) -> Referral:
    """The capability check is shown to whoever decides: that it was, and what it said, is kept."""
    require(store, RECORD)
    found = fresh(store, referral)
    if found.work in WORK_OVER:
        return found
    said = " ".join(capability_words(store, found))
    if found.capability_shown_at is not None and found.capability_said == said:
        return found
    return store.save(
        replace(found, capability_shown_at=store.clock(), capability_said=said[:1000]), reason="Capability check shown"
    )


def decide(
    store: Store,
    referral: uuid.UUID,
    decision: Decision,
    chosen: Chosen | None = None,
    *,
    overrides: Overrides | None = None,
    approval: Approval | None = None,
) -> Referral:
    """Decide, or take a decision a step on. One that ends the referral closes it and its episode. Raises Refused."""
    require(store, RECORD)
    policy, found = policy_of(store), fresh(store, referral)
    if faults := decision_faults(found.work, found.decision, decision, policy):
        raise Refused(faults)
    wanted = proposed(store, found, decision, chosen or Chosen())
    facts = gather(store, wanted, approval=approval)
    said = judged(store, DECISION_NEEDS[decision], facts, overrides, approval)
    if faults := wanted.faults():
        raise Refused(faults)
    ends = decision in ENDING
    decided = replace(wanted, work=WorkStatus.CLOSED, work_since=store.clock()) if ends else wanted
    with store.transaction(decision.label) as transaction:
        saved = transaction.save(decided)
        write_step(
            store,
            transaction,
            saved,
            Life.DECISION,
            found.decision.value,
            decision.value,
            reason=saved.decision_note,
            judgements=said,
        )
        if ends:
            write_step(store, transaction, saved, Life.WORK, found.work.value, saved.work.value, reason=decision.label)
            drop_tasks(store, transaction, saved, decision.label)
            not_admitted(store, transaction, replace(facts, referral=saved), decision.label)
    return saved


def proposed(store: Store, referral: Referral, decision: Decision, chosen: Chosen) -> Referral:
    """The referral as it would be decided; what the decision does not ask is not kept with it."""
    now, declines = store.clock(), decision in (Decision.DECLINED_FACILITY, Decision.DECLINED_PATIENT)
    offered = referral.decision in OFFERED and referral.decision_at is not None
    lost = int((now - referral.decision_at).total_seconds() // 3600) if offered and referral.decision_at else None
    if decision is Decision.LOST_TO_OTHER and lost is None and referral.received_at is not None:
        lost = int((now - referral.received_at).total_seconds() // 3600)
    keeps_offer = decision is Decision.BED_RESERVED
    return replace(
        referral,
        decision=decision,
        decision_at=referral.decision_at if keeps_offer else now,
        decision_by=referral.decision_by if keeps_offer else store.actor.name,
        decision_reason=chosen.reason if declines else None,
        decision_note=chosen.note.strip() or (referral.decision_note if keeps_offer else ""),
        pending_on=chosen.pending_on.strip() if decision is Decision.ACCEPT_PENDING else "",
        alternative=chosen.alternative if decision is Decision.DECLINED_FACILITY else None,
        told=(*referral.told, *chosen.told) if decision in OFFERED else chosen.told,
        bed=chosen.bed.strip() if keeps_offer else "",
        lost_hours=lost if decision in (Decision.LOST_TO_OTHER, Decision.CANCELLED_AFTER_OFFER) else None,
        responded_at=referral.responded_at or now,
    )


class Admission(msgspec.Struct, frozen=True, kw_only=True):
    """When and where the patient comes in."""

    at: datetime.datetime | None = None
    unit: str = ""
    bed: str = ""
    attending: str = ""


def admit(
    store: Store,
    referral: uuid.UUID,
    admission: Admission,
    *,
    overrides: Overrides | None = None,
    approval: Approval | None = None,
) -> Referral:
    """Admit the patient: every guard of the admission stands, or nothing happens. Raises Refused."""
    require(store, RECORD)
    policy, found = policy_of(store), fresh(store, referral)
    now = store.clock()
    at = admission.at or now
    if at > now:
        raise Refused((policy.fault("REF-ADMIT-FUTURE", field="at"),))
    if found.work in WORK_OVER:
        raise Refused((policy.fault("REF-OVER"),))
    said = judged(store, ADMISSION_NEEDS, gather(store, found, admission_at=at), overrides, approval)
    with store.transaction("Admitted") as transaction:
        episode = transaction.get(Episode, episode_id(found))
        placed = transaction.save(
            replace(
                episode,
                admitted_at=at,
                unit=admission.unit.strip() or episode.unit,
                bed=admission.bed.strip() or found.bed or episode.bed,
                attending=admission.attending.strip() or episode.attending,
            )
        )
        move_episode(store, transaction, placed, EpisodeState.ADMITTED, judgements=said)
        drop_tasks(store, transaction, found, EpisodeState.ADMITTED.label)
        closed = transaction.save(replace(found, work=WorkStatus.CLOSED, work_since=now))
        write_step(
            store,
            transaction,
            closed,
            Life.WORK,
            found.work.value,
            closed.work.value,
            reason=EpisodeState.ADMITTED.label,
        )
    return closed


def plan_admission(store: Store, referral: uuid.UUID, at: datetime.datetime | None) -> Episode:
    """When the patient is expected; the clocks of the screening and of the authorisation look at it."""
    require(store, RECORD)
    found = fresh(store, referral)
    episode = store.get(Episode, episode_id(found))
    return store.save(replace(episode, admit_planned_at=at), reason="Admission planned")
