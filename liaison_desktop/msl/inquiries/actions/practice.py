"""Invented inquiries, standing requests and SIUU packages for a practice store, dated back from its clock."""

from __future__ import annotations

import datetime
import math
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.msl.inquiries.actions import answering, asking, standing
from liaison_desktop.msl.inquiries.record import (
    Attestation,
    DeliveryMethod,
    Disclosure,
    MedicalInquiry,
    OffLabel,
    Question,
    ReceivedChannel,
    Response,
    ResponseKind,
    SiuuPackage,
    SourceKind,
    WaiverReason,
    statement_of,
)
from liaison_desktop.msl.materials.queries import topics
from liaison_desktop.signing import Role, Signature, SignaturePoint, Stroke, fingerprint_of

if TYPE_CHECKING:
    from liaison_desktop.store import Store

Ids = Mapping[str, uuid.UUID]


def fill_inquiries(store: Store, people: Ids, known: Ids) -> None:
    """One inquiry in each part of its life, standing requests of which one ends soon, a complete and an open package."""
    first = _asked(store, people["Okonkwo"], known["dosing"], "Can 5 mg be started at an eGFR below 25?", 13)
    ready = asking.ready_for_signature(store, first)
    signed = asking.submit_inquiry(store, asking.sign_inquiry(store, ready, _ink(ready)))
    answering.take_up(store, answering.acknowledge(store, signed))
    far = _asked(store, people["Haddad"], known["pediatric"], "Is anything known below the age of twelve?", 3)
    asking.submit_inquiry(store, msgspec.structs.replace(far, signature_waiver_reason=WaiverReason.REMOTE))
    done = _asked(store, people["Solberg"], known["dosing"], "Is the dose split on days of dialysis?", 21)
    ready = asking.ready_for_signature(store, done)
    done = asking.submit_inquiry(store, asking.sign_inquiry(store, ready, _ink(ready)))
    done = answering.take_up(store, answering.acknowledge(store, done))
    answering.deliver(store, answering.record_response(store, done, _reply(done)), "Handed over on paper")
    asking.save_inquiry(store, _asked(store, people["Haddad"], known["dosing"], "How is it cleared in dialysis?", 0))
    _fill_standing(store, people, known)


def _fill_standing(store: Store, people: Ids, known: Ids) -> None:
    now = store.clock()
    for name, days in (("Haddad", 340), ("Okonkwo", 60)):
        asked = standing.new_request(
            store,
            person_id=people[name],
            topic_id=known["dosing"],
            requested_at=now - datetime.timedelta(days=days),
            text="New data on dosing in renal impairment, as they come",
        )
        standing.record_request(store, asked, topic_id=known["dosing"])
    topic = topics(store)[known["dosing"]]
    for name, reference, seen in (("Renal dosing reprint", "014", 13), ("Guideline chapter on dialysis", "019", 11)):
        standing.save_package(
            store,
            SiuuPackage(
                name=name,
                product_id=topic.product_id,
                topic_id=topic.id,
                source_kind=SourceKind.REPRINT if seen == 13 else SourceKind.GUIDELINE,
                source="Practice record, invented",
                approval_ref=f"SIUU-{now.year}-{reference}",
                disclosures=tuple(Disclosure)[:seen],
                expires_on=now.date() + datetime.timedelta(days=200),
            ),
        )


def _asked(store: Store, person: uuid.UUID, topic_id: uuid.UUID, words: str, days: int) -> MedicalInquiry:
    topic = topics(store)[topic_id]
    at = store.clock() - datetime.timedelta(days=days, hours=1)
    question = Question(verbatim=words, product_id=topic.product_id, topic_id=topic.id, off_label=OffLabel.YES)
    begun = asking.new_inquiry(
        store, person_id=person, channel=ReceivedChannel.IN_PERSON, received_at=at, question=question
    )
    return msgspec.structs.replace(
        begun,
        unsolicited_attestation=tuple(Attestation),
        delivery_method=DeliveryMethod.POST,
        delivery_detail="The clinic's address",
        due_at=at + datetime.timedelta(days=10),
    )


def _ink(inquiry: MedicalInquiry) -> Signature:
    points = tuple(
        SignaturePoint(x=120 + 5 * n, y=round(96 + 26 * math.sin(n / 3) - n / 9, 1), t_ms=14 * n) for n in range(90)
    )
    return Signature(
        role=Role.REQUESTER,
        name_printed=inquiry.shown_name,
        person_id=inquiry.person_id,
        strokes=(Stroke(points=points),),
        pad_width=960.0,
        pad_height=164.0,
        identified_by="practice record, invented",
        shown_sha256=fingerprint_of(statement_of(inquiry).encode()),
    )


def _reply(inquiry: MedicalInquiry) -> Response:
    return Response(
        question_id=inquiry.questions[0].id,
        responder="Medical information",
        response_kind=ResponseKind.STANDARD,
        material_title="Standard response on dialysis, version 2",
        references="Reyes 2024; label August 2026",
        label_copy_included=True,
        not_approved_statement=True,
        safety_included=True,
        narrow_to_question=True,
    )
