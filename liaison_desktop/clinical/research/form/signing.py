"""Between the nurse's page and a turned screen: the bytes that are shown, the signature, what comes next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from liaison_desktop.clinical.consents.actions import witness_faults
from liaison_desktop.clinical.consents.form.signer import Editions, Signer
from liaison_desktop.clinical.consents.form.signing_screen import SigningScreen
from liaison_desktop.clinical.consents.record import Answer
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.research.actions import facts_before, note_exported, note_printed, sign
from liaison_desktop.clinical.research.form.papers import research_consent_paper
from liaison_desktop.clinical.research.record import ResearchConsent, ResearchState
from liaison_desktop.clinical.research.rules import signature_faults
from liaison_desktop.documents.preview import handing_out as handed
from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.sealed.form import fetch_paper
from liaison_desktop.signing import Method, Role, Signature, fingerprint_of
from liaison_desktop.ui.desk import Desk

if TYPE_CHECKING:
    from liaison_desktop.clinical.research.form.research_form import ResearchForm


class Signing(QObject):
    """Turns the screen for one signer at a time and brings back what was given."""

    def __init__(self, desk: Desk, form: ResearchForm) -> None:
        super().__init__(form)
        self.desk, self.form = desk, form
        self.screen: SigningScreen | None = None
        self._after: Callable[[], None] = self._shown

    def paper(self, *, large: bool = False) -> bytes:
        """The document of the consent as it stands; the same consent gives the same bytes. Raises Unprintable."""
        from liaison_desktop.clinical.research.document import research_document

        return research_document(self.form.consent, large_print=large).content

    def make(self, ready: Callable[[], bool]) -> None:
        """Make the consent ready, unless something in it could not be printed: after signing it is too late."""
        from liaison_desktop.clinical.research.document import check_research

        try:
            check_research(self.form.composed())
        except LiaisonError as error:
            self.desk.toast(str(error))
            return
        ready()

    def show_document(self) -> None:
        """Make the document on another thread and show it in its step; a complete one is sealed and kept with it."""
        consent = self.form.consent
        fetch_paper(
            self.desk,
            research_consent_paper(consent),
            owner=self,
            then=lambda content: self._land(consent, content),
            otherwise=lambda error: self.desk.trouble(error),
        )

    def _land(self, consent: ResearchConsent, content: bytes) -> None:
        # A document that was overtaken by another save is never shown.
        if self.form.consent.version == consent.version and self.form.isEnabled():
            self.form.document.show_document(content, consent.document_number)

    def turn(self, signer: Signer) -> None:
        """Turn the screen for this signer, unless a rule already stands against them."""
        form, store = self.form, self.desk.store
        try:
            content = self.paper()
        except LiaisonError as error:
            self.desk.toast(str(error))
            return
        trial = Signature(
            role=signer.role, name_printed=signer.name, method=Method.TYPED, shown_sha256=fingerprint_of(content)
        )
        study, _note, _now = facts_before(store, form.consent)
        faults = (*signature_faults(form.consent, study, trial, policy_of(store)), *witness_faults(store, trial))
        form.signatures.show_faults(faults)
        if faults or form.patient is None:
            return
        self.screen = SigningScreen(
            form.patient,
            form.consent,
            signer,
            Editions(content, lambda: self.paper(large=True)),
            now=self.desk.clock(),
            nurse=store.actor.name,
            confirm=self.desk.confirm_actor,
        )
        self._after = self._shown
        self.screen.given.connect(self._given)
        self.screen.declined.connect(self._declined)
        self.screen.asked.connect(lambda _words: self._stopped())
        self.screen.put_off.connect(self._stopped)
        self.screen.left.connect(self._left)
        self.desk.full_screen(self.screen)

    def _given(self, signature: Signature) -> None:
        form = self.form
        first = signature.role in (Role.PATIENT, Role.REPRESENTATIVE)
        try:
            form.consent = sign(self.desk.store, form.consent, signature, agrees=Answer.YES if first else None)
        except Refused as refused:
            faults = refused.faults
            self._after = lambda: form.signatures.show_faults(faults)

    def _declined(self) -> None:
        self._after = self.form.ask_outcome

    def _stopped(self) -> None:
        self._after = self.form.ask_outcome

    def _left(self) -> None:
        self.desk.leave_full_screen()
        self.screen = None
        self.form.show_all()
        self._after()

    def _shown(self) -> None:
        if self.form.consent.state is ResearchState.ACTIVE:
            self.desk.toast(f"{self.form.consent.document_number} is complete. Give the person their copy.")


def print_copy(desk: Desk, consent: ResearchConsent, content: bytes) -> None:
    """Print a document and write into the journal that it was printed."""
    handed.print_copy(
        desk, content, lambda how: note_printed(desk.store, consent, how), lambda: require(desk.store, "print")
    )


def save_copy(desk: Desk, consent: ResearchConsent, content: bytes, name: str = "") -> None:
    """Save a copy where the person says, and write into the journal that it left the store."""
    file_name = f"{name or consent.document_number}.pdf"
    handed.save_copy(
        desk, content, file_name, lambda: note_exported(desk.store, consent), lambda: require(desk.store, "export")
    )
