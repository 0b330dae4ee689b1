"""Parts of the page of arriving: somebody who may be in the room, and what to know before a word is said."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison_desktop.clinical.patients.record import (
    InterpreterNeed,
    Patient,
    RelatedPerson,
    allergy_statement,
    isolation_text,
    language_text,
)
from liaison_desktop.clinical.referrals.record import Present
from liaison_desktop.ui.layout import card, row
from liaison_desktop.ui.text import icon_label, label, wrapped
from liaison_desktop.ui.ticks import TickEditor


class PersonHere(QWidget):
    """Somebody of the patient's people: in the room, and may hear."""

    def __init__(self, person: RelatedPerson) -> None:
        super().__init__()
        self.person = person
        self.here = TickEditor(f"{person.text()} is in the room")
        self.agreed = TickEditor("The patient agrees to talk with this person present")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.here)
        layout.addWidget(row(26, (self.agreed, 1)))
        self.here.changed.connect(lambda on: self.agreed.setVisible(bool(on)))
        self.agreed.hide()

    def value(self) -> Present | None:
        """The person if in the room."""
        if not self.here.value():
            return None
        return Present(who=self.person.name, related=self.person.id, agreed=self.agreed.value())

    def set_value(self, held: Present | None) -> None:
        """Show whether the person is in the room."""
        self.here.set_value(held is not None)
        self.agreed.set_value(held is not None and held.agreed)
        self.agreed.setVisible(held is not None)


def abreast(*fields: QWidget) -> QWidget:
    """Fields beside one another, level at their labels also while one of them has a fault."""
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(12)
    for field in fields:
        line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
    return box


def warning(words: str) -> QWidget:
    """A line that asks for attention and stops nothing."""
    return row(icon_label("triangle-alert", "amber", 16), (wrapped(words, "sec", "amber"), 1), gap=8)


def known_cards(patient: Patient) -> tuple[QWidget, ...]:
    """What to know on the way in: language, precautions, capacity, code status, allergies. No name, no birth date."""
    needs = patient.communication
    language = language_text(patient) or "Nobody asked"
    if needs.interpreter is InterpreterNeed.YES and needs.modality is not None:
        language += f" ({needs.modality.label.lower()})"
    isolation = isolation_text(patient)
    allergies = allergy_statement(patient)
    code = patient.code_status.label if patient.code_status is not None else "Nobody asked"
    by = f"Reported by {patient.code_status_by}" if patient.code_status_by else ""
    cue = "Memory or understanding may be limited: ask openly, and let it be said back" if needs.cognitive else ""
    senses = [
        f"Hearing: {needs.hearing.label.lower()}" if needs.hearing is not None else "",
        f"Vision: {needs.vision.label.lower()}" if needs.vision is not None else "",
        needs.note,
    ]
    unasked = needs.interpreter is None
    return (
        _fact("languages", "Language", language, "; ".join(filter(None, senses)), "amber" if unasked else ""),
        _fact("biohazard", "Isolation", isolation or "No precautions recorded", "", "amber" if isolation else ""),
        _fact("brain", "Capacity", cue or "No concern recorded", "", "amber" if cue else ""),
        _fact("heart-pulse", "Code status, as reported", code, by, ""),
        _fact("triangle-alert", "Allergies", allergies.text, "", "red" if allergies.alarming else ""),
    )


def _fact(icon: str, title: str, words: str, more: str, tone: str) -> QWidget:
    parts: list[QWidget] = [wrapped(words, "sec", "ink")]
    if more:
        parts.append(wrapped(more, "cap", "ink2"))
    head = row(icon_label(icon, tone or "ink2", 16), label(title, "strong"), None, gap=8)
    return card(head, *parts, tone="amber" if tone == "amber" else "", gap=4)
