"""A safety report: what was told, about whom without naming anybody, and the clock that runs until it is handed over."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

from liaison_desktop.errors import Fault
from liaison_desktop.msl.safety.record.codes import (
    RUNNING,
    AgeGroup,
    AgeUnit,
    AwareHow,
    ContactOk,
    EventOutcome,
    HandoverMethod,
    Qualification,
    SafetyKind,
    SafetyStatus,
    Serious,
    Sex,
    Situation,
)
from liaison_desktop.policies import load_policy
from liaison_desktop.records import Field, Merging, Record, Row


class SafetyFollowUp(Row, frozen=True, kw_only=True):
    """One question of Safety and what was answered."""

    question: Annotated[str, Field("Question", required=True, free=True)] = ""
    asked_at: Annotated[datetime.datetime | None, Field("Asked at")] = None
    answer: Annotated[str, Field("Answer", lines=2)] = ""
    sent_at: Annotated[datetime.datetime | None, Field("Answered at")] = None


class SafetyEvent(Record, frozen=True, kw_only=True):
    """One report. `due_at` is promised when it is captured; nothing moves it later."""

    kind: ClassVar[str] = "safety_event"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("status", "due_at"), ("interaction_id",), ("number",))
    merging: ClassVar[Merging] = Merging.KEEP_BOTH

    number: Annotated[str, Field("Number", search=True, most=40)] = ""
    safety_kind: Annotated[SafetyKind, Field("Kind")] = SafetyKind.ADVERSE_EVENT
    status: Annotated[SafetyStatus, Field("Status")] = SafetyStatus.CAPTURED
    description: Annotated[
        str, Field("What happened, as it was told", help="One sentence is enough", lines=3, search=True, required=True)
    ] = ""
    captured_at: Annotated[datetime.datetime | None, Field("Captured at")] = None
    aware_at: Annotated[datetime.datetime | None, Field("You knew since", help="Day 0; may be made earlier")] = None
    aware_how: Annotated[AwareHow, Field("How you learned of it")] = AwareHow.IN_VISIT
    window_hours: Annotated[int, Field("Hours allowed")] = 24
    due_at: Annotated[datetime.datetime | None, Field("Due")] = None
    interaction_id: Annotated[uuid.UUID | None, Field("Visit", refers_to="visit")] = None
    inquiry_id: Annotated[uuid.UUID | None, Field("Inquiry", refers_to="medical_inquiry")] = None

    reporter_hcp_id: Annotated[uuid.UUID | None, Field("Reporter", refers_to="person")] = None
    reporter_name: Annotated[str, Field("Reporter's name", search=True, most=200)] = ""
    reporter_qualification: Annotated[Qualification | None, Field("Qualification")] = None
    reporter_country: Annotated[str, Field("Country", help="Two letters, such as US", most=2)] = ""
    reporter_contact: Annotated[str, Field("How to reach them", most=200)] = ""
    contact_ok: Annotated[ContactOk, Field("May Safety ask them?")] = ContactOk.UNKNOWN

    initials: Annotated[str, Field("Initials", most=4)] = ""
    age_value: Annotated[int | None, Field("Age")] = None
    age_unit: Annotated[AgeUnit, Field("Counted in")] = AgeUnit.YEARS
    age_group: Annotated[AgeGroup | None, Field("Age group")] = None
    sex: Annotated[Sex | None, Field("Sex")] = None
    weight_kg: Annotated[float | None, Field("Weight, kg")] = None

    product_id: Annotated[uuid.UUID | None, Field("Product", refers_to="product")] = None
    product_name: Annotated[str, Field("Product as told", search=True, most=200)] = ""
    dose: Annotated[str, Field("Dose", most=120)] = ""
    route: Annotated[str, Field("Route", most=120)] = ""
    start_on: Annotated[str, Field("Taken from", help="A year is enough", most=10)] = ""
    stop_on: Annotated[str, Field("Until", most=10)] = ""
    indication_used: Annotated[str, Field("Taken for", most=200, free=True)] = ""
    lot: Annotated[str, Field("Lot", most=60)] = ""
    expiry: Annotated[str, Field("Expiry", most=10)] = ""
    sample_available: Annotated[bool, Field("A sample is kept")] = False

    onset_on: Annotated[str, Field("Began", help="A year is enough", most=10)] = ""
    outcome: Annotated[EventOutcome | None, Field("How it ended")] = None
    serious_criteria: Annotated[tuple[Serious, ...], Field("Serious because")] = ()
    special_situation: Annotated[tuple[Situation, ...], Field("Special situation")] = ()
    action_taken: Annotated[str, Field("What was done", most=400, free=True)] = ""
    rechallenge: Annotated[str, Field("When taken again", most=400, free=True)] = ""
    narrative: Annotated[str, Field("Anything else", lines=3)] = ""

    handed_over_at: Annotated[datetime.datetime | None, Field("Handed over at")] = None
    handover_method: Annotated[HandoverMethod | None, Field("How")] = None
    handed_to: Annotated[str, Field("To whom", most=200)] = ""
    sealed_sha256: Annotated[str, Field("Fingerprint of the sealed file", most=64)] = ""
    safety_case_ref: Annotated[str, Field("Safety's case number", search=True, most=80)] = ""
    acknowledged_at: Annotated[datetime.datetime | None, Field("Acknowledged at")] = None
    reconciled_at: Annotated[datetime.datetime | None, Field("Reconciled at")] = None
    error_reason: Annotated[str, Field("Why it was captured in error", most=400, free=True)] = ""
    error_acknowledged_by: Annotated[str, Field("Who in Safety agreed", most=200)] = ""
    follow_ups: Annotated[tuple[SafetyFollowUp, ...], Field("Questions of Safety")] = ()
    policy_version: Annotated[str, Field("Policy", most=40)] = ""

    @property
    def running(self) -> bool:
        """Whether the clock still runs."""
        return self.status in RUNNING

    def title(self) -> str:
        """Its number."""
        return f"Safety report {self.number}" if self.number else "New safety report"

    def facts(self) -> str:
        """What it is and since when."""
        day = f"{self.aware_at.day} {self.aware_at:%b %Y}" if self.aware_at else ""
        return ", ".join(part for part in (self.safety_kind.label, day, self.status.label) if part)

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """Number, first capture and promise stand; awareness moves only earlier; a stopped clock never starts again."""
        if self.number != previous.number or self.captured_at != previous.captured_at:
            return (Fault(field="number", message="The number and the time of capture are kept.", rule="AE-5"),)
        if _later(self.aware_at, previous.aware_at) or _later(self.due_at, previous.due_at):
            return (load_policy("msl").fault("AE-3", field="aware_at"),)
        if not previous.running and (self.running or self.handed_over_at != previous.handed_over_at):
            return (Fault(field="status", message="What was handed over stays handed over.", rule="AE-5"),)
        return ()

    def guard_removal(self) -> tuple[Fault, ...]:
        """Never."""
        return (load_policy("msl").fault("AE-5"),)


def _later(moment: datetime.datetime | None, before: datetime.datetime | None) -> bool:
    return before is not None and (moment is None or moment > before)
