"""What the clinical workspace is made of: its kinds, its pages, what opens what, and its practice records."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from liaison_desktop.clinical.checklists.record import Checklist, ChecklistSteps, ImportedForm
from liaison_desktop.clinical.communication.record import InterpreterSession, LogEntry
from liaison_desktop.clinical.concerns.record import Concern
from liaison_desktop.clinical.consents.record import Consent, ConsentWithdrawal, DayCheck
from liaison_desktop.clinical.coverage.record import Authorisation, Coverage, CoverageVerification
from liaison_desktop.clinical.directives.record import CapacityNote, CodeStatusReport, Directive, RightsGiven
from liaison_desktop.clinical.discharge.record import DischargePlan
from liaison_desktop.clinical.episodes.record import Episode, StateEvent
from liaison_desktop.clinical.findings.record import LineDevice, Problem, ProposalAnswer, VitalSigns, Wound
from liaison_desktop.clinical.handover.record import Handover
from liaison_desktop.clinical.medications.record import MedicationHistory, Medicine, Reconciliation
from liaison_desktop.clinical.merging.record import PatientMerge
from liaison_desktop.clinical.outreach.record import OutreachEvent, SourceContact, SourcePlace
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.record import Facility, Practitioner, StaffMember
from liaison_desktop.clinical.referrals.record import BedsideVisit, Referral, ReferralDocument
from liaison_desktop.clinical.research.record import ResearchConsent, ResearchWithdrawal, Study
from liaison_desktop.records import Record
from liaison_desktop.sealed.record import SealedDocument
from liaison_desktop.store import Schema, Store
from liaison_desktop.tasks.record import Task
from liaison_desktop.ui.workspace import Command, PageSpec, Workspace

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from liaison_desktop.ui.desk import Desk
    from liaison_desktop.ui.page import Page

# Each feature adds its kinds here, lowest floor first.
KINDS: tuple[type[Record], ...] = (
    Facility,
    Practitioner,
    StaffMember,
    Patient,
    Episode,
    StateEvent,
    PatientMerge,
    Medicine,
    Reconciliation,
    MedicationHistory,
    Problem,
    VitalSigns,
    LineDevice,
    Wound,
    ProposalAnswer,
    SourcePlace,
    SourceContact,
    OutreachEvent,
    Coverage,
    CoverageVerification,
    Authorisation,
    Directive,
    RightsGiven,
    CodeStatusReport,
    CapacityNote,
    LogEntry,
    InterpreterSession,
    Checklist,
    ChecklistSteps,
    ImportedForm,
    Consent,
    ConsentWithdrawal,
    DayCheck,
    Study,
    ResearchConsent,
    ResearchWithdrawal,
    Handover,
    DischargePlan,
    Referral,
    ReferralDocument,
    BedsideVisit,
    Concern,
    Task,
    SealedDocument,
)

_ABOVE = ("liaison_desktop.clinical.chart", "liaison_desktop.clinical.today")

SCHEMA = Schema(name="clinical", kinds=KINDS)


def _today(desk: Desk) -> Page:
    from liaison_desktop.clinical.today.page import TodayPage

    return TodayPage(desk)


def _concerns(desk: Desk) -> Page:
    from liaison_desktop.clinical.concerns.page import ConcernsPage

    return ConcernsPage(desk)


def _for_patient(desk: Desk, kind: str) -> None:
    """The page of a kind for the patient at hand, as F12 does; without one the page asks whose it is."""
    at_hand = desk.frame.subject()
    desk.open(kind, at_hand[1] if at_hand is not None and at_hand[0] == Patient.kind else uuid.UUID(int=0))


def _tasks(desk: Desk) -> Page:
    from liaison_desktop.clinical.today.page import TasksPage

    return TasksPage(desk)


def _task_count(store: Store) -> int:
    from liaison_desktop.tasks.queries import count_mine

    return count_mine(store)


def _patients(desk: Desk) -> Page:
    from liaison_desktop.clinical.chart.page import ChartPage

    return ChartPage(desk)


def _referrals(desk: Desk) -> Page:
    from liaison_desktop.clinical.referrals.page import ReferralsPage

    return ReferralsPage(desk)


def _referral_count(store: Store) -> int:
    from liaison_desktop.clinical.referrals.queries import count_open

    return count_open(store)


def _new_referral(desk: Desk) -> None:
    from liaison_desktop.clinical.referrals.page import NEW

    desk.open(Referral.kind, NEW)


def _checklists(desk: Desk) -> Page:
    from liaison_desktop.clinical.checklists.page import ChecklistsPage

    return ChecklistsPage(desk)


def _people(desk: Desk) -> Page:
    from liaison_desktop.clinical.people.page import PeoplePage

    return PeoplePage(desk)


def _outreach(desk: Desk) -> Page:
    from liaison_desktop.clinical.outreach.page import OutreachPage

    return OutreachPage(desk)


def _outreach_count(store: Store) -> int:
    from liaison_desktop.clinical.outreach.queries import count_due

    return count_due(store)


def _checklist_count(store: Store) -> int:
    from liaison_desktop.clinical.checklists.queries import count_open

    return count_open(store)


def _research(desk: Desk) -> Page:
    from liaison_desktop.clinical.research.page import ResearchPage

    return ResearchPage(desk)


def _research_count(store: Store) -> int:
    from liaison_desktop.clinical.research.queries import count_open

    return count_open(store)


def _consents(desk: Desk) -> Page:
    from liaison_desktop.clinical.consents.page import ConsentsPage

    return ConsentsPage(desk)


def _consent_forms(desk: Desk) -> Page:
    from liaison_desktop.clinical.consents.page import FormsPage

    return FormsPage(desk)


def _settings(desk: Desk) -> tuple[QWidget, ...]:
    from liaison_desktop.clinical.consents.page.forms_card import forms_card

    return (forms_card(desk),)


def _consent_count(store: Store) -> int:
    from liaison_desktop.clinical.consents.queries import count_open

    return count_open(store)


def _patient_count(store: Store) -> int:
    from liaison_desktop.clinical.patients.queries import count_patients

    return count_patients(store)


def _commands(desk: Desk) -> tuple[Command, ...]:
    return (
        Command(title="Patients", facts="Find a patient", icon="users", keys="", run=lambda: desk.go("patients")),
        Command("Consent forms", lambda: desk.go("forms"), "How they read, their elements, your own", "file-pen-line"),
        Command("New referral", lambda: _new_referral(desk), "By phone, in nine fields", "inbox", "F2"),
        Command(
            "New research consent", lambda: _for_patient(desk, ResearchConsent.kind), "To a study", "flask-conical"
        ),
        Command("A patient's concern", lambda: _for_patient(desk, Concern.kind), "In their own words", "quote", "F12"),
    )


def _practice(store: Store) -> None:
    from liaison_desktop.clinical.practice import fill

    fill(store)


def _refuses(store: Store, right: str) -> str:
    from liaison_desktop.clinical.people.actions import wanting

    fault = wanting(store, right)
    return fault.message if fault else ""


_NONE: frozenset[str] = frozenset()
_TEAM = frozenset({Facility.kind, Practitioner.kind, StaffMember.kind})
# What is loaded while nobody waits: every feature that has a kind, in their order, and those above them.
_BELOW = (".".join(kind.__module__.split(".")[:3]) for kind in KINDS)
_FEATURES = (*dict.fromkeys(one for one in _BELOW if one.startswith(__package__)), *_ABOVE)

WORKSPACE = Workspace(
    key="clinical",
    title="Clinical liaison",
    schema=SCHEMA,
    pages=(
        PageSpec(key="today", title="Today", icon="sun", make=_today),
        PageSpec(key="patients", title="Patients", icon="users", make=_patients, count=_patient_count, ahead=_NONE),
        PageSpec(key="referrals", title="Referrals", icon="inbox", make=_referrals, count=_referral_count, ahead=_NONE),
        PageSpec(
            key="checklists",
            title="Checklists",
            icon="clipboard-check",
            make=_checklists,
            count=_checklist_count,
            ahead=_NONE,
        ),
        PageSpec(
            key="consents", title="Consents", icon="file-pen-line", make=_consents, count=_consent_count, ahead=_NONE
        ),
        PageSpec(key="research", title="Research", icon="flask-conical", make=_research, count=_research_count),
        PageSpec(key="tasks", title="Tasks", icon="list-todo", make=_tasks, count=_task_count, ahead=_NONE),
        PageSpec(key="outreach", title="Outreach", icon="megaphone", make=_outreach, count=_outreach_count),
        PageSpec(key="people", title="Care team", icon="hospital", make=_people, ahead=_TEAM),
        # Each feature adds its page here, in the order of the rail.
        PageSpec(key="concerns", title="Concerns", icon="", make=_concerns),  # reached by F12, Today and the chart
        PageSpec(key="forms", title="Consent forms", icon="", make=_consent_forms),  # from Settings and the consents
    ),
    opens={
        "patient": "patients",
        "coverage": "patients",
        "authorisation": "patients",
        "referral": "referrals",
        "facility": "people",
        "practitioner": "people",
        "source_place": "outreach",
        "source_contact": "outreach",
        "outreach_event": "outreach",
        "staff_member": "people",
        "checklist": "checklists",
        "consent": "consents",
        "research_study": "research",
        "research_consent": "research",
        "concern": "concerns",
        "task": "tasks",
    },
    commands=_commands,
    practice=_practice,
    refuses=_refuses,
    settings=_settings,
    features=_FEATURES,
)
