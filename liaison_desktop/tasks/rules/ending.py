"""What must be said when a task ends, changes hands or is put off."""

from __future__ import annotations

import datetime as dt

from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy
from liaison_desktop.tasks.record import Task, TaskState


def ending_faults(task: Task, state: TaskState, outcome: str, policy: Policy) -> tuple[Fault, ...]:
    """TASK-OUTCOME: what came of a call, a verification or an escalation has to be said, and why a task failed."""
    told = state is TaskState.COMPLETED and task.task_kind.value not in policy.words("tasks_with_outcome")
    if outcome.strip() or told:
        return ()
    return (policy.fault("TASK-OUTCOME", field="outcome"),)


def reason_faults(reason: str, policy: Policy) -> tuple[Fault, ...]:
    """TASK-WHY: putting off and cancelling need a reason."""
    return () if reason.strip() else (policy.fault("TASK-WHY", field="reason"),)


def due_faults(task: Task, due_at: dt.datetime, now: dt.datetime, policy: Policy) -> tuple[Fault, ...]:
    """TASK-LATER: a task is put off to a moment that is still to come, and later than before."""
    late = due_at <= now or (task.due_at is not None and due_at <= task.due_at)
    return (policy.fault("TASK-LATER", field="due_at"),) if late else ()
