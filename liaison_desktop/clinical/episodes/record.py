"""The episode, the judgements of its guards, and the event that a step leaves behind."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

from liaison_desktop.errors import Fault
from liaison_desktop.records import Code, Field, Merging, Record, Row


class ServiceLine(Code):
    """What the patient is to be admitted for; the codes are those the checklists ask by."""

    IRF = "IRF", "Inpatient rehabilitation"
    LTACH = "LTACH", "Long-term acute care"
    SNF = "SNF", "Skilled nursing"
    HHA = "HHA", "Home health"
    HOSPICE = "HOSPICE", "Hospice"
    SURG_ELECTIVE = "SURG_ELECTIVE", "Elective surgery"
    PROC_ELECTIVE = "PROC_ELECTIVE", "Elective procedure"
    MED_ADMIT = "MED_ADMIT", "Medical admission"
    PSYCH = "PSYCH", "Psychiatry"
    OTHER = "OTHER", "Other"


class EpisodeState(Code):
    """How far a patient has come."""

    REFERRED = "referred", "Referred"
    PRE_ADMISSION = "pre_admission", "Pre-admission"
    ADMITTED = "admitted", "Admitted"
    DISCHARGE_PLANNING = "discharge_planning", "Discharge planning"
    DISCHARGED = "discharged", "Discharged"
    FOLLOW_UP = "follow_up", "Follow-up"
    CLOSED = "closed", "Closed"
    NOT_ADMITTED = "not_admitted", "Not admitted"
    TRANSFERRED_OUT = "transferred_out", "Transferred out"
    EXPIRED = "expired", "Died"
    LEFT_AMA = "left_ama", "Left against advice"


class Disposition(Code):
    """Where a patient goes at discharge (FHIR discharge-disposition)."""

    HOME = "home", "Home"
    ALT_HOME = "alt-home", "Another home"
    OTHER_HCF = "other-hcf", "Another health care facility"
    HOSPICE = "hosp", "Hospice"
    LONG = "long", "Long-term care"
    AADVICE = "aadvice", "Left against advice"
    EXPIRED = "exp", "Died"
    PSYCHIATRY = "psy", "Psychiatric hospital"
    REHAB = "rehab", "Rehabilitation"
    SNF = "snf", "Skilled nursing facility"
    OTHER = "oth", "Other"


OVER = (EpisodeState.CLOSED,)  # nothing follows
# Somebody still has to do with it.
AT_WORK = (
    EpisodeState.REFERRED,
    EpisodeState.PRE_ADMISSION,
    EpisodeState.ADMITTED,
    EpisodeState.DISCHARGE_PLANNING,
    EpisodeState.DISCHARGED,
    EpisodeState.FOLLOW_UP,
)


class Episode(Record, frozen=True, kw_only=True):
    """One way of a patient from referral to closure. A readmission is a new episode that names the one before."""

    kind: ClassVar[str] = "episode"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("patient",), ("state",))

    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    number: Annotated[str, Field("Number", search=True, most=40)] = ""
    service: Annotated[ServiceLine | None, Field("Service line", required=True)] = None
    state: Annotated[EpisodeState, Field("State")] = EpisodeState.REFERRED
    state_since: Annotated[datetime.datetime | None, Field("In this state since")] = None
    referral: Annotated[uuid.UUID | None, Field("Referral", refers_to="referral")] = None
    liaison: Annotated[str, Field("Liaison", most=200)] = ""
    admit_planned_at: Annotated[datetime.datetime | None, Field("Admission planned for")] = None
    admitted_at: Annotated[datetime.datetime | None, Field("Admitted at")] = None
    attending: Annotated[str, Field("Attending", most=200)] = ""
    unit: Annotated[str, Field("Unit", most=100)] = ""
    bed: Annotated[str, Field("Bed", most=60)] = ""
    discharged_at: Annotated[datetime.datetime | None, Field("Discharged at")] = None
    disposition: Annotated[Disposition | None, Field("Discharged to")] = None
    prior_episode: Annotated[uuid.UUID | None, Field("Episode before", refers_to="episode")] = None

    def title(self) -> str:
        """The service line and the number: "Inpatient rehabilitation, E-2026-A0007"."""
        line = self.service.label if self.service is not None else "Episode"
        return f"{line}, {self.number}" if self.number else line

    def facts(self) -> str:
        """How far it is."""
        return self.state.label


class Life(Code):
    """Whose life an event moved: the episode's, or the work on the referral, or the decision about it."""

    EPISODE = "episode", "Episode"
    WORK = "work", "Work on the referral"
    DECISION = "decision", "Decision"


class Judgement(Row, frozen=True, kw_only=True):
    """What one guard said when a step was taken. `words` tell what was found, without a value of the record."""

    guard: Annotated[str, Field("Guard", most=60)] = ""
    passed: Annotated[bool, Field("Passed")] = False
    may_override: Annotated[bool, Field("May be overridden")] = False
    words: Annotated[str, Field("What it says", most=600)] = ""
    overridden_by: Annotated[str, Field("Overridden by", most=200)] = ""
    override_reason: Annotated[str, Field("Why it was overridden", most=600)] = ""

    @property
    def stands(self) -> bool:
        """Whether the step may be taken as far as this guard goes: it holds, or somebody took it on with a reason."""
        return self.passed or (self.may_override and bool(self.overridden_by.strip() and self.override_reason.strip()))


class StateEvent(Record, frozen=True, kw_only=True):
    """One step in a life, with what its guards said. Written once."""

    kind: ClassVar[str] = "state_event"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("episode",),)
    merging: ClassVar[Merging] = Merging.IMMUTABLE

    episode: Annotated[uuid.UUID | None, Field("Episode", required=True, refers_to="episode")] = None
    life: Annotated[Life, Field("Life")] = Life.EPISODE
    subject: Annotated[uuid.UUID | None, Field("Subject", required=True)] = None
    before: Annotated[str, Field("From", most=60)] = ""
    after: Annotated[str, Field("To", required=True, most=60)] = ""
    at: Annotated[datetime.datetime | None, Field("When", required=True)] = None
    by: Annotated[str, Field("By", most=200)] = ""
    by_id: Annotated[uuid.UUID | None, Field("By, id")] = None
    reason: Annotated[str, Field("Reason", lines=2, most=1000)] = ""
    judgements: Annotated[tuple[Judgement, ...], Field("What the guards said")] = ()
    policy_version: Annotated[str, Field("Policy it was judged with", most=50)] = ""

    def title(self) -> str:
        """The step."""
        return (
            f"{self.life.label}: {self.before} to {self.after}" if self.before else f"{self.life.label}: {self.after}"
        )

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """An event is written once."""
        return (Fault(field="", message="An event cannot be changed.", rule="SEAL"),)

    def guard_removal(self) -> tuple[Fault, ...]:
        """Nor taken away."""
        return (Fault(field="", message="An event cannot be taken away.", rule="SEAL"),)
