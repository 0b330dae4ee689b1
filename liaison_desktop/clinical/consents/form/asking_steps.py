"""Steps four to six: what was talked about, what was understood, what was chosen. Every answer is one tap."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.consents.actions import charted_medicines
from liaison_desktop.clinical.consents.form.asked import Asked
from liaison_desktop.clinical.consents.form.medicine_rows import MedicineRows
from liaison_desktop.clinical.consents.form.step import Step, inside
from liaison_desktop.clinical.consents.record import (
    Answer,
    Choice,
    Consent,
    ConsentState,
    Discussed,
    Element,
    ElementCheck,
    OnForm,
    TeachBack,
    TeachBackState,
)
from liaison_desktop.clinical.consents.rules import (
    DONE,
    ON_PAPER,
    choice_faults,
    element_faults,
    teach_back_faults,
)
from liaison_desktop.errors import Fault, Severity
from liaison_desktop.store import Store
from liaison_desktop.ui.editors import LongTextEditor
from liaison_desktop.ui.layout import card, column, refill, row
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.text import label, wrapped


class TalkedStep(Step):
    """Element by element: was it talked about, as the patient says?"""

    title = "Was it talked about?"
    lead = "Ask the patient, point by point. What is only on the paper is checked for you."

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._checks: tuple[ElementCheck, ...] = ()
        self.rows: dict[Element, Asked] = {}
        self._box = column(gap=12)
        self.medicines = MedicineRows()
        self.medicines.changed.connect(self.edited)
        self.lay_out(card(self._box, title="As the patient says"), self.medicines)

    def show_consent(self, consent: Consent) -> None:
        """Show the elements that can be asked; signatures, hospital and times are on the paper."""
        self._checks = consent.elements
        asked = [
            check for check in consent.elements if check.element not in ON_PAPER and check.on_form is not OnForm.NA
        ]
        if list(self.rows) != [check.element for check in asked]:
            self.rows = {}
            for check in asked:
                options = tuple((code, code.label) for code in Discussed)
                self.rows[check.element] = Asked(check.element.label, options)
                self.rows[check.element].answer.changed.connect(lambda _value: self.edited())
            refill(self._box, *self.rows.values())
        for check in asked:
            self.rows[check.element].answer.set_value(check.discussed)
            self.rows[check.element].answer.setEnabled(not consent.sealed())
        self.medicines.show_notes(consent.medicines, consent.sealed())
        self.medicines.offer(charted_medicines(self.store, consent.patient_id), consent.sealed())

    def begin(self) -> None:
        """The first point."""
        for asked in list(self.rows.values())[:1]:
            asked.answer.setFocus()

    def read(self, consent: Consent) -> Consent:
        """The answers."""
        checks = tuple(
            msgspec.structs.replace(check, discussed=self.rows[check.element].answer.value())
            if check.element in self.rows
            else check
            for check in consent.elements
        )
        return msgspec.structs.replace(consent, elements=checks, medicines=self.medicines.notes())

    def faults(self, consent: Consent) -> tuple[Fault, ...]:
        """V40."""
        return tuple(element_faults(consent, self.policy))

    def show_faults(self, faults: Iterable[Fault], *, focus: bool = False) -> None:
        """Beside each element."""
        found = {fault.field: fault for fault in faults}
        for place, check in enumerate(self._checks):
            fault = found.get(f"elements.{place}")
            if check.element in self.rows:
                severe = fault is not None and fault.severity is Severity.REFUSE
                self.rows[check.element].show_fault(fault.message if fault else "", severe)


class TeachCard(QWidget):
    """One point of the teach-back. `answered` carries the code of the point, the result and the patient's words."""

    answered = Signal(str, object, str)
    typed = Signal()

    def __init__(self, point: TeachBack, number: int) -> None:
        super().__init__()
        self.code = point.code
        self.words = LongTextEditor(2, placeholder="In the patient's own words")
        self.words.setAccessibleName(f"Answer to: {point.ask}")
        self.words.changed.connect(lambda _value: self.typed.emit())
        self.result = Segmented(
            (
                (TeachBackState.OK_FIRST, "Clear first time"),
                (TeachBackState.OK_AFTER_RETEACH, "Clear after re-explaining"),
                (TeachBackState.NOT_OK, "Not yet clear"),
                (TeachBackState.DECLINED, "Did not say"),
            ),
            name=point.ask,
            clears=False,
        )
        self.result.changed.connect(lambda state: self.answered.emit(self.code, state, self.words.value()))
        self._tries = label("", "cap", "ink3")
        listen = (wrapped(f"Listen for: {point.listen_for}", "sec", "ink2"),) if point.listen_for else ()
        head = row(wrapped(f"{number}. {point.ask}", "strong"), gap=8)
        inside(self, card(column(head, *listen, gap=2), self.words, self.result, self._tries, gap=8))

    def show_point(self, point: TeachBack, locked: bool) -> None:
        """Show what was recorded."""
        if not self.words.hasFocus():
            self.words.set_value(point.patient_words)
        self.result.set_value(point.state)
        tries = {0: "", 1: "Asked once"}.get(point.attempts, f"Asked {point.attempts} times")
        self._tries.set_text(tries)
        self._tries.setVisible(bool(tries))
        self.words.setReadOnly(locked)
        self.result.setEnabled(not locked)


class TeachStep(Step):
    """Point by point, open questions, the patient's own words."""

    title = "Checking that it was clear"
    lead = (
        "Sit down, take your time: I want to be sure that we explained it well. Ask openly, never so that yes or no"
        " would do. If something stays unclear, stop and call the practitioner."
    )
    answered = Signal(str, object, str)

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.cards: dict[str, TeachCard] = {}
        self.wait = wrapped("Record first who explained it and when.", "body", "amber")
        self._wait_card = card(self.wait, tone="amber")
        self._box = column(gap=12)
        self._fault = wrapped("", "label", "red")
        self.lay_out(self._wait_card, self._box, self._fault)

    def show_consent(self, consent: Consent) -> None:
        """Show the points; before the talk they cannot be answered."""
        closed = consent.state in (ConsentState.DRAFT, ConsentState.RETURNED)
        self._wait_card.setVisible(closed)
        if list(self.cards) != [point.code for point in consent.teach_back]:
            self.cards = {}
            for number, point in enumerate(consent.teach_back, start=1):
                made = TeachCard(point, number)
                made.answered.connect(self.answered.emit)
                made.typed.connect(self.edited)
                self.cards[point.code] = made
            refill(self._box, *self.cards.values())
        for point in consent.teach_back:
            self.cards[point.code].show_point(point, closed or consent.sealed())

    def begin(self) -> None:
        """The first point that is not clear yet."""
        for asked in self.cards.values():
            if asked.result.value() not in DONE:
                asked.words.setFocus()
                return

    def read(self, consent: Consent) -> Consent:
        """The patient's words, which may be typed before or after the result."""
        points = tuple(
            msgspec.structs.replace(point, patient_words=self.cards[point.code].words.value())
            if point.code in self.cards
            else point
            for point in consent.teach_back
        )
        return msgspec.structs.replace(consent, teach_back=points)

    def faults(self, consent: Consent) -> tuple[Fault, ...]:
        """PC13."""
        return tuple(teach_back_faults(consent, self.policy))

    def show_faults(self, faults: Iterable[Fault], *, focus: bool = False) -> None:
        """Below the points."""
        self._fault.set_text(" ".join(fault.message for fault in faults))


class ChoicesStep(Step):
    """Separate questions, each with the patient's own yes or no."""

    title = "The patient's own choices"
    lead = "Read each one aloud. Nothing is chosen beforehand; no is as good as yes."

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._choices: tuple[Choice, ...] = ()
        self.rows: dict[str, Asked] = {}
        self._box = column(gap=16)
        self.free = self.form("free_to_refuse")
        self.lay_out(card(self._box, title="Yes or no"), card(self.free, title="Freedom to say no"))

    def show_consent(self, consent: Consent) -> None:
        """Show every choice but the main one, which is asked on the signing page."""
        super().show_consent(consent)
        self._choices = consent.choices
        asked = [choice for choice in consent.choices if choice.code != "agree"]
        if list(self.rows) != [choice.code for choice in asked]:
            self.rows = {}
            for choice in asked:
                answers = [Answer.YES, Answer.NO, *([Answer.NA] if choice.may_not_apply else [])]
                options = tuple((code, "Not asked of me" if code is Answer.NA else code.label) for code in answers)
                self.rows[choice.code] = Asked(choice.words, options)
                self.rows[choice.code].answer.changed.connect(lambda _value: self.edited())
            refill(self._box, *self.rows.values())
        for choice in asked:
            self.rows[choice.code].answer.set_value(choice.answer)
            self.rows[choice.code].answer.setEnabled(not consent.sealed())

    def begin(self) -> None:
        """The first question."""
        for asked in list(self.rows.values())[:1]:
            asked.answer.setFocus()

    def read(self, consent: Consent) -> Consent:
        """The answers."""
        choices = tuple(
            msgspec.structs.replace(choice, answer=self.rows[choice.code].answer.value())
            if choice.code in self.rows
            else choice
            for choice in consent.choices
        )
        return msgspec.structs.replace(self.filled(consent), choices=choices)

    def faults(self, consent: Consent) -> tuple[Fault, ...]:
        """V45, T17."""
        return tuple(choice_faults(consent, self.policy))

    def show_faults(self, faults: Iterable[Fault], *, focus: bool = False) -> None:
        """Beside each choice."""
        held = tuple(faults)
        super().show_faults(held, focus=False)
        found = {fault.field: fault.message for fault in held}
        for place, choice in enumerate(self._choices):
            if choice.code in self.rows:
                self.rows[choice.code].show_fault(found.get(f"choices.{place}", ""))
