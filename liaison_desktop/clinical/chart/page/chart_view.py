"""One chart: the banner, its tabs, and what is under each."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from liaison_desktop.clinical.chart.page.facts import detail_cards
from liaison_desktop.clinical.chart.page.history import History
from liaison_desktop.clinical.chart.page.overview import overview
from liaison_desktop.clinical.chart.page.papers import Paper, Start, checklist_paper, consent_paper, papers_tab
from liaison_desktop.clinical.chart.page.tabs import FEATURES
from liaison_desktop.clinical.chart.rules import (
    OpenItem,
    checklist_items,
    concern_items,
    consent_items,
    in_order,
    patient_items,
    proposal_items,
    task_items,
)
from liaison_desktop.clinical.checklists.actions import Planned, begin_form, chart_proposals
from liaison_desktop.clinical.checklists.form import StartForm
from liaison_desktop.clinical.checklists.queries import checklists_of
from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.clocks.form import PatientClocks
from liaison_desktop.clinical.concerns.queries import open_concerns
from liaison_desktop.clinical.consents.actions import begin_consent
from liaison_desktop.clinical.consents.queries import consents_of, templates
from liaison_desktop.clinical.consents.record import Consent, Template
from liaison_desktop.clinical.coverage.actions import coverage_standing
from liaison_desktop.clinical.coverage.form.cards import overview_card
from liaison_desktop.clinical.coverage.queries import authorisations_of
from liaison_desktop.clinical.episodes.queries import current_episode
from liaison_desktop.clinical.findings.form import FindingsPane, problems_card, vitals_card
from liaison_desktop.clinical.findings.queries import problems_of, vitals_of
from liaison_desktop.clinical.medications.actions import medicines_needing_answer
from liaison_desktop.clinical.medications.form import MedicinesPane, needs_card
from liaison_desktop.clinical.patients.form import PatientBanner, PatientEntry, PatientPane
from liaison_desktop.clinical.patients.form.entry import draft_key
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.policies import policy_of
from liaison_desktop.tasks.queries import tasks_for
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import column, hairline, panel, row, scroll
from liaison_desktop.ui.tabs import TabStrip

_OWN = ("Overview", "Checklists", "Consents", "Details", "History")
_LAST = ("Details", "History")
# The tabs in their order: the overview, the features' own, then what is looked up now and then.
TABS = (*(name for name in _OWN if name not in _LAST), *(tab.title for tab in FEATURES), *_LAST)


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
        back = button("All patients", "quiet", "chevron-left", small=True, on_click=self.closed.emit)
        # Their words stand in the tooltip: the line belongs to the tabs, of which there are many.
        checklist = button(
            icon="clipboard-check", small=True, name="Start a checklist", on_click=self._to("Checklists")
        )
        consent = button(icon="file-pen-line", small=True, name="Start a consent", on_click=self._to("Consents"))
        line = panel((self.tabs, 1), back, checklist, consent, gap=8, margins=(0, 4, 16, 0), across=True)
        self._room = QVBoxLayout()
        self._room.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.banner, hairline(), line, hairline()):
            layout.addWidget(widget)
        layout.addLayout(self._room, 1)
        self._inside: QWidget | None = None
        self.show_tab(0)

    def _to(self, tab: str) -> Callable[[], None]:
        return lambda: self.go_to(tab)

    def go_to(self, tab: str) -> None:
        """Show the tab of this name; nothing happens if there is none."""
        if tab not in TABS:
            return
        self.tabs.set_current(TABS.index(tab))
        self.show_tab(TABS.index(tab))

    def show_tab(self, number: int) -> None:
        """Show a tab; what was being typed is kept."""
        self.save_draft()
        self.entry = self.pane = None
        self._put(self._made(TABS[number]))

    def _made(self, name: str) -> QWidget:
        own = (self._overview, self._checklists, self._consents, self._details, self._history)
        if name in _OWN:
            return own[_OWN.index(name)]()
        tab = next(tab for tab in FEATURES if tab.title == name)
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
        if self.pane is not None:
            self.pane.show_patient(found)
            self.pane.refresh(kinds)
        elif self.entry is None:
            self.show_tab(max(0, self.tabs.current()))

    # ---- the tabs

    def _overview(self) -> QWidget:
        consents = consents_of(self.desk.store, self.patient.id)
        checklists = checklists_of(self.desk.store, self.patient.id)
        found = (*patient_items(self.patient), *checklist_items(checklists), *consent_items(consents))
        proposed = proposal_items(chart_proposals(self.desk.store, self.patient))
        items = in_order((*self._unsaved(), *found, *proposed, *self._waiting()))
        papers = tuple(consent_paper(consent) for consent in consents)
        return overview(
            self.patient,
            items,
            tuple(checklist_paper(checklist) for checklist in checklists),
            papers,
            go=self._go,
            open_paper=self._open_paper,
            change=lambda: self.findings("allergies"),
            more=(self._coverage(), *self._medicines(), *self._bedside()),
            clocks=PatientClocks(self.desk, self.patient.id),
        )

    def _coverage(self) -> QWidget:
        """The coverage that pays first, how old its verification is, and the way to verify it again."""
        store, today = self.desk.store, self.desk.today()
        standing = coverage_standing(store, self.patient.id, today)
        return overview_card(standing, authorisations_of(store, self.patient.id), today, self.verify)

    def verify(self) -> None:
        """Call the payer, or enter the first coverage."""
        from liaison_desktop.clinical.coverage.form import CoveragePane

        self.go_to("Coverage")
        if isinstance(self.pane, CoveragePane):
            self.pane.verify_first()

    def _waiting(self) -> tuple[OpenItem, ...]:
        """What the patient waits for, and what has to be done."""
        store, now = self.desk.store, self.desk.clock()
        told = concern_items(open_concerns(store, patient=self.patient.id))
        return (*told, *task_items(tasks_for(store, subject=self.patient.id), now))

    def _bedside(self) -> tuple[QWidget, ...]:
        """The newest findings: vital signs over time, and the problems of today."""
        store, now = self.desk.store, self.desk.clock()
        sets = vitals_of(store, self.patient.id)
        problems = [one for one in problems_of(store, self.patient.id) if one.current]
        return (
            *((vitals_card(sets, policy_of(store), now),) if sets else ()),
            *((problems_card(problems, now, None, None),) if problems else ()),
        )

    def _medicines(self) -> tuple[QWidget, ...]:
        """The medicines that wait for an answer in the present stay."""
        stay = current_episode(self.desk.store, self.patient.id)
        needs = medicines_needing_answer(self.desk.store, stay.id) if stay is not None else ()
        return (needs_card(needs, self.medicine),) if needs else ()

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

    def _unsaved(self) -> tuple[OpenItem, ...]:
        if self.desk.store.drafts.get(draft_key(self.patient)) is None:
            return ()
        words = "Changed details are waiting to be saved"
        return (
            OpenItem(title="Details not saved yet", facts=words, icon="pencil", mark="draft", tone="amber", tab="Form"),
        )

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
        starts = [self._start_consent(form) for form in templates()]
        return papers_tab("Consent", papers, starts, self._open_paper)

    def _start_consent(self, form: Template) -> Start:
        def begin() -> None:
            made = begin_consent(self.desk.store, self.patient, form)
            self.desk.open(Consent.kind, made.id)

        return Start(title=form.title, facts=f"Version {form.version}", icon="file-pen-line", begin=begin)

    def _details(self) -> QWidget:
        left, right = detail_cards(self.patient, self.desk.store)
        change = button("Change details", "primary", "pencil", on_click=self.change)
        cards = row((column(*left, None, gap=12), 1), (column(*right, None, gap=12), 1), gap=12)
        return scroll(column(row(None, change), cards, None, gap=12, margins=(24, 12, 24, 24)))

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
