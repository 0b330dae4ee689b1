"""Inquiries for tests, each ready for the next step of its life."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import msgspec

from liaison_desktop.msl.inquiries import actions
from liaison_desktop.msl.inquiries.record import (
    Attestation,
    DeliveryMethod,
    MedicalInquiry,
    OffLabel,
    Question,
    ReceivedChannel,
    Response,
    ResponseKind,
    statement_of,
)
from liaison_desktop.signing import Role, Signature, SignaturePoint, Stroke, fingerprint_of
from tests.msl.builders import World

if TYPE_CHECKING:
    from liaison_desktop.store import Store

ASKED = "Can Velacor be started at an eGFR below 25?"


def an_inquiry(store: Store, world: World, **changes: Any) -> MedicalInquiry:
    """A draft that nothing stands against but the signature; not saved."""
    question = Question(
        verbatim=ASKED, product_id=world.approved.id, topic_id=world.off_label.id, off_label=OffLabel.YES
    )
    made = actions.new_inquiry(store, person_id=world.person.id, channel=ReceivedChannel.IN_PERSON, question=question)
    made = msgspec.structs.replace(
        made,
        unsolicited_attestation=tuple(Attestation),
        delivery_method=DeliveryMethod.POST,
        delivery_detail="Clinic 4B, Northlake University Hospital",
    )
    return msgspec.structs.replace(made, **changes)


def a_signature(inquiry: MedicalInquiry, **changes: Any) -> Signature:
    """A drawn signature over exactly what this inquiry shows."""
    points = tuple(SignaturePoint(x=10.0 + 4 * n, y=80.0 + (n % 5) * 6, t_ms=n * 16) for n in range(40))
    given = Signature(
        role=Role.REQUESTER,
        name_printed=inquiry.shown_name,
        strokes=(Stroke(points=points),),
        pad_width=900.0,
        pad_height=164.0,
        shown_sha256=fingerprint_of(statement_of(inquiry).encode()),
    )
    return msgspec.structs.replace(given, **changes)


def signed(store: Store, world: World, **changes: Any) -> MedicalInquiry:
    """A signed inquiry."""
    ready = actions.ready_for_signature(store, an_inquiry(store, world, **changes))
    return actions.sign_inquiry(store, ready, a_signature(ready))


def in_progress(store: Store, world: World, **changes: Any) -> MedicalInquiry:
    """One that waits for its answers."""
    submitted = actions.submit_inquiry(store, signed(store, world, **changes))
    return actions.take_up(store, actions.acknowledge(store, submitted))


def a_reply(inquiry: MedicalInquiry, number: int = 0, **changes: Any) -> Response:
    """A complete answer to one question."""
    reply = Response(
        question_id=inquiry.questions[number].id,
        responder="Medical information",
        response_kind=ResponseKind.STANDARD,
        material_title="Renal dosing, standard response",
        references="Reyes 2024; label August 2026",
        label_copy_included=True,
        not_approved_statement=True,
        safety_included=True,
        narrow_to_question=True,
    )
    return msgspec.structs.replace(reply, **changes)


def moment(days: int = 0, hours: int = 0) -> dt.timedelta:
    """A stretch of time."""
    return dt.timedelta(days=days, hours=hours)
