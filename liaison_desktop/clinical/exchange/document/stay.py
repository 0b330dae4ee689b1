"""The stay: EpisodeOfCare with its history, ServiceRequest and Task for the referral, Task for what has to be done."""

from __future__ import annotations

import uuid

from liaison_desktop.clinical.episodes.record import Episode, EpisodeState, Life, StateEvent
from liaison_desktop.clinical.exchange.document.values import (
    ICD_10_CM,
    OWN_CODES,
    Json,
    coding,
    concept,
    day,
    extension,
    moment,
    period,
    refer,
    resource,
    without_blanks,
)
from liaison_desktop.clinical.people.record import Facility
from liaison_desktop.clinical.referrals.record import Decision, Referral, ReferralDocument, WorkStatus
from liaison_desktop.tasks.record import Task

S, W, D = EpisodeState, WorkStatus, Decision
_EPISODE = {
    S.REFERRED: "planned",
    S.PRE_ADMISSION: "waitlist",
    S.ADMITTED: "active",
    S.DISCHARGE_PLANNING: "active",
    S.NOT_ADMITTED: "cancelled",
}
_REVOKED = (D.DECLINED_FACILITY, D.DECLINED_PATIENT, D.WITHDRAWN_SOURCE, D.LOST_TO_OTHER, D.CANCELLED_AFTER_OFFER)
_DECIDED = {
    D.ACCEPT_PENDING: "on-hold",
    D.ACCEPTED: "accepted",
    D.BED_RESERVED: "ready",
    D.DECLINED_FACILITY: "rejected",
    D.DECLINED_PATIENT: "rejected",
    D.WITHDRAWN_SOURCE: "cancelled",
    D.LOST_TO_OTHER: "cancelled",
    D.CANCELLED_AFTER_OFFER: "cancelled",
}


def episode_resource(
    episode: Episode, events: tuple[StateEvent, ...], referrals: tuple[Referral, ...], ours: Facility | None
) -> Json:
    """EpisodeOfCare; each of our states is one line of its history, under the state FHIR has for it."""
    steps = [event for event in events if event.life is Life.EPISODE]
    history = []
    for number, event in enumerate(steps):
        until = steps[number + 1].at if number + 1 < len(steps) else None
        history.append({"status": _status(S(event.after)), "period": period(moment(event.at), moment(until))})
    begun = moment(episode.admitted_at) or (moment(steps[0].at) if steps else None)
    return resource(
        "EpisodeOfCare",
        episode.id,
        extension=_more(episode),
        identifier=[{"value": episode.number}] if episode.number else None,
        status=_status(episode.state),
        statusHistory=[each for each in history if each["period"]],
        type=[concept(episode.service.label, coding(OWN_CODES + "service-line", episode.service.value))]
        if episode.service is not None
        else None,
        patient=refer(episode.patient),
        managingOrganization=refer(ours.id, ours.name) if ours is not None else None,
        period=period(begun, moment(episode.discharged_at)),
        referralRequest=[refer(one.id) for one in referrals],
    )


def _status(state: EpisodeState) -> str:
    return _EPISODE.get(state, "finished")


def _more(episode: Episode) -> list[Json]:
    told = [extension("episode-state", valueCode=episode.state.value)]
    if episode.disposition is not None:
        told.append(extension("discharge-disposition", valueCode=episode.disposition.value))
    return told


def referral_resources(
    referral: Referral, documents: tuple[ReferralDocument, ...], ours: Facility | None
) -> list[Json]:
    """ServiceRequest for what was asked, Task for the work and the decision, which stand apart as they do with us."""
    return [_request(referral, documents, ours), _work(referral, ours)]


def _request(referral: Referral, documents: tuple[ReferralDocument, ...], ours: Facility | None) -> Json:
    reason = concept(referral.reason or referral.dx_text)
    if referral.dx_code:
        reason = concept(referral.dx_text or referral.reason, coding(ICD_10_CM, referral.dx_code))
    source = ", ".join(part for part in (referral.source_text, referral.contact_text) if part)
    label = referral.service.label if referral.service is not None else ""
    return resource(
        "ServiceRequest",
        referral.id,
        status=_asked(referral),
        intent="order",
        category=[concept("Referral")],
        priority=referral.priority.value if referral.priority is not None else None,
        code=concept(label, coding(OWN_CODES + "service-line", referral.service.value)) if referral.service else None,
        subject=refer(referral.patient),
        occurrenceDateTime=day(referral.requested_on),
        authoredOn=moment(referral.received_at),
        requester={"display": source} if source else None,
        performer=[refer(ours.id, ours.name)] if ours is not None else None,
        reasonCode=[reason] if reason else None,
        supportingInfo=[refer(paper.id, paper.title()) for paper in documents if paper.referral == referral.id],
    )


def _asked(referral: Referral) -> str:
    if referral.work in (W.ENTERED_IN_ERROR, W.DUPLICATE):
        return "entered-in-error"
    if referral.decision in _REVOKED:
        return "revoked"
    return "completed" if referral.work is W.CLOSED else "active"


def _work(referral: Referral, ours: Facility | None) -> Json:
    words = [referral.work.label] + ([referral.decision.label] if referral.decision is not D.NONE else [])
    reason = referral.decision_reason
    status = _DECIDED.get(referral.decision)
    if referral.work in (W.ENTERED_IN_ERROR, W.DUPLICATE):
        status = "entered-in-error"
    elif status is None:
        status = {W.NEW: "requested", W.RECEIVED: "received"}.get(referral.work, "in-progress")
    return resource(
        "Task",
        uuid.uuid5(referral.id, "task"),
        status=status,
        statusReason=concept(reason.label, coding(OWN_CODES + "decline-reason", reason.value)) if reason else None,
        businessStatus=concept(", ".join(words)),
        intent="order",
        priority=referral.priority.value if referral.priority is not None else None,
        description="Decide on the referral",
        focus=refer(referral.id),
        **{"for": refer(referral.patient)},
        executionPeriod=period(moment(referral.received_at), moment(referral.decision_at)),
        authoredOn=moment(referral.received_at),
        owner=refer(ours.id, ours.name) if ours is not None else None,
        note=[{"text": referral.decision_note}] if referral.decision_note else None,
    )


def task_resource(task: Task, patient: uuid.UUID) -> Json:
    """Task; our states are FHIR's own."""
    return resource(
        "Task",
        task.id,
        status=task.state.value,
        intent="plan",
        priority=task.priority.value,
        code=concept(task.task_kind.label),
        description=task.what,
        **{"for": refer(patient)},
        authoredOn=moment(task.made_at),
        lastModified=moment(task.ended_at),
        owner={"display": task.owner} if task.owner else None,
        restriction={"period": period(None, moment(task.due_at))} if task.due_at is not None else None,
        output=[{"type": concept("What came of it"), "valueString": task.outcome}] if task.outcome else None,
    )


def place_resource(ours: Facility) -> Json:
    """Organization: our facility."""
    return resource(
        "Organization",
        ours.id,
        identifier=[{"system": "http://hl7.org/fhir/sid/us-npi", "value": ours.npi}] if ours.npi else None,
        name=ours.name,
        telecom=[without_blanks({"system": "phone", "value": ours.phone})] if ours.phone else None,
        address=[{"text": ours.address}] if ours.address else None,
    )
