"""What can be done with a task. The only writers of the kind."""

from __future__ import annotations

import datetime as dt
import uuid

import msgspec

from liaison_desktop.errors import Fault, Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store, Transaction
from liaison_desktop.tasks.queries import asked_already
from liaison_desktop.tasks.record import StepKind, Task, TaskState, TaskStep
from liaison_desktop.tasks.rules import due_faults, ending_faults, reason_faults

replace = msgspec.structs.replace


def make_task(store: Store, task: Task, within: Transaction | None = None) -> Task:
    """Put a task on the list: `make_task(store, Task(what="Call the daughter", task_kind=TaskKind.CALL, ...))`.

    Without an owner it is for whoever works here. `within` is the transaction of what called for it: both are saved, or
    neither is. A rule that asked for the same already gets that open task again. Raises Refused.
    """
    if task.rule:
        known = asked_already(store, task.rule, task.what, about=task.about, subject=task.subject)
        if known is not None:
            return known
    owned = task if task.owner.strip() else replace(task, owner=store.actor.name, owner_id=store.actor.id)
    made = replace(owned, made_at=store.clock(), made_by=store.actor.name, state=TaskState.REQUESTED)
    _sound(made.faults())
    return within.save(made) if within is not None else store.save(made, reason="New task")


def change_task(store: Store, task: Task) -> Task:
    """Keep other words, another kind or priority of an open task. Raises Refused, Stale."""
    _sound(task.faults())
    return store.save(task, reason="Task changed")


def complete_task(store: Store, task: Task, outcome: str = "", within: Transaction | None = None) -> Task:
    """It is done, with what came of it. Raises Refused (TASK-OUTCOME), Stale."""
    return _end(store, task, TaskState.COMPLETED, outcome, within)


def fail_task(store: Store, task: Task, outcome: str) -> Task:
    """It could not be done, and why. Raises Refused (TASK-OUTCOME), Stale."""
    return _end(store, task, TaskState.FAILED, outcome, None)


def cancel_task(store: Store, task: Task, reason: str, within: Transaction | None = None) -> Task:
    """It need not be done any more, and why. Raises Refused (TASK-WHY), Stale."""
    _sound(reason_faults(reason, policy_of(store)))
    return _end(store, task, TaskState.CANCELLED, reason, within)


def _end(store: Store, task: Task, state: TaskState, outcome: str, within: Transaction | None) -> Task:
    _sound(ending_faults(task, state, outcome, policy_of(store)))
    ended = replace(task, state=state, outcome=outcome.strip(), ended_at=store.clock(), ended_by=store.actor.name)
    _sound(ended.faults())
    return within.save(ended) if within is not None else store.save(ended, reason=state.label)


def accept_task(store: Store, task: Task) -> Task:
    """Whoever works here takes it on; it is theirs from now on. Raises Stale."""
    step = _step(store, task, StepKind.ACCEPTED, "")
    mine = replace(task, owner=store.actor.name, owner_id=store.actor.id)
    return store.save(replace(mine, state=TaskState.ACCEPTED, steps=(*task.steps, step)), reason=step.step.label)


def hand_over_task(
    store: Store,
    task: Task,
    to: str,
    to_id: uuid.UUID | None = None,
    reason: str = "",
    within: Transaction | None = None,
) -> Task:
    """Somebody else does it from now on. Raises Refused if nobody is named, Stale."""
    if not to.strip():
        raise Refused((Fault(field="owner", message="Say who does it from now on."),))
    step = _step(store, task, StepKind.HANDED_OVER, reason)
    given = replace(task, owner=to.strip(), owner_id=to_id, state=TaskState.REQUESTED, steps=(*task.steps, step))
    _sound(given.faults())
    return within.save(given) if within is not None else store.save(given, reason=step.step.label)


def postpone_task(store: Store, task: Task, due_at: dt.datetime, reason: str) -> Task:
    """It is due later, and why. Raises Refused (TASK-WHY, TASK-LATER), Stale."""
    policy = policy_of(store)
    _sound((*due_faults(task, due_at, store.clock(), policy), *reason_faults(reason, policy)))
    step = _step(store, task, StepKind.POSTPONED, reason)
    later = replace(task, due_at=due_at, steps=(*task.steps, step))
    _sound(later.faults())
    return store.save(later, reason=step.step.label)


def reopen_task(store: Store, task: Task, reason: str = "") -> Task:
    """It has to be done after all; what was said of it before stays in its steps. Raises Stale."""
    told = reason or task.outcome
    step = _step(store, task, StepKind.REOPENED, told)
    bare = replace(task, state=TaskState.REQUESTED, ended_at=None, ended_by="", outcome="")
    return store.save(replace(bare, steps=(*task.steps, step)), reason=step.step.label)


def _step(store: Store, task: Task, kind: StepKind, reason: str) -> TaskStep:
    return TaskStep(
        step=kind,
        at=store.clock(),
        by=store.actor.name,
        reason=reason.strip(),
        owner_before=task.owner,
        due_before=task.due_at,
    )


def _sound(faults: tuple[Fault, ...]) -> None:
    if faults:
        raise Refused(faults)
