"""From the submission to the end: acknowledged, taken up, answered, delivered, closed; or sent back, or withdrawn."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.errors import Fault, Refused
from liaison_desktop.msl.inquiries.record import InquiryStatus, MedicalInquiry, Response
from liaison_desktop.msl.inquiries.rules import ReplyContext, reply_faults, state_after_answers
from liaison_desktop.msl.materials.queries import materials
from liaison_desktop.policies import policy_of

if TYPE_CHECKING:
    from liaison_desktop.store import Store

S = InquiryStatus


def _become(
    store: Store, inquiry: MedicalInquiry, status: InquiryStatus, reason: str, **changes: object
) -> MedicalInquiry:
    return store.save(msgspec.structs.replace(inquiry, status=status, **changes), reason=reason)


def acknowledge(store: Store, inquiry: MedicalInquiry) -> MedicalInquiry:
    """Whoever answers has it. Raises Refused if its life does not go on that way."""
    return _become(store, inquiry, S.ACKNOWLEDGED, "acknowledged")


def take_up(store: Store, inquiry: MedicalInquiry) -> MedicalInquiry:
    """Somebody works on the answer."""
    return _become(store, inquiry, S.IN_PROGRESS, "taken up")


def send_back(store: Store, inquiry: MedicalInquiry, what: str) -> MedicalInquiry:
    """It lacks something. Raises Refused without saying what."""
    if not what.strip():
        raise Refused((Fault(field="reject_reason", message="Say what is missing."),))
    return _become(store, inquiry, S.REJECTED, "sent back", reject_reason=what.strip())


def reopen(store: Store, inquiry: MedicalInquiry) -> MedicalInquiry:
    """Complete one that was sent back. What was signed stays as it was."""
    return _become(store, inquiry, S.DRAFT, "reopened")


def reply_context(store: Store) -> ReplyContext:
    """What the rules of an answer need to know."""
    return ReplyContext(now=store.clock(), policy=policy_of(store), materials=materials(store))


def record_response(store: Store, inquiry: MedicalInquiry, reply: Response) -> MedicalInquiry:
    """Record the answer to one question; with the last one the inquiry is answered. Raises Refused (MIR-4, MAT-1)."""
    if faults := reply_faults(inquiry, reply, reply_context(store)):
        raise Refused(faults)
    if inquiry.status not in (S.ACKNOWLEDGED, S.IN_PROGRESS):
        raise Refused((Fault(field="question_id", message="Take the inquiry up before you answer it."),))
    reply = msgspec.structs.replace(reply, responded_at=reply.responded_at or store.clock())
    others = tuple(one for one in inquiry.responses if one.question_id != reply.question_id)
    answered = msgspec.structs.replace(inquiry, responses=(*others, reply))
    with store.transaction("answered") as transaction:
        if answered.status is S.ACKNOWLEDGED:
            answered = transaction.save(msgspec.structs.replace(answered, status=S.IN_PROGRESS))
        return transaction.save(msgspec.structs.replace(answered, status=state_after_answers(answered)))


def deliver(
    store: Store, inquiry: MedicalInquiry, proof: str, *, at: datetime.datetime | None = None
) -> MedicalInquiry:
    """The doctor has the answers. Raises Refused without a proof, or for a time that cannot be.

    How a question is sorted may have changed since it was answered, so each answer is judged once more (MIR-4).
    """
    now = store.clock()
    when = at or now
    faults = [fault for one in inquiry.responses for fault in reply_faults(inquiry, one, reply_context(store))]
    if not proof.strip():
        faults.append(Fault(field="delivery_proof", message="Say how you know that it arrived."))
    if when > now:
        faults.append(Fault(field="delivered_at", message="An answer cannot arrive in the future."))
    elif inquiry.received_at is not None and when < inquiry.received_at:
        faults.append(Fault(field="delivered_at", message="This lies before the question was asked."))
    if faults:
        raise Refused(tuple(faults))
    rows = tuple(
        msgspec.structs.replace(
            one, delivered_at=one.delivered_at or when, delivery_proof=one.delivery_proof or proof.strip()
        )
        for one in inquiry.responses
    )
    return _become(store, inquiry, S.DELIVERED, "delivered", responses=rows, delivered_at=when)


def close(store: Store, inquiry: MedicalInquiry) -> MedicalInquiry:
    """Nothing is left to do."""
    return _become(store, inquiry, S.CLOSED, "closed", closed_at=store.clock())


def withdraw(store: Store, inquiry: MedicalInquiry, reason: str) -> MedicalInquiry:
    """The doctor does not want it any more; it stays with its signature. Raises Refused without a reason."""
    return _become(store, inquiry, S.WITHDRAWN, "withdrawn", withdraw_reason=reason.strip(), withdrawn_at=store.clock())
