"""One report of a code status: who said it, what the chart's order says, and whether the two agree. Written once."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

from liaison_desktop.clinical.patients.record import CodeStatus
from liaison_desktop.errors import Fault
from liaison_desktop.records import Code, Field, Merging, Record


class ReportedBy(Code):
    """Who or what says so."""

    PATIENT = "patient"
    REPRESENTATIVE = "representative"
    FAMILY = "family"
    NURSE = "nurse", "Nurse of the unit"
    PRACTITIONER = "practitioner"
    CHART = "chart", "Order in the chart"
    PAPER = "paper", "Paper the patient carries"


class CodeStatusReport(Record, frozen=True, kw_only=True):
    """A code status as somebody reported it. Only a practitioner sets one; this records, and compares (V12)."""

    kind: ClassVar[str] = "code_status_report"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("patient",),)
    merging: ClassVar[Merging] = Merging.IMMUTABLE

    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    episode: Annotated[uuid.UUID | None, Field("Episode", refers_to="episode")] = None
    status: Annotated[CodeStatus | None, Field("Code status, as reported", required=True)] = None
    limits: Annotated[str, Field("Limits of treatment", lines=2, most=600)] = ""
    source: Annotated[ReportedBy | None, Field("Who says so", required=True)] = None
    reported_by: Annotated[str, Field("Their name", required=True, most=200)] = ""
    at: Annotated[datetime.datetime | None, Field("Said at", required=True)] = None
    in_chart: Annotated[CodeStatus | None, Field("The practitioner's order in the chart")] = None
    differs: Annotated[bool, Field("Differs")] = False
    reason: Annotated[str, Field("What you do about the difference", lines=2, most=1000)] = ""
    recorded_by: Annotated[str, Field("Recorded by", most=200)] = ""
    recorded_at: Annotated[datetime.datetime | None, Field("Recorded at")] = None
    policy_version: Annotated[str, Field("Policy it was judged with", most=50)] = ""

    def title(self) -> str:
        """What was reported."""
        return self.status.label if self.status is not None else "Code status"

    def facts(self) -> str:
        """Who said so."""
        return self.source.label if self.source is not None else ""

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """What was said is written once; a new report is another one."""
        return (Fault(field="", message="A report cannot be changed. Record a new one.", rule="SEAL"),)

    def guard_removal(self) -> tuple[Fault, ...]:
        """Nor taken away."""
        return (Fault(field="", message="A report cannot be taken away.", rule="SEAL"),)
