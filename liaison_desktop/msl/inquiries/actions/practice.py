"""Invented inquiries, standing requests and SIUU packages for a practice store, dated back from its clock."""

from __future__ import annotations

import datetime
import math
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from liaison_desktop.msl.inquiries.actions import asking, standing, written
from liaison_desktop.msl.inquiries.actions.shown import dated
from liaison_desktop.msl.inquiries.record import (
    Attestation,
    DeliveryMethod,
    Disclosure,
    InquiryStatus,
    MedicalInquiry,
    OffLabel,
    Question,
    ReceivedChannel,
    Response,
    ResponseKind,
    SiuuPackage,
    SourceKind,
    StandingRequest,
    WaiverReason,
    standing_statement,
    statement_of,
)
from liaison_desktop.msl.materials.queries import materials, topics
from liaison_desktop.msl.materials.record import MaterialKind
from liaison_desktop.policies import policy_of
from liaison_desktop.signing import Role, Signature, SignaturePoint, Stroke, fingerprint_of

if TYPE_CHECKING:
    from liaison_desktop.store import Store

Ids = Mapping[str, uuid.UUID]
S = InquiryStatus
_MAIL = b"""From: a.haddad@practice.example
Subject: A question on Velacor

Is anything known of Velacor below the age of twelve? Practice record, invented.
"""
# Whose question, about which topic, in which words, how many days ago, and how far it is.
_ASKED = (
    ("Solberg", "dosing", "Is the dose split on days of dialysis?", 40, S.CLOSED),
    ("Okonkwo", "dosing", "Is the drug removed by haemofiltration?", 33, S.WITHDRAWN),
    ("Solberg", "dosing", "Which dose was used in moderate renal impairment?", 21, S.DELIVERED),
    ("Okonkwo", "dosing", "Can 5 mg be started at an eGFR below 25?", 13, S.IN_PROGRESS),
    ("Haddad", "dosing", "Are there data on dosing after a kidney transplant?", 9, S.RESPONDED),
    ("Solberg", "pediatric", "Which formulation was given to children?", 6, S.REJECTED),
    ("Okonkwo", "pediatric", "Is a trial in adolescents planned?", 4, S.ACKNOWLEDGED),
    ("Haddad", "dosing", "How often was the dose reduced in stage 4 disease?", 1, S.SIGNED),
)


def fill_inquiries(store: Store, people: Ids, known: Ids) -> None:
    """An inquiry in each part of its life, standing requests of which one ends soon, a complete and an open package."""
    for name, topic, words, days, status in _ASKED:
        _placed(store, _asked(store, people[name], known[topic], words, days), status)
    far = _asked(store, people["Haddad"], known["pediatric"], "Is anything known below the age of twelve?", 3)
    far = msgspec.structs.replace(
        far, received_channel=ReceivedChannel.EMAIL, signature_waiver_reason=WaiverReason.WRITTEN
    )
    asking.submit_inquiry(store, written.attach_written(store, far, _MAIL, "question.eml"))
    asking.save_inquiry(store, _asked(store, people["Haddad"], known["dosing"], "How is it cleared in dialysis?", 0))
    _fill_standing(store, people, known)


def _placed(store: Store, draft: MedicalInquiry, status: InquiryStatus) -> None:
    """Save an inquiry as if it had gone its way until now, each step on a day of its own."""
    asked = draft.received_at or store.clock()
    ready = asking.numbered(store, asking.completed(store, msgspec.structs.replace(draft, attested_at=asked)))
    ink = _ink(ready.shown_name, statement_of(ready))
    signed = msgspec.structs.replace(dated(store, ink), signed_at=asked + datetime.timedelta(minutes=6))
    steps: dict[str, Any] = {"signature": signed, "status": status}
    if status is not S.SIGNED:
        steps |= {
            "submitted_at": asked + datetime.timedelta(minutes=9),
            "due_at": asked + datetime.timedelta(days=10),
            "policy_version": policy_of(store).version,
        }
    answered, brought = asked + datetime.timedelta(days=5), asked + datetime.timedelta(days=7)
    if status in (S.RESPONDED, S.DELIVERED, S.CLOSED):
        reply = _reply(store, ready, answered)
        over = status is not S.RESPONDED
        proof = {"delivered_at": brought, "delivery_proof": "Handed over on paper"} if over else {}
        steps["responses"] = (msgspec.structs.replace(reply, **proof),)
        steps["delivered_at"] = brought if over else None
    if status is S.CLOSED:
        steps["closed_at"] = brought + datetime.timedelta(days=1)
    if status is S.WITHDRAWN:
        steps |= {"withdrawn_at": answered, "withdraw_reason": "Found in the label meanwhile"}
    if status is S.REJECTED:
        steps["reject_reason"] = "Which formulation, and for which age?"
    store.save(msgspec.structs.replace(ready, **steps), reason="practice record")


def _fill_standing(store: Store, people: Ids, known: Ids) -> None:
    now, topic = store.clock(), topics(store)[known["dosing"]]
    for name, days, signed in (("Haddad", 340, True), ("Okonkwo", 60, False), ("Solberg", 380, False)):
        asked = standing.new_request(
            store,
            person_id=people[name],
            topic_id=topic.id,
            requested_at=now - datetime.timedelta(days=days),
            text="New data on dosing in renal impairment, as they come",
        )
        asked = msgspec.structs.replace(asked, delivery_method=DeliveryMethod.IN_PERSON, channel_ok="At the next visit")
        shown = standing.ready_request(store, asked, topic_id=topic.id)
        standing.record_request(store, _signed(store, shown) if signed else shown, topic_id=topic.id)
    reprint = next((one for one in materials(store).values() if one.material_kind is MaterialKind.REPRINT), None)
    for name, reference, seen in (("Renal dosing reprint", "014", 13), ("Guideline chapter on dialysis", "019", 11)):
        filed = reprint if seen == 13 else None
        standing.save_package(
            store,
            SiuuPackage(
                name=name,
                product_id=topic.product_id,
                topic_id=topic.id,
                source_kind=SourceKind.REPRINT if seen == 13 else SourceKind.GUIDELINE,
                source="Practice record, invented",
                material_id=filed.id if filed else None,
                version_id=filed.versions[-1].id if filed else None,
                approval_ref=f"SIUU-{now.year}-{reference}",
                disclosures=tuple(Disclosure)[:seen],
                expires_on=now.date() + datetime.timedelta(days=200),
            ),
        )


def _signed(store: Store, shown: StandingRequest) -> StandingRequest:
    """The request with a signature of the day it was asked on."""
    ink = dated(store, _ink(shown.shown_name, standing_statement(shown)))
    return msgspec.structs.replace(shown, signature=msgspec.structs.replace(ink, signed_at=shown.requested_at))


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
    )


def _ink(name: str, shown: str) -> Signature:
    points = tuple(
        SignaturePoint(x=120.0 + 5 * n, y=round(96 + 26 * math.sin(n / 3) - n / 9, 1), t_ms=14 * n) for n in range(90)
    )
    return Signature(
        role=Role.REQUESTER,
        name_printed=name,
        strokes=(Stroke(points=points),),
        pad_width=960.0,
        pad_height=164.0,
        identified_by="practice record, invented",
        shown_sha256=fingerprint_of(shown.encode()),
    )


def _reply(store: Store, inquiry: MedicalInquiry, at: datetime.datetime) -> Response:
    """An answer with the approved letter, where there is one."""
    letter = next(
        (one for one in materials(store).values() if one.material_kind is MaterialKind.STANDARD_RESPONSE), None
    )
    version = letter.versions[-1] if letter else None
    return Response(
        question_id=inquiry.questions[0].id,
        responder="Medical information",
        response_kind=ResponseKind.STANDARD,
        material_title=letter.name if letter else "Standard response on dialysis",
        material_id=letter.id if letter else None,
        version_id=version.id if version else None,
        version_number=version.number if version else "",
        references="Reyes 2024; label August 2026",
        label_copy_included=True,
        not_approved_statement=True,
        safety_included=True,
        narrow_to_question=True,
        responded_at=at,
    )
