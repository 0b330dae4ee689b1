"""The frame of a research consent: banner, steps at the left, the open step, and the foot."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from liaison_desktop.clinical.consents.form.step import Step
from liaison_desktop.clinical.consents.form.step_rail import StepRail
from liaison_desktop.clinical.consents.rules import open_faults
from liaison_desktop.clinical.patients.form import PatientBanner
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.research.form.asking_steps import OutcomeStep, QuestionsStep, TalkStep
from liaison_desktop.clinical.research.form.closing_steps import OPEN, DocumentStep, SignaturesStep
from liaison_desktop.clinical.research.form.giving_steps import FormStep, PersonStep
from liaison_desktop.clinical.research.form.looks import state_chip
from liaison_desktop.clinical.research.record import ResearchConsent, ResearchState
from liaison_desktop.errors import Severity
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.frames import action_bar
from liaison_desktop.ui.layout import column, hairline, panel, row
from liaison_desktop.ui.text import label, wrapped

TITLES = ("The form", "Who decides", "The talk", "Own words", "Outcome", "Document", "Signatures")
FORM, PERSON, TALK, QUESTIONS, OUTCOME, DOCUMENT, SIGNATURES = range(7)
_SIDE = 232


class ResearchFrame(QWidget):
    """What is seen. It asks by signals, and shows whatever consent it is given."""

    next_asked = Signal()
    outcome_asked = Signal()
    close_asked = Signal()

    def __init__(self, desk: Desk, consent: ResearchConsent, patient: Patient | None) -> None:
        super().__init__()
        store = desk.store
        self.given, self.person, self.talk = FormStep(store), PersonStep(store), TalkStep(store)
        self.questions, self.outcome = QuestionsStep(store), OutcomeStep(store)
        self.document, self.signatures = DocumentStep(store), SignaturesStep(store)
        self.steps: tuple[Step, ...] = (
            self.given, self.person, self.talk, self.questions, self.outcome, self.document, self.signatures,
        )  # fmt: skip
        self.person.show_patient(patient)
        self.rail, self.stack = StepRail(TITLES), QStackedWidget()
        for page in self.steps:
            self.stack.addWidget(page)
        self.chip, self._number = Chip(""), label("", "cap", "ink3")
        head = column(wrapped(consent.study_short, "strong"), self.chip, self._number, gap=6, margins=(18, 16, 12, 12))
        side = panel(head, self.rail, None, fill="surface", gap=0)
        side.setFixedWidth(_SIDE)
        self.decline_button = button("Does not consent", "quiet", on_click=self.outcome_asked.emit)
        self.next_button = button("Continue", "primary", on_click=self.next_asked.emit)
        self._count = label("", "sec", "ink2")
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.next_asked.emit)
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
        layout.addWidget(action_bar(self.decline_button, None, self._count, 8, self.next_button))

    def show_consent(self, consent: ResearchConsent) -> None:
        """Show a consent in every step."""
        for step in self.steps:
            step.show_consent(consent)
        spec = state_chip(consent.state)
        self.chip.show_chip(spec.text, spec.tone, spec.icon)
        self._number.set_text(consent.document_number)
        self.decline_button.setVisible(not consent.sealed())

    def is_done(self, number: int, now: ResearchConsent) -> bool:
        """Whether nothing in this step stands in the way any more."""
        if number == DOCUMENT:
            return now.state in OPEN
        if number == SIGNATURES:
            return now.state is ResearchState.ACTIVE
        return not [fault for fault in self.steps[number].faults(now) if fault.severity is Severity.REFUSE]

    def mark(self, now: ResearchConsent, step: int, *, here: bool = False) -> None:
        """Mark what is done; while somebody types, only the step that is open can have changed."""
        for place, item in enumerate(self.rail.items):
            if not here or place == step:
                item.show_state("done" if self.is_done(place, now) else "open")
        words = ""
        if now.sealed():
            words = "Signed: nothing in it can change." if now.signatures else ""
        elif step < DOCUMENT:
            left = len(open_faults(now, self.steps[step].faults(now)))
            words = "" if not left else "1 thing open here" if left == 1 else f"{left} things open here"
        self._count.set_text(words)

    def show_step(self, number: int, now: ResearchConsent) -> None:
        """Open a step, with the keyboard in its first question."""
        if number == DOCUMENT:
            self.document.list_faults(now)
        self.rail.select(number)
        self.stack.setCurrentWidget(self.steps[number])
        self.next_button.setVisible(number < DOCUMENT or (number == DOCUMENT and now.state in OPEN))
        self.mark(now, number)
        self.focus_step(number, now)

    def focus_step(self, number: int, now: ResearchConsent) -> None:
        """Give the keyboard to the step, or to the rail where nothing can be filled in."""
        if now.sealed() or number >= DOCUMENT:
            self.rail.items[number].setFocus()
        else:
            self.steps[number].begin()
