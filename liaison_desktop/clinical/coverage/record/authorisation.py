"""What a payer was asked to authorise, and each step of it. The steps are never taken out."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from liaison_desktop.errors import Fault
from liaison_desktop.records import Code, Field, Record, Row


class AuthorisationStatus(Code):
    """How far it is."""

    NOT_REQUIRED = "not_required", "Not needed"
    TO_SUBMIT = "to_submit", "To submit"
    SUBMITTED = "submitted"
    PENDED = "pended_info", "Payer asks for more"
    P2P_REQUESTED = "p2p_requested", "Peer-to-peer asked for"
    APPROVED = "approved"
    PARTIALLY_APPROVED = "partially_approved", "Approved in part"
    DENIED = "denied"
    APPEALED = "appealed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class SubmittedBy(Code):
    """How it went to the payer."""

    PORTAL = "portal"
    FAX = "fax"
    PHONE = "phone"
    OTHER = "other"


class AuthorisedUnit(Code):
    """What is counted."""

    DAYS = "days"
    VISITS = "visits"
    HOURS = "hours"
    UNITS = "units"


class AuthorisationStep(Row, frozen=True, kw_only=True):
    """One step: what it became, when, who recorded it, and what was said."""

    status: Annotated[AuthorisationStatus, Field("Status")] = AuthorisationStatus.TO_SUBMIT
    at: Annotated[datetime.datetime | None, Field("When")] = None
    by: Annotated[str, Field("By", most=200)] = ""
    note: Annotated[str, Field("Note", most=1000)] = ""


class Authorisation(Record, frozen=True, kw_only=True):
    """One authorisation under a coverage. `approved_to` is the last day it covers."""

    kind: ClassVar[str] = "authorisation"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("coverage",), ("patient",))

    coverage: Annotated[uuid.UUID | None, Field("Coverage", required=True, refers_to="coverage")] = None
    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    episode: Annotated[uuid.UUID | None, Field("Episode", refers_to="episode")] = None
    status: Annotated[AuthorisationStatus, Field("Status")] = AuthorisationStatus.TO_SUBMIT
    service: Annotated[str, Field("Service", required=True, most=400, free=True)] = ""
    codes: Annotated[tuple[str, ...], Field("Codes", most=40)] = ()
    submitted_at: Annotated[datetime.datetime | None, Field("Submitted at")] = None
    submitted_by: Annotated[SubmittedBy | None, Field("Submitted by")] = None
    reference: Annotated[str, Field("Payer's reference", most=100)] = ""
    number: Annotated[str, Field("Authorisation number", search=True, most=100)] = ""
    approved_from: Annotated[datetime.date | None, Field("Covers from")] = None
    approved_to: Annotated[datetime.date | None, Field("Covers until")] = None
    units: Annotated[int | None, Field("Approved")] = None
    unit: Annotated[AuthorisedUnit | None, Field("Counted in")] = None
    units_used: Annotated[int | None, Field("Used so far")] = None
    review_due: Annotated[datetime.datetime | None, Field("Next review due")] = None
    reviewer: Annotated[str, Field("Reviewer", most=200)] = ""
    reviewer_phone: Annotated[str, Field("Reviewer's phone", most=60)] = ""
    reviewer_fax: Annotated[str, Field("Reviewer's fax", most=60)] = ""
    denial_reason: Annotated[str, Field("Why it was denied", lines=2, most=2000)] = ""
    peer_until: Annotated[datetime.datetime | None, Field("Peer-to-peer possible until")] = None
    peer_by: Annotated[str, Field("Peer-to-peer by", most=200)] = ""
    peer_at: Annotated[datetime.datetime | None, Field("Peer-to-peer at")] = None
    appeal_until: Annotated[datetime.datetime | None, Field("Appeal until")] = None
    note: Annotated[str, Field("Note to this step", lines=2, most=1000)] = ""
    steps: Annotated[tuple[AuthorisationStep, ...], Field("Steps")] = ()

    def title(self) -> str:
        """The service, with the number once there is one."""
        return ", ".join(part for part in (self.service, self.number) if part) or "Authorisation"

    def facts(self) -> str:
        """How far it is."""
        return self.status.label

    @property
    def approved(self) -> bool:
        """Whether the payer said yes, wholly or in part."""
        return self.status in (AuthorisationStatus.APPROVED, AuthorisationStatus.PARTIALLY_APPROVED)

    def covers(self, on: datetime.date) -> bool:
        """Whether it is approved for that day."""
        if not self.approved or self.approved_from is None or self.approved_to is None:
            return False
        return self.approved_from <= on <= self.approved_to

    def faults(self) -> tuple[Fault, ...]:
        """The needed fields, dates that follow each other, numbers that can be."""
        return (*super().faults(), *_faults(self))

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """No step is ever taken out, and it stays with its coverage."""
        if self.steps[: len(previous.steps)] != previous.steps:
            return (Fault(field="steps", message="The steps of an authorisation are never taken out.", rule="SEAL"),)
        if (self.coverage, self.patient) != (previous.coverage, previous.patient):
            return (Fault(field="coverage", message="An authorisation stays with its coverage.", rule="SEAL"),)
        return ()

    def guard_removal(self) -> tuple[Fault, ...]:
        """It is cancelled, never taken away."""
        return (Fault(field="", message="An authorisation is cancelled, not taken away.", rule="SEAL"),)


def _faults(authorisation: Authorisation) -> Iterator[Fault]:
    begins, ends = authorisation.approved_from, authorisation.approved_to
    if begins is not None and ends is not None and ends < begins:
        yield Fault(field="approved_to", message="This lies before the first day it covers.")
    for name in ("units", "units_used"):
        if (getattr(authorisation, name) or 0) < 0:
            yield Fault(field=name, message="This cannot be below zero.")
