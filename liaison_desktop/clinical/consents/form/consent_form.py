"""Works on one consent: drafts, saves, acts. What is seen is the frame; what is allowed is up to the actions."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent

from liaison_desktop.clinical.communication.record import InterpreterSession
from liaison_desktop.clinical.consents.actions import (
    change_consent,
    make_ready,
    record_discussion,
    record_teach_back,
    refuse_consent,
    start_teach_back,
    stop_and_return,
    take_session,
)
from liaison_desktop.clinical.consents.form.frame import (
    DOCUMENT,
    SIGNATURES,
    TALK,
    TEACH,
    ConsentFrame,
    has_document,
)
from liaison_desktop.clinical.consents.form.panels import AskPanel
from liaison_desktop.clinical.consents.form.signing import Signing
from liaison_desktop.clinical.consents.record import Consent, ConsentState, TeachBackState
from liaison_desktop.clinical.consents.rules.life import FINISHED
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.documents.workshop.workshop import workshop_of
from liaison_desktop.errors import Fault, LiaisonError, Refused, Severity
from liaison_desktop.records import from_bytes, to_bytes
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk

_PAUSE = 500  # ms after the last keystroke until what was typed is on disk


class ConsentForm(ConsentFrame):
    """What is typed is a draft at once; steps save; acts go through the actions and their rules.

    `closed` when the nurse is through or leaves.
    """

    closed = Signal()

    def __init__(self, desk: Desk, consent: Consent) -> None:
        super().__init__(desk, consent, desk.store.find(Patient, consent.patient_id))
        self.desk, self.store = desk, desk.store
        self.patient = self.store.find(Patient, consent.patient_id)
        self.consent = _with_draft(self.store, consent)
        self.step = self.asked[0]
        self.signing = Signing(desk, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.save_draft)
        self._listen()
        self.show_all()
        self.open_step(self._first_open())

    def _listen(self) -> None:
        for step in self.steps:
            step.changed.connect(self._edited)
        self.next_asked.connect(self.go_on)
        self.stop_asked.connect(self.ask_stop)
        self.refusal_asked.connect(self.ask_refusal)
        self.close_asked.connect(self.close_form)
        self.rail.chosen.connect(self.open_step)
        self.teach.answered.connect(self._taught)
        self.person.session_taken.connect(self._take_session)
        self.document.go_to.connect(self.open_fault)
        self.document.make_asked.connect(self.make_document)
        self.signatures.turn_asked.connect(self.signing.turn)
        self.signatures.record_asked.connect(self.signing.record)
        self.document.preview.copy_asked.connect(self.signing.print_document)
        self.document.preview.saving_asked.connect(self.signing.save_document)
        for asked, act in ((self.stop_panel, self._stop), (self.refuse_panel, self._refuse)):
            asked.done.connect(act)
            asked.dropped.connect(lambda: self.open_step(self.step))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin where the work is."""
        super().showEvent(event)
        self.focus_step(self.step, self.consent)
        workshop_of(self.desk.store).warm()

    # -- what is shown ------------------------------------------------------------------------------------------------
    def show_all(self) -> None:
        """Show the consent as it stands, and its document if it has one."""
        self.show_consent(self.consent)
        if has_document(self.consent):
            self.signing.show_document()
        self.mark(self.composed(), self.step)

    def _first_open(self) -> int:
        if self.consent.sealed() or self.consent.state is ConsentState.READY:
            return SIGNATURES
        if self.consent.state is ConsentState.RETURNED:
            return TALK
        return next((n for n in self.asked if n < DOCUMENT and not self.is_done(n, self.consent)), DOCUMENT)

    def open_step(self, number: int) -> None:
        """Open a step. What was filled in before is saved on the way."""
        if number != self.step and not self.keep():
            return
        self.step = number
        begins = number == TEACH and self.consent.state is ConsentState.DISCUSSED
        if begins and not self._do(lambda: start_teach_back(self.store, self.consent)):
            return
        self.show_step(number, self.composed())

    def open_fault(self, field: str) -> None:
        """Open the step whose rules ask for this field, and show what they say."""
        now = self.composed()
        for number in self.asked:
            step = self.steps[number]
            if number < DOCUMENT and any(fault.field == field for fault in step.faults(now)):
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

    def _edited(self) -> None:
        self._pause.start()
        self.mark(self.composed(), self.step)

    def save_draft(self) -> None:
        """What was typed, durable when this returns."""
        self._pause.stop()
        now = self.composed()
        if now != self.consent:
            self.store.drafts.put(_key(self.consent), to_bytes(now))
        self.signatures.save_draft()

    def keep(self) -> bool:
        """Save what was filled in; False if something typed cannot be read or the store refuses."""
        self._pause.stop()
        unread = self.steps[self.step].unread()
        if unread:
            self.steps[self.step].show_faults(unread, focus=True)
            return False
        now = self.composed()
        # Who only countersigns may not write a consent, and does not: what nothing changed in is not saved again.
        return now == self.consent or self._do(lambda: change_consent(self.store, now))

    def _do(self, act: Callable[[], Consent], quiet: bool = False) -> bool:
        try:
            self.consent = act()
        except Refused as refused:
            self.show_refused(refused.faults)
            return False
        except LiaisonError as error:
            self.desk.trouble(error)
            return False
        self.store.drafts.drop(_key(self.consent))
        if not quiet:
            self.show_all()
        return True

    def show_refused(self, faults: tuple[Fault, ...]) -> None:
        """Show why something was refused: here if the fields are here, else in the first step that has them."""
        here = self.steps[self.step]
        mine = {fault.field for fault in here.faults(self.composed())} if self.step < DOCUMENT else set()
        if self.step >= DOCUMENT or any(fault.field in mine for fault in faults):
            here.show_faults(faults, focus=True)
        else:
            self.desk.trouble(faults[0].message)
            self.open_fault(faults[0].field)

    # -- what the nurse does ------------------------------------------------------------------------------------------
    def go_on(self) -> None:
        """Continue: save, check this step, and open the next one if nothing here stands in the way."""
        if not self.keep():
            return
        step = self.steps[self.step]
        if self.step == TALK and not self._do(lambda: record_discussion(self.store, self.consent)):
            return
        found = step.faults(self.consent)
        step.show_faults(found, focus=True)
        if not [fault for fault in found if fault.severity is Severity.REFUSE]:
            self.open_step(self.after(self.step))

    def _take_session(self, session: InterpreterSession) -> None:
        if self.keep():
            self._do(lambda: take_session(self.store, self.consent, session))

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


def _key(consent: Consent) -> str:
    return f"consent/{consent.id}"


def _with_draft(store: Store, consent: Consent) -> Consent:
    held = None if consent.sealed() else store.drafts.get(_key(consent))
    if held is None:
        return consent
    try:
        draft = from_bytes(Consent, held)
    except msgspec.MsgspecError:
        return consent
    # A draft of an older version would take back what was saved since.
    return draft if draft.version == consent.version else consent
