"""Standing requests: a doctor asks to be kept informed about a subject, for a time."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

import msgspec

from liaison_desktop.errors import Fault
from liaison_desktop.msl.inquiries.record.codes import Disclosure, RequestStatus, SourceKind, Standing
from liaison_desktop.records import Field, Record
from liaison_desktop.signing import Signature


class ScientificInterest(Record, frozen=True, kw_only=True):
    """A product and a topic that a standing request may cite."""

    kind: ClassVar[str] = "scientific_interest"

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

    person_id: Annotated[uuid.UUID | None, Field("Who asks", refers_to="person", required=True)] = None
    interest_id: Annotated[
        uuid.UUID | None, Field("Scientific interest", refers_to="scientific_interest", required=True)
    ] = None
    subject: Annotated[str, Field("About", search=True, most=240)] = ""
    text: Annotated[str, Field("What the doctor wants to hear about", lines=3, search=True, required=True)] = ""
    visit_id: Annotated[uuid.UUID | None, Field("Visit", refers_to="visit")] = None
    requested_at: Annotated[datetime.datetime | None, Field("Asked at", required=True)] = None
    expires_on: Annotated[datetime.date | None, Field("Until", required=True)] = None
    signature: Annotated[Signature | None, Field("Signature")] = None
    channel_ok: Annotated[str, Field("How to reach the doctor", most=254)] = ""
    renewed_from_id: Annotated[uuid.UUID | None, Field("Renews", refers_to="standing_request")] = None
    status: Annotated[RequestStatus, Field("Status")] = RequestStatus.ACTIVE
    withdrawn_at: Annotated[datetime.datetime | None, Field("Withdrawn at")] = None
    withdraw_reason: Annotated[str, Field("Why it is withdrawn", most=400)] = ""

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

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """What was asked stays; only how it ended is written later."""
        ended = {"status": previous.status, "withdrawn_at": None, "withdraw_reason": "", "version": None}
        if msgspec.structs.replace(self, **ended) != msgspec.structs.replace(previous, **ended):
            return (Fault(field="text", message="What the doctor asked for stays as it was. Renew it instead."),)
        if previous.status is not RequestStatus.ACTIVE and self.status is not previous.status:
            return (Fault(field="status", message="This standing request is over."),)
        return ()

    def guard_removal(self) -> tuple[Fault, ...]:
        """Discussions rest on it, so it is kept."""
        return (Fault(field="status", message="A standing request is kept. You can withdraw it with a reason."),)


class SiuuPackage(Record, frozen=True, kw_only=True):
    """Scientific information on an unapproved use of an approved product: the source, and every disclosure seen."""

    kind: ClassVar[str] = "siuu_package"

    name: Annotated[str, Field("Package", required=True, search=True, most=160)] = ""
    product_id: Annotated[uuid.UUID | None, Field("Product", refers_to="product", required=True)] = None
    topic_id: Annotated[uuid.UUID | None, Field("Topic", refers_to="scientific_topic")] = None
    source_kind: Annotated[SourceKind | None, Field("Source", required=True)] = None
    source: Annotated[str, Field("Publication", lines=2, required=True, most=400)] = ""
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
