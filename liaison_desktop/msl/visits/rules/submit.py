"""What must hold before a visit is submitted: VIS-1 to VIS-6, HCP-2 and PHI-1."""

from __future__ import annotations

from collections.abc import Iterator

from liaison_desktop.errors import Fault, Severity
from liaison_desktop.msl.directory.record import ContactPermission
from liaison_desktop.msl.visits.record import PROACTIVE, Heard, Visit, VisitStatus
from liaison_desktop.msl.visits.rules.context import Context, local, when
from liaison_desktop.msl.visits.rules.exchange import exchange_faults
from liaison_desktop.msl.visits.rules.materials import balance_faults, material_faults
from liaison_desktop.msl.visits.rules.wording import promotion_faults
from liaison_desktop.policies.guarding import identity_faults


def visit_faults(visit: Visit, context: Context) -> tuple[Fault, ...]:
    """Everything that is wrong or doubtful about a visit, in the order of the form.

    Faults of severity CONFIRM that the visit already answers are not among them.
    """
    found = [
        *visit.faults(),
        *_missing(visit, context),
        *_time(visit, context),
        *_contact(visit, context),
        *exchange_faults(visit, context),
        *balance_faults(visit, context),
        *material_faults(visit, context),
        *identity_faults(visit, context.policy),
        *promotion_faults(visit, context),
        *_heard(visit, context),
        *_others(visit, context),
    ]
    confirmed = {(one.rule, one.about) for one in visit.confirmations if one.answer.strip()}
    return tuple(
        fault for fault in found if fault.severity is not Severity.CONFIRM or (fault.rule, fault.field) not in confirmed
    )


def blocking(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """The faults that stand in the way of submitting: what is refused, and what is not yet confirmed."""
    return tuple(fault for fault in faults if fault.severity in (Severity.REFUSE, Severity.CONFIRM))


def _missing(visit: Visit, context: Context) -> Iterator[Fault]:
    needed = (
        ("primary_person_id", "the person", visit.primary_person_id is None),
        ("channel", "the channel", visit.channel is None),
        ("start_at", "the start", visit.start_at is None),
        ("topics", "a topic", not visit.topics),
    )
    for field, missing, absent in needed:
        if absent:
            yield context.policy.fault("VIS-1", field=field, missing=missing)


def _time(visit: Visit, context: Context) -> Iterator[Fault]:
    if visit.duration_min < 1 or visit.duration_min > 24 * 60:
        yield Fault(field="duration_min", message="Minutes are between 1 and 1,440.")
    if visit.start_at is None:
        return
    if visit.start_at > context.now:
        yield context.policy.fault("VIS-2", field="start_at", when=when(visit.start_at, context.now))
    days = (context.now.date() - local(visit.start_at, context.now).date()).days
    limit = int(context.policy.number("backdate_days"))
    # An amendment is late by nature; its own reason is asked for instead.
    if days > limit and not visit.late_reason.strip() and not visit.locked:
        yield context.policy.fault("VIS-3", field="late_reason", n=days, d=limit)


def _contact(visit: Visit, context: Context) -> Iterator[Fault]:
    person = context.person
    if person is None or person.contact_permission is not ContactPermission.NO_CONTACT:
        return
    # As long as nobody said who started it, it counts as started by us.
    if visit.initiated_by is None or visit.initiated_by in PROACTIVE:
        day = person.do_not_contact_on
        asked = f"{day.day} {day:%b %Y}" if day else "an earlier day"
        yield context.policy.fault("HCP-2", field="initiated_by", x=person.last_name, date=asked)


def _heard(visit: Visit, context: Context) -> Iterator[Fault]:
    if visit.ae_heard is Heard.UNANSWERED:
        yield context.policy.fault("VIS-5", field="ae_heard")


def _others(visit: Visit, context: Context) -> Iterator[Fault]:
    start, end = visit.start_at, visit.end_at
    if start is None or end is None:
        return
    mine = {topic.topic_id for topic in visit.topics if topic.topic_id}
    for other in context.nearby:
        if other.id == visit.id or other.status is VisitStatus.CANCELLED or other.start_at is None:
            continue
        same_day = local(other.start_at, context.now).date() == local(start, context.now).date()
        same_person = other.primary_person_id is not None and other.primary_person_id == visit.primary_person_id
        if same_day and same_person and mine & {topic.topic_id for topic in other.topics}:
            time = f"{local(other.start_at, context.now):%H:%M}"
            yield context.policy.fault("VIS-6", field="start_at", time=time)
        elif other.end_at and start < other.end_at and other.start_at < end:
            yield context.policy.fault("VIS-4", field="start_at", title=other.title())
