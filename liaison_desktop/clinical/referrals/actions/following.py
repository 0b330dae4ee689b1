"""The tasks of a referral follow its life: a step does what a task asked for, and an end leaves none open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from liaison_desktop.clinical.referrals.queries import papers_of
from liaison_desktop.clinical.referrals.record import Referral, WorkStatus
from liaison_desktop.store import Store, Transaction
from liaison_desktop.tasks.actions import cancel_task, complete_task
from liaison_desktop.tasks.queries import tasks_about
from liaison_desktop.tasks.record import Task, TaskKind

FIRST = "REF-FIRST"  # the rule of the tasks with which a referral begins
# With which step which of them is done.
_DONE_BY: Mapping[WorkStatus, TaskKind] = {
    WorkStatus.RECEIVED: TaskKind.CALL,
    WorkStatus.TRIAGED: TaskKind.REVIEW,
    WorkStatus.SCREENING: TaskKind.VISIT,
}


def finish_tasks(store: Store, transaction: Transaction, referral: Referral, after: WorkStatus) -> None:
    """What this step did is done."""
    kind = _DONE_BY.get(after)
    for task in tasks_about(store, referral.id):
        if task.rule == FIRST and task.task_kind is kind:
            complete_task(store, task, after.label, transaction)


def drop_tasks(store: Store, transaction: Transaction, referral: Referral, why: str) -> None:
    """The referral is over: what it began with and what was asked for need not be done any more."""
    for task in _own(store, referral):
        cancel_task(store, task, why, transaction)


def _own(store: Store, referral: Referral) -> Iterator[Task]:
    yield from (task for task in tasks_about(store, referral.id) if task.rule == FIRST)
    for paper in papers_of(store, referral.id):
        if paper.missing:
            yield from tasks_about(store, paper.id)
