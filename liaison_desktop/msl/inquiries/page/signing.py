"""Signing an inquiry on the screen that is turned to the doctor, and submitting it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desktop.msl.inquiries import actions
from liaison_desktop.msl.inquiries.form import Shown
from liaison_desktop.msl.inquiries.page.turning import Turning
from liaison_desktop.msl.inquiries.record import MedicalInquiry
from liaison_desktop.signing import Signature

if TYPE_CHECKING:
    from liaison_desktop.msl.inquiries.page.inquiry_pane import InquiryPane


class Signing:
    """Leads the inquiry a pane shows from a draft to what stands; what is in the way is said beside its field."""

    def __init__(self, pane: InquiryPane) -> None:
        self._pane, self._desk = pane, pane.desk
        self.turning = Turning(pane, pane.desk, self._given, self._back)

    def hand_over(self) -> None:
        """Turn the screen towards the doctor (F6), unless something stands in the way."""
        pane, store = self._pane, self._desk.store
        if not pane.sign_button.isVisibleTo(pane) or pane.stopped() or not pane.papers.printable():
            return
        if pane.act(lambda: actions.ready_for_signature(store, pane.typed()), show=False):
            pane.form.show_inquiry(pane.inquiry)
            self.turning.turn(Shown.of_inquiry(pane.inquiry))

    def _given(self, signature: Signature) -> None:
        self._pane.act(lambda: actions.sign_inquiry(self._desk.store, self._pane.inquiry, signature))

    def _back(self) -> None:
        pane = self._pane
        pane.show_inquiry(self._desk.store.get(MedicalInquiry, pane.inquiry.id))
        signed = pane.inquiry.is_signed
        if signed:
            pane.say("Signed. Submit it when it is complete.")
        (pane.submit_button if signed else pane.sign_button).setFocus()

    def submit(self) -> None:
        """Submit (Ctrl+Shift+Enter), or show everything that stands in the way."""
        pane, store = self._pane, self._desk.store
        if not pane.submit_button.isVisibleTo(pane) or pane.stopped():
            return
        if pane.act(lambda: actions.submit_inquiry(store, pane.typed())):
            self._desk.toast(f"{pane.inquiry.number} submitted")
            pane.steps.focus_first()
