"""Allergies at the bedside: first what is known at all, then the list, then what is asked by name, then the band."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.findings.actions import keep_allergies
from liaison_desktop.clinical.patients.form.allergies import AllergiesEditor
from liaison_desktop.clinical.patients.record import (
    Allergy,
    AllergyAnswer,
    AllergyAssertion,
    AllergyBand,
    AllergyQuestion,
    AllergyTopic,
    Patient,
)
from liaison_desktop.errors import Fault
from liaison_desktop.policies import policy_of
from liaison_desktop.records import from_bytes, to_bytes
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import ChoiceEditor
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import card
from liaison_desktop.ui.text import label


class _Draft(msgspec.Struct, frozen=True):
    patient: Patient


class AllergyForm(QWidget):
    """The allergies of one patient; nothing is chosen for anybody, and an empty list never means none (V13)."""

    changed = Signal(str)

    def __init__(self, desk: Desk, patient: Patient) -> None:
        super().__init__()
        self._desk, self._patient = desk, patient
        self.editor = AllergiesEditor(policy_of(desk.store))
        self.questions = {topic: ChoiceEditor(AllergyAnswer, topic.label) for topic in AllergyTopic}
        self.band = ChoiceEditor(AllergyBand, "Allergy band")
        asked = [LabelledField(topic.label, editor) for topic, editor in self.questions.items()]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(card(label("Asked by name", "strong"), *asked, gap=10))
        layout.insertWidget(0, self.editor)
        layout.addWidget(LabelledField("Allergy band", self.band))
        self.setMaximumWidth(760)
        self._show(patient)
        self.editor.changed.connect(self.changed.emit)
        for editor in (*self.questions.values(), self.band):
            editor.changed.connect(lambda _value: self.changed.emit("allergy_questions"))

    def _show(self, patient: Patient) -> None:
        self.editor.set_values(patient)
        given = {one.topic: one.answer for one in patient.allergy_questions}
        for topic, editor in self.questions.items():
            editor.set_value(given.get(topic))
        self.band.set_value(patient.allergy_band)

    def widget(self) -> QWidget:
        """This."""
        return self

    def start(self) -> None:
        """The assertion comes first."""
        self.editor.head.editor("allergy_assertion").setFocus(Qt.FocusReason.OtherFocusReason)

    def _answers(self) -> tuple[AllergyQuestion, ...]:
        given = ((topic, editor.value()) for topic, editor in self.questions.items())
        return tuple(
            AllergyQuestion(topic=topic, answer=said) for topic, said in given if isinstance(said, AllergyAnswer)
        )

    def _typed(self) -> Patient:
        band = self.band.value()
        return msgspec.structs.replace(
            self._patient,
            **self.editor.values(),
            allergy_questions=self._answers(),
            allergy_band=band if isinstance(band, AllergyBand) else None,
        )

    def typed(self) -> bytes:
        """As it stands."""
        return to_bytes(_Draft(self._typed()))

    def take_up(self, kept: bytes) -> None:
        """Show it again, over the patient as it is now."""
        try:
            self._show(from_bytes(_Draft, kept).patient)
        except msgspec.MsgspecError:
            return

    def unread(self) -> Sequence[Fault]:
        """What cannot be read."""
        rows = (msgspec.structs.replace(one, field=f"allergies.{one.field}") for one in self.editor.list.complaints())
        return (*self.editor.unread(), *rows)

    def save(self) -> None:
        """Keep it on the patient. Raises Refused (V13)."""
        typed = self._typed()
        assertion: AllergyAssertion | None = typed.allergy_assertion
        rows: tuple[Allergy, ...] = typed.allergies
        keep_allergies(
            self._desk.store,
            self._patient,
            assertion,
            rows,
            typed.allergy_questions,
            note=typed.allergy_note,
            band=typed.allergy_band,
        )

    def show_faults(self, faults: Sequence[Fault]) -> Sequence[Fault]:
        """Each beside its field, or on the card of its allergy."""
        return tuple(_shown(self.editor, faults))


def _shown(editor: AllergiesEditor, faults: Sequence[Fault]) -> Iterable[Fault]:
    head = "allergies."
    of_rows = [fault for fault in faults if fault.field.startswith(head)]
    editor.list.show_faults(
        [msgspec.structs.replace(fault, field=fault.field.removeprefix(head)) for fault in of_rows], focus=True
    )
    others = [fault for fault in faults if fault not in of_rows]
    return editor.head.show_faults(others, focus=bool(others))
