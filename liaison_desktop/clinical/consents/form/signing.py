"""What happens between the nurse's page and a turned screen: the bytes that are shown, the signature, what comes next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from liaison_desktop.clinical.consents.actions import (
    note_exported,
    note_printed,
    sign,
    stop_and_return,
    witness_faults,
)
from liaison_desktop.clinical.consents.form.frame import TALK
from liaison_desktop.clinical.consents.form.papers import summary_paper
from liaison_desktop.clinical.consents.form.signing_screen import Signer, SigningScreen
from liaison_desktop.clinical.consents.record import Answer, Consent, ConsentState
from liaison_desktop.clinical.consents.rules import signature_faults
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.documents.preview import handing_out as handed
from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.sealed.form import fetch_paper
from liaison_desktop.signing import Method, Role, Signature, fingerprint_of
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
    def paper(self) -> bytes:
        """The document of the consent as it stands; the same consent gives the same bytes. Raises Unprintable."""
        from liaison_desktop.clinical.consents.document import consent_summary

        return consent_summary(self.form.consent).content

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
            summary_paper(consent),
            owner=self,
            then=lambda content: self._land(consent, content),
            otherwise=lambda error: self.desk.trouble(error),
        )

    def _land(self, consent: Consent, content: bytes) -> None:
        # A document that was overtaken by another save is never shown.
        if self.form.consent.version == consent.version and self.form.isEnabled():
            self.form.document.show_document(content, consent.document_number)

    def print_document(self) -> None:
        """Print it; the journal says so."""
        consent = self.form.consent
        print_copy(self.desk, consent, self.form.document.preview.content)

    def save_copy(self) -> None:
        """Save a copy; the journal says so."""
        consent = self.form.consent
        save_copy(self.desk, consent, self.form.document.preview.content)

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
            method=Method.TYPED,
            shown_sha256=fingerprint_of(content),
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
            content,
            now=self.desk.clock(),
            nurse=self.desk.store.actor.name,
            confirm=self._confirm,
        )
        self._after = self._shown
        self.screen.given.connect(self._given)
        self.screen.declined.connect(self._declined)
        self.screen.stop_asked.connect(self._stop_asked)
        self.screen.left.connect(self._left)
        self.desk.full_screen(self.screen)

    def say(self, signer: Signer, words: str) -> None:
        """Record the spoken statement of an interpreter who is not in the room."""
        try:
            content = self.paper()
        except LiaisonError as error:
            self.desk.trouble(error)
            return
        self._given(
            Signature(
                role=signer.role,
                name_printed=signer.name,
                credential=signer.credential,
                relationship=signer.relationship,
                method=Method.VERBAL_WITNESSED,
                spoken=words,
                identified_by="spoken statement, recorded by the nurse",
                shown_sha256=fingerprint_of(content),
            )
        )

    def _confirm(self, passphrase: str) -> bool:
        return self.desk.confirm_actor(passphrase)

    def _given(self, signature: Signature) -> None:
        form = self.form
        first = signature.role in (Role.PATIENT, Role.REPRESENTATIVE)
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

    def _stop_asked(self) -> None:
        form = self.form
        form.consent = stop_and_return(
            self.desk.store, form.consent, reason="On the signing page: I want to talk to the doctor first."
        )
        self._after = lambda: form.open_step(TALK)

    def _left(self) -> None:
        self.desk.leave_full_screen()
        self.screen = None
        self.form.show_all()
        self._after()

    def _shown(self) -> None:
        self.form.show_all()
        if self.form.consent.state is ConsentState.ACTIVE:
            self.desk.toast(f"{self.form.consent.document_number} is complete.")


def print_copy(desk: Desk, consent: Consent, content: bytes) -> None:
    """Print a document and write into the journal that it was printed."""
    handed.print_copy(desk, content, lambda: note_printed(desk.store, consent), lambda: require(desk.store, "print"))


def save_copy(desk: Desk, consent: Consent, content: bytes, name: str = "") -> None:
    """Save a copy where the person says, and write into the journal that it left the store."""
    file_name = f"{name or consent.document_number}.pdf"
    handed.save_copy(
        desk, content, file_name, lambda: note_exported(desk.store, consent), lambda: require(desk.store, "export")
    )
