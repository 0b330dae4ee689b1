"""Starting a checklist: for whom, and what is planned. The answers decide which questions are asked."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.checklists.actions import Planned
from liaison_desktop.questionnaires.library import newest
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import column, row
from liaison_desktop.ui.picker import Picker
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.suggest import ChoiceLine, Option
from liaison_desktop.ui.text import label, wrapped


class StartForm(QWidget):
    """Patient, service line and plan. `asked` carries the patient's id and what is planned."""

    asked = Signal(object, object)
    left = Signal()

    def __init__(self, desk: Desk, patient: uuid.UUID | None = None) -> None:
        super().__init__()
        service = newest("pan").index["ctx.service"]
        self.patient = Picker(desk.store, "patient", "Type a name", "Patient")
        self.patient.set_value(patient)
        self.service = ChoiceLine([Option(one.code, one.label) for one in service.options], name="Service line")
        yes_no = ((True, "Yes"), (False, "No"))
        self.setting = Segmented((("inpatient", "Inpatient"), ("outpatient", "Outpatient")), name="Setting")
        self.procedure = Segmented(yes_no, name="A procedure is planned")
        self.imaging = Segmented(yes_no, name="Imaging with contrast")
        self.mri = Segmented(yes_no, name="Magnetic resonance")
        self.day_of = Segmented(yes_no, name="Today is the day of the procedure")
        self._fields: dict[str, tuple[LabelledField, Picker | ChoiceLine | Segmented]] = {
            "Patient": (LabelledField("Patient", self.patient, required=True), self.patient),
            "Service line": (LabelledField("Service line", self.service, required=True), self.service),
            "Setting": (LabelledField("Setting", self.setting, required=True), self.setting),
            "Procedure": (LabelledField("A procedure is planned", self.procedure, required=True), self.procedure),
            "Imaging": (LabelledField("Imaging with contrast", self.imaging, required=True), self.imaging),
            "MRI": (LabelledField("Magnetic resonance", self.mri, required=True), self.mri),
            "Day": (LabelledField("Today is the day of the procedure", self.day_of, required=True), self.day_of),
        }
        fields = {name: pair[0] for name, pair in self._fields.items()}
        self.begin = button("Start checklist", "primary", "clipboard-check", on_click=self._begin)
        body = column(
            label("New checklist", "title"),
            label("Pre-admission nursing", "section"),
            wrapped("What is planned decides which questions are asked.", "sec"),
            4,
            fields["Patient"],
            row((fields["Service line"], 1), (fields["Setting"], 1), gap=12),
            row((fields["Procedure"], 1), (fields["Day"], 1), gap=12),
            row((fields["Imaging"], 1), (fields["MRI"], 1), gap=12),
            4,
            row(None, button("Cancel", "quiet", on_click=self.left.emit), self.begin),
            None,
            gap=12,
            margins=(20, 12, 24, 16),
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(body)

    def _begin(self) -> None:
        missing = {name for name, (_, editor) in self._fields.items() if editor.value() is None}
        for name, (field, _) in self._fields.items():
            field.show_fault("Needed to start." if name in missing else "")
        if missing:
            next(editor for name, (_, editor) in self._fields.items() if name in missing).setFocus()
            return
        planned = Planned(
            service=str(self.service.value()),
            procedure=self.procedure.value() is True,
            setting=str(self.setting.value()),
            imaging=self.imaging.value() is True,
            mri=self.mri.value() is True,
            day_of=self.day_of.value() is True,
        )
        self.asked.emit(self.patient.value(), planned)
