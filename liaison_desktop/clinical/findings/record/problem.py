"""A problem on the patient's list."""

from __future__ import annotations

import datetime
import re
import uuid
from typing import Annotated, ClassVar

from liaison_desktop.clinical.findings.record.codes import FindingSource, stays
from liaison_desktop.clinical.patients.record import partial_fits
from liaison_desktop.errors import Fault
from liaison_desktop.records import Code, Field, Record

# The form of an ICD-10-CM code (CMS and NCHS guidelines): a letter, a digit, a digit or letter, up to four more.
_ICD10 = re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?", re.ASCII)


class ProblemStatus(Code):
    """Whether it is one today (FHIR condition-clinical)."""

    ACTIVE = "active"
    RECURRENCE = "recurrence"
    RELAPSE = "relapse"
    INACTIVE = "inactive"
    REMISSION = "remission", "In remission"
    RESOLVED = "resolved"


class ProblemVerification(Code):
    """How sure it is (FHIR condition-ver-status)."""

    UNCONFIRMED = "unconfirmed"
    PROVISIONAL = "provisional"
    DIFFERENTIAL = "differential"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    ENTERED_IN_ERROR = "entered-in-error", "Entered in error"


class ProblemRole(Code):
    """What it means for this admission."""

    ADMITTING = "admitting", "Admitting"
    COMORBID = "comorbid", "Comorbid"
    REHAB_IMPAIRMENT = "rehab_impairment", "Rehabilitation impairment"
    HISTORY = "history", "History"
    COMPLICATION = "complication", "Complication"


class Problem(Record, frozen=True, kw_only=True):
    """One diagnosis or complaint. `onset` is a partial date; `code` an ICD-10-CM code, if somebody gave one."""

    kind: ClassVar[str] = "problem"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("patient",),)

    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    episode: Annotated[uuid.UUID | None, Field("Episode", refers_to="episode")] = None
    text: Annotated[str, Field("Problem", required=True, free=True, most=300)] = ""
    code: Annotated[str, Field("ICD-10-CM code", most=8)] = ""
    status: Annotated[ProblemStatus, Field("Status")] = ProblemStatus.ACTIVE
    verification: Annotated[ProblemVerification, Field("How sure")] = ProblemVerification.UNCONFIRMED
    role: Annotated[ProblemRole | None, Field("Role")] = None
    onset: Annotated[str, Field("Since", most=10)] = ""
    source: Annotated[FindingSource | None, Field("Who says so", required=True)] = None
    noted_at: Annotated[datetime.datetime | None, Field("Recorded at")] = None
    noted_by: Annotated[str, Field("Recorded by", most=200)] = ""

    @property
    def current(self) -> bool:
        """Whether it has to be shown as a problem of today."""
        gone = (ProblemVerification.REFUTED, ProblemVerification.ENTERED_IN_ERROR)
        over = (ProblemStatus.INACTIVE, ProblemStatus.REMISSION, ProblemStatus.RESOLVED)
        return self.status not in over and self.verification not in gone

    def title(self) -> str:
        """What it is called."""
        return self.text

    def facts(self) -> str:
        """Code, role and status."""
        role = self.role.label if self.role is not None else ""
        return " · ".join(filter(None, (self.code, role, self.status.label)))

    def faults(self) -> tuple[Fault, ...]:
        """A code that has the form of one, and a date that exists."""
        found = list(super().faults())
        if self.code and not _ICD10.fullmatch(self.code):
            found.append(Fault(field="code", message="An ICD-10-CM code looks like I50.9 or S72.001A."))
        if self.onset and not partial_fits(self.onset):
            found.append(Fault(field="onset", message="Write a year, such as 2014, or a date."))
        return tuple(found)

    def guard_removal(self) -> tuple[Fault, ...]:
        """A finding is taken back, never taken away."""
        return stays("verification")
