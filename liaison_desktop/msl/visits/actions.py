"""The verbs of a visit: keep a draft, submit and lock, amend, cancel, tick off a promise. Drafts always save."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.errors import Fault, Refused
from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.inquiries.queries import packages, requests_by_id
from liaison_desktop.msl.materials.queries import materials, products, topics
from liaison_desktop.msl.materials.record import ScientificTopic
from liaison_desktop.msl.safety.queries import events_of_visit
from liaison_desktop.msl.visits.queries import last_visit_with, usual_meeting, visits_between
from liaison_desktop.msl.visits.record import (
    CancelReason,
    Channel,
    FollowUpStatus,
    Heard,
    Topic,
    Visit,
    VisitStatus,
)
from liaison_desktop.msl.visits.rules import Context, Understood, blocking, row_of, visit_faults
from liaison_desktop.policies import policy_of
from liaison_desktop.records.record import storable
from liaison_desktop.store import Act

if TYPE_CHECKING:
    from liaison_desktop.store import Store


def context_of(store: Store, visit: Visit) -> Context:
    """What the rules need to know about the rest of the world for this visit."""
    nearby: tuple[Visit, ...] = ()
    if visit.start_at is not None:
        day = datetime.timedelta(days=1)
        nearby = visits_between(store, visit.start_at - day, visit.start_at + day)
    return Context(
        now=store.clock(),
        policy=policy_of(store),
        person=store.find(Person, visit.primary_person_id),
        topics=topics(store),
        products=products(store),
        # Few visits use any, and then the versions are needed with their days.
        materials=materials(store) if visit.materials else {},
        nearby=nearby,
        requests=requests_by_id(store, *(row.standing_request_id for row in visit.topics if row.standing_request_id)),
        packages=packages(store) if any(row.siuu_id for row in visit.topics) else {},
    )


def check_visit(store: Store, visit: Visit) -> tuple[Fault, ...]:
    """Everything that is wrong or doubtful about a visit."""
    return visit_faults(visit, context_of(store, visit))


def complete(visit: Visit, context: Context) -> Visit:
    """The visit with all that is computed: heading, names of topics as they are called today, time of the answer."""
    rows = tuple(_named(row, context) for row in visit.topics)
    about = rows[0].topic_name if rows else ""
    about = about[:1].lower() + about[1:] if about[1:2].islower() else about
    who = context.person.title() if context.person else ""
    answered = visit.ae_answered_at
    if (visit.ae_heard is Heard.UNANSWERED) != (answered is None):
        answered = None if visit.ae_heard is Heard.UNANSWERED else context.now
    heading = ", ".join(part for part in (who, about) if part)
    return msgspec.structs.replace(visit, topics=rows, heading=heading, ae_answered_at=answered)


def _named(row: Topic, context: Context) -> Topic:
    known = context.topics.get(row.topic_id) if row.topic_id else None
    if known is None:
        return row
    product = context.product_of(row)
    return msgspec.structs.replace(
        row,
        topic_name=known.label,
        label_status=known.label_status.value if known.label_status else "",
        product_id=product.id if product else None,
        product_name=product.name if product else "",
    )


def begin_visit(
    store: Store,
    *,
    person_id: uuid.UUID | None = None,
    start_at: datetime.datetime | None = None,
    minutes: int | None = None,
    channel: Channel | None = None,
    about: Iterable[ScientificTopic] = (),
    notes: str = "",
    heard: Heard = Heard.UNANSWERED,
) -> Visit:
    """Save the beginning of a visit: what was said, and where and how one usually meets this person."""
    now = store.clock()
    channel, place = usual_meeting(store, person_id, channel)
    taxonomy = products(store)
    return save_visit(
        store,
        Visit(
            primary_person_id=person_id,
            start_at=start_at or now.replace(minute=now.minute - now.minute % 5, second=0, microsecond=0),
            duration_min=minutes or 30,
            channel=channel,
            institution_id=place.id if place else None,
            topics=tuple(row_of(topic, taxonomy) for topic in about),
            notes=storable(notes),
            ae_heard=heard,
        ),
    )


def repeated(store: Store, last: Visit, onto: Visit | None = None) -> Visit:
    """The visit as it would be if everything were as `last` time, now; not saved.

    Who, where, how, how long, who started it and what about are repeated. What was said, answered, shown or promised is
    not, and neither is the ground of a topic that does not follow from the label.
    """
    taxonomy, known, now = products(store), topics(store), store.clock()
    about = (known.get(row.topic_id) for row in last.topics if row.topic_id)
    blank = onto or Visit(start_at=now.replace(minute=now.minute - now.minute % 5, second=0, microsecond=0))
    return msgspec.structs.replace(
        blank,
        primary_person_id=last.primary_person_id,
        institution_id=last.institution_id,
        place_note=last.place_note,
        channel=last.channel,
        visit_kind=last.visit_kind,
        initiated_by=last.initiated_by,
        duration_min=last.duration_min,
        topics=tuple(row_of(topic, taxonomy) for topic in about if topic is not None and topic.active),
    )


def repeat_visit(store: Store, person_id: uuid.UUID) -> Visit | None:
    """Save a new visit that repeats the last one with somebody; None if there was none."""
    last = last_visit_with(store, person_id)
    return save_visit(store, repeated(store, last)) if last is not None else None


def begin_understood(store: Store, found: Understood, person_id: uuid.UUID | None = None) -> Visit:
    """Save the beginning of a visit from one line; `person_id` is whom it means if it may mean several."""
    return begin_visit(
        store,
        person_id=person_id or found.person_id,
        start_at=found.start_at,
        minutes=found.minutes,
        channel=found.channel,
        about=found.topics,
        notes=found.notes,
        heard=Heard.YES if found.heard else Heard.UNANSWERED,
    )


def _with_reports(store: Store, visit: Visit) -> Visit:
    """A safety report that came from a visit answers its question with yes, whatever was typed."""
    if visit.version is None or not any(not one.error_reason for one in events_of_visit(store, visit.id)):
        return visit
    return msgspec.structs.replace(visit, ae_heard=Heard.YES)


def save_visit(store: Store, visit: Visit) -> Visit:
    """Keep a visit that is not submitted, whatever it lacks. The state follows from what it holds.

    In the future it is planned; with nothing in the way it is ready; else it is a draft. Raises Stale or Refused
    (only if it is locked or cancelled).
    """
    context = context_of(store, visit)
    visit = complete(_with_reports(store, visit), context)
    if visit.start_at is not None and visit.start_at > context.now:
        status = VisitStatus.PLANNED
    else:
        status = VisitStatus.DRAFT if blocking(visit_faults(visit, context)) else VisitStatus.READY
    return store.save(msgspec.structs.replace(visit, status=status, policy_version=context.policy.version))


def submit_visit(store: Store, visit: Visit) -> Visit:
    """Submit and lock. Raises Refused with every fault that stands in the way; nothing is written then."""
    context = context_of(store, visit)
    visit = complete(_with_reports(store, visit), context)
    if faults := blocking(visit_faults(visit, context)):
        raise Refused(faults)
    return store.save(
        msgspec.structs.replace(
            visit, status=VisitStatus.SUBMITTED, submitted_at=context.now, policy_version=context.policy.version
        ),
        reason="submitted",
    )


def amend_visit(store: Store, visit: Visit, reason: str) -> Visit:
    """Put a new version in place of a submitted one; the old version stays in the journal. Raises Refused."""
    context = context_of(store, visit)
    amended = msgspec.structs.replace(
        complete(visit, context),
        status=VisitStatus.AMENDED,
        amendment=visit.amendment + 1,
        amend_reason=reason.strip(),
        submitted_at=context.now,
        policy_version=context.policy.version,
    )
    faults = blocking(visit_faults(amended, context))
    if not reason.strip():
        message = "State the reason. The old version is kept and shown."
        faults = (Fault(field="amend_reason", message=message, rule="LOCK-1"), *faults)
    if faults:
        raise Refused(faults)
    return store.save(amended, reason="amended")


def cancel_visit(store: Store, visit: Visit, reason: CancelReason) -> Visit:
    """Call a visit off. Raises Refused if it was submitted or cancelled before."""
    context = context_of(store, visit)
    cancelled = msgspec.structs.replace(complete(visit, context), status=VisitStatus.CANCELLED, cancel_reason=reason)
    return store.save(cancelled, reason="cancelled")


def remove_visit(store: Store, visit: Visit) -> None:
    """Take away a visit that was never submitted. Raises Refused otherwise."""
    if not visit.may_cancel():
        message = "Only a visit that was never submitted can be removed."
        raise Refused((Fault(field="status", message=message, rule="LOCK-1"),))
    store.remove(visit, reason="removed by its author")


def settle_follow_up(store: Store, visit_id: uuid.UUID, number: int, status: FollowUpStatus) -> Visit:
    """Mark one follow-up as done or dropped, or open again; allowed on a locked visit: it changes nothing recorded."""
    visit = store.get(Visit, visit_id)
    at = store.clock() if status is FollowUpStatus.DONE else None
    rows = list(visit.follow_ups)
    rows[number] = msgspec.structs.replace(rows[number], status=status, done_at=at)
    return store.save(msgspec.structs.replace(visit, follow_ups=tuple(rows)), reason="follow-up")


def note_brief(store: Store, person_id: uuid.UUID, act: Act, how: str = "") -> None:
    """The brief of somebody left the screen: printed, or saved as a copy; `how` says on which printer."""
    store.note(act, kind=Person.kind, subject=person_id, detail=": ".join(filter(None, ("brief", how))))
