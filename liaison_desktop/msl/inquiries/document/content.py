"""What the document of an inquiry says, as text, from the record alone: the same record gives the same words."""

from __future__ import annotations

import datetime

import msgspec

from liaison_desktop.documents.moments import moment_text
from liaison_desktop.documents.signatures import SignatureLine, signature_line
from liaison_desktop.msl.inquiries.record import InquiryStatus, MedicalInquiry, Response

TITLE = "Medical inquiry"
STATEMENT = "What was signed"
QUESTIONS, QUESTION_COLUMNS = "Questions", ("No.", "In the doctor's own words", "Product and label")
REQUEST, ANSWERS, PAIR_COLUMNS = "The request", "Answers", ("What", "As recorded")
NOT_RECORDED = "Not recorded"
Pair = tuple[str, str]


class InquiryContent(msgspec.Struct, frozen=True, kw_only=True):
    """All that one inquiry says on paper."""

    number: str
    subtitle: str
    identifiers: tuple[Pair, ...]
    statement: tuple[str, ...]
    questions: tuple[tuple[str, str, str], ...]
    request: tuple[Pair, ...]
    answers: tuple[Pair, ...]
    signatures: tuple[SignatureLine, ...]
    history: tuple[str, ...]
    digest: str
    note: str
    record: bytes
    made: datetime.datetime


def content_of(inquiry: MedicalInquiry) -> InquiryContent:
    """The content of this inquiry, signed or not."""
    signature = inquiry.signature
    return InquiryContent(
        number=inquiry.number or "Not yet numbered",
        subtitle=_subtitle(inquiry),
        identifiers=(
            ("Who asked", inquiry.shown_name or NOT_RECORDED),
            ("Place", inquiry.shown_place or NOT_RECORDED),
            ("Request", inquiry.number or "Not yet numbered"),
        ),
        statement=tuple(part for part in inquiry.disclaimer_text.split("\n\n") if part.strip()) or ("Not shown yet.",),
        questions=tuple(_questions(inquiry)),
        request=tuple((label, text) for label, text in _request(inquiry) if text.strip()),
        answers=tuple(
            pair for number, one in enumerate(inquiry.responses, 1) for pair in _answer(inquiry, one, number)
        ),
        signatures=(signature_line(signature),) if signature else (),
        history=tuple(_history(inquiry)),
        digest=inquiry.content_fingerprint(),
        note="Of the record as it stood when this was made. Each step of its life gives other digits.",
        record=inquiry.canonical(),
        made=_made(inquiry),
    )


def _subtitle(inquiry: MedicalInquiry) -> str:
    state = inquiry.status.label.lower()
    asked = f"asked {moment_text(inquiry.received_at)}" if inquiry.received_at else "time not recorded"
    return f"{asked} · {state}"


def _made(inquiry: MedicalInquiry) -> datetime.datetime:
    signed = inquiry.signature.signed_at if inquiry.signature else None
    moments = (inquiry.closed_at, inquiry.delivered_at, inquiry.submitted_at, signed, inquiry.received_at)
    found = next((one for one in moments if one is not None), None)
    # The first 48 bits of an id are the milliseconds of its making.
    return found or datetime.datetime.fromtimestamp((inquiry.id.int >> 80) / 1000, datetime.UTC)


def _questions(inquiry: MedicalInquiry) -> list[tuple[str, str, str]]:
    rows = []
    for number, one in enumerate(inquiry.questions, start=1):
        label = f"outside the label: {one.off_label.label.lower()}" if one.off_label else ""
        specific = "about one patient, no identity recorded" if one.patient_specific else ""
        facts = "; ".join(part for part in (label, one.population.strip(), specific) if part)
        about = "\n".join(part for part in (one.product_name or "No product", facts) if part)
        rows.append((f"{number}", f"“{one.verbatim.strip()}”", about))
    return rows


def _request(inquiry: MedicalInquiry) -> tuple[Pair, ...]:
    vouched = "; ".join(one.label for one in inquiry.unsolicited_attestation)
    by = f". Vouched for by {inquiry.attested_by}, {moment_text(inquiry.attested_at)}" if inquiry.attested_at else ""
    waiver = inquiry.signature_waiver_reason.label if inquiry.signature_waiver_reason else ""
    method = inquiry.delivery_method.label if inquiry.delivery_method else ""
    assigned = inquiry.assigned_function.label if inquiry.assigned_function else ""
    return (
        ("How it came", inquiry.received_channel.label if inquiry.received_channel else NOT_RECORDED),
        ("Asked by", inquiry.on_behalf_name or inquiry.requester_kind.label),
        ("Unsolicited", f"{vouched}{by}" if vouched else NOT_RECORDED),
        ("Setting", "Asked in public" if inquiry.public_forum else "Asked in private"),
        ("Urgency", inquiry.urgency.label),
        ("Answer by", f"{method}: {inquiry.delivery_detail}" if method else NOT_RECORDED),
        ("E-mail", "The doctor agrees to e-mail for this answer" if inquiry.consent_to_send_email else ""),
        ("Language", inquiry.response_language),
        ("Who answers", ", ".join(part for part in (assigned, inquiry.assigned_to.strip()) if part)),
        ("Due", moment_text(inquiry.due_at) if inquiry.due_at else ""),
        ("No signature because", "; ".join(part for part in (waiver, inquiry.waiver_note.strip()) if part)),
        (
            "Written request",
            f"{inquiry.written_name}, SHA-256 {inquiry.written_sha256}" if inquiry.written_sha256 else "",
        ),
        ("Sent back", inquiry.reject_reason if inquiry.status is InquiryStatus.REJECTED else ""),
        ("Withdrawn", inquiry.withdraw_reason),
    )


def _answer(inquiry: MedicalInquiry, one: Response, number: int) -> list[Pair]:
    place = next((at for at, asked in enumerate(inquiry.questions, 1) if asked.id == one.question_id), 0)
    parts = (
        ("current label", one.label_copy_included),
        ("statement that the use is not approved", one.not_approved_statement),
        ("safety information", one.safety_included),
        ("answers only what was asked", one.narrow_to_question),
    )
    kind = one.response_kind.label if one.response_kind else NOT_RECORDED
    pairs = (
        (f"Answer {number} to question {place}", f"{kind}, by {one.responder}, {moment_text(one.responded_at)}"),
        (f"Document {number}", one.document()),
        (f"Goes along {number}", "; ".join(words for words, there in parts if there)),
        (f"References {number}", one.references),
        (f"Delivered {number}", f"{moment_text(one.delivered_at)}; {one.delivery_proof}" if one.delivered_at else ""),
        (f"Asked next {number}", one.follow_up_question),
    )
    return [(label, text) for label, text in pairs if text.strip()]


def _history(inquiry: MedicalInquiry) -> list[str]:
    signed = inquiry.signature.signed_at if inquiry.signature else None
    moments = (
        ("Asked", inquiry.received_at),
        ("Signed", signed),
        ("Submitted", inquiry.submitted_at),
        ("Delivered", inquiry.delivered_at),
        ("Closed", inquiry.closed_at),
        ("Withdrawn", inquiry.withdrawn_at),
    )
    lines = [f"{words}: {moment_text(at)}" for words, at in moments if at is not None]
    if inquiry.disclaimer_version:
        lines.append(f"Statement version {inquiry.disclaimer_version}")
    if inquiry.policy_version:
        lines.append(f"Checked with policy {inquiry.policy_version}")
    if inquiry.signature:
        lines.append(f"Text shown to the signer (SHA-256): {inquiry.signature.shown_sha256[:16]}")
    return lines
