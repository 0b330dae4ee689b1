"""F12 from anywhere: the concerns of the patient at hand, or of the one that is named first."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.concerns.page.concerns_pane import ConcernsPane
from liaison_desktop.clinical.concerns.record import Concern
from liaison_desktop.clinical.patients.actions import open_chart
from liaison_desktop.clinical.patients.form import PatientBanner
from liaison_desktop.clinical.patients.queries import opened_lately
from liaison_desktop.clinical.patients.record import Patient, age_text, birth_text, full_name
from liaison_desktop.errors import Missing
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.frames import title_line
from liaison_desktop.ui.layout import card, column, hairline, refill, row, scroll
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.picker import Picker
from liaison_desktop.ui.workspace import Command


class ConcernsPage(Page):
    """Asks whose concern it is, or shows those of one patient under the banner. Escape goes to the chart."""

    key = "concerns"
    title = "Concerns"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.pane: ConcernsPane | None = None
        self._body = column(gap=0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._body, 1)
        self.ask_whose()

    def ask_whose(self) -> None:
        """Ask whose concern it is; the charts opened lately are one key away."""
        self.save_draft()
        self.pane = None
        whose = Picker(self.desk.store, Patient.kind, "Name, birth date or number", "Patient")
        whose.changed.connect(lambda id: self.show_patient(id, new=True) if isinstance(id, uuid.UUID) else None)
        today = self.desk.today()
        rows = [
            CardRow(
                full_name(patient),
                " · ".join(filter(None, (birth_text(patient.birth_date), age_text(patient.birth_date, today)))),
                "user-round",
                on_click=self._shows(patient.id),
            )
            for patient in opened_lately(self.desk.store)
        ]
        lately = (list_card("Charts opened lately", *rows),) if rows else ()
        body = column(card(LabelledField("Patient", whose)), *lately, None, gap=12, margins=(24, 16, 24, 24))
        body.setMaximumWidth(688)
        head = title_line("Whose concern is it?", margins=(24, 0, 16, 0))
        refill(self._body, 12, head, 8, hairline(), (scroll(row((body, 8), None, gap=0)), 1))
        self.setFocusProxy(whose)

    def _shows(self, id: uuid.UUID) -> Callable[[], None]:
        return lambda: self.show_patient(id, new=True)

    def show_record(self, id: uuid.UUID) -> None:
        """A concern beside the list; or, with a patient's id, the place to tell one. Nobody's id asks whose it is."""
        concern = self.desk.store.find(Concern, id)
        if concern is not None and concern.patient is not None:
            self.show_patient(concern.patient)
            if self.pane is not None:
                self.pane.show_concern(concern.id)
        elif self.desk.store.find(Patient, id) is not None:
            self.show_patient(id, new=True)
        else:
            self.ask_whose()

    def show_patient(self, id: uuid.UUID, *, new: bool = False) -> None:
        """The concerns of this patient; with `new` the keyboard is where one is told."""
        if self.pane is None or self.pane.patient.id != id:
            try:
                patient = open_chart(self.desk.store, id)
            except Missing as error:
                self.desk.trouble(error)
                return
            self.save_draft()
            self.pane = ConcernsPane(self.desk, patient)
            banner = PatientBanner(patient, self.desk.today())
            refill(self._body, banner, hairline(), self._line(patient), hairline(), (self.pane, 1))
            self.setFocusProxy(self.pane)
        if new:
            self.pane.new()

    def _line(self, patient: Patient) -> QWidget:
        chart = button(
            "Open the chart",
            "quiet",
            "user-round",
            small=True,
            on_click=lambda: self.desk.open(Patient.kind, patient.id),
        )
        other = button("Another patient", "quiet", "users", small=True, on_click=self._other)
        return title_line("Concerns", other, chart, margins=(16, 6, 12, 6))

    def _other(self) -> None:
        self.ask_whose()
        self.setFocus()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Read again what is shown."""
        if self.pane is not None:
            self.pane.refresh(kinds)

    def new(self) -> None:
        """Tell a concern (Ctrl+N)."""
        if self.pane is not None:
            self.pane.new()

    def subject(self) -> tuple[str, uuid.UUID] | None:
        """The patient whose concerns are shown."""
        return (Patient.kind, self.pane.patient.id) if self.pane is not None else None

    def save_draft(self) -> None:
        """Keep what is being typed."""
        if self.pane is not None:
            self.pane.save_draft()

    def commands(self) -> tuple[Command, ...]:
        """Back to the chart."""
        if self.pane is None:
            return ()
        id = self.pane.patient.id
        return (Command("Open the chart", lambda: self.desk.open(Patient.kind, id), "Of this patient", "user-round"),)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape from the list goes to the chart."""
        if event.key() == Qt.Key.Key_Escape and self.pane is not None:
            self.desk.open(Patient.kind, self.pane.patient.id)
        else:
            super().keyPressEvent(event)
