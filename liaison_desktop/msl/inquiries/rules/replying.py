"""What an answer must hold before it is recorded (MIR-4, MAT-1, MAT-3), and which questions still wait for one."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator, Mapping

import msgspec

from liaison_desktop.errors import Fault, Severity
from liaison_desktop.msl.inquiries.record import (
    ANSWERS,
    MedicalInquiry,
    OffLabel,
    Question,
    Response,
    ResponseKind,
)
from liaison_desktop.msl.materials.record import Material, MaterialKind, Use
from liaison_desktop.msl.materials.rules import version_fault
from liaison_desktop.policies import Policy
from liaison_desktop.policies.guarding import identity_faults


class ReplyContext(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules of an answer need to know beside it: the moment, the policy, the approved materials."""

    now: datetime.datetime
    policy: Policy
    materials: Mapping[uuid.UUID, Material] = {}


def question_of(inquiry: MedicalInquiry, question_id: uuid.UUID | None) -> Question | None:
    """The question of that id."""
    return next((one for one in inquiry.questions if one.id == question_id), None)


def needs_balance(question: Question) -> bool:
    """Whether an answer must carry label, statement, safety and references. In doubt it must."""
    return question.off_label is not OffLabel.NO


def open_questions(inquiry: MedicalInquiry) -> tuple[Question, ...]:
    """The questions without an answer, in their order."""
    answered = {one.question_id for one in inquiry.responses if one.responded_at is not None}
    return tuple(one for one in inquiry.questions if one.id not in answered)


def reply_faults(inquiry: MedicalInquiry, reply: Response, context: ReplyContext) -> tuple[Fault, ...]:
    """Everything that is missing from an answer, judged by its own question."""
    question = question_of(inquiry, reply.question_id)
    if question is None:
        return (Fault(field="question_id", message="Choose the question that is answered."),)
    return (
        *_plain(inquiry, reply, context),
        *(_content(question, reply, context) if reply.response_kind in ANSWERS else ()),
        *_document(reply, context),
        *(one for one in identity_faults(reply, context.policy) if one.severity is Severity.REFUSE),
    )


def _plain(inquiry: MedicalInquiry, reply: Response, context: ReplyContext) -> Iterator[Fault]:
    if reply.response_kind is None:
        yield Fault(field="response_kind", message="Choose the kind of answer.")
    if not reply.responder.strip():
        yield Fault(field="responder", message="Say who answered.")
    at = reply.responded_at
    if at is not None and at > context.now:
        yield Fault(field="responded_at", message="An answer cannot be given in the future.")
    elif at is not None and inquiry.received_at is not None and at < inquiry.received_at:
        yield Fault(field="responded_at", message="This lies before the question was asked.")


def _content(question: Question, reply: Response, context: ReplyContext) -> Iterator[Fault]:
    if needs_balance(question):
        parts = (
            ("label copy", reply.label_copy_included),
            ("statement that the use is not approved", reply.not_approved_statement),
            ("safety information", reply.safety_included),
            ("references", bool(reply.references.strip())),
        )
        missing = [words for words, there in parts if not there]
        if missing:
            yield context.policy.fault("MIR-4", field="references", list=", ".join(missing))
    if not reply.narrow_to_question:
        words = "Confirm that it answers only what was asked."
        yield Fault(field="narrow_to_question", message=words)


def _document(reply: Response, context: ReplyContext) -> Iterator[Fault]:
    """A document must have been in force on the day it was used, and be meant for doctors."""
    if reply.response_kind is ResponseKind.STANDARD and not reply.material_title.strip():
        yield Fault(field="material_title", message="Choose the standard response that was sent.")
    material = context.materials.get(reply.material_id) if reply.material_id else None
    if material is None:
        return
    day = (reply.responded_at or context.now).astimezone(context.now.tzinfo).date()
    if found := version_fault(material, reply.version_id, day, context.policy, "material_title"):
        yield found
    if material.use is Use.INTERNAL_ONLY:
        yield context.policy.fault("MAT-3", field="material_title", title=material.title())


def proposed(question: Question, materials: Mapping[uuid.UUID, Material]) -> tuple[Material, ...]:
    """The standard responses that fit a question: those about its topic first, then those about its product."""
    fits = [
        one
        for one in materials.values()
        if one.material_kind is MaterialKind.STANDARD_RESPONSE and one.use is not Use.INTERNAL_ONLY
    ]
    topic = [one for one in fits if question.topic_id and one.topic_id == question.topic_id]
    product = [
        one for one in fits if one not in topic and question.product_id and one.product_id == question.product_id
    ]
    # A response about another topic of the product may still answer; one about nothing in particular does not.
    return (*topic, *product)
