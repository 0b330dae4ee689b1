"""The patients' page of the rail: the list of all, and over it the chart of the one that was opened."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout

from liaison_desktop.clinical.chart.page.chart_view import TABS, ChartView
from liaison_desktop.clinical.chart.page.merged_view import MergedView
from liaison_desktop.clinical.chart.page.tabs import KINDS
from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.consents.record import Consent, ConsentWithdrawal
from liaison_desktop.clinical.coverage.queries import covered_by
from liaison_desktop.clinical.patients.actions import open_chart
from liaison_desktop.clinical.patients.page import PatientsPage
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.documents.workshop.workshop import workshop_of
from liaison_desktop.errors import Missing
from liaison_desktop.tasks.record import Task
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.workspace import Command

SHOWN = frozenset({Patient.kind, Checklist.kind, Consent.kind, ConsentWithdrawal.kind, Task.kind}) | KINDS


class ChartPage(Page):
    """Opening a chart is written into the journal; Escape goes back to the list."""

    key = "patients"
    title = "Patients"
    icon = "users"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.list = PatientsPage(desk)
        self.chart: ChartView | None = None
        self.merged: MergedView | None = None
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.list)
        self.setFocusProxy(self.list)

    def show_record(self, id: uuid.UUID) -> None:
        """Open the chart of this patient, or of the one whose coverage or authorisation it is, on that tab."""
        self.save_draft()
        covered = covered_by(self.desk.store, id)
        if covered is not None:
            self.show_record(covered)
            if self.chart is not None and self.chart.patient_id == covered:
                self.chart.go_to("Coverage")
            return
        if self.chart is not None and self.chart.patient_id == id:
            self.chart.refresh()
            return
        try:
            patient = open_chart(self.desk.store, id)
        except Missing as error:
            self.desk.trouble(error)
            return
        workshop_of(self.desk.store).warm()
        self._drop_chart()
        if patient.merged_into is not None:
            self.merged = MergedView(self.desk, patient)
            self._stack.addWidget(self.merged)
            self._stack.setCurrentWidget(self.merged)
            self.setFocusProxy(self.merged)
            self.merged.setFocus()
            return
        self.chart = ChartView(self.desk, patient)
        self.chart.closed.connect(self.show_list)
        self._stack.addWidget(self.chart)
        self._stack.setCurrentWidget(self.chart)
        self.setFocusProxy(self.chart)
        self.chart.setFocus()

    def show_list(self) -> None:
        """Close the chart and show the list."""
        self._drop_chart()
        self._stack.setCurrentWidget(self.list)
        self.list.show_list()

    def _drop_chart(self) -> None:
        read, self.merged = self.merged, None
        if read is not None:
            self._stack.removeWidget(read)
            read.hide()
            read.deleteLater()
        gone, self.chart = self.chart, None
        self.setFocusProxy(self.list)
        if gone is not None:
            gone.save_draft()
            self._stack.removeWidget(gone)
            gone.hide()
            gone.deleteLater()

    def new(self) -> None:
        """Enter a new patient."""
        self._drop_chart()
        self._stack.setCurrentWidget(self.list)
        self.list.new()

    def show_tab(self, title: str) -> None:
        """Show a tab of the chart that is open; nothing happens for a title that no tab has."""
        if self.chart is not None and title in TABS:
            self.chart.go_to(title)

    def start_visit(self) -> None:
        """Arrive at the bedside of the patient whose chart is open."""
        self.show_tab("Admission")
        start = getattr(self.chart.pane if self.chart is not None else None, "start_visit", None)
        if callable(start):
            start()

    def find_patient(self) -> None:
        """Show the list with the keyboard in its search."""
        self.show_list()
        self.list.find_patient()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Query again what is shown."""
        self.list.refresh(kinds)
        if self.chart is not None and kinds & SHOWN:
            self.chart.refresh(kinds)

    def save_draft(self) -> None:
        """Keep what is being typed."""
        self.list.save_draft()
        if self.chart is not None:
            self.chart.save_draft()

    def subject(self) -> tuple[str, uuid.UUID] | None:
        """The patient whose chart is open."""
        return (Patient.kind, self.chart.patient_id) if self.chart is not None else None

    def commands(self) -> tuple[Command, ...]:
        """What the list or the chart offers."""
        chart, find = (
            self.chart,
            Command("Find a patient", self.find_patient, "By name, birth date or number", "search", "Ctrl+F"),
        )
        if chart is None:
            return (find,)
        return (
            find,
            Command("All patients", self.show_list, "Close this chart", "users"),
            Command("Change details", chart.change, "Of this patient", "pencil"),
            Command("Record vital signs", lambda: chart.findings("vitals"), "Of this patient", "heart-pulse"),
            Command("Record allergies", lambda: chart.findings("allergies"), "Of this patient", "triangle-alert"),
            Command("Record a wound", lambda: chart.findings("wound"), "With a photo", "scan"),
            Command("Verify coverage", chart.verify, "Call this patient's payer", "phone"),
            Command(
                "Decisions", lambda: chart.go_to("Decisions"), "Code status, directives, who decides", "user-check"
            ),
            Command("Call or message", lambda: chart.work_in("Communication"), "Into the log of this patient", "phone"),
            Command("Hand over", lambda: chart.work_in("Hand-over"), "To the team that takes the patient", "handshake"),
            Command("Discharge plan", lambda: chart.work_in("Discharge"), "Of this stay", "log-out"),
            Command("Start a visit", self.start_visit, "At the bedside", "stethoscope"),
            Command("Start a checklist", lambda: chart.go_to("Checklists"), "For this patient", "clipboard-check"),
            Command("Start a consent", lambda: chart.go_to("Consents"), "For this patient", "file-pen-line"),
            Command(
                "Print a summary", chart.print_summary, "For the team, the payer, the patient or family", "printer"
            ),
            Command("Save for another system", chart.export, "The stay as a FHIR bundle", "external-link"),
            Command("Merge a duplicate", chart.merge, "Another record of this patient into this one", "users"),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the list, unless a form is open: then nothing typed is left by one key."""
        reading = self.merged is not None or (self.chart is not None and self.chart.entry is None)
        if event.key() == Qt.Key.Key_Escape and reading:
            self.show_list()
        else:
            super().keyPressEvent(event)
