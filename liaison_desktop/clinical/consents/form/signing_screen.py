"""The page that is turned towards whoever signs: the document as it is, the question, the pad, and the ways to stop."""

from __future__ import annotations

import datetime
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from liaison_desktop.clinical.consents.form.signer import TITLES, Editions, Signer
from liaison_desktop.clinical.consents.record import Answer
from liaison_desktop.clinical.patients.form import PatientStrip
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.documents.preview.pages import Pages
from liaison_desktop.errors import LiaisonError
from liaison_desktop.signing import Method, Signature, fingerprint_of
from liaison_desktop.signing.pad import SignatureField
from liaison_desktop.signing.screen import ClosedScreen, Confirm, Scene, big_button
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.choices import BigChoices
from liaison_desktop.ui.dates import show_time
from liaison_desktop.ui.fonts import font, line_height
from liaison_desktop.ui.inputs import TextArea
from liaison_desktop.ui.layout import column, row, scroll
from liaison_desktop.ui.text import Label, Wrapped, label, wrapped

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_FIT, _LARGE_FIT = 1.25, 1.4  # times the size on paper: large print is larger already


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

    def content_fingerprint(self) -> str:
        """SHA-256 of the record as it is shown."""
        ...


class SigningScreen(ClosedScreen):
    """One signer, one document, one moment. `given` carries the signature before the screen can be left.

    Everybody is shown the document before the pad. Whoever decides may ask a question (`asked`, with their words),
    put it off (`put_off`) or say no (`declined`) on every page. A nurse who witnesses is identified by her passphrase
    before her signature counts.
    """

    given = Signal(object)  # Signature, without moment and meaning
    declined = Signal()
    asked = Signal(str)
    put_off = Signal()
    whose = ("For the nurse", "The patient's page stays closed until then.")

    def __init__(
        self,
        patient: Patient,
        consent: Shown,
        signer: Signer,
        editions: Editions,
        *,
        now: datetime.datetime,
        nurse: str,
        confirm: Confirm,
    ) -> None:
        self._consent, self._signer, self._editions, self._now = consent, signer, editions, now
        self._done, self._nurse_name = False, nurse
        self._paper: QScrollArea | None = None
        self._grown: list[tuple[Label | Wrapped, str]] = []
        self.staff_button = button("For staff", "quiet", "lock-keyhole", on_click=self.ask_passphrase)
        self.size_button = button("Larger letters", "link", "type", tall=48, on_click=self.turn_size)
        interpreter = f"{consent.interpreter_name} interprets" if consent.interpreter_name else ""
        right = row(self.size_button, self.staff_button, gap=4)
        super().__init__(PatientStrip(patient, interpreter=interpreter, right=right), nurse, confirm)
        words = "Please make your mark, with two people watching" if signer.mark else ""
        self.field = SignatureField(words or "Please sign with your finger or the pen", can_type=not signer.mark)
        self.choice = BigChoices(
            ((Answer.YES, "Yes, I agree"), (Answer.NO, "No, I do not agree")), consent.agree_question
        )
        self.question = TextArea(3, "Your question")
        self.question.setFont(font("patient"))
        self.question.document().setDefaultFont(font("patient"))
        self.question.setFixedHeight(4 * line_height("patient"))
        self.done_button = big_button("I have signed", "primary", on_click=self._finish)
        self.read_button = big_button("I have read it", "primary", on_click=lambda: self.show_scene(self._signing))
        self.ask_button = big_button("I want to talk to the doctor first", "primary", "hand", on_click=self._ask)
        self.field.changed.connect(self._settle)
        self.choice.changed.connect(lambda _answer: self._settle())
        self.pages = Pages()
        self._reading, self._signing, self._asking = self._reading_scene(), self._signing_scene(), self._asking_scene()
        self.show_scene(self._reading)
        self._settle()

    @property
    def asks(self) -> bool:
        """Whether this signer decides."""
        return self._signer.decides

    # -- the pages ----------------------------------------------------------------------------------------------------
    def _ways_back(self) -> QWidget | None:
        if not self.asks:
            return None
        return row(
            big_button("I have a question", icon="hand", on_click=lambda: self._open_question()),
            big_button("Not now", "quiet", on_click=self._put_off),
            gap=12,
        )

    def _reading_scene(self) -> QWidget:
        self.pages.setAccessibleName("The document")
        self._load()
        # The document is held open only while it can be read.
        self.left.connect(self.pages.clear)
        self._paper = scroll(self.pages)
        return Scene(column(self._paper, gap=0), self._ways_back(), self.read_button, wide=True)

    def _signing_scene(self) -> QWidget:
        moment = f"{_DAYS[self._now.weekday()]} {self._now.day} {_MONTHS[self._now.month - 1]} {self._now.year}"
        beside = f"{self._nurse_name} sees you sign" if self.asks else self._consent.document_number
        under = row(
            self._text(f"{moment}, {show_time(self._now)}", "patient_small", "ink2"),
            None,
            self._text(beside, "patient_small", "ink2"),
        )
        title = self._consent.agree_question if self.asks else TITLES.get(self._signer.role, self._signer.role.label)
        words = self._consent.sign_words if self.asks else self._signer.words()
        question = (24, self.choice, 24) if self.asks else (32,)
        body = column(
            self._lines(title, "patient_title"), 8, self._lines(words, "patient"), *question, self.field, 8, under,
            gap=0,
        )  # fmt: skip
        if not self.asks:
            self.choice.setParent(self)
            self.choice.hide()
        again = big_button("Read it again", "quiet", "book-open", on_click=lambda: self.show_scene(self._reading))
        left = row(*filter(None, (self._ways_back(), again)), gap=12)
        return Scene(body, left, self.done_button)

    def _asking_scene(self) -> QWidget:
        body = column(
            self._lines("What would you like to ask?", "patient_title"), 8,
            self._lines("Nothing is signed. Write it here, or leave it empty and say it to the nurse.", "patient"), 24,
            self.question, gap=0,
        )  # fmt: skip
        return Scene(body, big_button("Back", on_click=self._close_question), self.ask_button)

    def _text(self, text: str, role: str, tone: str = "") -> Label:
        made = label(text, role, tone)
        self._grown.append((made, role))
        return made

    def _lines(self, text: str, role: str) -> Wrapped:
        made = wrapped(text, role)
        self._grown.append((made, role))
        return made

    def _load(self) -> None:
        self.pages.load(self._editions.shown)
        self.pages.set_scale(_LARGE_FIT if self._editions.is_large else _FIT)

    def show_scene(self, scene: QWidget) -> None:
        """Show this page in the letters that were chosen: a page takes its fonts when it is first shown."""
        super().show_scene(scene)
        self._grow()

    def _grow(self) -> None:
        large = self._editions.is_large
        for text, role in self._grown:
            text.set_role(f"{role}_large" if large else role)
        self.field.set_large(large)

    def turn_size(self) -> None:
        """Larger letters, in the document and around it; or the usual ones again. What is shown now is what is signed."""
        try:
            self._editions.turn()
        except LiaisonError:
            self.size_button.set_text("Not possible here")
            self.size_button.setEnabled(False)
            return
        large = self._editions.is_large
        self._load()
        self._grow()
        self.size_button.set_text("Usual letters" if large else "Larger letters")
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and page keys turn the document; every other key stays without effect."""
        if self._paper is not None and self.scenes.currentWidget() is self._reading:
            bar = self._paper.verticalScrollBar()
            steps = {
                Qt.Key.Key_Down: bar.singleStep() * 3,
                Qt.Key.Key_Up: -bar.singleStep() * 3,
                Qt.Key.Key_PageDown: bar.pageStep(),
                Qt.Key.Key_PageUp: -bar.pageStep(),
            }
            bar.setValue(bar.value() + steps.get(Qt.Key(event.key()), 0))
        super().keyPressEvent(event)

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

    def _open_question(self) -> None:
        self._asked_from = self.scenes.currentWidget()
        self.show_scene(self._asking)
        self.question.setFocus()

    def _close_question(self) -> None:
        if self._asked_from is not None:
            self.show_scene(self._asked_from)

    _asked_from: QWidget | None = None

    def _ask(self) -> None:
        self._thank("We will get the doctor", "Nothing is signed. Please give the screen back to the nurse.")
        self.asked.emit(self.question.text().strip())

    def _put_off(self) -> None:
        self._thank("That is all right", "Nothing is signed. Please give the screen back to the nurse.")
        self.put_off.emit()

    def _thank(self, title: str, words: str, *, again: bool = False) -> None:
        self._done = True
        self.staff_button.hide()
        self.size_button.hide()
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
        """What was given, tied to the bytes and the record that were shown. The action adds moment, zone and meaning."""
        signer, method = self._signer, Method.MARK_X if self._signer.mark else self.field.method
        return Signature(
            role=signer.role,
            name_printed=signer.name,
            credential=signer.credential,
            relationship=signer.relationship,
            person_id=signer.person_id,
            method=method,
            strokes=self.field.strokes,
            pad_width=float(self.field.pad.width()),
            pad_height=float(self.field.pad.height()),
            typed=self.field.name if method is Method.TYPED else "",
            adult=signer.adult,
            identified_by=identified_by,
            shown_sha256=fingerprint_of(self._editions.shown),
            shown_as=self._editions.name,
        ).on(self._consent.content_fingerprint())
