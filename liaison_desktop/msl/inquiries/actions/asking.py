"""From the question to the submission: keep, number, have signed, submit."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.errors import Fault, Refused
from liaison_desktop.msl.directory.queries import main_place
from liaison_desktop.msl.directory.record import Institution, Person
from liaison_desktop.msl.inquiries.actions.shown import dated, name_shown, place_shown, statement_words
from liaison_desktop.msl.inquiries.queries import next_number
from liaison_desktop.msl.inquiries.record import (
    OTHER_TEXT,
    DeliveryMethod,
    InquiryStatus,
    MedicalInquiry,
    Question,
    ReceivedChannel,
    Urgency,
    blank_question,
    statement_of,
)
from liaison_desktop.msl.inquiries.rules import Context, asking_faults, before_signature, before_submission
from liaison_desktop.msl.materials.queries import products
from liaison_desktop.policies import policy_of
from liaison_desktop.signing import Method, Signature, fingerprint_of, is_complete
from liaison_desktop.store import Act

if TYPE_CHECKING:
    from liaison_desktop.store import Store


def context_of(store: Store, inquiry: MedicalInquiry) -> Context:
    """What the rules need to know beside the inquiry."""
    return Context(now=store.clock(), policy=policy_of(store), person=store.find(Person, inquiry.person_id))


def check_inquiry(store: Store, inquiry: MedicalInquiry) -> tuple[Fault, ...]:
    """Everything that is wrong with the question itself."""
    return asking_faults(inquiry, context_of(store, inquiry))


def new_inquiry(
    store: Store,
    *,
    person_id: uuid.UUID | None = None,
    institution_id: uuid.UUID | None = None,
    visit_id: uuid.UUID | None = None,
    channel: ReceivedChannel | None = None,
    received_at: datetime.datetime | None = None,
    question: Question | None = None,
) -> MedicalInquiry:
    """An inquiry to fill in, not saved; the place is the main one of the person where none is given."""
    now = store.clock()
    place = main_place(store, person_id) if institution_id is None else None
    return MedicalInquiry(
        person_id=person_id,
        institution_id=place.id if place else institution_id,
        visit_id=visit_id,
        received_channel=channel,
        received_at=received_at if received_at is not None and received_at <= now else now,
        questions=(question or blank_question(),),
    )


def begin_inquiry(store: Store, inquiry: MedicalInquiry) -> MedicalInquiry:
    """Keep a new inquiry that another page began, so that it can be opened."""
    return store.save(completed(store, inquiry), reason="begun")


def save_inquiry(store: Store, inquiry: MedicalInquiry) -> MedicalInquiry:
    """Keep an inquiry, whatever it lacks. Raises Stale, and Refused if something that was signed was changed."""
    return store.save(completed(store, inquiry))


def completed(store: Store, inquiry: MedicalInquiry) -> MedicalInquiry:
    """The inquiry with what follows from it: names of the products, who vouches, the name in the list."""
    if inquiry.is_fixed:
        return inquiry
    known = products(store)
    rows = tuple(
        msgspec.structs.replace(row, product_name=known[row.product_id].name if row.product_id in known else "")
        for row in inquiry.questions
    )
    vouched = bool(inquiry.unsolicited_attestation)
    person = store.find(Person, inquiry.person_id)
    place = store.find(Institution, inquiry.institution_id)
    return msgspec.structs.replace(
        inquiry,
        questions=rows,
        attested_by=store.actor.name if vouched else "",
        attested_at=(inquiry.attested_at or store.clock()) if vouched else None,
        shown_name=name_shown(person),
        shown_place=place_shown(place),
    )


def ready_for_signature(store: Store, inquiry: MedicalInquiry) -> MedicalInquiry:
    """Give the inquiry its number and the statement in force, so that it may be shown and signed. Raises Refused."""
    return store.save(numbered(store, inquiry), reason="ready to sign")


def numbered(store: Store, inquiry: MedicalInquiry) -> MedicalInquiry:
    """The inquiry with its number and the statement in force, not saved. Raises Refused."""
    inquiry = completed(store, inquiry)
    context = context_of(store, inquiry)
    if faults := before_signature(inquiry, context):
        raise Refused(faults)
    if inquiry.is_fixed:
        return inquiry
    by_mail = inquiry.delivery_method is DeliveryMethod.EMAIL and inquiry.consent_to_send_email
    version, words = statement_words(context.policy, "inquiry_statement", email=by_mail)
    number = inquiry.number or next_number(store, context.now.year)
    return msgspec.structs.replace(inquiry, number=number, disclaimer_version=version, disclaimer_text=words)


def sign_inquiry(store: Store, inquiry: MedicalInquiry, signature: Signature) -> MedicalInquiry:
    """Put the doctor's signature under an inquiry. From here on what it covers never changes.

    `signature` comes with who, how and what was shown; moment, zone, device and meaning are set here. Raises Refused
    if what was shown is not what the store would keep.
    """
    if inquiry.signature is not None or inquiry.status is not InquiryStatus.DRAFT or not inquiry.number:
        raise Refused((Fault(field="signature", message="This inquiry cannot be signed now."),))
    if signature.shown_sha256 != fingerprint_of(statement_of(inquiry).encode()):
        raise Refused((Fault(field="signature", message=OTHER_TEXT),))
    policy, given = policy_of(store), dated(store, signature)
    if signature.method is Method.DRAWN and not any(stroke.points for stroke in signature.strokes):
        raise Refused((policy.fault("MIR-1", field="signature_waiver_reason"),))
    if not is_complete(given):
        raise Refused((policy.fault("SIG-1", field="signature"),))
    signed = msgspec.structs.replace(
        inquiry, signature=given, signature_waiver_reason=None, waiver_note="", status=InquiryStatus.SIGNED
    )
    with store.transaction("signed") as transaction:
        saved = transaction.save(signed)
        transaction.note(Act.SIGNED, kind=MedicalInquiry.kind, subject=saved.id, detail=signature.role.value)
    return saved


def submit_inquiry(store: Store, inquiry: MedicalInquiry) -> MedicalInquiry:
    """Submit it, signed or with the reason why it is not. Raises Refused with everything that stands in the way."""
    inquiry = completed(store, inquiry)
    context = context_of(store, inquiry)
    if faults := before_submission(inquiry, context):
        raise Refused(faults)
    days = "inquiry_urgent_days" if inquiry.urgency is Urgency.URGENT else "inquiry_due_days"
    due = context.now + datetime.timedelta(days=context.policy.number(days))
    ready = numbered(store, inquiry)
    return store.save(
        msgspec.structs.replace(
            ready,
            status=InquiryStatus.SUBMITTED,
            submitted_at=context.now,
            due_at=ready.due_at or due,
            policy_version=context.policy.version,
            reject_reason="",
        ),
        reason="submitted",
    )


def remove_inquiry(store: Store, inquiry: MedicalInquiry) -> None:
    """Take away a draft that never had a number. Raises Refused otherwise (MIR-3); the store asks the same."""
    if faults := inquiry.guard_removal():
        raise Refused(faults)
    store.remove(inquiry, reason="removed by its author")
