"""The panel over the right pane of a visit: a sentence becomes an insight. Ctrl+Enter saves, Escape puts it away."""

from __future__ import annotations

import uuid
from typing import Any

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from liaison_desktop.errors import Fault, LiaisonError
from liaison_desktop.msl.insights.actions import (
    begin_insight,
    check_insight,
    hear_again,
    save_insight,
    send_insight,
    take_back_vote,
)
from liaison_desktop.msl.insights.form.answers import AnswerCards
from liaison_desktop.msl.insights.form.cart import CART, CartMeter
from liaison_desktop.msl.insights.form.insight_form import offer_priorities
from liaison_desktop.msl.insights.form.kept import CAPTURE, Kept, keep, kept_of
from liaison_desktop.msl.insights.form.similar_list import SimilarList
from liaison_desktop.msl.insights.form.turning import Turns, marked, question_of, settled, turn
from liaison_desktop.msl.insights.record import Insight
from liaison_desktop.msl.insights.rules import asks, blocking
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import KeyCap
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import LongTextEditor
from liaison_desktop.ui.layout import hairline, panel, row, scroll
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.tab_order import FollowsTheEye
from liaison_desktop.ui.text import label, wrapped

KEEP_AFTER = 400  # ms after the last key


class CapturePanel(FollowsTheEye):
    """Quote, headline, why it matters, category and question of one insight. `done` after it was saved or put away."""

    done = Signal()

    def __init__(self, desk: Desk, turns: Turns) -> None:
        super().__init__()
        self._desk, self._turns, self._insight, self._dirty = desk, turns, Insight(), False
        self.form = RecordForm(
            Insight,
            "quote",
            "verbatim",
            "headline",
            "so_what",
            "category",
            "priority_id",
            CART[:2],
            CART[2:],
            store=desk.store,
            # The pane is narrow, so the one sentence of the headline stands in two lines.
            editors={"headline": LongTextEditor(2)},
        )
        self.answers, self.similar = AnswerCards(turns=True), SimilarList(desk, links=False)
        self.meter = CartMeter()
        self._trouble = wrapped("", "label", "red")
        self._trouble.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER)
        self._timer.timeout.connect(self._pause)
        head = row(label("New insight", "section"), None, KeyCap("Ctrl+I"))
        head.setFixedHeight(32)
        self.inquiry_button = button("an inquiry", "link", small=True, on_click=self.make_inquiry)
        self.note_button = button("a plain note", "link", small=True, on_click=self.make_note)
        instead = row(label("Rather", "cap", "ink3"), self.inquiry_button, self.note_button, None, gap=4)
        parts = (head, self.form, self.meter, self.answers, self._trouble, instead, None)
        body = panel(*parts, gap=12, margins=(16, 12, 16, 12))
        self.send_button = button("Save and send", icon="send", on_click=self.send)
        foot = panel(
            self.send_button,
            None,
            button("Save", "primary", "check", on_click=self.save),
            across=True,
            margins=(16, 10, 16, 10),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        # What was heard before stands still under the fields, in sight while one types.
        beside = panel(self.similar, margins=(16, 10, 12, 0))
        for widget, stretch in ((scroll(body), 1), (hairline(), 0), (beside, 0), (foot, 0)):
            layout.addWidget(widget, stretch)
        self.form.changed.connect(lambda _name: self._changed())
        self.answers.changed.connect(self._changed)
        self.answers.turned.connect(self._turn)
        self.answers.reasoned.connect(self._no_report)
        self.answers.opened.connect(desk.open)
        self.similar.heard_again.connect(self._again)
        offer_priorities(desk.store, self.editor("priority_id"), self._text)

    def editor(self, name: str) -> Any:
        """The editor of a field."""
        return self.form.editor(name)

    def typed(self) -> Insight:
        """The insight as it stands on the screen."""
        values = self.form.values()
        values["headline"] = " ".join(str(values["headline"]).split())
        return msgspec.structs.replace(self._insight, **values, answers=self.answers.values())

    def begin(self, visit_id: uuid.UUID, person_id: uuid.UUID | None, quote: str) -> None:
        """A new insight of this visit; the keyboard goes to the headline, or to the quote if there is none."""
        self._show(begin_insight(self._desk.store, quote=quote, person_id=person_id, visit_id=visit_id))
        self.editor("headline" if quote else "quote").setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resume(self, visit_id: uuid.UUID) -> bool:
        """Show what was typed beside this visit and not saved; False if there is nothing."""
        held = kept_of(self._desk.store, f"{CAPTURE}{visit_id}")
        if held is None:
            return False
        self._show(held.insight)
        self._dirty = True
        return True

    def save(self) -> None:
        """Keep it among what was heard (Ctrl+Enter)."""
        self._end(lambda typed: save_insight(self._desk.store, typed), "Insight kept")

    def send(self) -> None:
        """Send it at once, or show everything that stands in the way (Ctrl+Shift+Enter)."""
        faults = self._checked()
        if blocking(faults):
            self._show_faults(faults, focus=True)
            self.keep()
            return
        self._end(lambda typed: send_insight(self._desk.store, typed), "Insight sent")

    def make_inquiry(self) -> None:
        """It is a question after all: an inquiry with these words, and no insight."""
        typed = self.typed()
        try:
            made = self._turns.inquiry(typed, question_of(typed))
        except LiaisonError as error:
            self._say(str(error))
            return
        self.put_away()
        self._desk.open(made.kind, made.id)

    def make_note(self) -> None:
        """It is a plain note after all: what is not in the notes yet is put there, and there is no insight."""
        typed = self.typed()
        if self._turns.note(typed):
            self.put_away()

    def put_away(self) -> None:
        """Forget what was typed."""
        self._forget()
        self.done.emit()

    def keep(self) -> None:
        """Make what was typed durable now."""
        self._timer.stop()
        if self._dirty:
            keep(self._desk.store, f"{CAPTURE}{self._insight.visit_id}", Kept(insight=self.typed()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts the panel away."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    # ---- within

    def _show(self, insight: Insight) -> None:
        self._insight, self._dirty = insight, bool(insight.quote)
        self.form.set_values(insight)
        self.form.clear_faults()
        self.answers.set_values(insight.answers)
        self.meter.show_insight(insight)
        self._trouble.hide()
        self.similar.look_for(self._text(), insight.id)

    def _text(self) -> str:
        return f"{self.editor('headline').value()} {self.editor('quote').value()}".strip()

    def _changed(self) -> None:
        self._dirty = True
        self._timer.start()
        self.meter.show_insight(self.typed())
        self.similar.look_for(self._text(), self._insight.id)

    def _pause(self) -> None:
        self.keep()
        said_early = {"INS-2", "INS-3", "INS-5", "PHI-1"}
        self._show_faults([one for one in self._checked() if one.rule in said_early])

    def look_again(self) -> None:
        """Something was answered elsewhere, as at the radar."""
        if self.answers.lines:
            self._pause()

    def _checked(self) -> tuple[Fault, ...]:
        """What is wrong or doubtful, once the answers given elsewhere are taken over."""
        typed = self.typed()
        faults = check_insight(self._desk.store, typed)
        if found := settled(self._turns, typed, faults):
            self.answers.take(found)
            faults = check_insight(self._desk.store, self.typed())
        return faults

    def _no_report(self, fault: Fault, why: str) -> None:
        """A reason given here counts at the radar as well."""
        typed = self.typed()
        try:
            self._turns.dismiss(typed, fault.field, marked(fault), why)
        except LiaisonError as error:
            self._say(str(error))
            return
        self._pause()

    def _show_faults(self, faults: list[Fault] | tuple[Fault, ...], *, focus: bool = False) -> None:
        open_ones = [one for one in faults if asks(one)]
        left = [one for one in faults if one not in open_ones]
        self.form.show_faults(left, focus)
        self.answers.show_faults(open_ones)
        if focus and not blocking(tuple(left)):
            self.answers.focus_first()

    def _turn(self, fault: Fault) -> None:
        """Do what a question asks for: the insight stays here, and remembers what was made."""
        typed = self.typed()
        try:
            made, answers = turn(self._turns, typed, fault, check_insight(self._desk.store, typed))
        except LiaisonError as error:
            self._say(str(error))
            return
        self.answers.take(answers)
        self._pause()
        self._desk.open(made.kind, made.id)

    def _say(self, words: str) -> None:
        self._trouble.set_text(words)
        self._trouble.show()

    def _end(self, act: Any, words: str) -> None:
        try:
            act(self.typed())
        except LiaisonError as error:
            self._say(str(error))
            return
        self._forget()
        self._desk.toast(words)
        self.done.emit()

    def _again(self, insight: Insight) -> None:
        """+1 instead of the same twice: who, when and in which visit are kept, and this one is put away."""
        typed = self.typed()
        store = self._desk.store
        voted = hear_again(store, insight.id, person_id=typed.person_id, visit_id=typed.visit_id, note=typed.quote)
        self._forget()
        self._desk.toast("Counted as heard again", lambda: _undo(store, voted))
        self.done.emit()

    def _forget(self) -> None:
        self._timer.stop()
        self._desk.store.drafts.drop(f"{CAPTURE}{self._insight.visit_id}")
        self._dirty = False


def _undo(store: Any, voted: Insight) -> None:
    take_back_vote(store, voted.id, voted.votes[-1])
