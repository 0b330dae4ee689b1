"""One inquiry: its form or its document, what is to be done next, and the hand-over to the doctor."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from liaison_desktop.documents.preview import Preview
from liaison_desktop.errors import Fault, LiaisonError, Refused
from liaison_desktop.msl.inquiries import actions
from liaison_desktop.msl.inquiries.form import InquiryForm, ReplyForm
from liaison_desktop.msl.inquiries.page.kept import clean, forget, keep, kept
from liaison_desktop.msl.inquiries.page.looks import state_chip
from liaison_desktop.msl.inquiries.page.next_steps import NextSteps
from liaison_desktop.msl.inquiries.page.papers import Papers
from liaison_desktop.msl.inquiries.page.replying import Replying
from liaison_desktop.msl.inquiries.page.signing import Signing
from liaison_desktop.msl.inquiries.record import InquiryStatus, MedicalInquiry
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.frames import action_bar
from liaison_desktop.ui.layout import column, hairline, panel, scroll
from liaison_desktop.ui.tab_order import FollowsTheEye
from liaison_desktop.ui.text import elided, icon_label
from liaison_desktop.ui.workspace import Command

KEEP_AFTER = 400  # ms after the last key
S = InquiryStatus


class InquiryPane(FollowsTheEye):
    """Holds one inquiry. Typing is kept within two seconds; leaving it saves it."""

    finished = Signal(object)  # the inquiry as saved

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.inquiry = desk, MedicalInquiry()
        self.signing = Signing(self)
        self._dirty = self._saving = False
        self.form, self.preview = InquiryForm(desk), Preview()
        self.body = QStackedWidget()
        self._title, self._facts, self._chip = elided("", "section"), elided("", "sec", "ink2"), Chip("")
        self.papers, self.replying = Papers(self), Replying(self)
        self.paper_button = button("Document", "secondary", "file-text", small=True, on_click=self.papers.toggle)
        self.steps = NextSteps(self)
        self.sign_button = button("Hand over to sign", "primary", "pen-line", on_click=self.signing.hand_over)
        self.sign_button.setToolTip("F6")
        self.submit_button = button("Submit", "primary", "lock", on_click=self.signing.submit)
        self.submit_button.setToolTip("Ctrl+Shift+Enter")
        self.save_button = button("Save", "secondary", "check", on_click=self.save)
        self.save_button.setToolTip("Ctrl+Enter")
        self.answer_button = button("Record this answer", "primary", "check", on_click=self.replying.record)
        self.back_button = button("Back", "quiet", on_click=self.replying.leave)
        self.back_button.setToolTip("Esc")
        QShortcut(QKeySequence("Escape"), self, self.replying.leave)
        self._mark, self._said = icon_label("circle-alert", "red", 16), elided("", "sec", "ink2")
        self.reply_box = column(gap=0)
        for widget in (scroll(self.form), self.reply_box, self.preview):
            self.body.addWidget(widget)
        self._lay_out()
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(KEEP_AFTER)
        self.timer.timeout.connect(self.keep_draft)
        self.form.changed.connect(self._changed)
        self.form.opened.connect(lambda one: desk.open(MedicalInquiry.kind, one.inquiry.id))
        self.papers.watch(self.form.written)
        # Hidden from the start: what is never shown together must not make the page wide.
        self.settle()

    def _lay_out(self) -> None:
        titles = column(self._title, self._facts, gap=0)
        head = panel((titles, 1), self._chip, 4, self.paper_button, gap=8, margins=(20, 10, 16, 10), across=True)
        foot = action_bar(
            self._mark,
            (self._said, 1),
            self.save_button,
            self.submit_button,
            self.sign_button,
            self.back_button,
            self.answer_button,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part, share in (
            (head, 0), (hairline(), 0), (self.steps, 0), (self.body, 1), (hairline(), 0), (foot, 0),
        ):  # fmt: skip
            layout.addWidget(part, share)

    @property
    def reply(self) -> ReplyForm | None:
        """The answer that is being typed, if one is."""
        return self.replying.form

    # ---- showing

    def show_inquiry(self, inquiry: MedicalInquiry) -> None:
        """Show an inquiry; what was typed into it and not saved comes back."""
        self.leave()
        self.replying.end()
        self.inquiry = inquiry
        held = kept(self.desk.store, MedicalInquiry, inquiry.id)
        if held is not None:
            held = msgspec.structs.replace(
                held, version=inquiry.version, status=inquiry.status, signature=inquiry.signature, number=inquiry.number
            )
        self.form.show_inquiry(held or inquiry)
        self._dirty = held is not None
        self.body.setCurrentIndex(0)
        self.preview.clear()
        self.say("What you typed before is back." if held else "")
        self.settle()

    def refresh(self) -> None:
        """Something was saved: take it over unless something is being typed here."""
        if self._saving or self._dirty or self.reply is not None:
            return
        current = self.desk.store.find(MedicalInquiry, self.inquiry.id)
        if current is not None and current != self.inquiry:
            self.show_inquiry(current)

    def settle(self) -> None:
        """Say what it is and offer what can be done."""
        inquiry, reply = self.inquiry, self.reply is not None
        self._title.set_text(inquiry.shown_name or "New inquiry")
        self._facts.set_text(inquiry.number or "The number is given out with the signature")
        spec = state_chip(inquiry, self.desk.today())
        self._chip.show_chip(spec.text, spec.tone, spec.icon)
        draft = inquiry.status is S.DRAFT
        ended = inquiry.status in (S.CLOSED, S.WITHDRAWN, S.DELIVERED)
        self.paper_button.setVisible(inquiry.version is not None and bool(inquiry.number) and not reply)
        self.paper_button.set_text("Request" if self.body.currentIndex() == 2 else "Document")
        self.save_button.setVisible(not ended and not reply)
        self.sign_button.setVisible(draft and not inquiry.is_signed)
        self.submit_button.setVisible(draft or inquiry.status is S.SIGNED)
        self.submit_button.set_kind("primary" if inquiry.is_signed else "secondary")
        for each in (self.answer_button, self.back_button):
            each.setVisible(reply)
        self.steps.show_inquiry(inquiry)
        self.steps.setVisible(inquiry.version is not None and not reply)

    def say(self, words: str, *, wrong: bool = False) -> None:
        """One line at the foot."""
        self._mark.setVisible(wrong)
        self._said.set_text(words)
        self._said.set_tone("red" if wrong else "ink2")

    # ---- keeping

    def _changed(self) -> None:
        self._dirty = True
        self.timer.start()

    def typed(self) -> MedicalInquiry:
        """The inquiry as it stands on the screen."""
        return clean(self.form.inquiry())

    def keep_draft(self) -> None:
        """Make what was typed durable; the first words make it an inquiry of the list."""
        self.timer.stop()
        if self.reply is not None:
            self.replying.keep()
            return
        if not self._dirty:
            return
        if self.inquiry.version is None:
            self._commit()
        else:
            keep(self.desk.store, self.typed())
            self.say(f"Draft kept {self.desk.clock():%H:%M:%S}")

    def leave(self) -> None:
        """Save what was typed, as when another inquiry is chosen."""
        if self.timer.isActive() and self.reply is not None:
            self.keep_draft()
        self.timer.stop()
        if self._dirty:
            self._commit()
            self._dirty = False

    def save(self) -> bool:
        """Save (Ctrl+Enter)."""
        if self.stopped() or not self._commit():
            return False
        self.desk.toast("Inquiry saved")
        self.form.show_faults(())
        return True

    def stopped(self) -> bool:
        """Whether something that was typed cannot be read; it is pointed out."""
        unread = self.form.unread()
        if unread:
            self._refuse(unread)
        return bool(unread)

    def _commit(self) -> bool:
        return self.act(lambda: actions.save_inquiry(self.desk.store, self.typed()), show=False)

    def act(self, act: Callable[[], MedicalInquiry], *, show: bool = True) -> bool:
        """Do one act of an inquiry and take its result over; what stands in the way is said beside the fields."""
        self.timer.stop()
        self._saving = True
        try:
            saved = act()
        except Refused as refused:
            if self.inquiry.version is not None and self._dirty:
                keep(self.desk.store, self.typed())
            self._refuse(refused.faults)
            return False
        except LiaisonError as error:
            self.say(str(error), wrong=True)
            return False
        finally:
            self._saving = False
        forget(self.desk.store, saved)
        self._dirty, self.inquiry = False, saved
        if show:
            self.show_inquiry(saved)
        else:
            self.form.rebase(saved)
            self.say(f"Saved {self.desk.clock():%H:%M:%S}")
            self.settle()
        self.finished.emit(saved)
        return True

    def _refuse(self, faults: tuple[Fault, ...]) -> None:
        self.body.setCurrentIndex(1 if self.reply is not None else 0)
        if self.reply is not None:
            self.reply.show_faults(faults)
        else:
            self.form.show_faults(faults, focus=True)
        first = faults[0].message if faults else ""
        more = f" And {len(faults) - 1} more." if len(faults) > 1 else ""
        self.say(f"{first}{more}", wrong=True)

    def point_out(self, faults: tuple[Fault, ...]) -> None:
        """Show faults that were found on the way out of the store."""
        self.replying.leave()
        self._refuse(faults)
        self.settle()

    def focus_step(self) -> None:
        """Give the keyboard to what is to be done next with an inquiry that stands."""
        if self.inquiry.status is S.SIGNED:
            self.submit_button.setFocus()
        else:
            self.steps.focus_first()

    def commands(self) -> tuple[Command, ...]:
        """What can be done with the inquiry that is shown."""
        known = (
            (self.sign_button, Command("Hand the screen over to sign", self.signing.hand_over, "", "pen-line", "F6")),
            (self.submit_button, Command("Submit this inquiry", self.signing.submit, "", "lock", "Ctrl+Shift+Enter")),
        )
        return (*(command for held, command in known if held.isVisibleTo(self)), *self.steps.commands())

    def do(self, act: Callable[[], MedicalInquiry]) -> bool:
        """One step of its life, as the row of steps asks for it."""
        self.leave()
        return self.act(act)
