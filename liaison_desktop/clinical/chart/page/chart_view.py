"""One chart: the banner, its tabs, and what is under each."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from liaison_desktop.clinical.chart.page.exporting import export_stay
from liaison_desktop.clinical.chart.page.facts import detail_cards
from liaison_desktop.clinical.chart.page.history import History
from liaison_desktop.clinical.chart.page.merged_view import merged_lines
from liaison_desktop.clinical.chart.page.overview_tab import Ways, overview_of
from liaison_desktop.clinical.chart.page.papers import Paper, Start, consent_paper, papers_tab
from liaison_desktop.clinical.chart.page.research_papers import research_papers, research_starts
from liaison_desktop.clinical.chart.page.summaries import SummaryPane
from liaison_desktop.clinical.chart.page.tabs import ADMISSION, FEATURES
from liaison_desktop.clinical.chart.queries import newest_stay
from liaison_desktop.clinical.chart.rules import (
    OpenItem,
    stages_of,
)
from liaison_desktop.clinical.checklists.actions import Planned, begin_form
from liaison_desktop.clinical.checklists.form import StartForm
from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.consents.actions import templates_of
from liaison_desktop.clinical.consents.queries import consents_of
from liaison_desktop.clinical.consents.record import Consent
from liaison_desktop.clinical.findings.form import FindingsPane
from liaison_desktop.clinical.medications.form import MedicinesPane
from liaison_desktop.clinical.patients.form import PatientBanner, PatientEntry, PatientPane
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import column, hairline, panel, row, scroll
from liaison_desktop.ui.tab_strip import TabStrip
from liaison_desktop.ui.tabs import Stages

_OWN = ("Overview", "Checklists", "Consents", "Details", "History")
_PANES = (ADMISSION, *FEATURES)
# The tabs in their order: what is looked at most first; what finds no room is under More.
TABS = ("Overview", "Admission", "Checklists", "Consents", *(tab.title for tab in FEATURES), "Details", "History")


class ChartView(QFrame):
    """The chart of one patient. `closed` asks for the list."""

    closed = Signal()

    def __init__(self, desk: Desk, patient: Patient) -> None:
        super().__init__()
        self.setProperty("fill", "canvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.desk, self.patient = desk, patient
        self.entry: PatientEntry | None = None
        self.pane: PatientPane | None = None  # of the feature whose tab is shown
        self.banner = PatientBanner(patient, desk.today())
        self.tabs = TabStrip(TABS)
        self.tabs.changed.connect(self.show_tab)
        self._menu = QMenu(self)
        for words, act in (
            ("All patients", self.closed.emit),
            ("Start a checklist", self._to("Checklists")),
            ("Start a consent", self._to("Consents")),
            ("Change details", self.change),
            ("Print a summary…", self.print_summary),
            ("Save for another system (FHIR)…", self.export),
            ("Merge a duplicate into this chart…", self.merge),
        ):
            self._menu.addAction(words, act)
        self.more = button("", "quiet", "ellipsis", small=True, name="More about this chart", on_click=self._open_menu)
        line = panel((self.tabs, 1), self.more, gap=8, margins=(0, 4, 16, 0), across=True)
        self.stages = Stages((), 0)
        self._stages_row = panel((self.stages, 1), margins=(24, 8, 24, 0), across=True)
        self._room = QVBoxLayout()
        self._room.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.banner, hairline(), self._stages_row, line, hairline()):
            layout.addWidget(widget)
        layout.addLayout(self._room, 1)
        self._inside: QWidget | None = None
        self._show_stages()
        self.show_tab(0)

    def _show_stages(self) -> None:
        """Where the newest stay stands; without one there is nothing to show."""
        stay = newest_stay(self.desk.store, self.patient.id)
        self._stages_row.setVisible(stay is not None)
        if stay is not None:
            self.stages.set_stages(*stages_of(stay, self.desk.clock()))

    def _open_menu(self) -> None:
        self._menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))
        self._menu.setActiveAction(self._menu.actions()[0])

    def print_summary(self) -> None:
        """Choose for whom, see the pages, print them."""
        made = SummaryPane(self.desk, self.patient)
        self._cover(made, made.left)

    def merge(self) -> None:
        """Find another record of the same patient, and merge it into this one."""
        from liaison_desktop.clinical.merging.form import MergeForm

        made = MergeForm(self.desk, self.patient)
        self._cover(made, made.left)
        made.merged.connect(lambda: self.go_to("Details"), Qt.ConnectionType.QueuedConnection)

    def _cover(self, made: QWidget, *over: SignalInstance) -> None:
        """Show this in place of the tab, which comes back when it is over."""
        self.save_draft()
        self.entry = self.pane = None
        for signal in over:
            signal.connect(lambda: self.show_tab(max(0, self.tabs.current())), Qt.ConnectionType.QueuedConnection)
        self._put(made)
        made.setFocus()

    def export(self) -> None:
        """The newest stay as a FHIR bundle, where the person says."""
        export_stay(self.desk, self.patient.id)

    def _to(self, tab: str) -> Callable[[], None]:
        return lambda: self.go_to(tab)

    def go_to(self, tab: str) -> None:
        """Show the tab of this name; nothing happens if there is none."""
        if tab not in TABS:
            return
        self.tabs.set_current(TABS.index(tab))
        self.show_tab(TABS.index(tab))

    def work_in(self, tab: str) -> None:
        """Show the tab of this name with the keyboard in it."""
        self.go_to(tab)
        if self.pane is not None:
            self.pane.setFocus()

    def show_tab(self, number: int) -> None:
        """Show a tab; what was being typed is kept."""
        self.save_draft()
        self.entry = self.pane = None
        self._put(self._made(TABS[number]))

    def _made(self, name: str) -> QWidget:
        own = (self._overview, self._checklists, self._consents, self._details, self._history)
        if name in _OWN:
            return own[_OWN.index(name)]()
        tab = next(tab for tab in _PANES if tab.title == name)
        self.pane = tab.make(self.desk, self.patient)
        # In the next turn: the pane that asks is the one that goes away.
        self.pane.asks_tab.connect(self.go_to, Qt.ConnectionType.QueuedConnection)
        return self.pane

    def refresh(self, kinds: frozenset[str] = frozenset()) -> None:
        """Read the patient again; a form that is being typed into stays as it is."""
        found = self.desk.store.find(Patient, self.patient.id)
        if found is None:
            self.closed.emit()
            return
        self.patient = found
        self.banner.show_patient(found, self.desk.today())
        self._show_stages()
        if self.pane is not None:
            self.pane.show_patient(found)
            self.pane.refresh(kinds)
        elif self.entry is None:
            self.show_tab(max(0, self.tabs.current()))

    # ---- the tabs

    def _overview(self) -> QWidget:
        ways = Ways(
            go=self._go,
            tab=self.go_to,
            paper=self._open_paper,
            medicine=self.medicine,
            allergies=lambda: self.findings("allergies"),
            verify=self.verify,
        )
        return overview_of(self.desk, self.patient, ways)

    def verify(self) -> None:
        """Call the payer, or enter the first coverage."""
        from liaison_desktop.clinical.coverage.form import CoveragePane

        self.go_to("Coverage")
        if isinstance(self.pane, CoveragePane):
            self.pane.verify_first()

    def medicine(self, id: uuid.UUID) -> None:
        """Open a medicine where it is answered."""
        self.go_to("Medicines")
        if isinstance(self.pane, MedicinesPane):
            self.pane.show_medicine(id)

    def findings(self, what: str) -> None:
        """Open one of the forms of findings: vitals, allergies, isolation, problem, line or wound."""
        self.go_to("Findings")
        if isinstance(self.pane, FindingsPane):
            self.pane.enter(what)

    def _checklists(self) -> QWidget:
        start = StartForm(self.desk, self.patient.id, in_chart=True)
        start.asked.connect(self._start_checklist)
        start.resumed.connect(lambda id: self.desk.open(Checklist.kind, id))
        start.list.setFocus()
        return start

    def _start_checklist(self, patient: object, planned: object, form: str) -> None:
        if isinstance(patient, uuid.UUID) and isinstance(planned, Planned):
            made = begin_form(self.desk.store, patient, planned, form)
            self.desk.open(Checklist.kind, made.id)

    def _consents(self) -> QWidget:
        papers = [consent_paper(consent) for consent in consents_of(self.desk.store, self.patient.id)]
        papers += research_papers(self.desk.store, self.patient.id)
        many = len(templates_of(self.desk.store))
        starts = [
            Start(
                title="Choose a form",
                facts=f"{many} forms, found by a word as you type",
                icon="file-pen-line",
                begin=lambda: self.desk.open(Consent.kind, self.patient.id),
            )
        ]
        starts += research_starts(self.desk, self.patient.id)
        return papers_tab("Consent", papers, starts, self._open_paper)

    def _details(self) -> QWidget:
        left, right = detail_cards(self.patient, self.desk.store)
        change = button("Change details", "primary", "pencil", on_click=self.change)
        cards = row((column(*left, None, gap=12), 1), (column(*right, None, gap=12), 1), gap=12)
        merged = merged_lines(self.desk, self.patient)
        return scroll(column(row(None, change), *merged, cards, None, gap=12, margins=(24, 12, 24, 24)))

    def _history(self) -> QWidget:
        return History(self.desk.store, self.patient.id)

    # ---- what can be done

    def change(self) -> None:
        """Open the form of this patient under the banner."""
        self.tabs.set_current(TABS.index("Details"))
        self.show_tab(TABS.index("Details"))
        entry = PatientEntry(self.desk, self.patient)
        entry.saved.connect(lambda _id: self._leave_form())
        entry.left.connect(self._leave_form)
        self._put(entry)
        self.entry = entry
        entry.start()

    def _put(self, made: QWidget) -> None:
        """Show this under the tabs in place of what was there."""
        if self._inside is not None:
            self._room.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = made
        self._room.addWidget(made, 1)
        made.show()  # at once, so that the keyboard can go there

    def _leave_form(self) -> None:
        self.entry = None
        self.refresh()

    def _go(self, item: OpenItem) -> None:
        if item.id is not None:
            self.desk.open(item.kind, item.id)
        elif item.tab in ("Details", "Form"):
            self.change()
        elif item.tab == "Allergies":
            self.findings("allergies")
        elif item.tab in TABS:
            self.go_to(item.tab)

    def _open_paper(self, paper: Paper) -> None:
        self.desk.open(paper.kind, paper.id)

    def save_draft(self) -> None:
        """Keep what is being typed."""
        for typed in (self.entry, self.pane):
            if typed is not None:
                typed.save_draft()

    @property
    def patient_id(self) -> uuid.UUID:
        """Whose chart this is."""
        return self.patient.id
