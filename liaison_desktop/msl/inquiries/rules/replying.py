"""What an answer must hold before it is recorded (MIR-4), and which questions still wait for one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from liaison_desktop.errors import Fault
from liaison_desktop.msl.inquiries.record import ANSWERS, MedicalInquiry, OffLabel, Question, Response
from liaison_desktop.policies import Policy


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


def reply_faults(inquiry: MedicalInquiry, reply: Response, policy: Policy) -> tuple[Fault, ...]:
    """Everything that is missing from an answer."""
    return tuple(_faults(inquiry, reply, policy))


def _faults(inquiry: MedicalInquiry, reply: Response, policy: Policy) -> Iterator[Fault]:
    question = question_of(inquiry, reply.question_id)
    if question is None:
        yield Fault(field="question_id", message="Choose the question that is answered.")
        return
    if reply.response_kind is None:
        yield Fault(field="response_kind", message="Choose the kind of answer.")
    if not reply.responder.strip():
        yield Fault(field="responder", message="Say who answered.")
    if reply.response_kind not in ANSWERS:
        return
    if needs_balance(question):
        parts = (
            ("label copy", reply.label_copy_included),
            ("statement that the use is not approved", reply.not_approved_statement),
            ("safety information", reply.safety_included),
            ("references", bool(reply.references.strip())),
        )
        missing = [words for words, there in parts if not there]
        if missing:
            yield policy.fault("MIR-4", field="references", list=", ".join(missing))
    if not reply.narrow_to_question:
        words = "Confirm that it answers only what was asked."
        yield Fault(field="narrow_to_question", message=words)
