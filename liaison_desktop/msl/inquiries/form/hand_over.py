"""The page that is turned towards the doctor: the exact text, the pad, and Accept. The keyboard leads nowhere else."""

from __future__ import annotations

import datetime
import uuid

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from liaison_desktop.msl.inquiries.record import MedicalInquiry, StandingRequest, standing_statement, statement_of
from liaison_desktop.signing import Method, Role, Signature, fingerprint_of, signs_as
from liaison_desktop.signing.pad import SignatureField
from liaison_desktop.signing.screen import WIDTH, ClosedScreen, Confirm, Scene, big_button
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.layout import column, panel, row, scroll
from liaison_desktop.ui.text import label, wrapped

_STRIP = 72


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What the doctor is shown: the title, the exact words, and who is to sign them."""

    title: str
    words: str
    name: str
    person_id: uuid.UUID | None

    @classmethod
    def of_inquiry(cls, inquiry: MedicalInquiry) -> Shown:
        """An inquiry that is ready to be signed."""
        words = statement_of(inquiry)
        return cls(
            title="Your request for information", words=words, name=inquiry.shown_name, person_id=inquiry.person_id
        )

    @classmethod
    def of_request(cls, request: StandingRequest) -> Shown:
        """A standing request that is ready to be signed."""
        words = standing_statement(request)
        return cls(title="Your standing request", words=words, name=request.shown_name, person_id=request.person_id)


class HandOver(ClosedScreen):
    """One doctor, one request, one moment. `given` carries the signature before the screen can be left."""

    given = Signal(object)  # Signature, without moment and meaning
    declined = Signal()
    whose = ("For the liaison", "The doctor's page stays closed until then.")

    def __init__(self, shown: Shown, *, now: datetime.datetime, keeper: str, confirm: Confirm) -> None:
        self._shown = shown
        self.staff_button = button("For the liaison", "quiet", "lock-keyhole", on_click=self.ask_passphrase)
        super().__init__(self._strip(f"{show_moment(now)} · {keeper} sees you sign"), keeper, confirm)
        self.shown = shown.words
        self.field = SignatureField("Please sign with the pen, your finger or the mouse")
        self.done_button = big_button("Accept", "primary", on_click=self._finish)
        self.decline_button = big_button("I do not want to sign", on_click=self._decline)
        self.field.changed.connect(self._settle)
        self._whose_name = label(f"Type your name as it stands above: {shown.name}", "sec", "ink2")
        # The pad stays where it is, however long the words above it are; those are scrolled.
        words = scroll(column(8, *self._paragraphs(), None, gap=0))
        middle = column((words, 1), self.field, self._whose_name, 8, gap=0)
        middle.setFixedWidth(WIDTH)
        self.show_scene(Scene(row(None, middle, None), self.decline_button, self.done_button, wide=True))
        self._settle()

    def _paragraphs(self) -> list[QWidget | int]:
        """The question is set larger than the words around it; with one question all of it is seen at 768 px."""
        parts = self.shown.split("\n\n")
        question = 1  # whose it is, what they ask, how to answer, and the statement
        made = [wrapped(part, "patient" if n == question else "patient_small", "ink") for n, part in enumerate(parts)]
        return [item for part in made for item in (part, 6)]

    def _strip(self, moment: str) -> QFrame:
        title = label(self._shown.title, "patient_choice")
        strip = panel(
            title, None, label(moment, "secm", "ink2"), self.staff_button, gap=24, margins=(32, 0, 32, 0), across=True
        )
        strip.setFixedHeight(_STRIP)
        return strip

    def _settle(self) -> None:
        typed = self.field.method is Method.TYPED
        # A typed name is a signature only if it is the name that stands above (21 CFR 11.50).
        self.done_button.setEnabled(self.field.is_given and (not typed or signs_as(self.field.name, self._shown.name)))
        self._whose_name.setVisible(typed)

    def _finish(self) -> None:
        given = self.signature()
        self._thank("Thank you", "Please give the screen back.")
        self.given.emit(given)

    def _decline(self) -> None:
        self._thank("That is all right", "Nothing is signed. Please give the screen back.")
        self.declined.emit()

    def _thank(self, title: str, words: str) -> None:
        self.staff_button.hide()
        self.close_page(title, words, can_go_back=False)

    def signature(self) -> Signature:
        """What was given, tied to the text that was shown. The action adds moment, zone, device and meaning."""
        return Signature(
            role=Role.REQUESTER,
            name_printed=self._shown.name,
            person_id=self._shown.person_id,
            method=self.field.method,
            strokes=self.field.strokes,
            pad_width=float(self.field.pad.width()),
            pad_height=float(self.field.pad.height()),
            identified_by="known to the liaison",
            shown_sha256=fingerprint_of(self.shown.encode()),
        )
