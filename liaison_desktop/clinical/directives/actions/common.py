"""What the verbs share: who may, what stops, which episode it is, and the tasks that follow."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable

from liaison_desktop.clinical.episodes.queries import current_episode
from liaison_desktop.errors import Fault, Refused, Severity
from liaison_desktop.store import Store, Transaction
from liaison_desktop.tasks.actions import complete_task, make_task
from liaison_desktop.tasks.queries import tasks_for
from liaison_desktop.tasks.record import Priority, Task, TaskKind

RECORD = "record_clinical"  # of the file of roles


def stop_if(faults: Iterable[Fault], *, reason: str = "") -> None:
    """Raise Refused for what is refused, and for what needs a reason while none is written."""
    said = bool(reason.strip())
    stopping = tuple(
        fault
        for fault in faults
        if fault.severity is Severity.REFUSE or (fault.severity is Severity.CONFIRM and not said)
    )
    if stopping:
        raise Refused(stopping)


def episode_of(store: Store, patient: uuid.UUID | None) -> uuid.UUID | None:
    """The patient's current episode, if there is one."""
    found = current_episode(store, patient) if patient is not None else None
    return found.id if found is not None else None


def ask_for(
    store: Store,
    within: Transaction,
    what: str,
    rule: str,
    *,
    kind: TaskKind,
    patient: uuid.UUID | None,
    about: tuple[str, uuid.UUID],
    due_at: datetime.datetime | None = None,
    priority: Priority = Priority.ROUTINE,
) -> None:
    """The task that a rule asks for, once for each record it is about."""
    make_task(
        store,
        Task(
            what=what,
            task_kind=kind,
            subject=patient,
            episode=episode_of(store, patient),
            about_kind=about[0],
            about=about[1],
            due_at=due_at or store.clock(),
            priority=priority,
            rule=rule,
        ),
        within=within,
    )


def settle(
    store: Store, within: Transaction, rule: str, *, patient: uuid.UUID | None, about: uuid.UUID, outcome: str
) -> None:
    """What a rule asked for about this record was done."""
    if patient is None:
        return
    for task in tasks_for(store, subject=patient):
        if task.rule == rule and task.about == about:
            complete_task(store, task, outcome, within=within)
