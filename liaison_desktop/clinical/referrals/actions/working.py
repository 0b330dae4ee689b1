"""The work on a referral, step by step: each is judged out of the store as it is, and leaves its event."""

from __future__ import annotations

import uuid

import msgspec

from liaison_desktop.clinical.episodes.actions import move_episode, open_episode
from liaison_desktop.clinical.episodes.record import OVER, Episode, EpisodeState, Life
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.people.record import Approval
from liaison_desktop.clinical.referrals.actions.following import drop_tasks, finish_tasks
from liaison_desktop.clinical.referrals.actions.gathering import gather
from liaison_desktop.clinical.referrals.actions.judging import (
    RECORD,
    Overrides,
    episode_id,
    fresh,
    judged,
    write_step,
)
from liaison_desktop.clinical.referrals.actions.starting import list_missing, make_first_tasks
from liaison_desktop.clinical.referrals.queries import papers_of
from liaison_desktop.clinical.referrals.record import Decision, Referral, WorkStatus
from liaison_desktop.clinical.referrals.rules import WORK_OVER, Facts, judge, work_faults, work_needs
from liaison_desktop.clinical.referrals.rules.asking import time_faults
from liaison_desktop.clinical.referrals.rules.steps import OFFERED
from liaison_desktop.errors import Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store, Transaction
from liaison_desktop.tasks.record import TaskKind

replace = msgspec.structs.replace
# What actions alone set: a form never writes these.
OF_ACTIONS = frozenset(
    {
        "id", "version", "patient", "episode", "work", "work_since", "responded_at", "decision", "decision_at",
        "decision_by", "decision_reason", "decision_note", "pending_on", "alternative", "told", "lost_hours",
        "capability_shown_at", "capability_said", "duplicate_of", "liaison",
    }
)  # fmt: skip


def change_referral(store: Store, referral: Referral) -> Referral:
    """Keep other details of a referral. State and decision stay as they are stored. Raises Refused, Stale."""
    require(store, RECORD)
    before = fresh(store, referral.id)
    kept = replace(referral, **{name: getattr(before, name) for name in OF_ACTIONS - {"id", "version"}})
    faults = (*kept.faults(), *time_faults(kept, store.clock(), policy_of(store)))
    if before.work in WORK_OVER:
        faults = (*faults, policy_of(store).fault("REF-OVER"))
    if faults:
        raise Refused(faults)
    with store.transaction("Referral changed") as transaction:
        saved = transaction.save(kept)
        if saved.service is not before.service:
            episode = transaction.get(Episode, episode_id(saved))
            if episode.state in OVER or episode.state is EpisodeState.ADMITTED:
                raise Refused((policy_of(store).fault("REF-OVER", field="service"),))
            transaction.save(replace(episode, service=saved.service))
            list_missing(store, transaction, saved, papers_of(store, saved.id))
    return saved


def step_work(
    store: Store,
    referral: uuid.UUID,
    after: WorkStatus,
    *,
    reason: str = "",
    overrides: Overrides | None = None,
    approval: Approval | None = None,
) -> Referral:
    """Take the work one step on, or with a reason back. Raises Refused with each guard that does not stand."""
    require(store, RECORD)
    found = fresh(store, referral)
    if faults := work_faults(found.work, after, found.decision, reason, policy_of(store)):
        raise Refused(faults)
    facts = gather(store, found, approval=approval)
    said = judged(store, work_needs(found.work, after), facts, overrides, approval)
    with store.transaction(f"Referral {after.label.lower()}") as transaction:
        moved = put_work(store, transaction, found, after)
        write_step(store, transaction, moved, Life.WORK, found.work.value, after.value, reason=reason, judgements=said)
        finish_tasks(store, transaction, moved, after)
        if after is WorkStatus.SCREENING:
            _begin_pre_admission(store, transaction, moved)
    return moved


def put_work(store: Store, transaction: Transaction, referral: Referral, after: WorkStatus) -> Referral:
    """The referral in another state of work. The first answer to the source stops the first-response clock."""
    now = store.clock()
    answered = referral.responded_at or (now if after is WorkStatus.RECEIVED else None)
    return transaction.save(replace(referral, work=after, work_since=now, responded_at=answered))


def _begin_pre_admission(store: Store, transaction: Transaction, referral: Referral) -> None:
    episode = transaction.get(Episode, episode_id(referral))
    if episode.state is EpisodeState.REFERRED:
        move_episode(store, transaction, episode, EpisodeState.PRE_ADMISSION)


def end_referral(
    store: Store, referral: uuid.UUID, as_what: WorkStatus, reason: str, *, duplicate_of: uuid.UUID | None = None
) -> Referral:
    """It is a duplicate of another, or should never have been entered. Raises Refused without a reason."""
    require(store, RECORD)
    policy, found = policy_of(store), fresh(store, referral)
    if as_what not in (WorkStatus.DUPLICATE, WorkStatus.ENTERED_IN_ERROR) or found.work in WORK_OVER:
        words = {"before": found.work.label.lower(), "after": as_what.label.lower()}
        raise Refused((policy.fault("REF-STEP", **words),))
    if found.decision in OFFERED:
        raise Refused((policy.fault("REF-OFFERED"),))
    if not reason.strip():
        raise Refused((policy.fault("REF-WHY", field="reason"),))
    if as_what is WorkStatus.DUPLICATE and not _other(store, found, duplicate_of):
        raise Refused((policy.fault("REF-DUPLICATE", field="duplicate_of"),))
    ended = replace(found, work=as_what, work_since=store.clock(), duplicate_of=duplicate_of)
    with store.transaction(as_what.label) as transaction:
        saved = transaction.save(ended)
        write_step(store, transaction, saved, Life.WORK, found.work.value, as_what.value, reason=reason)
        drop_tasks(store, transaction, saved, as_what.label)
        not_admitted(store, transaction, gather(store, saved), reason)
    return saved


def _other(store: Store, referral: Referral, duplicate_of: uuid.UUID | None) -> bool:
    other = store.find(Referral, duplicate_of)
    return other is not None and other.id != referral.id and other.patient == referral.patient


def not_admitted(store: Store, transaction: Transaction, facts: Facts, reason: str) -> None:
    """The episode of a referral that ended ends too; the guard is asked of the facts after the end."""
    episode = transaction.get(Episode, episode_id(facts.referral))
    if episode.state in (EpisodeState.REFERRED, EpisodeState.PRE_ADMISSION):
        said = judge(("declined",), facts, policy_of(store))
        move_episode(store, transaction, episode, EpisodeState.NOT_ADMITTED, judgements=said, reason=reason)


def reopen_referral(store: Store, referral: uuid.UUID, reason: str) -> Referral:
    """Open a referral again that was closed without an admission, or was taken for a duplicate. The same referral.

    It stands again where its guards hold: received, else new. An episode that is over for good is followed by another.
    """
    require(store, RECORD)
    policy, found = policy_of(store), fresh(store, referral)
    episode = store.get(Episode, episode_id(found))
    again = (EpisodeState.NOT_ADMITTED, EpisodeState.CLOSED)
    admitted = episode.admitted_at is not None
    if found.work not in (WorkStatus.CLOSED, WorkStatus.DUPLICATE) or episode.state not in again or admitted:
        raise Refused((policy.fault("REF-REOPEN"),))
    if not reason.strip():
        raise Refused((policy.fault("REF-WHY", field="reason"),))
    bare = _undecided(found)
    said = judge(work_needs(WorkStatus.NEW, WorkStatus.RECEIVED), gather(store, bare), policy)
    after = WorkStatus.RECEIVED if all(one.passed for one in said) else WorkStatus.NEW
    with store.transaction("Referral opened again") as transaction:
        if episode.state is EpisodeState.CLOSED and found.service is not None and found.patient is not None:
            episode = open_episode(
                store, transaction, found.patient, found.service, referral=found.id, prior=episode.id
            )
        else:
            move_episode(store, transaction, episode, EpisodeState.REFERRED, reason=reason)
        done = TaskKind.CALL if after is WorkStatus.RECEIVED else None
        make_first_tasks(store, transaction, replace(bare, episode=episode.id, received_at=store.clock()), without=done)
        opened = put_work(store, transaction, replace(bare, episode=episode.id), after)
        kept = said if after is WorkStatus.RECEIVED else ()
        write_step(store, transaction, opened, Life.WORK, found.work.value, after.value, reason=reason, judgements=kept)
        if found.decision is not Decision.NONE:
            write_step(
                store, transaction, opened, Life.DECISION, found.decision.value, Decision.NONE.value, reason=reason
            )
    return opened


def _undecided(referral: Referral) -> Referral:
    """The referral as before anybody decided; the events keep what was."""
    return replace(
        referral,
        decision=Decision.NONE,
        decision_at=None,
        decision_by="",
        decision_reason=None,
        decision_note="",
        pending_on="",
        alternative=None,
        told=(),
        lost_hours=None,
        capability_shown_at=None,
        capability_said="",
        bed="",
        duplicate_of=None,
    )
