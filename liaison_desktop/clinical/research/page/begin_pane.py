"""A new research consent: for whom, and to which study."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.consents.form.step import inside
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.research.actions import begin_research
from liaison_desktop.clinical.research.queries import studies
from liaison_desktop.clinical.research.record import Study
from liaison_desktop.errors import LiaisonError
from liaison_desktop.store import Store
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import column, row
from liaison_desktop.ui.picker import Picker
from liaison_desktop.ui.suggest import ChoiceLine, Option
from liaison_desktop.ui.text import label, wrapped
from liaison_desktop.ui.tokens import FORM_MOST


class BeginPane(QWidget):
    """`begun` carries the new consent, `dropped` when the nurse thought better of it."""

    begun = Signal(object)
    dropped = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.patient = Picker(store, Patient.kind, "Type a name or a record number", name="Patient")
        self.study = ChoiceLine([], "Type to choose a study", name="Study")
        self._fields = {
            "patient": LabelledField("Patient", self.patient, required=True),
            "study": LabelledField("Study", self.study, required=True),
        }
        self._fault = wrapped("", "label", "red")
        self.begin_button = button("Begin", "primary", on_click=self.begin)
        body = column(
            label("New research consent", "title"),
            wrapped("Nothing is answered beforehand. The newest approved form of the study is taken.", "body", "ink2"),
            8, *self._fields.values(), self._fault,
            row(self.begin_button, button("Not now", "quiet", on_click=self.dropped.emit), None), None,
            gap=12, margins=(24, 12, 24, 24),
        )  # fmt: skip
        body.setMaximumWidth(FORM_MOST)
        inside(self, row((body, 8), None))

    def start(self, patient: uuid.UUID | None = None, study: uuid.UUID | None = None) -> None:
        """Show it for this patient and study, or empty."""
        for field in self._fields.values():
            field.clear_fault()
        self._fault.set_text("")
        held = [one for one in studies(self.store) if one.open]
        self.study.offer([Option(str(one.id), one.title(), f"{one.protocol} · {one.name}") for one in held])
        self.patient.set_value(patient)
        self.study.set_value(str(study) if study is not None else None)
        (self.study if patient else self.patient).setFocus()

    def begin(self) -> None:
        """Begin it, or say what is missing."""
        patient, chosen = self.store.find(Patient, self.patient.value()), self.study.value()
        self._fields["patient"].show_fault("" if patient else "Choose the patient from the list.")
        self._fields["study"].show_fault("" if chosen else "Choose the study from the list.")
        if patient is None or not isinstance(chosen, str):
            return
        try:
            consent = begin_research(self.store, patient, self.store.get(Study, uuid.UUID(chosen)))
        except LiaisonError as error:
            self._fault.set_text(str(error))
            return
        self.begun.emit(consent)
