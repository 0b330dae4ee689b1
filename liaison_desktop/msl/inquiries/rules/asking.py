"""What must hold before a doctor signs and before an inquiry is submitted: MIR-1, MIR-5, OFF-4, PHI-1."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import msgspec

from liaison_desktop.errors import Fault, Severity
from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.inquiries.record import (
    Attestation,
    DeliveryMethod,
    MedicalInquiry,
    RequesterKind,
    WaiverReason,
)
from liaison_desktop.policies import Policy
from liaison_desktop.policies.guarding import identity_faults


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules need to know beside the inquiry."""

    now: datetime.datetime
    policy: Policy
    person: Person | None = None


def asking_faults(inquiry: MedicalInquiry, context: Context) -> tuple[Fault, ...]:
    """Everything that is wrong with the question itself, in the order of the form."""
    # The signature was checked when it was given, and its strokes are long.
    plain = msgspec.structs.replace(inquiry, signature=None)
    return tuple(
        _once(
            [
                *plain.faults(),
                *_time(inquiry, context),
                *_questions(inquiry, context),
                *_attested(inquiry),
                *_delivery(inquiry, context),
                *identity_faults(plain, context.policy),
            ]
        )
    )


def before_signature(inquiry: MedicalInquiry, context: Context) -> tuple[Fault, ...]:
    """What stands in the way of handing the screen to the doctor: afterwards nothing can be corrected."""
    return _blocking(asking_faults(inquiry, context))


def before_submission(inquiry: MedicalInquiry, context: Context) -> tuple[Fault, ...]:
    """What stands in the way of submitting, the missing signature too (MIR-1)."""
    return _blocking((*asking_faults(inquiry, context), *_signature(inquiry, context)))


def _blocking(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    return tuple(fault for fault in faults if fault.severity in (Severity.REFUSE, Severity.CONFIRM))


def _once(faults: list[Fault]) -> Iterator[Fault]:
    seen: set[str] = set()
    for fault in faults:
        # A field that is empty says so once, however many rules would like to see it filled.
        if fault.field not in seen or fault.rule:
            seen.add(fault.field)
            yield fault


def _time(inquiry: MedicalInquiry, context: Context) -> Iterator[Fault]:
    if inquiry.received_at is not None and inquiry.received_at > context.now:
        yield Fault(field="received_at", message="A question cannot be asked in the future.")


def _questions(inquiry: MedicalInquiry, context: Context) -> Iterator[Fault]:
    least = context.policy.number("verbatim_characters")
    for number, question in enumerate(inquiry.questions):
        if len(question.verbatim.strip()) < least:
            yield context.policy.fault("OFF-4", field=f"questions.{number}.verbatim")
        if question.product_id is None:
            yield Fault(field=f"questions.{number}.product_id", message="Choose the product the question is about.")
        if question.off_label is None:
            words = "Say whether it lies outside the label; “not sure” is an answer."
            yield Fault(field=f"questions.{number}.off_label", message=words)


def _attested(inquiry: MedicalInquiry) -> Iterator[Fault]:
    missing = [one.label.lower() for one in Attestation if one not in inquiry.unsolicited_attestation]
    if missing and inquiry.unsolicited_attestation:
        yield Fault(field="unsolicited_attestation", message=f"Also vouch for: {', '.join(missing)}.")
    if inquiry.requester_kind is RequesterKind.ON_BEHALF and not inquiry.on_behalf_name.strip():
        yield Fault(field="on_behalf_name", message="Say who asked for the doctor.")


def _delivery(inquiry: MedicalInquiry, context: Context) -> Iterator[Fault]:
    if inquiry.delivery_method is DeliveryMethod.EMAIL and not inquiry.consent_to_send_email:
        name = context.person.last_name if context.person else "?"
        yield context.policy.fault("MIR-5", field="consent_to_send_email", x=name)


def _signature(inquiry: MedicalInquiry, context: Context) -> Iterator[Fault]:
    if inquiry.signature is None and inquiry.signature_waiver_reason is None:
        yield context.policy.fault("MIR-1", field="signature_waiver_reason")
    written = inquiry.signature_waiver_reason is WaiverReason.WRITTEN
    if inquiry.signature is None and written and not inquiry.written_sha256:
        yield Fault(field="written_name", message="Attach the letter or e-mail the doctor wrote.", rule="MIR-1")
