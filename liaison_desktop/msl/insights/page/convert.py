"""Insight, inquiry, note: three things that are easily mistaken for each other, and the way from one to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison_desktop.errors import Fault, LiaisonError
from liaison_desktop.msl.insights.actions import check_insight
from liaison_desktop.msl.insights.form import Turns, question_of
from liaison_desktop.msl.insights.form.turning import marked, settled, turn
from liaison_desktop.msl.insights.record import Insight
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.workspace import Command

if TYPE_CHECKING:
    from liaison_desktop.msl.insights.page.insight_pane import InsightPane


class Convert(QWidget):
    """Two buttons beside a draft; and what the buttons beside a fault do."""

    def __init__(self, desk: Desk, pane: InsightPane, turns: Turns) -> None:
        super().__init__()
        self._desk, self._pane, self._turns = desk, pane, turns
        self.inquiry = button("Make it an inquiry", icon="circle-question-mark", small=True, on_click=self.to_inquiry)
        self.note = button("Back to the notes", icon="undo-2", small=True, on_click=self.to_note)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.inquiry)
        layout.addWidget(self.note)
        pane.form.answers.turned.connect(self.answer)
        pane.form.answers.reasoned.connect(self.no_report)
        pane.form.answers.opened.connect(desk.open)

    def show_insight(self, insight: Insight) -> None:
        """Offer what can be done with this one; what was sent stays an insight."""
        self.setVisible(not insight.locked)
        self.note.setVisible(insight.visit_id is not None)

    def commands(self) -> tuple[Command, ...]:
        """The same for the command bar."""
        insight = self._pane.insight
        if insight.locked:
            return ()
        found = [Command("Make this insight a medical inquiry", self.to_inquiry, "", "circle-question-mark")]
        if insight.visit_id is not None:
            found.append(Command("Put this insight back into the notes", self.to_note, "", "undo-2"))
        return tuple(found)

    def to_inquiry(self) -> None:
        """It is a question after all: an inquiry with these words; the draft goes and can be put back."""
        self._pane.keep_now()
        typed = self._pane.typed()
        try:
            made = self._turns.inquiry(typed, question_of(typed))
        except LiaisonError as error:
            self._desk.trouble(error)
            return
        self._pane.steps.remove()
        self._desk.open(made.kind, made.id)

    def to_note(self) -> None:
        """It is a plain note after all: its words go into the notes of its visit, the draft can be put back."""
        self._pane.keep_now()
        if self._turns.note(self._pane.typed()):
            self._pane.steps.remove()

    def no_report(self, fault: Fault, why: str) -> None:
        """Keep why it is no safety report, so that the radar asks no second time."""
        try:
            self._turns.dismiss(self._pane.typed(), fault.field, marked(fault), why)
        except LiaisonError as error:
            self._desk.trouble(error)
            return
        self._pane.take_settled()

    def checked(self) -> tuple[Fault, ...]:
        """What is wrong or doubtful, once the answers that were given elsewhere are taken over."""
        pane, store = self._pane, self._desk.store
        typed = pane.typed()
        faults = check_insight(store, typed)
        if found := settled(self._turns, typed, faults):
            pane.form.answers.take(found)
            faults = check_insight(store, pane.typed())
        return faults

    def answer(self, fault: Fault) -> None:
        """Do what the question of a rule asks for; the insight stays, and remembers what was made."""
        typed = self._pane.typed()
        try:
            made, answers = turn(self._turns, typed, fault, check_insight(self._desk.store, typed))
        except LiaisonError as error:
            self._desk.trouble(error)
            return
        self._pane.form.answers.take(answers)
        self._pane.keep_now()
        self._desk.open(made.kind, made.id)
