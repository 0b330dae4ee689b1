"""The tasks of a practice day. Everybody is invented."""

from __future__ import annotations

import datetime

from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.store import Store
from liaison_desktop.tasks.actions import make_task
from liaison_desktop.tasks.record import Priority, Task, TaskKind

# What, which sort, hours from now (None: no day), whose (empty: whoever works here), how soon.
_PRACTICE: tuple[tuple[str, TaskKind, float | None, str, Priority], ...] = (
    ("Call the daughter about the ride home", TaskKind.CALL, 2, "", Priority.URGENT),
    ("Verify the insurance again", TaskKind.VERIFY, -20, "", Priority.ROUTINE),
    ("Book an interpreter for Monday", TaskKind.CALL, 26, "", Priority.ROUTINE),
    ("Ask the clinic for the last echo report", TaskKind.OBTAIN_DOC, None, "", Priority.ROUTINE),
    ("Say whether the blood thinner is held, and from when", TaskKind.REVIEW, 5, "Wei Chen, MD", Priority.URGENT),
)


def fill_practice_tasks(store: Store) -> tuple[Task, ...]:
    """Put the tasks of an invented day into a practice store that already has patients; none if it has none."""
    patients, now = store.all(Patient), store.clock()
    made = []
    for number, (what, kind, hours, owner, priority) in enumerate(_PRACTICE if patients else ()):
        due = now + datetime.timedelta(hours=hours) if hours is not None else None
        subject = patients[number % len(patients)].id
        task = Task(what=what, task_kind=kind, subject=subject, due_at=due, owner=owner, priority=priority)
        made.append(make_task(store, task))
    return tuple(made)
