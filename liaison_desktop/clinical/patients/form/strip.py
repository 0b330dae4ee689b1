"""The patient's line on a page that is turned towards the patient: large, 72 px, nothing to press but what is given."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from liaison_desktop.clinical.patients.form.banner import _substances, stripe_for
from liaison_desktop.clinical.patients.form.fitting import Fitting
from liaison_desktop.clinical.patients.record import (
    Patient,
    allergy_statement,
    full_name,
    long_birth_text,
)
from liaison_desktop.ui.layout import hairline, row
from liaison_desktop.ui.pictures import Stripe
from liaison_desktop.ui.text import icon_label

_HEIGHT = 72


def allergy_words(patient: Patient) -> tuple[str, ...]:
    """The allergies as a patient reads them, from full to short: "Allergies: penicillin, latex"."""
    said = allergy_statement(patient)
    names = [name[:1].lower() + name[1:] for name in _substances(said.confirmed + said.unconfirmed)]
    if not names:
        return (said.headline,)
    few = [f"Allergies: {', '.join(names)}"]
    few += [
        f"Allergies: {', '.join(names[:count])} and {len(names) - count} more" for count in range(len(names) - 1, 0, -1)
    ]
    return (*few, f"{len(names)} allergies")


class PatientStrip(QFrame):
    """Name, birth date, allergies and who interprets, in 20 to 22 px. `right` is such as the choice of language."""

    def __init__(self, patient: Patient, *, interpreter: str = "", right: QWidget | None = None) -> None:
        super().__init__()
        self.setProperty("fill", "surface")
        self.setFixedHeight(_HEIGHT)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 40, 0)
        self._line.setSpacing(0)
        said = allergy_statement(patient)
        tone = "red" if said.alarming else "ink2"
        self._add(stripe_for(patient, 8), 24, self._text(full_name(patient), "patient_choice", "ink", 180), 14)
        self._add(self._text(f"born {long_birth_text(patient.birth_date)}", "patient_small", "ink2", 400), 24)
        words = Fitting(*allergy_words(patient), role="patient_small", tone=tone, whole=said.text, most=420)
        words.set_least(150)
        icon = "triangle-alert" if said.alarming else "check"
        self._add(hairline(True, 32), 24, row(icon_label(icon, tone, 20), words, gap=8), 24)
        if interpreter:
            who = self._text(interpreter, "patient_small", "ink2", 120)
            self._add(hairline(True, 32), 24, row(icon_label("languages", "ink2", 20), who, gap=8), 24)
        self._line.addStretch(1)
        if right is not None:
            self._line.addWidget(right)

    def _text(self, text: str, role: str, tone: str, least: int) -> Fitting:
        shown = Fitting(text, role=role, tone=tone, most=420)
        shown.set_least(least)
        return shown

    def _add(self, *items: QWidget | int) -> None:
        for item in items:
            if isinstance(item, int):
                self._line.addSpacing(item)
            else:
                if not isinstance(item, (Stripe, QFrame)):
                    item.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
                self._line.addWidget(item)
