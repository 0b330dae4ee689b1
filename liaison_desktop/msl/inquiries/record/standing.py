"""Standing requests: a doctor asks to be kept informed about a subject, for a time."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

import msgspec

from liaison_desktop.errors import Fault
from liaison_desktop.msl.inquiries.record.codes import (
    DeliveryMethod,
    Disclosure,
    RequestStatus,
    SourceKind,
    Standing,
)
from liaison_desktop.msl.inquiries.record.inquiry import OTHER_TEXT
from liaison_desktop.policies import load_policy
from liaison_desktop.records import Field, Merging, Record, Seal, to_bytes
from liaison_desktop.signing import Signature, fingerprint_of, is_complete

# What the doctor reads beside the request itself; it is written down when the screen is handed over.
_SHOWN = ("shown_name", "shown_place", "disclaimer_version", "disclaimer_text")


class ScientificInterest(Record, frozen=True, kw_only=True):
    """A product and a topic that a standing request may cite."""

    kind: ClassVar[str] = "scientific_interest"
    merging: ClassVar[Merging] = Merging.SERVER_WINS

    product_id: Annotated[uuid.UUID | None, Field("Product", refers_to="product")] = None
    topic_id: Annotated[uuid.UUID | None, Field("Topic", refers_to="scientific_topic", required=True)] = None
    label: Annotated[str, Field("Interest", search=True, most=240)] = ""

    def title(self) -> str:
        """Topic and product."""
        return self.label or "No name yet"


class StandingRequest(Record, frozen=True, kw_only=True):
    """A documented interest. What was asked and until when never changes; a longer time is a renewal."""

    kind: ClassVar[str] = "standing_request"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("person_id", "expires_on"), ("status", "expires_on"))
    merging: ClassVar[Merging] = Merging.IMMUTABLE
    seals: ClassVar[tuple[Seal, ...]] = (
        Seal(may_change=(*_SHOWN, "signature", "consent_to_send_email", "status", "withdrawn_at", "withdraw_reason")),
        Seal(field="signature", may_change=("status", "withdrawn_at", "withdraw_reason")),
    )

    person_id: Annotated[uuid.UUID | None, Field("Who asks", refers_to="person", required=True)] = None
    interest_id: Annotated[
        uuid.UUID | None, Field("Scientific interest", refers_to="scientific_interest", required=True)
    ] = None
    subject: Annotated[str, Field("About", search=True, most=240, free=True)] = ""
    text: Annotated[str, Field("What the doctor wants to hear about", lines=3, search=True, required=True)] = ""
    visit_id: Annotated[uuid.UUID | None, Field("Visit", refers_to="visit")] = None
    requested_at: Annotated[datetime.datetime | None, Field("Asked at", required=True)] = None
    expires_on: Annotated[datetime.date | None, Field("Until", required=True)] = None
    delivery_method: Annotated[DeliveryMethod | None, Field("News by")] = None
    channel_ok: Annotated[str, Field("Address, number or place", most=254)] = ""
    consent_to_send_email: Annotated[bool, Field("The doctor agrees to e-mail for this")] = False
    shown_name: Annotated[str, Field("Name as signed", most=300)] = ""
    shown_place: Annotated[str, Field("Place as signed", most=300)] = ""
    disclaimer_version: Annotated[str, Field("Version of the statement", most=40)] = ""
    disclaimer_text: Annotated[str, Field("Statement as shown")] = ""
    signature: Annotated[Signature | None, Field("Signature")] = None
    renewed_from_id: Annotated[uuid.UUID | None, Field("Renews", refers_to="standing_request")] = None
    status: Annotated[RequestStatus, Field("Status")] = RequestStatus.ACTIVE
    withdrawn_at: Annotated[datetime.datetime | None, Field("Withdrawn at")] = None
    withdraw_reason: Annotated[str, Field("Why it is withdrawn", most=400, free=True)] = ""

    def title(self) -> str:
        """What it is about."""
        return self.subject or "Standing request"

    def facts(self) -> str:
        """Until when."""
        until = f"until {self.expires_on.day} {self.expires_on:%b %Y}" if self.expires_on else ""
        return ", ".join(part for part in (until, self.text.strip()[:60]) if part)

    def standing(self, on: datetime.date, soon: int) -> Standing:
        """Where it stands on a day; `soon` is how many days before its end it counts as ending."""
        if self.status is not RequestStatus.ACTIVE:
            return Standing(self.status.value)
        if self.expires_on is None or self.expires_on < on:
            return Standing.EXPIRED
        return Standing.EXPIRING if (self.expires_on - on).days <= soon else Standing.ACTIVE

    @property
    def is_signed(self) -> bool:
        """Whether the doctor signed it."""
        return self.signature is not None

    def canonical(self) -> bytes:
        """The record as its content alone, as the bytes that a fingerprint on paper is taken of."""
        return to_bytes(msgspec.structs.replace(self, version=None))

    def content_fingerprint(self) -> str:
        """SHA-256 of the canonical record: it does not depend on when it was saved, and each step of its life gives another."""
        return fingerprint_of(self.canonical())

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """What was asked stays; a signature under it is given once, and how it ended is written later."""
        ended: dict[str, object] = {
            "status": previous.status,
            "withdrawn_at": None,
            "withdraw_reason": "",
            "version": None,
        }
        signing = previous.signature is None and self.signature is not None
        if previous.signature is None:
            ended |= dict.fromkeys(_SHOWN, "")
        if signing:
            ended |= {"signature": None, "consent_to_send_email": False}
        if msgspec.structs.replace(self, **ended) != msgspec.structs.replace(previous, **ended):
            return (Fault(field="text", message="What the doctor asked for stays as it was. Renew it instead."),)
        if previous.status is not RequestStatus.ACTIVE and (signing or self.status is not previous.status):
            return (Fault(field="status", message="This standing request is over."),)
        return self.signature_faults() if signing else ()

    def signature_faults(self) -> tuple[Fault, ...]:
        """What is wrong with the signature: not whole (SIG-1), or given under another text."""
        if self.signature is None:
            return ()
        if not is_complete(self.signature):
            return (load_policy("msl").fault("SIG-1", field="signature"),)
        if self.signature.shown_sha256 != fingerprint_of(standing_statement(self).encode()):
            return (Fault(field="signature", message=OTHER_TEXT),)
        return ()

    def guard_removal(self) -> tuple[Fault, ...]:
        """Discussions rest on it, so it is kept."""
        return (Fault(field="status", message="A standing request is kept. You can withdraw it with a reason."),)


def standing_statement(request: StandingRequest) -> str:
    """The exact words the doctor reads and signs. They follow from the record alone, so they can be made again."""
    place = f", {request.shown_place}" if request.shown_place else ""
    about = f"{request.text.strip()}\n{request.subject}".strip()
    asked = f"{request.requested_at.day} {request.requested_at:%b %Y}" if request.requested_at else ""
    until = f" until {request.expires_on.day} {request.expires_on:%b %Y}" if request.expires_on else ""
    method = f" by {request.delivery_method.label}" if request.delivery_method else ""
    detail = f": {request.channel_ok.strip()}" if request.channel_ok.strip() else ""
    return (
        f"{request.shown_name}{place}\n\nMy standing request\n{about}\n\nPlease keep me informed{until}{method}{detail}."
        f"\n\n{request.disclaimer_text}\n\nStatement version {request.disclaimer_version}, asked {asked}"
    )


class SiuuPackage(Record, frozen=True, kw_only=True):
    """Scientific information on an unapproved use of an approved product: the source, and every disclosure seen."""

    kind: ClassVar[str] = "siuu_package"
    merging: ClassVar[Merging] = Merging.SERVER_WINS

    name: Annotated[str, Field("Package", required=True, search=True, most=160)] = ""
    product_id: Annotated[uuid.UUID | None, Field("Product", refers_to="product", required=True)] = None
    topic_id: Annotated[uuid.UUID | None, Field("Topic", refers_to="scientific_topic")] = None
    source_kind: Annotated[SourceKind | None, Field("Source", required=True)] = None
    source: Annotated[str, Field("Publication", lines=2, required=True, most=400)] = ""
    material_id: Annotated[uuid.UUID | None, Field("The approved file", refers_to="material")] = None
    version_id: Annotated[uuid.UUID | None, Field("Version of the file")] = None
    approval_ref: Annotated[str, Field("Approval reference", required=True, most=80)] = ""
    disclosures: Annotated[tuple[Disclosure, ...], Field("Disclosures seen")] = ()
    expires_on: Annotated[datetime.date | None, Field("Approved until")] = None
    in_use: Annotated[bool, Field("In use")] = True

    def title(self) -> str:
        """The name of the package."""
        return self.name.strip() or "SIUU package"

    def facts(self) -> str:
        """How many disclosures are still missing."""
        missing = len(self.missing())
        return f"{missing} disclosure(s) missing" if missing else "complete"

    def missing(self) -> tuple[Disclosure, ...]:
        """The disclosures that nobody has ticked yet."""
        return tuple(one for one in Disclosure if one not in self.disclosures)
