"""Works on one research consent: drafts, saves, acts. What is allowed is up to the actions and their rules."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent

from liaison_desktop.clinical.consents.record import TeachBackState
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.research.actions import (
    change_research,
    decide,
    give_copy,
    give_form,
    make_ready,
    record_answer,
)
from liaison_desktop.clinical.research.form.closing_steps import OPEN
from liaison_desktop.clinical.research.form.frame import DOCUMENT, FORM, OUTCOME, SIGNATURES, ResearchFrame
from liaison_desktop.clinical.research.form.reading import read_form
from liaison_desktop.clinical.research.form.signing import Signing, print_copy, save_copy
from liaison_desktop.clinical.research.record import ResearchConsent, ResearchState, Study
from liaison_desktop.clinical.research.rules import FINISHED
from liaison_desktop.documents.workshop.workshop import workshop_of
from liaison_desktop.errors import Fault, LiaisonError, Refused, Severity
from liaison_desktop.records import from_bytes, to_bytes
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk

_PAUSE = 500  # ms after the last keystroke until what was typed is on disk


class ResearchForm(ResearchFrame):
    """Seven steps. What is typed is a draft at once; steps save. `closed` when the nurse is through or leaves."""

    closed = Signal()

    def __init__(self, desk: Desk, consent: ResearchConsent) -> None:
        super().__init__(desk, consent, desk.store.find(Patient, consent.patient_id))
        self.desk, self.store = desk, desk.store
        self.patient = self.store.find(Patient, consent.patient_id)
        self.consent = _with_draft(self.store, consent)
        self.step = FORM
        self.signing = Signing(desk, self)
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self.save_draft)
        self._listen()
        self.show_all()
        self.open_step(self._first_open())

    def _listen(self) -> None:
        for step in self.steps:
            step.changed.connect(self._edited)
        self.next_asked.connect(self.go_on)
        self.outcome_asked.connect(self.ask_outcome)
        self.close_asked.connect(self.close_form)
        self.rail.chosen.connect(self.open_step)
        self.given.read_asked.connect(self.read_form)
        self.given.given_asked.connect(self.give)
        self.questions.answered.connect(self._answered)
        self.outcome.decided.connect(self.decide)
        self.document.go_to.connect(self.open_fault)
        self.document.make_asked.connect(self.make_document)
        self.document.preview.print_asked.connect(
            lambda: print_copy(self.desk, self.consent, self.document.preview.content)
        )
        self.document.preview.save_asked.connect(
            lambda: save_copy(self.desk, self.consent, self.document.preview.content)
        )
        self.signatures.turn_asked.connect(self.signing.turn)
        self.signatures.copy_asked.connect(self._copy_given)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin where the work is."""
        super().showEvent(event)
        self.focus_step(self.step, self.consent)
        workshop_of(self.desk.store).warm()

    # ---- what is shown

    def show_all(self) -> None:
        """Show the consent as it stands, and its document if it has one."""
        self.show_consent(self.consent)
        if self.consent.state in OPEN:
            self.signing.show_document()
        self.mark(self.composed(), self.step)

    def _first_open(self) -> int:
        if self.consent.sealed() or self.consent.state is ResearchState.READY:
            return SIGNATURES
        return next((n for n in range(DOCUMENT) if not self.is_done(n, self.consent)), DOCUMENT)

    def open_step(self, number: int) -> None:
        """Open a step. What was filled in before is saved on the way."""
        if number != self.step and not self.keep():
            return
        self.step = number
        self.show_step(number, self.composed())

    def open_fault(self, field: str) -> None:
        """Open the step whose rules ask for this field, and show what they say."""
        now = self.composed()
        for number, step in enumerate(self.steps[:DOCUMENT]):
            if any(fault.field == field for fault in step.faults(now)):
                self.open_step(number)
                step.show_faults(step.faults(self.consent), focus=True)
                return

    # ---- saving

    def composed(self) -> ResearchConsent:
        """The consent with everything that stands in the steps."""
        now = self.consent
        for step in () if now.sealed() else self.steps:
            now = step.read(now)
        return now

    def _edited(self) -> None:
        self._pause.start()
        self.mark(self.composed(), self.step, here=True)

    def save_draft(self) -> None:
        """What was typed, durable when this returns."""
        self._pause.stop()
        now = self.composed()
        if now != self.consent:
            self.store.drafts.put(_key(self.consent), to_bytes(now))

    def keep(self) -> bool:
        """Save what was filled in; False if something typed cannot be read or the store refuses."""
        self._pause.stop()
        unread = self.steps[self.step].unread()
        if unread:
            self.steps[self.step].show_faults(unread, focus=True)
            return False
        now = self.composed()
        return self._do(lambda: change_research(self.store, now), quiet=now == self.consent)

    def _do(self, act: Callable[[], ResearchConsent], quiet: bool = False) -> bool:
        try:
            self.consent = act()
        except Refused as refused:
            self.show_refused(refused.faults)
            return False
        except LiaisonError as error:
            self.desk.toast(str(error))
            return False
        self.store.drafts.drop(_key(self.consent))
        if not quiet:
            self.show_all()
        return True

    def show_refused(self, faults: tuple[Fault, ...]) -> None:
        """Show why something was refused: here if the fields are here, else in the first step that has them."""
        here = self.steps[self.step]
        mine = {name for form in here.forms for name in form.names}
        here.show_faults(faults, focus=True)
        others = [fault for fault in faults if fault.field.split(".")[0] not in mine]
        if others:
            self.desk.toast(others[0].message)

    # ---- what the nurse does

    def go_on(self) -> None:
        """Continue: save, check this step, and open the next one if nothing here stands in the way."""
        if self.step >= SIGNATURES or not self.keep():
            return
        step = self.steps[self.step]
        found = step.faults(self.consent)
        step.show_faults(found, focus=True)
        if not [fault for fault in found if fault.severity is Severity.REFUSE]:
            self.open_step(self.step + 1)

    def read_form(self) -> None:
        """The approved form itself, to be read or printed."""
        study = self.store.find(Study, self.consent.study_id)
        if study is not None:
            read_form(self.desk, study, self.consent.form_version)

    def give(self) -> None:
        """The approved form was given: now, or at the time that was typed."""
        if self.keep():
            self._do(lambda: give_form(self.store, self.consent))

    def _answered(self, code: str, state: TeachBackState, words: str) -> None:
        if self.keep():
            self._do(lambda: record_answer(self.store, self.consent, code, state, words))

    def ask_outcome(self) -> None:
        """They do not want to sign now: what came of it."""
        self.open_step(OUTCOME)
        self.outcome.outcome.editor("outcome").setFocus()

    def decide(self) -> None:
        """Record an outcome that signs nothing, and go back to the list."""
        if self.keep() and self._do(lambda: decide(self.store, self.consent)):
            self.desk.toast(f"Recorded: {self.consent.state.label.lower()}.")
            self.closed.emit()

    def make_document(self) -> None:
        """Check everything, give the document its number and show it."""
        if self.keep():
            self.signing.make(lambda: self._do(lambda: make_ready(self.store, self.consent)))
            self.open_step(DOCUMENT)

    def _copy_given(self) -> None:
        self._do(lambda: give_copy(self.store, self.consent))

    def release(self) -> None:
        """Let go of the document, before the form goes away."""
        self._pause.stop()
        # A document that is still being made finds a form that shows nothing more.
        self.setEnabled(False)
        self.document.preview.clear()

    def close_form(self) -> None:
        """Back to the list; what was filled in is saved."""
        if self.consent.state in FINISHED or self.keep():
            self.closed.emit()


def _key(consent: ResearchConsent) -> str:
    return f"research_consent/{consent.id}"


def _with_draft(store: Store, consent: ResearchConsent) -> ResearchConsent:
    held = None if consent.sealed() else store.drafts.get(_key(consent))
    if held is None:
        return consent
    try:
        draft = from_bytes(ResearchConsent, held)
    except msgspec.MsgspecError:
        return consent
    # A draft of an older version would take back what was saved since.
    return draft if draft.version == consent.version else consent
