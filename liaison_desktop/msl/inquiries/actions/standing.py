"""Standing requests: recorded, renewed, withdrawn; and the SIUU packages a discussion may rest on."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.errors import Fault, Refused
from liaison_desktop.msl.inquiries.queries import interest_about
from liaison_desktop.msl.inquiries.record import (
    RequestStatus,
    ScientificInterest,
    SiuuPackage,
    StandingRequest,
)
from liaison_desktop.msl.inquiries.rules import months_later
from liaison_desktop.msl.materials.queries import products, topics
from liaison_desktop.policies import policy_of

if TYPE_CHECKING:
    from liaison_desktop.store import Store


def new_request(
    store: Store,
    *,
    person_id: uuid.UUID | None,
    topic_id: uuid.UUID | None = None,
    visit_id: uuid.UUID | None = None,
    requested_at: datetime.datetime | None = None,
    text: str = "",
) -> StandingRequest:
    """A standing request to fill in, not saved. It ends when the policy says."""
    at = requested_at or store.clock()
    topic = topics(store).get(topic_id) if topic_id else None
    interest = interest_about(store, topic.id, topic.product_id) if topic else None
    return StandingRequest(
        person_id=person_id,
        interest_id=interest.id if interest else None,
        subject=_label(store, topic_id),
        text=text.strip(),
        visit_id=visit_id,
        requested_at=at,
        expires_on=_end(store, at.date()),
    )


def _end(store: Store, day: datetime.date) -> datetime.date:
    return months_later(day, int(policy_of(store).number("standing_months")))


def _label(store: Store, topic_id: uuid.UUID | None) -> str:
    topic = topics(store).get(topic_id) if topic_id else None
    if topic is None:
        return ""
    product = products(store).get(topic.product_id) if topic.product_id else None
    return ", ".join(part for part in (topic.label, product.name if product else "") if part)


def record_request(store: Store, request: StandingRequest, *, topic_id: uuid.UUID | None = None) -> StandingRequest:
    """Save a new standing request, with its scientific interest if this is the first one in it. Raises Refused."""
    with store.transaction("standing request") as transaction:
        if topic_id is not None:
            topic = topics(store).get(topic_id)
            held = interest_about(store, topic_id, topic.product_id if topic else None)
            if held is None:
                held = transaction.save(
                    ScientificInterest(
                        topic_id=topic_id,
                        product_id=topic.product_id if topic else None,
                        label=_label(store, topic_id),
                    )
                )
            request = msgspec.structs.replace(request, interest_id=held.id, subject=held.label)
        if faults := _faults(request):
            raise Refused(faults)
        return transaction.save(request)


def _faults(request: StandingRequest) -> tuple[Fault, ...]:
    found = list(msgspec.structs.replace(request, signature=None).faults())
    if request.requested_at and request.expires_on and request.expires_on < request.requested_at.date():
        found.append(Fault(field="expires_on", message="The end lies before the day it was asked."))
    return tuple(found)


def renew_request(store: Store, request: StandingRequest, *, text: str = "") -> StandingRequest:
    """The doctor wants to hear on: a new request from today, the old one marked as renewed. Raises Refused."""
    now = store.clock()
    if request.status is not RequestStatus.ACTIVE:
        raise Refused((Fault(field="status", message="This standing request is over."),))
    fresh = StandingRequest(
        person_id=request.person_id,
        interest_id=request.interest_id,
        subject=request.subject,
        text=text.strip() or request.text,
        requested_at=now,
        expires_on=_end(store, now.date()),
        channel_ok=request.channel_ok,
        renewed_from_id=request.id,
    )
    with store.transaction("renewed") as transaction:
        transaction.save(msgspec.structs.replace(request, status=RequestStatus.RENEWED))
        return transaction.save(fresh)


def withdraw_request(store: Store, request: StandingRequest, reason: str) -> StandingRequest:
    """The doctor does not want to hear on. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused((Fault(field="withdraw_reason", message="Say why it is withdrawn."),))
    return store.save(
        msgspec.structs.replace(
            request, status=RequestStatus.WITHDRAWN, withdrawn_at=store.clock(), withdraw_reason=reason.strip()
        ),
        reason="withdrawn",
    )


def save_package(store: Store, package: SiuuPackage) -> SiuuPackage:
    """Save a SIUU package, complete or not; a visit cites only a complete one. Raises Refused."""
    if faults := package.faults():
        raise Refused(faults)
    return store.save(package)
