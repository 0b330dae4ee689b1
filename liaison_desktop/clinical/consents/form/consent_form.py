"""The nurse's page for one consent: steps at the left, the open step, and the stop that is always in reach."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from liaison_desktop.clinical.consents.actions import (
    change_consent,
    make_ready,
    record_discussion,
    record_teach_back,
    refuse_consent,
    start_teach_back,
    stop_and_return,
)
from liaison_desktop.clinical.consents.form.asking_steps import ChoicesStep, TalkedStep, TeachStep
from liaison_desktop.clinical.consents.form.closing_steps import DocumentStep, SignaturesStep
from liaison_desktop.clinical.consents.form.panels import AskPanel, refuse_panel, stop_panel
from liaison_desktop.clinical.consents.form.preparing_steps import MatchStep, PersonStep, TalkStep
from liaison_desktop.clinical.consents.form.signing import Signing
from liaison_desktop.clinical.consents.form.step import Step
from liaison_desktop.clinical.consents.form.step_rail import StepRail
from liaison_desktop.clinical.consents.form.words import state_chip
from liaison_desktop.clinical.consents.record import Consent, ConsentState, TeachBackState
from liaison_desktop.clinical.consents.rules import open_faults
from liaison_desktop.clinical.patients.form import PatientBanner
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.errors import Fault, LiaisonError, Refused, Severity
from liaison_desktop.records import from_bytes, to_bytes
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import Chip, KeyCap
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.frames import action_bar
from liaison_desktop.ui.layout import column, hairline, panel, row
from liaison_desktop.ui.text import label, wrapped

TITLES = (
    "Same procedure", "Explained by", "Who decides", "Talked about", "Teach-back", "Choices", "Document", "Signatures",
)  # fmt: skip
MATCH, TALK, PERSON, TALKED, TEACH, CHOICES, DOCUMENT, SIGNATURES = range(8)
_PAUSE = 500  # ms after the last keystroke until what was typed is on disk
_FINISHED = (
    ConsentState.ACTIVE,
    ConsentState.REFUSED,
    ConsentState.WITHDRAWN_BY_PRACTITIONER,
    ConsentState.ENTERED_IN_ERROR,
)


class ConsentForm(QWidget):
    """Works on one consent. What is typed is a draft at once; steps save; acts go through the actions and their rules.

    `closed` when the nurse is through or leaves.
    """

    closed = Signal()

    def __init__(self, desk: Desk, consent: Consent) -> None:
        super().__init__()
        self.desk, self.store = desk, desk.store
        self.consent = self._with_draft(consent)
        self.patient = self.store.find(Patient, consent.patient_id)
        self.match, self.talk, self.person = MatchStep(self.store), TalkStep(self.store), PersonStep(self.store)
        self.talked, self.teach, self.choices = TalkedStep(self.store), TeachStep(self.store), ChoicesStep(self.store)
        self.document, self.signatures = DocumentStep(self.store), SignaturesStep(self.store)
        self.steps: tuple[Step, ...] = (
            self.match, self.talk, self.person, self.talked, self.teach, self.choices, self.document, self.signatures,
        )  # fmt: skip
        self.stop_panel, self.refuse_panel = stop_panel(self.store), refuse_panel(self.store)
        self._step = 0
        self.signing = Signing(desk, self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.save_draft)
        self._lay_out()
        self._listen()
        self.show_consent()
        self.open_step(self._first_open())

    # -- the widget ---------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        self.rail = StepRail(TITLES)
        self.stack = QStackedWidget()
        for page in (*self.steps, self.stop_panel, self.refuse_panel):
            self.stack.addWidget(page)
        self.chip = Chip("")
        self._number = label("", "cap", "ink3")
        side = panel(
            column(wrapped(self.consent.procedure_text, "strong"), self.chip, self._number, gap=6, margins=(18, 16, 12, 12)),
            self.rail, None, fill="surface", gap=0,
        )  # fmt: skip
        side.setFixedWidth(232)
        self.stop_button = button("Stop", "danger_line", "hand", on_click=self.ask_stop)
        self.stop_button.setToolTip("The patient does not understand, or wants to talk to the practitioner")
        self.refuse_button = button("Patient says no", "quiet", on_click=self.ask_refusal)
        self.next_button = button("Continue", "primary", on_click=self.go_on)
        self._count = label("", "sec", "ink2")
        self._stop_keys = KeyCap("F8")
        self.foot = action_bar(
            self.stop_button, self._stop_keys, self.refuse_button, None, self._count, 8, self.next_button
        )
        close = button(icon="x", kind="quiet", name="Close and go back to the list", on_click=self.close_form)
        banner: tuple[QWidget, ...] = ()
        if self.patient is not None:
            self.banner = PatientBanner(self.patient, self.desk.today(), right=close)
            banner = (self.banner, hairline())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in banner:
            layout.addWidget(part)
        layout.addWidget(row(side, hairline(vertical=True), (self.stack, 1), gap=0), 1)
        layout.addWidget(hairline())
        layout.addWidget(self.foot)
        self.person.show_patient(self.patient)

    def _listen(self) -> None:
        for step in self.steps:
            step.changed.connect(self._edited)
        self.rail.chosen.connect(self.open_step)
        self.teach.answered.connect(self._taught)
        self.document.go_to.connect(self.open_fault)
        self.document.make_asked.connect(self.make_document)
        self.signatures.turn_asked.connect(self.signing.turn)
        self.signatures.spoken_asked.connect(lambda asked: self.signing.say(*asked))
        for asked, act in ((self.stop_panel, self._stop), (self.refuse_panel, self._refuse)):
            asked.done.connect(act)
            asked.dropped.connect(lambda: self.open_step(self._step))
        self.document.preview.print_asked.connect(self.signing.print_document)
        self.document.preview.save_asked.connect(self.signing.save_copy)
        for keys, run in (("F8", self.ask_stop), ("Ctrl+Return", self.go_on)):
            QShortcut(QKeySequence(keys), self).activated.connect(run)

    # -- what is shown ------------------------------------------------------------------------------------------------
    def show_consent(self) -> None:
        """Show the consent as it stands."""
        for step in self.steps:
            step.show_consent(self.consent)
        spec = state_chip(self.consent.state)
        self.chip.show_chip(spec.text, spec.tone, spec.icon)
        self._number.set_text(self.consent.document_number)
        if self.consent.document_number and self.consent.state not in (ConsentState.RETURNED, ConsentState.VERIFYING):
            self.signing.show_document()
        sealed = self.consent.sealed()
        for widget in (self.stop_button, self._stop_keys, self.refuse_button):
            widget.setVisible(not sealed)
        self._mark()

    def _mark(self) -> None:
        now = self.composed()
        for number, step in enumerate(self.steps):
            self.rail.items[number].show_state("done" if self._is_done(number, step, now) else "open")
        if self._step < DOCUMENT and not now.sealed():
            left = len(open_faults(now, self.steps[self._step].faults(now)))
            self._count.set_text("" if not left else "1 thing open here" if left == 1 else f"{left} things open here")
        else:
            self._count.set_text("Signed: nothing in it can change." if now.sealed() else "")

    def _is_done(self, number: int, step: Step, now: Consent) -> bool:
        made = bool(now.document_number) and now.state not in (ConsentState.RETURNED, ConsentState.VERIFYING)
        if number == DOCUMENT:
            return made
        if number == SIGNATURES:
            return now.state is ConsentState.ACTIVE
        return not [fault for fault in step.faults(now) if fault.severity is Severity.REFUSE]

    def _first_open(self) -> int:
        if self.consent.sealed() or self.consent.state is ConsentState.READY:
            return SIGNATURES
        if self.consent.state is ConsentState.RETURNED:
            return TALK
        now = self.consent
        return next((n for n, step in enumerate(self.steps) if not self._is_done(n, step, now)), DOCUMENT)

    def open_step(self, number: int) -> None:
        """Open a step. What was filled in before is saved on the way."""
        if number != self._step and not self.keep():
            return
        self._step = number
        if number == TEACH and self.consent.state is ConsentState.DISCUSSED:
            self._do(lambda: start_teach_back(self.store, self.consent))
        if number == DOCUMENT:
            self.document.list_faults(self.composed())
        self.rail.select(number)
        self.stack.setCurrentWidget(self.steps[number])
        if not self.consent.sealed():
            self.steps[number].begin()
        self.next_button.setVisible(number not in (DOCUMENT, SIGNATURES) or self._made(number))
        self._mark()

    def _made(self, number: int) -> bool:
        return number == DOCUMENT and self._is_done(DOCUMENT, self.document, self.consent)

    def open_fault(self, field: str) -> None:
        """Open the step whose rules ask for this field, and show what they say."""
        now = self.composed()
        for number, step in enumerate(self.steps[:DOCUMENT]):
            if any(fault.field == field for fault in step.faults(now)):
                self.open_step(number)
                step.show_faults(step.faults(self.consent), focus=True)
                return

    # -- saving -------------------------------------------------------------------------------------------------------
    def composed(self) -> Consent:
        """The consent with everything that stands in the steps."""
        if self.consent.sealed():
            return self.consent
        now = self.consent
        for step in self.steps:
            now = step.read(now)
        return now

    @property
    def _draft_key(self) -> str:
        return f"consent/{self.consent.id}"

    def _with_draft(self, consent: Consent) -> Consent:
        held = None if consent.sealed() else self.store.drafts.get(f"consent/{consent.id}")
        if held is None:
            return consent
        try:
            draft = from_bytes(Consent, held)
        except msgspec.MsgspecError:
            return consent
        # A draft of an older version would take back what was saved since.
        return draft if draft.version == consent.version else consent

    def _edited(self) -> None:
        self._pause.start()
        self._mark()

    def save_draft(self) -> None:
        """What was typed, durable when this returns."""
        self._pause.stop()
        now = self.composed()
        if now != self.consent:
            self.store.drafts.put(self._draft_key, to_bytes(now))

    def keep(self) -> bool:
        """Save what was filled in; False if something typed cannot be read or the store refuses."""
        self._pause.stop()
        unread = self.steps[self._step].unread()
        if unread:
            self.steps[self._step].show_faults(unread, focus=True)
            return False
        now = self.composed()
        return self._do(lambda: change_consent(self.store, now), quiet=now == self.consent)

    def _do(self, act: Callable[[], Consent], quiet: bool = False) -> bool:
        try:
            self.consent = act()
        except Refused as refused:
            self.show_refused(refused.faults)
            return False
        except LiaisonError as error:
            self.desk.toast(str(error))
            return False
        self.store.drafts.drop(self._draft_key)
        if not quiet:
            self.show_consent()
        return True

    def show_refused(self, faults: tuple[Fault, ...]) -> None:
        """Show why something was refused: here if the fields are here, else in the first step that has them."""
        here = self.steps[self._step]
        mine = {fault.field for fault in here.faults(self.composed())} if self._step < DOCUMENT else set()
        if self._step >= DOCUMENT or any(fault.field in mine for fault in faults):
            here.show_faults(faults, focus=True)
        else:
            self.desk.toast(faults[0].message)
            self.open_fault(faults[0].field)

    # -- what the nurse does ------------------------------------------------------------------------------------------
    def go_on(self) -> None:
        """Continue: save, check this step, and open the next one if nothing here stands in the way."""
        if not self.keep():
            return
        step = self.steps[self._step]
        if self._step == TALK and not self._do(lambda: record_discussion(self.store, self.consent)):
            return
        found = step.faults(self.consent)
        step.show_faults(found, focus=True)
        if not [fault for fault in found if fault.severity is Severity.REFUSE]:
            self.open_step(min(self._step + 1, SIGNATURES))

    def _taught(self, code: str, state: TeachBackState, words: str) -> None:
        if not self.keep():
            return
        if self.consent.state is not ConsentState.VERIFYING and not self._do(
            lambda: start_teach_back(self.store, self.consent)
        ):
            return
        self._do(lambda: record_teach_back(self.store, self.consent, code, state, words))

    def make_document(self) -> None:
        """Check everything, give the document its number and show it."""
        if self.keep():
            self.signing.make(lambda: self._do(lambda: make_ready(self.store, self.consent)))
            self.open_step(DOCUMENT)

    def ask_stop(self) -> None:
        """The nurse's stop: one key from anywhere here."""
        self._ask(self.stop_panel)

    def ask_refusal(self) -> None:
        """The patient says no."""
        self._ask(self.refuse_panel)

    def _ask(self, asked: AskPanel) -> None:
        if not self.consent.sealed() and self.keep():
            self.stack.setCurrentWidget(asked)
            self.next_button.hide()
            asked.begin()

    def _stop(self) -> None:
        said = self.stop_panel.values()
        if self._do(
            lambda: stop_and_return(
                self.store, self.consent, reason=said["stop_reason"], questions=said["questions_for_practitioner"]
            )
        ):
            self.desk.toast("Stopped. Signing opens again after a new talk with the practitioner.")
            self.open_step(TALK)

    def _refuse(self) -> None:
        said = self.refuse_panel.values()
        try:
            self.consent = refuse_consent(
                self.store,
                self.consent,
                reason=said["refused_reason"],
                understood=said["refusal_understood"],
                told=said["practitioner_told"],
            )
        except Refused as refused:
            self.refuse_panel.show_faults(refused.faults)
            return
        self.desk.toast("The refusal is recorded.")
        self.closed.emit()

    def close_form(self) -> None:
        """Back to the list; what was filled in is saved."""
        if self.consent.state in _FINISHED or self.keep():
            self.closed.emit()
