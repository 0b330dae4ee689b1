"""A new consent: for whom, which form, and the practitioner who will perform it."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.consents.actions import begin_consent, template_of, templates_of
from liaison_desktop.clinical.consents.form.step import inside
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.record import Credential, Practitioner
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
        self.form = ChoiceLine(
            [
                Option(form.code, form.procedure, f"{form.code} version {form.version}, from {form.effective}")
                for form in templates_of(store)
            ],
            "Type to choose a form",
            name="Form",
        )
        self.practitioner = Picker(store, Practitioner.kind, "Type a name", name="Practitioner")
        self.supersedes: uuid.UUID | None = None
        self._fields = {
            "patient": LabelledField("Patient", self.patient, required=True),
            "form": LabelledField("Procedure and form", self.form, required=True),
            "practitioner": LabelledField(
                "Practitioner who performs it", self.practitioner, help="May be filled in later, before the talk."
            ),
        }
        self.begin_button = button("Begin", "primary", on_click=self.begin)
        self._review = wrapped(templates_of(store)[0].review_note, "cap", "ink3")
        body = column(
            label("New consent", "title"), 8, *self._fields.values(), 4,
            row(self.begin_button, button("Not now", "quiet", on_click=self.dropped.emit), None), 8, self._review, None,
            gap=12, margins=(24, 12, 24, 24),
        )  # fmt: skip
        body.setMaximumWidth(FORM_MOST)
        inside(self, row((body, 8), None))

    def start(self, patient_id: uuid.UUID | None = None, form: str = "", supersedes: uuid.UUID | None = None) -> None:
        """Show it for this patient and form, or empty."""
        for field in self._fields.values():
            field.clear_fault()
        self.supersedes = supersedes
        self.patient.set_value(patient_id)
        self.form.set_value(form or None)
        self.practitioner.set_value(None)
        (self.form if patient_id else self.patient).setFocus()

    def begin(self) -> None:
        """Begin it, or say what is missing."""
        patient = self.store.find(Patient, self.patient.value())
        code = self.form.value()
        self._fields["patient"].show_fault("" if patient else "Choose the patient from the list.")
        self._fields["form"].show_fault("" if code else "Choose the form from the list.")
        complaint = self.practitioner.complaint()
        self._fields["practitioner"].show_fault(complaint)
        if patient is None or not isinstance(code, str) or complaint:
            return
        doctor = self.store.find(Practitioner, self.practitioner.value())
        known = doctor.credential if doctor is not None else None
        consent = begin_consent(
            self.store,
            patient,
            template_of(self.store, code),
            practitioner=doctor.name if doctor else "",
            credential=known.label if known not in (None, Credential.OTHER) else "",
            supersedes=self.supersedes,
        )
        self.begun.emit(consent)
