"""A visit: the unit that is saved, locked, amended and shown."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

import msgspec

from liaison_desktop.errors import Fault
from liaison_desktop.msl.visits.record.codes import (
    LOCKED,
    CancelReason,
    Channel,
    FollowUpStatus,
    Heard,
    InitiatedBy,
    JointVisit,
    Outcome,
    Reaction,
    VisitKind,
    VisitStatus,
)
from liaison_desktop.msl.visits.record.rows import (
    Attendee,
    Confirmation,
    FollowUp,
    HeardQuestion,
    MaterialUse,
    Topic,
)
from liaison_desktop.records import Field, Record

_OPEN_STATES = frozenset({VisitStatus.PLANNED, VisitStatus.DRAFT, VisitStatus.READY})


class Visit(Record, frozen=True, kw_only=True):
    """One exchange with one or more people. `heading` is computed by the actions, never typed."""

    kind: ClassVar[str] = "visit"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("start_at",),
        ("start_at", "status", "primary_person_id"),  # a month is counted in the index alone
        ("status", "start_at"),
        ("primary_person_id", "start_at"),
        ("next_due",),
        ("last_done_at",),
    )

    heading: Annotated[str, Field("Visit", search=True, most=300)] = ""
    status: Annotated[VisitStatus, Field("Status")] = VisitStatus.DRAFT
    visit_kind: Annotated[VisitKind, Field("Setting")] = VisitKind.ONE_TO_ONE
    primary_person_id: Annotated[uuid.UUID | None, Field("Person", refers_to="person")] = None
    institution_id: Annotated[uuid.UUID | None, Field("Place", refers_to="institution")] = None
    place_note: Annotated[str, Field("Room or link", most=200, free=True)] = ""
    channel: Annotated[Channel | None, Field("Channel")] = None
    start_at: Annotated[datetime.datetime | None, Field("Start")] = None
    duration_min: Annotated[int, Field("Minutes")] = 30
    initiated_by: Annotated[InitiatedBy | None, Field("Started by")] = None
    agenda: Annotated[str, Field("Agenda", lines=2, search=True)] = ""
    topics: Annotated[tuple[Topic, ...], Field("Topics")] = ()
    notes: Annotated[str, Field("Notes", help="Facts only, no patient names", lines=6, search=True)] = ""
    heard_priorities: Annotated[
        tuple[uuid.UUID, ...], Field("Listened for and heard", refers_to="listening_priority")
    ] = ()
    heard_marks: Annotated[tuple[HeardQuestion, ...], Field("Who ticked them, and when")] = ()
    outcome: Annotated[Outcome | None, Field("Outcome")] = None
    next_step: Annotated[str, Field("Next step", search=True, most=400, free=True)] = ""
    hcp_reaction: Annotated[Reaction, Field("Reaction")] = Reaction.NOT_CAPTURED
    joint_visit: Annotated[JointVisit, Field("Joint visit")] = JointVisit.NONE
    attendees: Annotated[tuple[Attendee, ...], Field("Also present")] = ()
    materials: Annotated[tuple[MaterialUse, ...], Field("Materials")] = ()
    follow_ups: Annotated[tuple[FollowUp, ...], Field("Follow-ups")] = ()
    ae_heard: Annotated[
        Heard, Field("Did you hear of any adverse event or product complaint?", help="Answer Yes or No to submit")
    ] = Heard.UNANSWERED
    ae_answered_at: Annotated[datetime.datetime | None, Field("Answered at")] = None
    late_reason: Annotated[str, Field("Why it is late", most=400, free=True)] = ""
    confirmations: Annotated[tuple[Confirmation, ...], Field("Confirmed")] = ()
    cancel_reason: Annotated[CancelReason | None, Field("Why it was cancelled")] = None
    submitted_at: Annotated[datetime.datetime | None, Field("Submitted at")] = None
    amendment: Annotated[int, Field("Amendment", help="0 for the visit as first submitted")] = 0
    amend_reason: Annotated[str, Field("Why it was amended", most=400, free=True)] = ""
    policy_version: Annotated[str, Field("Policy", most=40)] = ""
    next_due: Annotated[datetime.date | None, Field("Next follow-up due")] = None
    last_done_at: Annotated[datetime.datetime | None, Field("Last follow-up done")] = None

    def __post_init__(self) -> None:
        """The two fields that let a list of promises be found among fifty thousand visits follow the follow-ups."""
        due = [row.due_on or datetime.date.max for row in self.follow_ups if row.status is FollowUpStatus.OPEN]
        done = [row.done_at for row in self.follow_ups if row.done_at is not None]
        msgspec.structs.force_setattr(self, "next_due", min(due, default=None))
        msgspec.structs.force_setattr(self, "last_done_at", max(done, default=None))

    @property
    def locked(self) -> bool:
        """Whether it changes only by amendment."""
        return self.status in LOCKED

    @property
    def end_at(self) -> datetime.datetime | None:
        """Start plus minutes; None without a start."""
        return self.start_at + datetime.timedelta(minutes=max(self.duration_min, 0)) if self.start_at else None

    def title(self) -> str:
        """Who and about what: `Dr. Hannah Okonkwo, renal dosing`."""
        return self.heading or "New visit"

    def facts(self) -> str:
        """Day, channel and length."""
        day = f"{self.start_at.day} {self.start_at:%b %Y}" if self.start_at else ""
        channel = self.channel.label if self.channel else ""
        return ", ".join(part for part in (day, channel, f"{self.duration_min} min") if part)

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """A submitted visit follows only by amendment, a cancelled one not at all."""
        if previous.locked:
            return self._guard_locked(previous)
        if previous.status is VisitStatus.CANCELLED:
            return (_refusal("A cancelled visit is kept as it was. Record a new visit instead."),)
        if self.status is VisitStatus.AMENDED:
            return (_refusal("Only a submitted visit can be amended."),)
        if self.status is VisitStatus.CANCELLED and self.cancel_reason is None:
            return (Fault(field="cancel_reason", message="Say why the visit was cancelled.", rule="LOCK-1"),)
        return ()

    def _guard_locked(self, previous: Self) -> tuple[Fault, ...]:
        if _without_progress(self) == _without_progress(previous):
            return ()  # Ticking off a promise is not a change of what was recorded.
        if self.status is not VisitStatus.AMENDED or self.amendment != previous.amendment + 1:
            return (_refusal("This visit is submitted and locked. Amend it instead: the old version is kept."),)
        if not self.amend_reason.strip():
            return (
                Fault(
                    field="amend_reason", message="State the reason. The old version is kept and shown.", rule="LOCK-1"
                ),
            )
        return ()

    def may_cancel(self) -> bool:
        """Whether it can still be called off."""
        return self.status in _OPEN_STATES


def _refusal(message: str) -> Fault:
    return Fault(field="status", message=message, rule="LOCK-1")


def _without_progress(visit: Visit) -> Visit:
    rows = tuple(msgspec.structs.replace(row, status=FollowUpStatus.OPEN, done_at=None) for row in visit.follow_ups)
    return msgspec.structs.replace(visit, version=None, follow_ups=rows)
