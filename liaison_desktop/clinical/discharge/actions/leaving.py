"""The steps of a stay from the ward to the call afterwards: planned, gone, called, closed."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Mapping

import msgspec

from liaison_desktop.clinical.checklists.queries import checklists_of
from liaison_desktop.clinical.checklists.record import FINISHED
from liaison_desktop.clinical.checklists.rules import standing
from liaison_desktop.clinical.concerns.queries import open_concerns
from liaison_desktop.clinical.discharge.queries import plan_of
from liaison_desktop.clinical.discharge.record import Call, DischargePlan
from liaison_desktop.clinical.discharge.rules import (
    AFTERWARDS,
    LEAVING,
    PLANNING,
    Facts,
    ama_faults,
    call_faults,
    judge,
)
from liaison_desktop.clinical.episodes.actions import move_episode
from liaison_desktop.clinical.episodes.record import Disposition, Episode, EpisodeState, Judgement
from liaison_desktop.clinical.medications.actions import medicines_given_judgement
from liaison_desktop.clinical.people.actions import require, shown_name
from liaison_desktop.clinical.people.record import Approval
from liaison_desktop.errors import Missing, Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store, Transaction
from liaison_desktop.tasks.actions import complete_task, make_task
from liaison_desktop.tasks.queries import tasks_for
from liaison_desktop.tasks.record import Task, TaskKind

S = EpisodeState
FORM = "dc"  # the discharge checklist
CALL = "FOLLOW-UP-CALL"  # the rule whose task is made when a patient goes


def gather(store: Store, episode: Episode) -> Facts:
    """What the guards ask about, read now. Raises Missing if no plan was begun."""
    plan = plan_of(store, episode.id)
    if plan is None or episode.patient is None:
        raise Missing("No discharge plan was begun for this stay.")
    begun = standing(checklists_of(store, episode.patient)).get(FORM)
    return Facts(
        plan=plan,
        checklist=begun is not None and begun.status in FINISHED and not begun.review_needed,
        medicines=medicines_given_judgement(store, episode.id),
        open_concerns=len(open_concerns(store, patient=episode.patient, episode=episode.id)),
        open_tasks=len(tasks_for(store, episode=episode.id)),
    )


def _judged(
    store: Store,
    names: Iterable[str],
    facts: Facts,
    reasons: Mapping[str, str] | None,
    approval: Approval | None,
) -> tuple[Judgement, ...]:
    """What the guards say, with what somebody who may takes on and why. Raises Refused if they may not."""
    found = []
    for one in judge(names, facts, policy_of(store)):
        reason = (reasons or {}).get(one.guard, "").strip()
        if one.passed or not one.may_override or not reason:
            found.append(one)
            continue
        who = require(store, "override", approval=approval)
        found.append(msgspec.structs.replace(one, overridden_by=shown_name(store, who), override_reason=reason))
    return tuple(found)


def begin_planning(
    store: Store, episode_id: uuid.UUID, *, reasons: Mapping[str, str] | None = None, approval: Approval | None = None
) -> Episode:
    """Discharge is being planned: where to and who helps are known. Raises Refused, Missing."""
    require(store, "record_clinical")
    episode = store.get(Episode, episode_id)
    said = _judged(store, PLANNING, gather(store, episode), reasons, approval)
    with store.transaction("Discharge planned") as transaction:
        return move_episode(store, transaction, episode, S.DISCHARGE_PLANNING, judgements=said)


def discharge(
    store: Store,
    episode_id: uuid.UUID,
    *,
    at: datetime.datetime | None = None,
    reasons: Mapping[str, str] | None = None,
    approval: Approval | None = None,
) -> Episode:
    """The patient goes: every guard of leaving stands, or nothing happens; the call afterwards is a task. Raises Refused."""
    require(store, "record_clinical")
    episode, policy, now = store.get(Episode, episode_id), policy_of(store), store.clock()
    left = at or now
    if left > now or (episode.admitted_at is not None and left < episode.admitted_at):
        raise Refused((policy.fault("DC-WHEN", field="at"),))
    facts = gather(store, episode)
    said = _judged(store, LEAVING, facts, reasons, approval)
    with store.transaction("Discharged") as transaction:
        gone = transaction.save(_gone(episode, left, facts.plan.destination))
        moved = move_episode(store, transaction, gone, S.DISCHARGED, judgements=said)
        _ask_to_call(store, transaction, moved, facts.plan)
    return moved


def _gone(episode: Episode, at: datetime.datetime, where: Disposition | None) -> Episode:
    return msgspec.structs.replace(episode, discharged_at=at, disposition=where)


def _ask_to_call(store: Store, transaction: Transaction, episode: Episode, plan: DischargePlan) -> None:
    hours = policy_of(store).number("follow_up_call_hours")
    make_task(
        store,
        Task(
            what="Call the patient at home",
            task_kind=TaskKind.CALL,
            subject=plan.patient,
            episode=episode.id,
            about_kind=DischargePlan.kind,
            about=plan.id,
            owner=store.actor.name,
            owner_id=store.actor.id,
            due_at=(episode.discharged_at or store.clock()) + datetime.timedelta(hours=hours),
            rule=CALL,
        ),
        within=transaction,
    )


def leave_against_advice(store: Store, episode_id: uuid.UUID, *, at: datetime.datetime | None = None) -> Episode:
    """The patient leaves against advice: told of the risks, and still given what they need. Raises Refused."""
    require(store, "record_clinical")
    episode, plan = store.get(Episode, episode_id), plan_of(store, episode_id)
    if plan is None:
        raise Missing("No discharge plan was begun for this stay.")
    if faults := tuple(ama_faults(plan, policy_of(store))):
        raise Refused(faults)
    with store.transaction("Left against advice") as transaction:
        gone = transaction.save(_gone(episode, at or store.clock(), Disposition.AADVICE))
        moved = move_episode(store, transaction, gone, S.LEFT_AMA, reason="left against advice")
        _ask_to_call(store, transaction, moved, plan)
    return moved


def end_stay(store: Store, episode_id: uuid.UUID, after: EpisodeState, *, reason: str) -> Episode:
    """The patient died or was moved to another house: no plan is carried out any more. Raises Refused."""
    require(store, "record_clinical")
    policy = policy_of(store)
    if after not in (S.EXPIRED, S.TRANSFERRED_OUT) or not reason.strip():
        raise Refused((policy.fault("DC-END", field="reason"),))
    episode = store.get(Episode, episode_id)
    where = Disposition.EXPIRED if after is S.EXPIRED else Disposition.OTHER_HCF
    with store.transaction(after.label) as transaction:
        gone = transaction.save(_gone(episode, store.clock(), where))
        return move_episode(store, transaction, gone, after, reason=reason.strip())


def record_call(store: Store, plan: DischargePlan, call: Call) -> DischargePlan:
    """One try to reach the patient at home; the first one opens the follow-up. Raises Refused."""
    require(store, "record_clinical")
    if faults := tuple(call_faults(call, policy_of(store))):
        raise Refused(faults)
    now = store.clock()
    made = msgspec.structs.replace(call, at=call.at or now, by=store.actor.name)
    episode = store.find(Episode, plan.episode)
    with store.transaction("Call after discharge") as transaction:
        saved = transaction.save(msgspec.structs.replace(plan, calls=(*plan.calls, made)))
        if episode is not None and episode.state in (S.DISCHARGED, S.LEFT_AMA):
            move_episode(store, transaction, episode, S.FOLLOW_UP)
        enough = made.reached or len(saved.calls) >= int(policy_of(store).number("follow_up_tries"))
        for task in tasks_for(store, episode=plan.episode) if enough else ():
            if task.rule == CALL and task.about == plan.id:
                words = "Reached" if made.reached else "Not reached"
                complete_task(store, task, words, within=transaction)
    return saved


def close_stay(
    store: Store, episode_id: uuid.UUID, *, reasons: Mapping[str, str] | None = None, approval: Approval | None = None
) -> Episode:
    """The stay is closed: called or tried often enough, and no task left. Raises Refused, Missing."""
    require(store, "record_clinical")
    episode = store.get(Episode, episode_id)
    said: tuple[Judgement, ...] = ()
    if episode.state is S.FOLLOW_UP:
        said = _judged(store, AFTERWARDS, gather(store, episode), reasons, approval)
    with store.transaction("Closed") as transaction:
        return move_episode(store, transaction, episode, S.CLOSED, judgements=said)
