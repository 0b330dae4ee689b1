"""The tabs that features bring to the chart, in the order in which they stand there."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from liaison_desktop.clinical.patients.form import PatientPane
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.ui.desk import Desk


class FeatureTab(msgspec.Struct, frozen=True):
    """A tab: its title, the kinds that its pane reads, and how the pane is made."""

    title: str
    kinds: frozenset[str]
    make: Callable[[Desk, Patient], PatientPane]


def _concerns(desk: Desk, patient: Patient) -> PatientPane:
    from liaison_desktop.clinical.concerns.page import ConcernsPane

    return ConcernsPane(desk, patient)


def _medicines(desk: Desk, patient: Patient) -> PatientPane:
    from liaison_desktop.clinical.medications.form import MedicinesPane

    return MedicinesPane(desk, patient)


def _coverage(desk: Desk, patient: Patient) -> PatientPane:
    from liaison_desktop.clinical.coverage.form import CoveragePane

    return CoveragePane(desk, patient)


def _admission(desk: Desk, patient: Patient) -> PatientPane:
    from liaison_desktop.clinical.referrals.page import AdmissionPane

    return AdmissionPane(desk, patient)


def _communication(desk: Desk, patient: Patient) -> PatientPane:
    from liaison_desktop.clinical.communication.page import CommunicationPane

    return CommunicationPane(desk, patient)


def _findings(desk: Desk, patient: Patient) -> PatientPane:
    from liaison_desktop.clinical.checklists.actions import chart_proposals
    from liaison_desktop.clinical.findings.form import FindingsPane

    return FindingsPane(desk, patient, chart_proposals)


def _decisions(desk: Desk, patient: Patient) -> PatientPane:
    from liaison_desktop.clinical.directives.form import DecisionsPane

    return DecisionsPane(desk, patient)


def _handover(desk: Desk, patient: Patient) -> PatientPane:
    from liaison_desktop.clinical.handover.page import HandoverPane
    from liaison_desktop.clinical.referrals.queries import referrals_of

    newest = next(iter(referrals_of(desk.store, patient.id)), None)
    return HandoverPane(desk, patient, (newest.reason or newest.dx_text) if newest is not None else "")


def _discharge(desk: Desk, patient: Patient) -> PatientPane:
    from liaison_desktop.clinical.discharge.page import DischargePane

    return DischargePane(desk, patient)


def _documents(desk: Desk, patient: Patient) -> PatientPane:
    from liaison_desktop.clinical.chart.page.documents_pane import DocumentsPane

    return DocumentsPane(desk, patient)


def _timeline(desk: Desk, patient: Patient) -> PatientPane:
    from liaison_desktop.clinical.chart.page.timeline_pane import TimelinePane

    return TimelinePane(desk, patient)


# Each feature adds its tab here, in the order of the strip. The pane is imported where it is made, so that a chart opens
# without those that nobody looks at.
FEATURES: tuple[FeatureTab, ...] = (
    FeatureTab("Medicines", frozenset({"medicine", "reconciliation", "medication_history", "episode"}), _medicines),
    FeatureTab("Findings", frozenset({"problem", "vital_signs", "line_device", "wound", "proposal_answer"}), _findings),
    FeatureTab("Coverage", frozenset({"coverage", "coverage_verification", "authorisation"}), _coverage),
    FeatureTab("Communication", frozenset({"log_entry", "interpreter_session"}), _communication),
    FeatureTab("Concerns", frozenset({"concern"}), _concerns),
    FeatureTab(
        "Discharge",
        frozenset({"discharge_plan", "episode", "checklist", "medication_history", "concern", "task"}),
        _discharge,
    ),
    FeatureTab("Documents", frozenset({"referral_document", "consent", "checklist", "wound", "handover"}), _documents),
    FeatureTab("Timeline", frozenset({"state_event", "log_entry", "vital_signs", "concern", "task"}), _timeline),
    FeatureTab("Hand-over", frozenset({"handover"}), _handover),
    FeatureTab(
        "Decisions", frozenset({"directive", "rights_given", "code_status_report", "capacity_note"}), _decisions
    ),
)
# Before all others: what decides the admission.
ADMISSION = FeatureTab(
    "Admission", frozenset({"referral", "referral_document", "bedside_visit", "episode", "task"}), _admission
)
KINDS = frozenset().union(*(tab.kinds for tab in (ADMISSION, *FEATURES)))
