"""A medical inquiry: what a doctor asked of their own accord, signed, answered and delivered."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, Any, ClassVar, Self

import msgspec

from liaison_desktop.errors import Fault
from liaison_desktop.msl.inquiries.record.codes import (
    NEXT,
    AssignedFunction,
    Attestation,
    DeliveryMethod,
    InquiryStatus,
    ReceivedChannel,
    RequesterKind,
    Urgency,
    WaiverReason,
)
from liaison_desktop.msl.inquiries.record.rows import Question, Response
from liaison_desktop.policies import load_policy
from liaison_desktop.records import Field, Merging, Record, Seal, to_bytes
from liaison_desktop.signing import Signature, fingerprint_of, is_complete

OTHER_TEXT = "The text on the screen was not the text that is kept. Hand the screen over again."
# What the doctor's signature covers. The classification of a question may still be set by who answers it.
SIGNED_FIELDS = (
    "number", "person_id", "institution_id", "requester_kind", "on_behalf_name", "unsolicited_attestation",
    "delivery_method", "delivery_detail", "consent_to_send_email", "shown_name", "shown_place", "disclaimer_version",
    "disclaimer_text", "signature",
)  # fmt: skip
# What stands in for a signature, and so stands as long as one would.
WAIVER_FIELDS = ("signature_waiver_reason", "waiver_note", "written_sha256", "written_name", "written_size")


class MedicalInquiry(Record, frozen=True, kw_only=True):
    """One request, one or more questions. Once signed, what was signed never changes and is never taken away."""

    kind: ClassVar[str] = "medical_inquiry"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("status", "received_at"),
        ("person_id", "received_at"),
        ("number",),
    )
    merging: ClassVar[Merging] = Merging.KEEP_BOTH
    seals: ClassVar[tuple[Seal, ...]] = (Seal(field="signature", stands=(*SIGNED_FIELDS, "signature")),)

    number: Annotated[str, Field("Number", search=True, most=40)] = ""
    status: Annotated[InquiryStatus, Field("Status")] = InquiryStatus.DRAFT
    person_id: Annotated[uuid.UUID | None, Field("Who asks", refers_to="person", required=True)] = None
    institution_id: Annotated[uuid.UUID | None, Field("Place", refers_to="institution")] = None
    visit_id: Annotated[uuid.UUID | None, Field("Visit", refers_to="visit")] = None
    received_at: Annotated[datetime.datetime | None, Field("Asked at", required=True)] = None
    received_channel: Annotated[ReceivedChannel | None, Field("How it came", required=True)] = None
    requester_kind: Annotated[RequesterKind, Field("Asked by")] = RequesterKind.HCP
    on_behalf_name: Annotated[str, Field("Who asked for the doctor", most=160)] = ""
    unsolicited_attestation: Annotated[
        tuple[Attestation, ...], Field("I vouch for", help="Both are needed", required=True)
    ] = ()
    attested_by: Annotated[str, Field("Vouched by", most=160)] = ""
    attested_at: Annotated[datetime.datetime | None, Field("Vouched at")] = None
    public_forum: Annotated[bool, Field("Asked in public")] = False
    urgency: Annotated[Urgency, Field("Urgency")] = Urgency.ROUTINE
    questions: Annotated[tuple[Question, ...], Field("Questions", required=True)] = ()
    delivery_method: Annotated[DeliveryMethod | None, Field("Answer by", required=True)] = None
    delivery_detail: Annotated[str, Field("Address, number or place", required=True, most=254)] = ""
    response_language: Annotated[str, Field("Language of the answer", most=60)] = "English"
    consent_to_send_email: Annotated[bool, Field("The doctor agrees to e-mail for this answer")] = False
    shown_name: Annotated[str, Field("Name as signed", search=True, most=300)] = ""
    shown_place: Annotated[str, Field("Place as signed", most=300)] = ""
    disclaimer_version: Annotated[str, Field("Version of the statement", most=40)] = ""
    disclaimer_text: Annotated[str, Field("Statement as shown")] = ""
    signature: Annotated[Signature | None, Field("Signature")] = None
    signature_waiver_reason: Annotated[WaiverReason | None, Field("Why there is no signature")] = None
    waiver_note: Annotated[str, Field("About the missing signature", most=400, free=True)] = ""
    written_sha256: Annotated[str, Field("SHA-256 of the written request", most=64)] = ""
    written_name: Annotated[str, Field("The written request", most=120)] = ""
    written_size: Annotated[int, Field("Size of the written request in bytes")] = 0
    assigned_function: Annotated[AssignedFunction | None, Field("Answered by")] = AssignedFunction.MEDICAL_INFORMATION
    assigned_to: Annotated[str, Field("Who", most=160)] = ""
    due_at: Annotated[datetime.datetime | None, Field("Answer due")] = None
    responses: Annotated[tuple[Response, ...], Field("Answers")] = ()
    duplicate_of: Annotated[uuid.UUID | None, Field("Same as", refers_to="medical_inquiry")] = None
    submitted_at: Annotated[datetime.datetime | None, Field("Submitted at")] = None
    delivered_at: Annotated[datetime.datetime | None, Field("Delivered at")] = None
    closed_at: Annotated[datetime.datetime | None, Field("Closed at")] = None
    reject_reason: Annotated[str, Field("What is missing", most=400, free=True)] = ""
    withdraw_reason: Annotated[str, Field("Why it is withdrawn", most=400, free=True)] = ""
    withdrawn_at: Annotated[datetime.datetime | None, Field("Withdrawn at")] = None
    policy_version: Annotated[str, Field("Policy", most=40)] = ""

    @property
    def is_signed(self) -> bool:
        """Whether the doctor signed it."""
        return self.signature is not None

    @property
    def is_fixed(self) -> bool:
        """Whether the question stands: signed, or submitted with the reason why it is not signed."""
        return self.is_signed or self.status not in (InquiryStatus.DRAFT, InquiryStatus.REJECTED)

    def title(self) -> str:
        """Who asked: `Dr. Hannah Okonkwo`; the number while the name is not known."""
        return self.shown_name or self.number or "New inquiry"

    def facts(self) -> str:
        """Number and the beginning of the first question."""
        asked = self.questions[0].verbatim.strip().replace("\n", " ") if self.questions else ""
        return " · ".join(part for part in (self.number, asked[:80]) if part)

    def canonical(self) -> bytes:
        """The record as its content alone, as the bytes that a fingerprint on paper is taken of."""
        return to_bytes(msgspec.structs.replace(self, version=None))

    def content_fingerprint(self) -> str:
        """SHA-256 of the canonical record: it does not depend on when it was saved, and each step of its life gives another."""
        return fingerprint_of(self.canonical())

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """What was signed never changes (MIR-2); what was submitted changes only along its life."""
        found = [*self._locked(previous), *self._unsigned(previous)]
        if self.status is not previous.status and self.status not in NEXT[previous.status]:
            words = f"An inquiry that is {previous.status.label.lower()} cannot become {self.status.label.lower()}."
            found.append(Fault(field="status", message=words))
        if self.status is InquiryStatus.WITHDRAWN and not self.withdraw_reason.strip():
            found.append(Fault(field="withdraw_reason", message="Say why it is withdrawn.", rule="MIR-3"))
        return tuple(found)

    def guard_removal(self) -> tuple[Fault, ...]:
        """A signed inquiry is never taken away (MIR-3), nor is one whose number was given out."""
        if self.is_signed:
            return (load_policy("msl").fault("MIR-3"),)
        if self.number:
            words = "This inquiry has a number and is kept. You can withdraw it with a reason."
            return (Fault(field="number", message=words, rule="MIR-3"),)
        return ()

    def _unsigned(self, previous: Self) -> list[Fault]:
        """A signature is whole and stands under these words (SIG-1, 21 CFR 11.70); without one there is a reason."""
        policy, given = load_policy("msl"), self.signature
        if given is not None and given != previous.signature:
            if not is_complete(given):
                return [policy.fault("SIG-1", field="signature")]
            if given.shown_sha256 != fingerprint_of(statement_of(self).encode()):
                return [Fault(field="signature", message=OTHER_TEXT)]
        if given is not None or self.status is previous.status:
            return []
        waived = self.signature_waiver_reason is not None and self.status is not InquiryStatus.SIGNED
        if self.status in (InquiryStatus.SIGNED, InquiryStatus.SUBMITTED) and not waived:
            return [policy.fault("MIR-1", field="signature_waiver_reason")]
        return []

    def _locked(self, previous: Self) -> list[Fault]:
        names = SIGNED_FIELDS if previous.is_signed or not previous.is_fixed else (*SIGNED_FIELDS, *WAIVER_FIELDS)
        changed = [name for name in names if getattr(self, name) != getattr(previous, name)]
        if _asked(self) != _asked(previous):
            changed.append("questions")
        if previous.signature is not None:
            at = previous.signature.signed_at
            return [_signed_fault(name, at) for name in changed]
        # Without a signature the words stand from the submission on, until the inquiry is sent back.
        if previous.is_fixed and previous.status is not InquiryStatus.SIGNED:
            words = "This inquiry was submitted with these words. To change them, make a new inquiry."
            return [Fault(field=name, message=words, rule="MIR-2") for name in changed]
        if previous.number and self.number != previous.number:
            return [Fault(field="number", message="A number that was given out stays.", rule="MIR-2")]
        return []


def _signed_fault(name: str, at: datetime.datetime | None) -> Fault:
    time = f"{at.day} {at:%b %Y, %H:%M}" if at else "an earlier time"
    return load_policy("msl").fault("MIR-2", field=name, time=time)


def _asked(inquiry: MedicalInquiry) -> tuple[Any, ...]:
    return tuple((one.id, one.verbatim, one.product_id, one.product_name) for one in inquiry.questions)


def statement_of(inquiry: MedicalInquiry) -> str:
    """The exact words the doctor reads and signs. They follow from the locked fields alone, so they can be made again."""
    place = f", {inquiry.shown_place}" if inquiry.shown_place else ""
    behalf = f"\nAsked for the doctor by {inquiry.on_behalf_name}." if inquiry.on_behalf_name.strip() else ""
    asked = "\n".join(
        f"{number}. {one.verbatim.strip()}" + (f" ({one.product_name})" if one.product_name else "")
        for number, one in enumerate(inquiry.questions, start=1)
    )
    method = inquiry.delivery_method.label if inquiry.delivery_method else ""
    answer = f"Please answer by {method}: {inquiry.delivery_detail.strip()}."
    return (
        f"{inquiry.shown_name}{place}{behalf}\n\nMy question\n{asked}\n\n{answer}\n\n"
        f"{inquiry.disclaimer_text}\n\nStatement version {inquiry.disclaimer_version}, request {inquiry.number}"
    )


def blank_question(text: str = "") -> Question:
    """A question to fill in."""
    return Question(verbatim=text.strip())
