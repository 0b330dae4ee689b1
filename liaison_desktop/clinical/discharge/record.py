"""The discharge plan of one stay, from admission to the call afterwards (AHRQ IDEAL; 42 CFR 482.43)."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

from liaison_desktop.clinical.consents.record import TeachBackState
from liaison_desktop.clinical.episodes.record import Disposition
from liaison_desktop.errors import Fault
from liaison_desktop.records import Code, Field, Record, Row


class AreaCode(Code):
    """What is talked through before anybody goes home (AHRQ IDEAL: Discuss)."""

    LIFE = "life_at_home", "Life at home"
    MEDICINES = "medicines", "Medicines"
    WARNINGS = "warning_signs", "Warning signs"
    RESULTS = "test_results", "Test results"
    APPOINTMENTS = "appointments", "Appointments"


class Ready(Code):
    """Whether the patient feels ready."""

    YES = "yes", "Yes"
    PARTLY = "partly", "In part"
    NO = "no", "No"


class CareKind(Code):
    """What sort of provider takes over (42 CFR 482.43(c))."""

    HHA = "HHA", "Home health"
    SNF = "SNF", "Skilled nursing"
    IRF = "IRF", "Inpatient rehabilitation"
    LTACH = "LTACH", "Long-term acute care"
    OTHER = "OTHER", "Other"


class Area(Row, frozen=True, kw_only=True):
    """One of the five: what the patient said back, how often it was explained, and how clear it is now."""

    area: Annotated[AreaCode, Field("Area")]
    state: Annotated[TeachBackState, Field("Clear")] = TeachBackState.NOT_DONE
    attempts: Annotated[int, Field("How often")] = 0
    words: Annotated[str, Field("In the patient's words", lines=2, most=1000)] = ""
    at: Annotated[datetime.datetime | None, Field("When")] = None
    by: Annotated[str, Field("With", most=200)] = ""

    @property
    def clear(self) -> bool:
        """Whether the patient could say it back."""
        return self.state in (TeachBackState.OK_FIRST, TeachBackState.OK_AFTER_RETEACH)


class Offered(Row, frozen=True, kw_only=True):
    """One provider on the list that the patient chose from."""

    name: Annotated[str, Field("Provider", required=True, most=200)] = ""
    care: Annotated[CareKind | None, Field("What it is")] = None
    in_network: Annotated[bool | None, Field("In the plan's network")] = None
    quality_shown: Annotated[bool, Field("Quality measures shown")] = False
    ours: Annotated[bool, Field("We have a financial interest, and said so")] = False


class Appointment(Row, frozen=True, kw_only=True):
    """Whom the patient sees afterwards."""

    who: Annotated[str, Field("With", required=True, most=200)] = ""
    at: Annotated[datetime.datetime | None, Field("When")] = None
    where: Annotated[str, Field("Where", most=200)] = ""
    how: Annotated[str, Field("How to get there", most=200)] = ""


class Call(Row, frozen=True, kw_only=True):
    """One try to reach the patient at home, and what was heard. Written once."""

    at: Annotated[datetime.datetime | None, Field("When")] = None
    by: Annotated[str, Field("By", most=200)] = ""
    reached: Annotated[bool | None, Field("Reached", required=True)] = None
    spoke_with: Annotated[str, Field("Spoke with", most=200)] = ""
    symptoms: Annotated[str, Field("How it goes", most=600, free=True)] = ""
    medicines: Annotated[bool | None, Field("Has the medicines")] = None
    appointment: Annotated[bool | None, Field("Knows the appointments")] = None
    equipment: Annotated[bool | None, Field("Equipment and services there")] = None
    questions: Annotated[str, Field("Questions", most=600, free=True)] = ""
    passed_on: Annotated[str, Field("Passed on to", most=200)] = ""


class DischargePlan(Record, frozen=True, kw_only=True):
    """The plan of one stay. It grows from admission on; calls are only ever added."""

    kind: ClassVar[str] = "discharge_plan"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("episode",), ("patient",))

    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    episode: Annotated[uuid.UUID | None, Field("Episode", required=True, refers_to="episode")] = None
    goals: Annotated[str, Field("Goals for the stay, in the patient's words", lines=3, most=1000)] = ""
    caregiver: Annotated[str, Field("Who helps at home", most=200)] = ""
    caregiver_phone: Annotated[str, Field("Phone", most=60)] = ""
    caregiver_backup: Annotated[str, Field("Who steps in", most=200)] = ""
    nobody_why: Annotated[str, Field("If nobody: what is arranged", most=400, free=True)] = ""
    expected_on: Annotated[datetime.date | None, Field("Expected day")] = None
    destination: Annotated[Disposition | None, Field("Where to")] = None
    home_health: Annotated[bool, Field("With home health")] = False
    medicare: Annotated[bool | None, Field("Medicare pays")] = None
    imm_first_at: Annotated[datetime.datetime | None, Field("Important message given")] = None
    imm_followup_at: Annotated[datetime.datetime | None, Field("Copy given again")] = None
    meeting_at: Annotated[datetime.datetime | None, Field("Planning meeting with the family")] = None
    patient_questions: Annotated[str, Field("Patient's questions", lines=2, most=1000)] = ""
    family_questions: Annotated[str, Field("Family's questions", lines=2, most=1000)] = ""
    offered: Annotated[tuple[Offered, ...], Field("List to choose from")] = ()
    list_given_at: Annotated[datetime.datetime | None, Field("List given")] = None
    choice: Annotated[str, Field("The patient's choice", most=200)] = ""
    choice_by: Annotated[str, Field("Chosen by", most=200)] = ""
    equipment: Annotated[str, Field("Equipment", lines=2, most=600)] = ""
    services: Annotated[str, Field("Services", lines=2, most=600)] = ""
    home_safety: Annotated[str, Field("Safety of the home", lines=2, most=600)] = ""
    areas: Annotated[tuple[Area, ...], Field("Five areas")] = tuple(Area(area=code) for code in AreaCode)
    pending_tests: Annotated[str, Field("Tests pending, and who follows them", lines=2, most=600)] = ""
    appointments: Annotated[tuple[Appointment, ...], Field("Appointments")] = ()
    transport: Annotated[str, Field("How home, and with whom", most=300)] = ""
    contact_name: Annotated[str, Field("Whom to call with questions", most=200)] = ""
    contact_phone: Annotated[str, Field("Phone", most=60)] = ""
    contact_hours: Annotated[str, Field("Hours", most=100)] = ""
    ready: Annotated[Ready | None, Field("Does the patient feel ready?")] = None
    ready_why: Annotated[str, Field("Why not, in the patient's words", lines=2, most=600)] = ""
    ready_action: Annotated[str, Field("What is done about it, by whom", lines=2, most=600)] = ""
    ama_risks: Annotated[bool | None, Field("Risks told")] = None
    ama_choices: Annotated[bool | None, Field("Other choices told")] = None
    ama_prescriptions: Annotated[bool | None, Field("Prescriptions given")] = None
    ama_follow_up: Annotated[bool | None, Field("Follow-up given")] = None
    calls: Annotated[tuple[Call, ...], Field("Calls afterwards")] = ()

    def title(self) -> str:
        """What it is."""
        return "Discharge plan"

    def facts(self) -> str:
        """Where to and when."""
        where = self.destination.label if self.destination is not None else ""
        return " · ".join(filter(None, (where, self.expected_on.isoformat() if self.expected_on else "")))

    def area(self, code: AreaCode) -> Area:
        """One of the five."""
        return next((one for one in self.areas if one.area is code), Area(area=code))

    @property
    def followed_up(self) -> bool:
        """Whether somebody was reached at home."""
        return any(call.reached for call in self.calls)

    @property
    def needs_choice(self) -> bool:
        """Whether another provider takes over, so that the patient has to be given a list (42 CFR 482.43(c))."""
        places = (Disposition.SNF, Disposition.REHAB, Disposition.LONG, Disposition.OTHER_HCF)
        return self.home_health or self.destination in places

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """What was heard on the phone stays as it was written."""
        if self.calls[: len(previous.calls)] == previous.calls:
            return ()
        return (Fault(field="calls", message="A call that was written down stays as it is.", rule="SEAL"),)

    def guard_removal(self) -> tuple[Fault, ...]:
        """A plan stays with its stay."""
        return (Fault(field="", message="A discharge plan stays with its stay.", rule="SEAL"),)
