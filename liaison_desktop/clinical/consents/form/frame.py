"""The frame of the nurse's page: banner, steps at the left, the open step, and the foot with the stop."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from liaison_desktop.clinical.consents.form.asking_steps import ChoicesStep, TalkedStep, TeachStep
from liaison_desktop.clinical.consents.form.closing_steps import DocumentStep
from liaison_desktop.clinical.consents.form.panels import refuse_panel, stop_panel
from liaison_desktop.clinical.consents.form.preparing_steps import MatchStep, PersonStep, TalkStep
from liaison_desktop.clinical.consents.form.release_step import ReleaseStep
from liaison_desktop.clinical.consents.form.signatures_step import SignaturesStep
from liaison_desktop.clinical.consents.form.step import Step
from liaison_desktop.clinical.consents.form.step_rail import StepRail
from liaison_desktop.clinical.consents.form.words import state_chip
from liaison_desktop.clinical.consents.record import Consent, ConsentState
from liaison_desktop.clinical.consents.record import ConsentStep as S
from liaison_desktop.clinical.consents.rules import open_faults
from liaison_desktop.clinical.patients.form import PatientBanner
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.errors import Severity
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import Chip, KeyCap
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.frames import action_bar
from liaison_desktop.ui.layout import column, hairline, panel, row
from liaison_desktop.ui.text import label, wrapped

# In the order of the page; a form leaves out what it does not ask for. Document and signatures always follow.
_ASKED = (S.MATCH, S.TALK, S.PERSON, S.RELEASE, S.TALKED, S.TEACH, S.CHOICES)
TITLES = (*(step.label for step in _ASKED), "Document", "Signatures")
MATCH, TALK, PERSON, RELEASE, TALKED, TEACH, CHOICES, DOCUMENT, SIGNATURES = range(9)
_SIDE = 232


class ConsentFrame(QWidget):
    """What is seen. It asks by signals, and shows whatever consent it is given."""

    next_asked = Signal()
    stop_asked = Signal()
    refusal_asked = Signal()
    close_asked = Signal()

    def __init__(self, desk: Desk, consent: Consent, patient: Patient | None) -> None:
        super().__init__()
        store = desk.store
        self.match, self.talk, self.person = MatchStep(store), TalkStep(store), PersonStep(store)
        self.talked, self.teach, self.choices = TalkedStep(store), TeachStep(store), ChoicesStep(store)
        self.released = ReleaseStep(store)
        self.document, self.signatures = DocumentStep(store), SignaturesStep(desk)
        self.steps: tuple[Step, ...] = (
            self.match, self.talk, self.person, self.released, self.talked, self.teach, self.choices,
            self.document, self.signatures,
        )  # fmt: skip
        self.stop_panel, self.refuse_panel = stop_panel(store), refuse_panel(store)
        self.person.show_patient(patient)
        self.asked = (*(n for n, step in enumerate(_ASKED) if consent.has(step)), DOCUMENT, SIGNATURES)
        self.rail = StepRail(TITLES)
        for number, item in enumerate(self.rail.items):
            item.setVisible(number in self.asked)
        self.stack = QStackedWidget()
        for page in (*self.steps, self.stop_panel, self.refuse_panel):
            self.stack.addWidget(page)
        self.chip, self._number = Chip(""), label("", "cap", "ink3")
        words = column(
            wrapped(consent.procedure_text, "strong"), self.chip, self._number, gap=6, margins=(18, 16, 12, 12)
        )
        side = panel(words, self.rail, None, fill="surface", gap=0)
        side.setFixedWidth(_SIDE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if patient is not None:
            name = "Close and go back to the list"
            close = button(icon="x", kind="quiet", name=name, on_click=self.close_asked.emit)
            layout.addWidget(PatientBanner(patient, desk.today(), right=close))
            layout.addWidget(hairline())
        layout.addWidget(row(side, hairline(vertical=True), (self.stack, 1), gap=0), 1)
        layout.addWidget(hairline())
        layout.addWidget(self._foot())

    def _foot(self) -> QWidget:
        self.stop_button = button("Stop", "danger_line", "hand", on_click=self.stop_asked.emit)
        self.stop_button.setToolTip("The patient does not understand, or wants to talk to the practitioner")
        self.refuse_button = button("Patient says no", "quiet", on_click=self.refusal_asked.emit)
        self.next_button = button("Continue", "primary", on_click=self.next_asked.emit)
        self._count, self._stop_keys = label("", "sec", "ink2"), KeyCap("F8")
        for keys, asked in (("F8", self.stop_asked), ("Ctrl+Return", self.next_asked)):
            QShortcut(QKeySequence(keys), self).activated.connect(asked.emit)
        return action_bar(self.stop_button, self._stop_keys, self.refuse_button, None, self._count, 8, self.next_button)

    def show_consent(self, consent: Consent) -> None:
        """Show a consent in every step."""
        for step in self.steps:
            step.show_consent(consent)
        spec = state_chip(consent.state)
        self.chip.show_chip(spec.text, spec.tone, spec.icon)
        self._number.set_text(consent.document_number)
        for widget in (self.stop_button, self._stop_keys, self.refuse_button):
            widget.setVisible(not consent.sealed())

    def mark(self, now: Consent, number: int) -> None:
        """Mark the steps that are done, and say how much is open in the one that is shown."""
        for place in range(len(self.steps)):
            self.rail.items[place].show_state("done" if self.is_done(place, now) else "open")
        if now.sealed():
            self._count.set_text("Signed: nothing in it can change.")
        elif number < DOCUMENT:
            left = len(open_faults(now, self.steps[number].faults(now)))
            self._count.set_text("" if not left else "1 thing open here" if left == 1 else f"{left} things open here")
        else:
            self._count.set_text("")

    def is_done(self, number: int, now: Consent) -> bool:
        """Whether nothing in this step stands in the way any more."""
        if number == DOCUMENT:
            return has_document(now)
        if number == SIGNATURES:
            return now.state is ConsentState.ACTIVE
        return not [fault for fault in self.steps[number].faults(now) if fault.severity is Severity.REFUSE]

    def after(self, number: int) -> int:
        """The step of this form that follows."""
        return next((asked for asked in self.asked if asked > number), SIGNATURES)

    def show_step(self, number: int, now: Consent) -> None:
        """Open a step, with the keyboard in its first question."""
        if number == DOCUMENT:
            self.document.list_faults(now)
        self.rail.select(number)
        self.stack.setCurrentWidget(self.steps[number])
        self.next_button.setVisible(number < DOCUMENT or (number == DOCUMENT and has_document(now)))
        self.mark(now, number)
        self.focus_step(number, now)

    def focus_step(self, number: int, now: Consent) -> None:
        """Give the keyboard to the step, or to the rail where nothing can be filled in."""
        if now.sealed() or number >= DOCUMENT:
            self.rail.items[number].setFocus()
        else:
            self.steps[number].begin()


def has_document(consent: Consent) -> bool:
    """Whether the document was made and still says what the consent says."""
    stale = (ConsentState.RETURNED, ConsentState.VERIFYING, ConsentState.DISCUSSED, ConsentState.DRAFT)
    return bool(consent.document_number) and consent.state not in stale
