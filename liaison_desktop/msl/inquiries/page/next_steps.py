"""What can be done next with an inquiry, and the one line that some steps ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.msl.inquiries import actions
from liaison_desktop.msl.inquiries.record import InquiryStatus, MedicalInquiry, blank_question
from liaison_desktop.ui.buttons import Button, button
from liaison_desktop.ui.date_editors import MomentEditor
from liaison_desktop.ui.free_text import FreeText
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import hairline, row
from liaison_desktop.ui.text import label, wrapped
from liaison_desktop.ui.workspace import Command

if TYPE_CHECKING:
    from liaison_desktop.msl.inquiries.page.inquiry_pane import InquiryPane

S = InquiryStatus
_SAID = {
    S.SUBMITTED: "Waiting for whoever answers to say that they have it.",
    S.ACKNOWLEDGED: "They have it. Take it up when work on the answer begins.",
    S.IN_PROGRESS: "Record an answer to each question.",
    S.RESPONDED: "Answered. Record when and how the answer reached the doctor.",
    S.DELIVERED: "The doctor has the answer.",
    S.CLOSED: "Nothing is left to do.",
}


class NextSteps(QWidget):
    """A line of steps under the heading. A step that needs words asks for them in a line below."""

    def __init__(self, pane: InquiryPane) -> None:
        super().__init__()
        self._pane = pane
        self._words = wrapped("", "sec", "ink2")
        store = pane.desk.store

        def one(text: str, icon: str, act: Callable[[], object], kind: str = "secondary") -> Button:
            return button(text, kind, icon, small=True, on_click=act)

        self.acknowledge = one(
            "Acknowledged", "check", lambda: self._run(lambda: actions.acknowledge(store, pane.inquiry))
        )
        self.take_up = one("Take up", "arrow-right", lambda: self._run(lambda: actions.take_up(store, pane.inquiry)))
        self.answer = one("Answer", "pencil", lambda: pane.replying.begin())
        self.deliver = one("Delivered…", "check", lambda: self.ask(self.deliver, "How do you know that it arrived?"))
        self.close_it = one("Close", "check", lambda: self._run(lambda: actions.close(store, pane.inquiry)))
        self.send_back = one("Send back…", "rotate-ccw", lambda: self.ask(self.send_back, "What is missing?"), "quiet")
        self.reopen = one("Complete it", "pencil", lambda: self._run(lambda: actions.reopen(store, pane.inquiry)))
        self.ask_next = one("New inquiry from it", "plus", self._ask_next)
        self.withdraw = one("Withdraw…", "x", lambda: self.ask(self.withdraw, "Why is it withdrawn?"), "quiet")
        self.evidence = one("Evidence pack…", "download", lambda: pane.papers.save_evidence(), "quiet")
        self._steps: dict[Button, tuple[InquiryStatus, ...]] = {
            self.acknowledge: (S.SUBMITTED,),
            self.take_up: (S.ACKNOWLEDGED,),
            self.answer: (S.IN_PROGRESS,),
            self.deliver: (S.RESPONDED,),
            self.close_it: (S.DELIVERED,),
            self.reopen: (S.REJECTED,),
            self.ask_next: (S.RESPONDED, S.DELIVERED, S.CLOSED),
            self.send_back: (S.SUBMITTED, S.ACKNOWLEDGED, S.IN_PROGRESS),
            self.withdraw: (S.DRAFT, S.SIGNED, S.SUBMITTED, S.ACKNOWLEDGED, S.IN_PROGRESS, S.RESPONDED, S.REJECTED),
        }
        self._asking: Button | None = None
        self._question = label("", "medium")
        self.line = LineEdit(name="Reason")
        self.line.free = FreeText("withdraw_reason")
        self.line.returnPressed.connect(self._confirm)
        self.when = MomentEditor()
        self.when.set_clock(store.clock)
        self.when.set_name("Delivered at")
        self.confirm_button = button("Record", "secondary", "check", small=True, on_click=self._confirm)
        cancel = button("Cancel", "quiet", small=True, on_click=self._stop)
        self._ask_row = row(
            self._question, (self.line, 1), self.when, self.confirm_button, cancel, gap=8, margins=(20, 0, 16, 8)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(row((self._words, 1), *self._steps, self.evidence, gap=6, margins=(20, 8, 16, 8)))
        layout.addWidget(self._ask_row)
        layout.addWidget(hairline())
        self._ask_row.hide()

    def show_inquiry(self, inquiry: MedicalInquiry) -> None:
        """Show what can be done with it."""
        self._stop()
        back = f"Sent back: {inquiry.reject_reason}" if inquiry.status is S.REJECTED else ""
        gone = f"Withdrawn: {inquiry.withdraw_reason}" if inquiry.status is S.WITHDRAWN else ""
        signed = "The doctor signed. The question stands as it is." if inquiry.status is S.SIGNED else ""
        self._words.set_text(back or gone or signed or _SAID.get(inquiry.status, ""))
        for step, states in self._steps.items():
            step.setVisible(inquiry.status in states)
        asked_next = any(one.follow_up_question.strip() for one in inquiry.responses)
        self.ask_next.setVisible(self.ask_next.isVisibleTo(self) and asked_next)
        self.evidence.setVisible(bool(inquiry.number))

    def ask(self, step: Button, question: str) -> None:
        """Ask for the words a step needs."""
        self._asking = step
        self._question.set_text(question)
        self.line.setAccessibleName(question)
        self.when.setVisible(step is self.deliver)
        self.when.set_value(self._pane.desk.clock() if step is self.deliver else None)
        self._ask_row.show()
        self.line.setFocus()

    def focus_first(self) -> None:
        """Give the keyboard to the step that comes next, else to the document, else back to the list."""
        pane = self._pane
        shown = [step for step in self._steps if step.isVisibleTo(self)]
        if shown or pane.paper_button.isVisibleTo(pane):
            (shown or [pane.paper_button])[0].setFocus()
        elif pane.beside is not None:
            pane.beside.setFocus()

    def commands(self) -> tuple[Command, ...]:
        """The steps that can be taken now, for the command bar."""
        named = (
            (self.acknowledge, "Acknowledge this inquiry", "check"),
            (self.take_up, "Take this inquiry up", "arrow-right"),
            (self.answer, "Answer the next question", "pencil"),
            (self.deliver, "The answer was delivered", "check"),
            (self.close_it, "Close this inquiry", "check"),
            (self.reopen, "Complete this inquiry", "pencil"),
            (self.ask_next, "New inquiry from what was asked next", "plus"),
            (self.send_back, "Send this inquiry back", "rotate-ccw"),
            (self.withdraw, "Withdraw this inquiry", "x"),
            (self.evidence, "Save the evidence pack", "download"),
        )
        return tuple(Command(name, step.click, "", icon) for step, name, icon in named if self._offers(step))

    def _offers(self, step: Button) -> bool:
        return self.isVisibleTo(self._pane) and step.isVisibleTo(self)

    def _run(self, act: Callable[[], MedicalInquiry]) -> None:
        if self._pane.do(act):
            self.focus_first()

    def _ask_next(self) -> None:
        """A new inquiry of the same doctor from what was asked when the answer came."""
        pane, held = self._pane, self._pane.inquiry
        words = next((one.follow_up_question for one in held.responses if one.follow_up_question.strip()), "")
        begun = actions.new_inquiry(
            pane.desk.store,
            person_id=held.person_id,
            institution_id=held.institution_id,
            question=blank_question(words),
        )
        pane.desk.open(MedicalInquiry.kind, actions.begin_inquiry(pane.desk.store, begun).id)

    def _confirm(self) -> None:
        pane, words = self._pane, self.line.text()
        store, when = pane.desk.store, self.when.value()
        if complaint := self.when.complaint():
            pane.say(complaint, wrong=True)
            return
        verbs: dict[Button | None, Callable[[], MedicalInquiry]] = {
            self.deliver: lambda: actions.deliver(store, pane.inquiry, words, at=when),
            self.send_back: lambda: actions.send_back(store, pane.inquiry, words),
            self.withdraw: lambda: actions.withdraw(store, pane.inquiry, words),
        }
        act = verbs.get(self._asking)
        if act is not None:
            self._run(act)

    def _stop(self) -> None:
        self._asking = None
        self.line.clear()
        self._ask_row.hide()
