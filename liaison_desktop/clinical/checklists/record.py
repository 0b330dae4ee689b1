"""A checklist as it was answered, pinned to the very version of the form it was answered under."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar

from liaison_desktop.records import Code, Field, Record


class ChecklistStatus(Code):
    """How far a checklist is; the codes are FHIR's for a QuestionnaireResponse."""

    IN_PROGRESS = "in-progress", "In progress"
    COMPLETED = "completed", "Completed"
    AMENDED = "amended", "Amended"
    ENTERED_IN_ERROR = "entered-in-error", "Entered in error"
    STOPPED = "stopped", "Stopped"


FINISHED = (ChecklistStatus.COMPLETED, ChecklistStatus.AMENDED)


class Checklist(Record, frozen=True, kw_only=True):
    """One filling of a form for one patient. `content` is the QuestionnaireResponse as JSON.

    An amendment is a checklist of its own that names the one it amends; both are kept.
    """

    kind: ClassVar[str] = "checklist"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("patient",), ("status",))

    patient: Annotated[uuid.UUID | None, Field("Patient", refers_to="patient", required=True)] = None
    name: Annotated[str, Field("Checklist", search=True, most=200)] = ""
    form_url: Annotated[str, Field("Form", required=True, most=500)] = ""
    form_version: Annotated[str, Field("Version of the form", most=50)] = ""
    form_hash: Annotated[str, Field("Fingerprint of the form", most=64)] = ""
    status: Annotated[ChecklistStatus, Field("Status")] = ChecklistStatus.IN_PROGRESS
    content: Annotated[str, Field("Answers", most=4_000_000)] = ""
    author: Annotated[str, Field("Answered by", most=200)] = ""
    started_at: Annotated[datetime.datetime | None, Field("Started")] = None
    completed_at: Annotated[datetime.datetime | None, Field("Completed")] = None
    answered: Annotated[int, Field("Questions answered")] = 0
    asked: Annotated[int, Field("Questions asked")] = 0
    left: Annotated[int, Field("Required questions left")] = 0
    review_needed: Annotated[bool, Field("Waits for review by an RN")] = False
    reviewed_by: Annotated[str, Field("Reviewed by", most=200)] = ""
    reviewed_at: Annotated[datetime.datetime | None, Field("Reviewed")] = None
    plan: Annotated[str, Field("What is planned", most=500)] = ""
    amends: Annotated[uuid.UUID | None, Field("Amends", refers_to="checklist")] = None
    reason: Annotated[str, Field("Reason", lines=2, most=1000)] = ""
    policy_version: Annotated[str, Field("Policy it was checked with", most=50)] = ""

    def title(self) -> str:
        """The name of the form; whose it is stands beside it."""
        return self.name

    def facts(self) -> str:
        """Status and, while it is open, how far it is."""
        if self.status is ChecklistStatus.IN_PROGRESS:
            return f"{self.status.label}, {self.answered} of {self.asked} answered"
        return self.status.label
