"""A checklist as it was answered, pinned to the very version of the form it was answered under."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

from liaison_desktop.errors import Fault
from liaison_desktop.records import Code, Field, Merging, Record, Row


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
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("patient",), ("status",), ("review_needed",))
    merging: ClassVar[Merging] = Merging.KEEP_BOTH

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
    imported_at: Annotated[datetime.datetime | None, Field("Imported")] = None

    def title(self) -> str:
        """The name of the form; whose it is stands beside it."""
        return self.name

    def facts(self) -> str:
        """Status and, while it is open, how far it is."""
        if self.status is ChecklistStatus.IN_PROGRESS:
            return f"{self.status.label}, {self.answered} of {self.asked} answered"
        return self.status.label


class Step(Row, frozen=True, kw_only=True):
    """One answer that was given, changed or taken away: who, when, and what stood there before."""

    number: Annotated[int, Field("Number")] = 0
    at: Annotated[datetime.datetime | None, Field("When")] = None
    by: Annotated[str, Field("By", most=200)] = ""
    key: Annotated[str, Field("Place in the form", most=1000)] = ""
    question: Annotated[str, Field("Question", most=4000)] = ""
    before: Annotated[str, Field("Before", most=100_000)] = ""
    after: Annotated[str, Field("After", most=100_000)] = ""
    note: Annotated[str, Field("Why it changed", most=500)] = ""
    pause_ms: Annotated[int, Field("Milliseconds since the step before")] = 0


class ChecklistSteps(Record, frozen=True, kw_only=True):
    """How a checklist was filled in, since the version before: the lines of its answer journal. Never changed."""

    kind: ClassVar[str] = "checklist_steps"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("checklist",),)
    merging: ClassVar[Merging] = Merging.IMMUTABLE

    checklist: Annotated[uuid.UUID | None, Field("Checklist", refers_to="checklist", required=True)] = None
    steps: Annotated[tuple[Step, ...], Field("Steps")] = ()

    def title(self) -> str:
        """What it is."""
        return "Answer journal"

    def facts(self) -> str:
        """How many lines it has."""
        return f"{len(self.steps)} answers" if len(self.steps) != 1 else "1 answer"

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """What was written is never written anew."""
        return (Fault(field="steps", message="The answer journal of a checklist cannot be changed."),)

    def guard_removal(self) -> tuple[Fault, ...]:
        """Nor taken away."""
        return (Fault(field="steps", message="The answer journal of a checklist cannot be removed."),)


class ImportedForm(Record, frozen=True, kw_only=True):
    """A FHIR Questionnaire that came from elsewhere, kept for ever as it came: checklists are pinned to it."""

    kind: ClassVar[str] = "imported_form"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("url", "form_version"),)
    merging: ClassVar[Merging] = Merging.IMMUTABLE

    name: Annotated[str, Field("Name", search=True, most=300)] = ""
    url: Annotated[str, Field("Address", required=True, most=500)] = ""
    form_version: Annotated[str, Field("Version", most=50)] = ""
    form_hash: Annotated[str, Field("Fingerprint", most=64)] = ""
    content: Annotated[str, Field("Definition", most=4_000_000)] = ""
    imported_at: Annotated[datetime.datetime | None, Field("Imported")] = None
    imported_by: Annotated[str, Field("Imported by", most=200)] = ""

    def title(self) -> str:
        """What the form calls itself."""
        return self.name

    def facts(self) -> str:
        """Which version, and that it is not one of ours."""
        return f"Imported, version {self.form_version}" if self.form_version else "Imported, without a version"

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """Answers are pinned to it, so it stays as it came."""
        return (
            Fault(field="content", message="An imported form cannot be changed. Import its new version beside it."),
        )

    def guard_removal(self) -> tuple[Fault, ...]:
        """Nor taken away: old answers open under it for ever."""
        return (Fault(field="content", message="An imported form cannot be removed: answers may be pinned to it."),)
