"""The tab of a chart that says how the admission stands: the same screen as in the pipeline, and the bedside."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from liaison_desktop.clinical.patients.form import PatientPane
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.referrals.actions import gather
from liaison_desktop.clinical.referrals.form.phone_draft import DRAFT, Draft
from liaison_desktop.clinical.referrals.form.visit_form import VisitForm
from liaison_desktop.clinical.referrals.page.decides_view import DecidesView
from liaison_desktop.clinical.referrals.page.looks import state_chip
from liaison_desktop.clinical.referrals.page.mending import mend
from liaison_desktop.clinical.referrals.page.referrals_page import NEW, ReferralsPage
from liaison_desktop.clinical.referrals.queries import current_referral, visits_of
from liaison_desktop.clinical.referrals.record import Referral
from liaison_desktop.records import to_bytes
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.dates import near_day, show_time
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.layout import row
from liaison_desktop.ui.text import elided


class AdmissionPane(PatientPane):
    """Alt+V starts a visit. What is mended in the referral itself is opened there."""

    def __init__(self, desk: Desk, patient: Patient, parent: QWidget | None = None) -> None:
        super().__init__(desk, patient, parent)
        self.referral = Referral()
        self.visit: VisitForm | None = None
        self.decides = DecidesView(desk)
        self.decides.mended.connect(lambda guard: mend(self, guard))
        self._title, self._state = elided("", "sec", "ink2"), Chip("")
        visit = button("Start visit", "secondary", "stethoscope", small=True, on_click=self.start_visit)
        visit.setToolTip("Alt+V")
        opens = button("Open the referral", "secondary", "inbox", small=True, on_click=self.open_referral)
        self._main = QWidget()
        layout = QVBoxLayout(self._main)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(row((self._title, 1), self._state, visit, opens, margins=(20, 10, 20, 0)))
        layout.addWidget(self.decides, 1)
        words = "When somebody asks for an admission, what decides it stands here."
        self._none = EmptyState("No referral of this patient", words, "New referral", "plus", self.begin)
        self._stack = QStackedLayout(self)
        for held in (self._none, self._main):
            self._stack.addWidget(held)
        QShortcut(QKeySequence("Alt+V"), self, self.start_visit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.refresh(frozenset())

    def refresh(self, kinds: frozenset[str]) -> None:
        """Read it again; a visit that is being filled in stays as it is."""
        found = current_referral(self.desk.store, self.patient.id)
        if found is None:
            self._stack.setCurrentWidget(self._none)
            return
        self.referral = found
        spec = state_chip(found)
        self._state.show_chip(spec.text, spec.tone, spec.icon)
        self._title.set_text(" · ".join(filter(None, (found.title(), self._visited()))))
        self.decides.show_facts(gather(self.desk.store, found))
        if self.visit is None:
            self._stack.setCurrentWidget(self._main)

    def _visited(self) -> str:
        last = next(iter(visits_of(self.desk.store, self.patient.id)), None)
        if last is None or last.at is None:
            return "Not visited yet"
        return f"Last visit {near_day(last.at.date(), self.desk.today())} {show_time(last.at)}"

    # ---- what can be done

    def begin(self) -> None:
        """A new referral of this patient; what is being typed into one already is not touched."""
        store = self.desk.store
        if store.drafts.get(DRAFT) is None:
            store.drafts.put(DRAFT, to_bytes(Draft(patient=Patient(), referral=Referral(), known=self.patient.id)))
        self.desk.open(Referral.kind, NEW)

    def open_referral(self) -> None:
        """The referral in the pipeline."""
        self.desk.open(Referral.kind, self.referral.id)

    def go_to(self, number: int, field: str = "") -> None:
        """A part of the referral, in the pipeline; what decides is here already."""
        if number == 0:
            self.decides.start()
            return
        self.open_referral()
        page = getattr(self.desk.frame, "page", None)
        if isinstance(page, ReferralsPage):
            page.pane.go_to(number, field)

    def start_visit(self) -> None:
        """Start a visit at the bedside."""
        if self.visit is not None:
            return
        self.visit = VisitForm(self.desk, self.patient)
        self.visit.saved.connect(lambda _id: self._end_visit())
        self.visit.left.connect(self._end_visit)
        self._stack.addWidget(self.visit)
        self._stack.setCurrentWidget(self.visit)
        self.visit.start()

    def _end_visit(self) -> None:
        gone, self.visit = self.visit, None
        if gone is not None:
            self._stack.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self.refresh(frozenset())
        self.decides.start()

    def save_draft(self) -> None:
        """Keep what is being filled in."""
        self.decides.admission.save_draft()
        if self.visit is not None:
            self.visit.save_draft()
