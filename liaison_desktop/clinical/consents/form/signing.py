"""What happens between the nurse's page and a turned screen: the bytes that are shown, the signature, what comes next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject

from liaison_desktop.clinical.consents.actions import (
    note_put_off,
    scans_of,
    sign,
    stop_and_return,
    witness_faults,
)
from liaison_desktop.clinical.consents.form.frame import TALK
from liaison_desktop.clinical.consents.form.handing_out import print_copy, save_copy
from liaison_desktop.clinical.consents.form.papers import summary_paper
from liaison_desktop.clinical.consents.form.signer import DECIDING, Editions, Signer
from liaison_desktop.clinical.consents.form.signing_screen import SigningScreen
from liaison_desktop.clinical.consents.record import Answer, Consent, ConsentState
from liaison_desktop.clinical.consents.rules import signature_faults
from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.sealed.form import fetch_paper
from liaison_desktop.signing import Method, Signature, fingerprint_of
from liaison_desktop.ui.desk import Desk

if TYPE_CHECKING:
    from liaison_desktop.clinical.consents.form.consent_form import ConsentForm


class Signing(QObject):
    """Turns the screen for one signer at a time and brings back what was given."""

    def __init__(self, desk: Desk, form: ConsentForm) -> None:
        super().__init__(form)
        self.desk, self.form = desk, form
        self.screen: SigningScreen | None = None
        self._after: Callable[[], None] = self._shown

    # -- the document -------------------------------------------------------------------------------------------------
    def paper(self, *, large: bool = False) -> bytes:
        """The document of the consent as it stands; the same consent gives the same bytes. Raises Unprintable."""
        from liaison_desktop.clinical.consents.document import consent_summary

        consent = self.form.consent
        return consent_summary(consent, large_print=large, scans=scans_of(self.desk.store, consent)).content

    def make(self, ready: Callable[[], bool]) -> None:
        """Make the consent ready, unless something in it could not be printed: after signing it is too late."""
        from liaison_desktop.clinical.consents.document import check_consent

        try:
            check_consent(self.form.composed())
        except LiaisonError as error:
            self.desk.trouble(error)
            return
        ready()

    def show_document(self) -> None:
        """Make the document on another thread and show it in its step; a complete one is sealed and kept with it."""
        consent = self.form.consent
        fetch_paper(
            self.desk,
            summary_paper(self.desk.store, consent),
            owner=self,
            then=lambda content: self._land(consent, content),
            otherwise=lambda error: self.desk.trouble(error),
        )

    def _land(self, consent: Consent, content: bytes) -> None:
        # A document that was overtaken by another save is never shown.
        if self.form.consent.version == consent.version and self.form.isEnabled():
            self.form.document.show_document(content, consent.document_number)

    def print_document(self, whose: str) -> None:
        """Print somebody's copy; the journal says so."""
        print_copy(self.desk, self.form.consent, (), self.form.document.preview.content, whose)

    def save_document(self, password: str) -> None:
        """Save a copy; the journal says so."""
        save_copy(self.desk, self.form.consent, (), self.form.document.preview.content, password)

    # -- the turned screen --------------------------------------------------------------------------------------------
    def turn(self, signer: Signer) -> None:
        """Turn the screen for this signer, unless a rule already stands against them."""
        form = self.form
        try:
            content = self.paper()
        except LiaisonError as error:
            self.desk.trouble(error)
            return
        trial = Signature(
            role=signer.role,
            name_printed=signer.name,
            credential=signer.credential,
            adult=signer.adult,
        )
        store = self.desk.store
        faults = (*signature_faults(form.consent, trial, policy_of(store)), *witness_faults(store, trial))
        form.signatures.show_faults(faults)
        if faults or form.patient is None:
            return
        self.screen = SigningScreen(
            form.patient,
            form.consent,
            signer,
            Editions(content, lambda: self.paper(large=True)),
            now=self.desk.clock(),
            nurse=self.desk.store.actor.name,
            confirm=self._confirm,
        )
        self._after = self._shown
        self.screen.given.connect(self._given)
        self.screen.declined.connect(self._declined)
        self.screen.asked.connect(self._question_asked)
        self.screen.put_off.connect(self._put_off)
        self.screen.left.connect(self._left)
        self.desk.full_screen(self.screen)

    def record(self, given: Signature, agrees: object) -> None:
        """Record the signature of somebody who spoke, by telephone or in the room, or who signed on paper."""
        form, deciding = self.form, given.role in DECIDING
        if deciding and agrees is None:
            form.signatures.show_faults((policy_of(self.desk.store).fault("V45", field="agrees"),))
            return
        if deciding and agrees is Answer.NO:
            form.ask_refusal()
            return
        try:
            shown = fingerprint_of(self.paper())
        except LiaisonError as error:
            self.desk.trouble(error)
            return
        how = "Read out" if given.method is Method.VERBAL_WITNESSED else "On paper"
        signed = msgspec.structs.replace(given, shown_sha256=shown, shown_as=how)
        self._given(signed.on(form.consent.content_fingerprint()))

    def _confirm(self, passphrase: str) -> bool:
        return self.desk.confirm_actor(passphrase)

    def _given(self, signature: Signature) -> None:
        form = self.form
        first = signature.role in DECIDING
        try:
            form.consent = sign(self.desk.store, form.consent, signature, agrees=Answer.YES if first else None)
        except Refused as refused:
            faults = refused.faults
            self._after = lambda: form.signatures.show_faults(faults)
            if self.screen is None:
                self._after()
            return
        if self.screen is None:
            self._shown()

    def _declined(self) -> None:
        self._after = self.form.ask_refusal

    def _question_asked(self, words: str) -> None:
        form = self.form
        form.consent = stop_and_return(
            self.desk.store, form.consent, reason="Asked on the page that was turned to them.", questions=words
        )
        self._after = lambda: form.open_step(TALK)

    def _put_off(self) -> None:
        note_put_off(self.desk.store, self.form.consent)
        self._after = lambda: self.desk.toast("Not now: nothing is signed. The document stays ready.")

    def _left(self) -> None:
        self.desk.leave_full_screen()
        self.screen = None
        self.form.show_all()
        self._after()

    def _shown(self) -> None:
        self.form.show_all()
        if self.form.consent.state is ConsentState.ACTIVE:
            self.form.signatures.forget_draft()
            self.desk.toast(f"{self.form.consent.document_number} is complete.")
