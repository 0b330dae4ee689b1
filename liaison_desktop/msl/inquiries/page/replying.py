"""Answering one question after the other: the form in place of the request, kept while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from liaison_desktop.msl.inquiries import actions
from liaison_desktop.msl.inquiries.form import ReplyForm
from liaison_desktop.msl.inquiries.page.kept import forget_reply, keep_reply, kept_reply
from liaison_desktop.msl.inquiries.record import MedicalInquiry, Response
from liaison_desktop.msl.inquiries.rules import open_questions
from liaison_desktop.ui.layout import refill, scroll

if TYPE_CHECKING:
    from liaison_desktop.msl.inquiries.page.inquiry_pane import InquiryPane

_FORM, _REPLY = 0, 1  # places in the body of the pane


class Replying(QObject):
    """The answer under the keys; `form` is None while none is."""

    def __init__(self, pane: InquiryPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self.form: ReplyForm | None = None

    def begin(self) -> None:
        """Ask for the answer to the next question that waits for one; what was begun comes back."""
        pane = self._pane
        waiting = open_questions(pane.inquiry)
        if not waiting:
            return
        pane.leave()
        store, by = pane.desk.store, pane.inquiry.assigned_to or pane.desk.store.actor.name
        begun = kept_reply(store, pane.inquiry.id, waiting[0].id)
        fresh = Response(responder=by, responded_at=pane.desk.clock())
        self.form = ReplyForm(pane.desk, waiting[0], begun or fresh, pane.inquiry.id)
        self.form.opened.connect(lambda one: pane.desk.open(MedicalInquiry.kind, one.inquiry.id))
        self.form.form.changed.connect(lambda _name: pane.timer.start())
        refill(pane.reply_box, (scroll(self.form), 1))
        pane.body.setCurrentIndex(_REPLY)
        pane.settle()
        pane.say("What you typed before is back." if begun else "")
        self.form.setFocus()

    def keep(self) -> None:
        """Make what was typed durable."""
        if self.form is not None:
            keep_reply(self._pane.desk.store, self._pane.inquiry.id, self.form.value())
            self._pane.say(f"Draft kept {self._pane.desk.clock():%H:%M:%S}")

    def record(self) -> None:
        """Record the answer, or say what is missing (MIR-4)."""
        pane = self._pane
        if self.form is None:
            return
        if unread := self.form.unread():
            self.form.show_faults(unread)
            pane.say(unread[0].message, wrong=True)
            return
        given = self.form.value()
        if pane.do(lambda: actions.record_response(pane.desk.store, pane.inquiry, given)):
            forget_reply(pane.desk.store, pane.inquiry.id)
            pane.desk.toast("Answer recorded")
            pane.steps.focus_first()

    def leave(self) -> None:
        """Go back to the request (Esc); what was typed is kept and comes back."""
        if self.form is not None:
            self.keep()
            self.end()
            self._pane.settle()
            self._pane.steps.focus_first()

    def end(self) -> None:
        """Show the request again."""
        if self.form is not None:
            self.form = None
            refill(self._pane.reply_box)
            self._pane.body.setCurrentIndex(_FORM)
