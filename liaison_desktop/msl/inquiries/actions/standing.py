"""Standing requests: recorded, renewed, withdrawn; and the SIUU packages a discussion may rest on."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.errors import Fault, Refused, Severity
from liaison_desktop.msl.directory.queries import main_place
from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.inquiries.actions.shown import dated, name_shown, place_shown, statement_words
from liaison_desktop.msl.inquiries.queries import interest_about
from liaison_desktop.msl.inquiries.record import (
    DeliveryMethod,
    RequestStatus,
    ScientificInterest,
    SiuuPackage,
    StandingRequest,
)
from liaison_desktop.msl.inquiries.rules import months_later
from liaison_desktop.msl.materials.queries import products, topics
from liaison_desktop.policies import policy_of
from liaison_desktop.policies.guarding import identity_faults
from liaison_desktop.signing import Signature
from liaison_desktop.store import Act

if TYPE_CHECKING:
    from liaison_desktop.store import Store, Transaction


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


def ready_request(store: Store, request: StandingRequest, *, topic_id: uuid.UUID | None = None) -> StandingRequest:
    """The request with name, place and the statement in force, as it is shown to the doctor; not saved. Raises Refused.

    Where news come by e-mail the statement asks for the consent to it, and the same signature gives it (MIR-5).
    """
    shown = _shown(store, request, topic_id)
    if faults := [fault for fault in _faults(store, shown) if fault.rule != "MIR-5"]:
        raise Refused(tuple(faults))
    return shown


def _shown(store: Store, request: StandingRequest, topic_id: uuid.UUID | None) -> StandingRequest:
    person = store.find(Person, request.person_id)
    place = main_place(store, request.person_id) if person else None
    email = request.delivery_method is DeliveryMethod.EMAIL
    version, words = statement_words(policy_of(store), "standing_statement", email=email)
    return msgspec.structs.replace(
        request,
        subject=_label(store, topic_id) if topic_id or request.interest_id is None else request.subject,
        shown_name=name_shown(person),
        shown_place=place_shown(place),
        disclaimer_version=version,
        disclaimer_text=words,
    )


def record_request(
    store: Store, request: StandingRequest, *, topic_id: uuid.UUID | None = None, signature: Signature | None = None
) -> StandingRequest:
    """Save a new standing request, with its scientific interest if this is the first one in it. Raises Refused.

    With a signature `request` is what `ready_request` gave and the doctor was shown; nothing of it changes here.
    """
    with store.transaction("standing request") as transaction:
        held = _interest(store, transaction, topic_id) if topic_id is not None else None
        if held is not None:
            request = msgspec.structs.replace(request, interest_id=held.id, subject=held.label)
        if signature is not None:
            request = _signed(store, request, signature)
        if faults := _faults(store, request, needs_interest=True):
            raise Refused(faults)
        saved = transaction.save(request)
        if signature is not None:
            transaction.note(Act.SIGNED, kind=StandingRequest.kind, subject=saved.id, detail=signature.role.value)
        return saved


def sign_request(store: Store, request: StandingRequest, signature: Signature) -> StandingRequest:
    """Put the doctor's signature under a request that was recorded without one. Raises Refused.

    `request` is what `ready_request` gave and the doctor was shown.
    """
    with store.transaction("signed") as transaction:
        saved = transaction.save(_signed(store, request, signature))
        transaction.note(Act.SIGNED, kind=StandingRequest.kind, subject=saved.id, detail=signature.role.value)
        return saved


def _signed(store: Store, request: StandingRequest, signature: Signature) -> StandingRequest:
    if request.is_signed:
        raise Refused((Fault(field="signature", message="This standing request is signed."),))
    consents = request.delivery_method is DeliveryMethod.EMAIL or request.consent_to_send_email
    signed = msgspec.structs.replace(request, signature=dated(store, signature), consent_to_send_email=consents)
    if faults := signed.signature_faults():
        raise Refused(faults)
    return signed


def _interest(store: Store, transaction: Transaction, topic_id: uuid.UUID) -> ScientificInterest:
    topic = topics(store).get(topic_id)
    product_id = topic.product_id if topic else None
    held = interest_about(store, topic_id, product_id)
    if held is not None:
        return held
    return transaction.save(ScientificInterest(topic_id=topic_id, product_id=product_id, label=_label(store, topic_id)))


def _faults(store: Store, request: StandingRequest, *, needs_interest: bool = False) -> tuple[Fault, ...]:
    found = list(msgspec.structs.replace(request, signature=None).faults())
    if not needs_interest and request.subject:
        # The interest is made with the request; until then its topic is enough.
        found = [fault for fault in found if fault.field != "interest_id"]
    if request.requested_at and request.expires_on and request.expires_on < request.requested_at.date():
        found.append(Fault(field="expires_on", message="The end lies before the day it was asked."))
    if request.requested_at and request.requested_at > store.clock():
        found.append(Fault(field="requested_at", message="This has not been asked yet."))
    if request.delivery_method is not None and not request.channel_ok.strip():
        found.append(Fault(field="channel_ok", message="Say where news are to be sent."))
    if request.delivery_method is DeliveryMethod.EMAIL and not request.consent_to_send_email:
        person = store.find(Person, request.person_id)
        name = person.last_name if person else "?"
        found.append(policy_of(store).fault("MIR-5", field="consent_to_send_email", x=name))
    plain = msgspec.structs.replace(request, signature=None)
    found += [one for one in identity_faults(plain, policy_of(store)) if one.severity is Severity.REFUSE]
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
        delivery_method=request.delivery_method,
        channel_ok=request.channel_ok,
        consent_to_send_email=request.consent_to_send_email,
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
