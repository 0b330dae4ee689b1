"""The task: what has to be done, for whom, by whom and by when; what became of it, and each hand it went through."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Annotated, ClassVar, Self

from liaison_desktop.errors import Fault
from liaison_desktop.records import Code, Field, Record, Row


class TaskState(Code):
    """Where a task stands; the codes are those of a FHIR R4 Task."""

    REQUESTED = "requested", "To do"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    READY = "ready"
    IN_PROGRESS = "in-progress", "In work"
    ON_HOLD = "on-hold", "On hold"
    COMPLETED = "completed", "Done"
    FAILED = "failed", "Could not be done"
    CANCELLED = "cancelled"


ENDED = frozenset({TaskState.COMPLETED, TaskState.FAILED, TaskState.CANCELLED, TaskState.REJECTED})
OPEN = frozenset(TaskState) - ENDED


class TaskKind(Code):
    """What sort of work it is."""

    CALL = "call"
    VERIFY = "verify"
    OBTAIN_DOC = "obtain_doc", "Get a document"
    SIGN = "sign"
    REVIEW = "review"
    VISIT = "visit"
    TEACH = "teach"
    RECHECK = "recheck", "Check again"
    ESCALATE = "escalate", "Escalate"
    PRINT = "print"


class Priority(Code):
    """How soon, as FHIR says it."""

    ROUTINE = "routine"
    URGENT = "urgent"
    ASAP = "asap", "As soon as possible"
    STAT = "stat", "At once"


class StepKind(Code):
    """What was done with a task beside ending it."""

    ACCEPTED = "accepted", "Taken on"
    HANDED_OVER = "handed_over", "Handed over"
    POSTPONED = "postponed"
    HELD = "held", "Put on hold"
    REOPENED = "reopened", "Opened again"


class TaskStep(Row, frozen=True, kw_only=True):
    """One thing that happened to a task: who did it, when and why; whose it was and when it was due before."""

    step: Annotated[StepKind, Field("What")]
    at: Annotated[dt.datetime, Field("When")]
    by: Annotated[str, Field("By", most=200)] = ""
    reason: Annotated[str, Field("Why", most=1000, free=True)] = ""
    owner_before: Annotated[str, Field("Whose it was", most=200)] = ""
    due_before: Annotated[dt.datetime | None, Field("Due before")] = None


class Task(Record, frozen=True, kw_only=True):
    """Something that has to be done. `subject` is the person it is for, `about` the record it is about.

    `rule` names the rule that made it; a rule has one open task of the same words about one record. `owner_id` is set
    when the owner works here; a task may as well wait for somebody outside, by name.
    """

    kind: ClassVar[str] = "task"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("state", "due_at"), ("subject",), ("about",), ("episode",))

    what: Annotated[str, Field("What has to be done", required=True, search=True, most=200, free=True)] = ""
    task_kind: Annotated[TaskKind, Field("Kind")] = TaskKind.REVIEW
    subject: Annotated[uuid.UUID | None, Field("For")] = None
    episode: Annotated[uuid.UUID | None, Field("Episode")] = None
    about_kind: Annotated[str, Field("Kind of the record it is about", most=60)] = ""
    about: Annotated[uuid.UUID | None, Field("About")] = None
    owner: Annotated[str, Field("Who does it", required=True, most=200)] = ""
    owner_id: Annotated[uuid.UUID | None, Field("Who does it, id")] = None
    due_at: Annotated[dt.datetime | None, Field("Due")] = None
    priority: Annotated[Priority, Field("Priority")] = Priority.ROUTINE
    rule: Annotated[str, Field("Made by the rule", most=60)] = ""
    state: Annotated[TaskState, Field("State")] = TaskState.REQUESTED
    made_at: Annotated[dt.datetime | None, Field("Made")] = None
    made_by: Annotated[str, Field("Made by", most=200)] = ""
    ended_at: Annotated[dt.datetime | None, Field("Ended")] = None
    ended_by: Annotated[str, Field("Ended by", most=200)] = ""
    outcome: Annotated[str, Field("What came of it", lines=2, most=1000)] = ""
    steps: Annotated[tuple[TaskStep, ...], Field("What happened to it")] = ()

    def title(self) -> str:
        """What has to be done."""
        return self.what

    def facts(self) -> str:
        """Kind and owner."""
        return " · ".join(part for part in (self.task_kind.label, self.owner) if part)

    @property
    def open(self) -> bool:
        """Whether it still has to be done."""
        return self.state in OPEN

    def overdue(self, now: dt.datetime) -> bool:
        """Whether it is open and its time has passed."""
        return self.open and self.due_at is not None and self.due_at < now

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """What ended stays as it was until somebody opens it again, and no step is ever taken out."""
        if self.steps[: len(previous.steps)] != previous.steps:
            return (Fault(field="steps", message="What happened to a task is never taken out.", rule="TASK-STEPS"),)
        opened = self.steps[len(previous.steps) :][:1]
        if previous.open or (opened and opened[0].step is StepKind.REOPENED):
            return ()
        return (Fault(field="state", message="This task has ended. Open it again first.", rule="TASK-ENDED"),)

    def guard_removal(self) -> tuple[Fault, ...]:
        """A task is cancelled with a reason, never taken away."""
        return (Fault(field="", message="A task is cancelled with a reason, never taken away.", rule="TASK-KEPT"),)
