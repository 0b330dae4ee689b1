"""The referral: who asks for what, how far the work is, what was decided, and who was told."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar

from liaison_desktop.clinical.episodes.record import ServiceLine
from liaison_desktop.clinical.people.record import CapabilityCode
from liaison_desktop.clinical.referrals.record.codes import (
    Channel,
    Decision,
    DeclineReason,
    ToldBy,
    WorkStatus,
)
from liaison_desktop.records import Field, Record, Row
from liaison_desktop.tasks.record import Priority


class Told(Row, frozen=True, kw_only=True):
    """Somebody who was told what was decided."""

    who: Annotated[str, Field("Who was told", most=200)] = ""
    how: Annotated[ToldBy | None, Field("How")] = None
    at: Annotated[datetime.datetime | None, Field("When")] = None


class CareNeed(Row, frozen=True, kw_only=True):
    """Something the patient needs of a house, counted in the unit of the capability where it has one."""

    code: Annotated[CapabilityCode | None, Field("What is needed", required=True)] = None
    amount: Annotated[float | None, Field("How much")] = None


class Cited(Row, frozen=True, kw_only=True):
    """Where in the packet a detail was read: the document and the page of its file."""

    field: Annotated[str, Field("Detail", most=60)] = ""
    document: Annotated[uuid.UUID | None, Field("Document", refers_to="referral_document")] = None
    page: Annotated[int, Field("Page")] = 0


class Referral(Record, frozen=True, kw_only=True):
    """One request to take a patient. `work` and `decision` are moved by actions only, each step with its event."""

    kind: ClassVar[str] = "referral"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("patient",), ("work",), ("episode",), ("received_at",))

    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    episode: Annotated[uuid.UUID | None, Field("Episode", refers_to="episode")] = None
    source_place: Annotated[uuid.UUID | None, Field("Place it comes from", refers_to="source_place")] = None
    source_contact: Annotated[uuid.UUID | None, Field("Person who referred", refers_to="source_contact")] = None
    source_text: Annotated[str, Field("Where it comes from", most=200)] = ""
    contact_text: Annotated[str, Field("Who called, and the number to call back", most=200)] = ""
    channel: Annotated[Channel | None, Field("Channel")] = None
    received_at: Annotated[datetime.datetime | None, Field("Came in")] = None
    service: Annotated[ServiceLine | None, Field("Service line", required=True)] = None
    requested_on: Annotated[datetime.date | None, Field("Wanted for")] = None
    priority: Annotated[Priority | None, Field("Priority")] = None
    reason: Annotated[str, Field("Reason", lines=2, most=2000)] = ""
    dx_text: Annotated[str, Field("Main diagnosis", free=True, most=400)] = ""
    dx_code: Annotated[str, Field("Code of the diagnosis", most=20)] = ""
    acute_admitted_on: Annotated[datetime.date | None, Field("In the acute hospital since")] = None
    needs: Annotated[tuple[CareNeed, ...], Field("What the patient needs")] = ()
    cited: Annotated[tuple[Cited, ...], Field("Where it was read")] = ()
    work: Annotated[WorkStatus, Field("Work")] = WorkStatus.NEW
    work_since: Annotated[datetime.datetime | None, Field("In this state since")] = None
    screening_at: Annotated[datetime.datetime | None, Field("Screening planned for")] = None
    no_packet: Annotated[bool, Field("Nothing was received with it")] = False
    responded_at: Annotated[datetime.datetime | None, Field("First answer to the source")] = None
    decision: Annotated[Decision, Field("Decision")] = Decision.NONE
    decision_at: Annotated[datetime.datetime | None, Field("Decided at")] = None
    decision_by: Annotated[str, Field("Decided by", most=200)] = ""
    decision_reason: Annotated[DeclineReason | None, Field("Reason")] = None
    decision_note: Annotated[str, Field("Note", lines=2, most=2000)] = ""
    pending_on: Annotated[str, Field("What the acceptance waits for", lines=2, most=1000)] = ""
    alternative: Annotated[ServiceLine | None, Field("What we recommend instead")] = None
    told: Annotated[tuple[Told, ...], Field("Who was told")] = ()
    lost_hours: Annotated[int | None, Field("Hours lost since the offer")] = None
    capability_shown_at: Annotated[datetime.datetime | None, Field("Capability check shown at")] = None
    capability_said: Annotated[str, Field("What the capability check said", most=1000)] = ""
    consent_obtained_by: Annotated[str, Field("Practitioner who will obtain the consent", most=200)] = ""
    bed: Annotated[str, Field("Bed reserved", most=60)] = ""
    duplicate_of: Annotated[uuid.UUID | None, Field("Duplicate of", refers_to="referral")] = None
    liaison: Annotated[str, Field("Taken by", most=200)] = ""

    def title(self) -> str:
        """The service line and where it comes from; whose it is stands beside it."""
        line = self.service.label if self.service is not None else "Referral"
        return f"{line}, from {self.source_text}" if self.source_text.strip() else line

    def facts(self) -> str:
        """How far the work is, and what was decided."""
        if self.decision is Decision.NONE:
            return self.work.label
        return f"{self.work.label}, {self.decision.label.lower()}"
