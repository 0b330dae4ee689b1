"""A new consent: for whom, which form, and the practitioner who will perform it."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.consents.actions import begin_consent, forms_of, template_of, templates_of
from liaison_desktop.clinical.consents.form.step import inside
from liaison_desktop.clinical.consents.page.form_chooser import FormChooser
from liaison_desktop.clinical.consents.queries import catalogue
from liaison_desktop.clinical.consents.record import Explainer, Template
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.record import Credential, Practitioner
from liaison_desktop.store import Store
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import column, row
from liaison_desktop.ui.picker import Picker
from liaison_desktop.ui.text import label, wrapped
from liaison_desktop.ui.tokens import FORM_MOST


class BeginPane(QWidget):
    """`begun` carries the new consent, `dropped` when the nurse thought better of it, `forms_asked` leads to the forms."""

    begun = Signal(object)
    dropped = Signal()
    forms_asked = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.patient = Picker(store, Patient.kind, "Type a name or a record number", name="Patient")
        self.chooser = FormChooser()
        self.form = self.chooser.line
        self.practitioner = Picker(store, Practitioner.kind, "Type a name", name="Practitioner")
        self.supersedes: uuid.UUID | None = None
        self._fields = {
            "patient": LabelledField("Patient", self.patient, required=True),
            "form": LabelledField("Procedure and form", self.chooser, required=True),
            "practitioner": LabelledField(
                "Practitioner who performs it", self.practitioner, help="May be filled in later, before the talk."
            ),
        }
        self.begin_button = button("Begin", "primary", on_click=self.begin)
        self._note = wrapped("", "cap", "ink3")
        self.chooser.taken.connect(self._taken)
        self.chooser.forms_asked.connect(self.forms_asked.emit)
        body = column(
            label("New consent", "title"), 4, self._fields["patient"], (self._fields["form"], 1),
            self._fields["practitioner"],
            row(self.begin_button, button("Not now", "quiet", on_click=self.dropped.emit), None), self._note,
            gap=10, margins=(24, 12, 24, 16),
        )  # fmt: skip
        body.setMaximumWidth(FORM_MOST)
        inside(self, row((body, 8), None))

    def start(self, patient_id: uuid.UUID | None = None, form: str = "", supersedes: uuid.UUID | None = None) -> None:
        """Show it for this patient and form, or empty."""
        for field in self._fields.values():
            field.clear_fault()
        self.supersedes = supersedes
        self.patient.set_value(patient_id)
        forms = forms_of(self.store)
        current = templates_of(self.store)
        self.chooser.offer(current, [each.code for each in current if forms.is_own(each)])
        self.chooser.set_value(form or None)
        self._taken(self.chooser.chosen())
        self.practitioner.set_value(None)
        (self.form if patient_id else self.patient).setFocus()

    def _taken(self, form: object) -> None:
        """What the form that was taken needs: nobody performs a paper that is about no treatment."""
        if not isinstance(form, Template):
            self._note.set_text("")
            self._fields["practitioner"].show()
            return
        self._fields["form"].clear_fault()
        explains = form.explained_by or catalogue().of(form.type).explained_by
        self._fields["practitioner"].setVisible(explains is Explainer.PRACTITIONER)
        self._note.set_text(form.review_note)

    def begin(self) -> None:
        """Begin it, or say what is missing."""
        patient = self.store.find(Patient, self.patient.value())
        code = self.form.value()
        self._fields["patient"].show_fault("" if patient else "Choose the patient from the list.")
        self._fields["form"].show_fault("" if code else "Choose the form from the list.")
        treats = self._fields["practitioner"].isVisibleTo(self)
        complaint = self.practitioner.complaint() if treats else ""
        self._fields["practitioner"].show_fault(complaint)
        if patient is None or not isinstance(code, str) or complaint:
            return
        doctor = self.store.find(Practitioner, self.practitioner.value()) if treats else None
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
