"""What waits today, sorted out of what was read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from liaison_desktop.clinical.checklists.record import FINISHED, Checklist, ChecklistStatus
from liaison_desktop.clinical.consents.record import Consent, ConsentState
from liaison_desktop.tasks.record import Task
from liaison_desktop.tasks.rules import Clock

RETURNED = (ConsentState.RETURNED,)
TO_SIGN = (ConsentState.READY, ConsentState.SIGNED, ConsentState.WITNESSED)


def to_finish(checklist: Checklist) -> bool:
    """Whether a checklist waits: for its answers, or for an RN's review."""
    return checklist.status is ChecklistStatus.IN_PROGRESS or to_review(checklist)


def to_review(checklist: Checklist) -> bool:
    """Whether a finished checklist waits for an RN."""
    return checklist.review_needed and checklist.status in FINISHED


def in_states(consents: Iterable[Consent], states: tuple[ConsentState, ...]) -> tuple[Consent, ...]:
    """The consents in these states, as they were ordered."""
    return tuple(consent for consent in consents if consent.state in states)


def due_today(tasks: Iterable[Task], now: datetime.datetime) -> tuple[Task, ...]:
    """The tasks that are late or due before midnight."""
    return tuple(task for task in tasks if task.due_at is not None and _day(task.due_at, now) <= now.date())


def _day(moment: datetime.datetime, now: datetime.datetime) -> datetime.date:
    return moment.astimezone(now.tzinfo).date()


def soon(clocks: Iterable[Clock], now: datetime.datetime, hours: float) -> tuple[Clock, ...]:
    """The clocks that ran out or will within so many hours."""
    until = now + datetime.timedelta(hours=hours)
    return tuple(clock for clock in clocks if clock.due_at <= until)


def by_due(tasks: Iterable[Task], now: datetime.datetime) -> tuple[tuple[str, tuple[Task, ...]], ...]:
    """The tasks under captions, as they were ordered: late, today, later, without a day."""
    found: dict[str, list[Task]] = {"Late": [], "Today": [], "Later": [], "Without a day": []}
    for task in tasks:
        if task.due_at is None:
            found["Without a day"].append(task)
        elif task.overdue(now):
            found["Late"].append(task)
        else:
            found["Today" if _day(task.due_at, now) <= now.date() else "Later"].append(task)
    return tuple((caption, tuple(some)) for caption, some in found.items())
