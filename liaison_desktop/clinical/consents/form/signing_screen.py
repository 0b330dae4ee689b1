"""The page that is turned towards whoever signs: the document as it is, the question, the pad, and a way to stop."""

from __future__ import annotations

import datetime
import uuid
from typing import Protocol

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from liaison_desktop.clinical.consents.record import Answer
from liaison_desktop.clinical.patients.form import PatientStrip
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.documents.preview.pages import Pages
from liaison_desktop.signing import MEANINGS, Method, Role, Signature, Stroke, fingerprint_of
from liaison_desktop.signing.pad import SignatureField
from liaison_desktop.signing.screen import ClosedScreen, Confirm, Scene, big_button
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.choices import BigChoices
from liaison_desktop.ui.dates import show_time
from liaison_desktop.ui.layout import column, row, scroll
from liaison_desktop.ui.text import label, wrapped

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Shown(Protocol):
    """What the screen asks of whatever is signed."""

    @property
    def interpreter_name(self) -> str:
        """Who interprets; may be empty."""
        ...

    @property
    def agree_question(self) -> str:
        """The question to whoever decides."""
        ...

    @property
    def sign_words(self) -> str:
        """The words beside the question."""
        ...

    @property
    def document_number(self) -> str:
        """The number of the document."""
        ...


class Signer(msgspec.Struct, frozen=True, kw_only=True):
    """Who is about to sign in which role. `mark` for a mark in place of a name; `is_actor` for who is working."""

    role: Role
    name: str
    credential: str = ""
    relationship: str = ""
    person_id: uuid.UUID | None = None
    mark: bool = False
    is_actor: bool = False


class SigningScreen(ClosedScreen):
    """One signer, one document, one moment. `given` carries the signature before the screen can be left.

    For patient or representative the document comes first, then the question; "I want to talk to the doctor first" is
    on both pages. A nurse who witnesses is identified by her passphrase before her signature counts.
    """

    given = Signal(object)  # Signature, without moment and meaning
    declined = Signal()
    stop_asked = Signal()
    whose = ("For the nurse", "The patient's page stays closed until then.")

    def __init__(
        self,
        patient: Patient,
        consent: Shown,
        signer: Signer,
        document: bytes,
        *,
        now: datetime.datetime,
        nurse: str,
        confirm: Confirm,
    ) -> None:
        self._consent, self._signer, self._document, self._now = consent, signer, document, now
        self._done = False
        self._paper: QScrollArea | None = None
        self.staff_button = button("For staff", "quiet", "lock-keyhole", on_click=self.ask_passphrase)
        interpreter = f"{consent.interpreter_name} interprets" if consent.interpreter_name else ""
        super().__init__(PatientStrip(patient, interpreter=interpreter, right=self.staff_button), nurse, confirm)
        self._nurse_name = nurse
        self.field = SignatureField(self._pad_words(), can_type=not signer.mark)
        self.choice = BigChoices(
            ((Answer.YES, "Yes, I agree"), (Answer.NO, "No, I do not agree")), consent.agree_question
        )
        self.stop_button = big_button("I want to talk to the doctor first", icon="hand", on_click=self._stop)
        self.done_button = big_button("I have signed", "primary", on_click=self._finish)
        self.field.changed.connect(self._settle)
        self.choice.changed.connect(lambda _answer: self._settle())
        self._signing = self._signing_scene()
        if self.asks:
            self.read_button = big_button("I have read it", "primary", on_click=lambda: self.show_scene(self._signing))
            self.show_scene(self._reading_scene())
        else:
            self.show_scene(self._signing)
        self._settle()

    @property
    def asks(self) -> bool:
        """Whether this signer decides."""
        return self._signer.role in (Role.PATIENT, Role.REPRESENTATIVE)

    # -- the pages ----------------------------------------------------------------------------------------------------
    def _reading_scene(self) -> QWidget:
        pages = Pages()
        pages.setAccessibleName("The document")
        pages.load(self._document)
        pages.set_scale(1.25)
        # The document is held open only while it can be read.
        self.left.connect(pages.clear)
        self._paper = scroll(pages)
        body = column(self._paper, gap=0)
        stop = big_button("I want to talk to the doctor first", icon="hand", on_click=self._stop)
        return Scene(body, stop, self.read_button, wide=True)

    def _signing_scene(self) -> QWidget:
        moment = f"{_DAYS[self._now.weekday()]} {self._now.day} {_MONTHS[self._now.month - 1]} {self._now.year}"
        under = row(
            label(f"{moment}, {show_time(self._now)}", "patient_small", "ink2"),
            None,
            label(self._beside(), "patient_small", "ink2"),
        )
        title, words = self._words()
        question = (24, self.choice, 24) if self.asks else (32,)
        body = column(
            label(title, "patient_title"), 8, wrapped(words, "patient"), *question, self.field, 8, under, gap=0
        )
        if not self.asks:
            self.choice.setParent(self)
            self.choice.hide()
        return Scene(body, self.stop_button if self.asks else None, self.done_button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and page keys turn the document; every other key stays without effect."""
        if self._paper is not None and self.scenes.currentIndex() == 0:
            bar = self._paper.verticalScrollBar()
            steps = {
                Qt.Key.Key_Down: bar.singleStep() * 3,
                Qt.Key.Key_Up: -bar.singleStep() * 3,
                Qt.Key.Key_PageDown: bar.pageStep(),
                Qt.Key.Key_PageUp: -bar.pageStep(),
            }
            bar.setValue(bar.value() + steps.get(Qt.Key(event.key()), 0))
        super().keyPressEvent(event)

    def _words(self) -> tuple[str, str]:
        consent, role = self._consent, self._signer.role
        if self.asks:
            return consent.agree_question, consent.sign_words
        who = self._signer.name
        titles = {
            Role.WITNESS: "You are the witness",
            Role.SECOND_WITNESS: "You are the second witness",
            Role.INTERPRETER: "You interpreted the talk",
            Role.PRACTITIONER: "You explained the procedure",
            Role.PERSON_OBTAINING: "You obtained this consent",
        }
        meaning = MEANINGS[role]
        return titles[role], f"{who}, with your signature you say: {meaning}. It says nothing more."

    def _pad_words(self) -> str:
        if self._signer.mark:
            return "Please make your mark, with two people watching"
        return "Please sign with your finger or the pen"

    def _beside(self) -> str:
        return f"{self._nurse_name} sees you sign" if self.asks else self._consent.document_number

    # -- what can be done ---------------------------------------------------------------------------------------------
    def _settle(self) -> None:
        no = self.asks and self.choice.value() is Answer.NO
        yes = not self.asks or self.choice.value() is Answer.YES
        self.field.setEnabled(yes)
        self.done_button.set_text("I do not agree" if no else "I have signed")
        self.done_button.setEnabled(no or (yes and self.field.is_given))

    def _finish(self) -> None:
        if self.asks and self.choice.value() is Answer.NO:
            self._thank("That is all right", "Your care goes on. Please give the screen back to the nurse.")
            self.declined.emit()
        elif self._signer.is_actor:
            self._thank("Your signature", "Your passphrase says that it is you.", again=True)
        else:
            self._thank("Thank you", "Please give the screen back to the nurse.")
            self.given.emit(self.signature(self._identified()))

    def _stop(self) -> None:
        self._thank("We will get the doctor", "Nothing is signed. Please give the screen back to the nurse.")
        self.stop_asked.emit()

    def _thank(self, title: str, words: str, *, again: bool = False) -> None:
        self._done = True
        self.staff_button.hide()
        self._before = self._signing
        self.close_page(title, words, can_go_back=again)

    def confirmed(self) -> None:
        """The nurse is back; her own signature counts from here."""
        if self._signer.is_actor and self._done:
            self.given.emit(self.signature("staff passphrase"))
        super().confirmed()

    def _identified(self) -> str:
        return "name and birth date" if self.asks else "known to the nurse"

    def signature(self, identified_by: str) -> Signature:
        """What was given, tied to the bytes that were shown. The action adds moment, zone, device and meaning."""
        strokes: tuple[Stroke, ...] = self.field.strokes
        method = Method.MARK_X if self._signer.mark else self.field.method
        return Signature(
            role=self._signer.role,
            name_printed=self._signer.name,
            credential=self._signer.credential,
            relationship=self._signer.relationship,
            person_id=self._signer.person_id,
            method=method,
            strokes=strokes,
            pad_width=float(self.field.pad.width()),
            pad_height=float(self.field.pad.height()),
            identified_by=identified_by,
            shown_sha256=fingerprint_of(self._document),
        )
