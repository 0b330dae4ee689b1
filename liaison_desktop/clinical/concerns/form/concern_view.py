"""One concern: the patient's words large, then the one next step: ask, answer, read back; and what happened so far."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.concerns.actions import (
    address_concern,
    answer_concern,
    escalate_concern,
    hand_over_concern,
    read_back,
)
from liaison_desktop.clinical.concerns.form.steps import STEPS, next_step, other_steps
from liaison_desktop.clinical.concerns.form.words import state_chip
from liaison_desktop.clinical.concerns.record import Concern, ConcernAct, ConcernState, ConcernStep
from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.records.record import storable
from liaison_desktop.tasks.form import WhoLine, due_chip
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.date_editors import MomentEditor
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import YesNoEditor
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.inputs import TextArea
from liaison_desktop.ui.layout import Item, card, column, refill, row, scroll
from liaison_desktop.ui.text import label, wrapped

S = ConcernState
_ICONS = {
    ConcernAct.RAISED: "quote",
    ConcernAct.ADDRESSED: "arrow-up-right",
    ConcernAct.ANSWERED: "message-square",
    ConcernAct.NOT_CLEAR: "circle-x",
    ConcernAct.ESCALATED: "siren",
    ConcernAct.HANDED_OVER: "send",
    ConcernAct.CONFIRMED: "circle-check",
}


class ConcernView(QWidget):
    """Ctrl+Enter takes the step that is asked for. Nothing here closes a concern but the patient's yes."""

    done = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.concern: Concern | None = None
        self.field: dict[str, LabelledField] = {}
        self._step: Callable[[], None] | None = None
        self._body = column(gap=16, margins=(24, 12, 24, 24))
        self._body.setMaximumWidth(728)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll(row((self._body, 8), None, gap=0)))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.take_step, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_concern(self, concern: Concern) -> None:
        """Show this one; what was typed for its next step is there again."""
        if self.concern == concern:
            return
        self.save_draft()
        self.concern = concern
        self._fill(concern, "")

    def start(self) -> None:
        """Give the keyboard to the first field of the next step."""
        for field in self.field.values():
            field.editor.setFocus()
            return

    def take_step(self) -> None:
        """Take the step that is asked for."""
        if self._step is not None:
            self._step()

    # ---- what is shown

    def _fill(self, concern: Concern, ask: str) -> None:
        self.field, self._step = {}, None
        chip = state_chip(concern)
        due = due_chip(concern.due_at, self.desk.clock()) if concern.waiting else None
        when = show_moment(concern.raised_at) if concern.raised_at else ""
        said = f"said by the {concern.raised_by.label.lower()}"
        told = " · ".join((concern.concern_kind.label, said, f"told to {concern.told_to}, {when}"))
        marks: list[Item] = [Chip(*chip), *((Chip(*due),) if due is not None else ())]
        words = wrapped(f"“{concern.words}”", "name")
        items: list[Item] = [column(words, row(*marks, None), label(told, "sec", "ink2"), gap=8)]
        if concern.answer:
            items.append(self._answer_card(concern))
        items += self._next(concern, ask)
        if concern.about is not None and concern.about_kind in self.desk.store.kinds:
            items.append(self._source(concern))
        steps = [_step_row(step) for step in reversed(concern.steps)]
        refill(self._body, *items, list_card("What happened", *steps), None)
        self._take_up(concern)

    def _answer_card(self, concern: Concern) -> QWidget:
        when = show_moment(concern.answered_at) if concern.answered_at else ""
        parts: list[Item] = [wrapped(concern.answer, "body"), label(f"{concern.answered_by}, {when}", "sec", "ink2")]
        if concern.patient_said:
            parts.append(wrapped(f"The patient: “{concern.patient_said}”", "body"))
        return card(*parts, title="The answer", gap=6)

    def _source(self, concern: Concern) -> QWidget:
        kind, about = concern.about_kind, concern.about
        record = self.desk.store.find(self.desk.store.kinds[kind], about)
        name = record.facts() or record.title() if record is not None else "No longer here"
        if about is None:
            return row()
        return list_card("Where it arose", CardRow(name, "", "link", on_click=lambda: self.desk.open(kind, about)))

    def _next(self, concern: Concern, ask: str) -> list[Item]:
        if not concern.open:
            return self._over(concern)
        shown = ask or next_step(concern)
        others = [self._way(name) for name in other_steps(concern, shown)]
        return [self._panel(concern, shown), row(*others, None, gap=4)]

    def _way(self, name: str) -> QWidget:
        step = STEPS[name]
        return button(step.offer, "quiet", step.icon, small=True, on_click=lambda: self.ask(name))

    def _panel(self, concern: Concern, name: str) -> QWidget:
        step = STEPS[name]
        self.field = {field: LabelledField(text, editor) for field, text, editor in step.fields(self.desk, concern)}
        takes = {
            "ask": self._ask_somebody,
            "answer": self._answer,
            "read": self._read_back,
            "escalate": self._escalate,
            "over": self._hand_over,
        }
        self._step = takes[name]
        act = button(step.verb, "primary", step.icon, on_click=self.take_step)
        act.setToolTip("Ctrl+Enter")
        lead = (wrapped(step.lead, "sec"),) if step.lead else ()
        return card(*lead, *self.field.values(), row(act, None), title=step.title, gap=12)

    def ask(self, what: str) -> None:
        """Ask for another step than the next one."""
        if self.concern is not None:
            self.save_draft()
            self._fill(self.concern, what)
            self.start()

    def _over(self, concern: Concern) -> list[Item]:
        if concern.state is S.CLOSED:
            when = show_moment(concern.closed_at) if concern.closed_at else ""
            return [
                list_card(
                    "Closed by the patient",
                    CardRow("The patient says it is settled", when, "circle-check", tone="green"),
                )
            ]
        return [
            list_card(
                "Handed over", CardRow(concern.handed_over_to, "Goes on with it; the patient has not closed it", "send")
            )
        ]

    # ---- the steps

    def _text(self, name: str) -> str:
        editor = self.field[name].editor if name in self.field else None
        if isinstance(editor, WhoLine):
            return storable(editor.value())
        return storable(editor.text().strip()) if isinstance(editor, TextArea) else ""

    def _ask_somebody(self) -> None:
        self._do(
            lambda concern: address_concern(self.desk.store, concern, self._text("addressed_to"), self._moment()),
            "Asked.",
        )

    def _moment(self) -> datetime.datetime | None:
        editor = self.field["due_at"].editor
        return editor.value() if isinstance(editor, MomentEditor) else None

    def _answer(self) -> None:
        answer, by = self._text("answer"), self._text("answered_by")
        self._do(
            lambda concern: answer_concern(self.desk.store, concern, answer, by), "Kept. Read it back to the patient."
        )

    def _read_back(self) -> None:
        editor, said = self.field["confirmed"].editor, self._text("patient_said")
        settled = editor.value() if isinstance(editor, YesNoEditor) else None
        told = "The patient closed it." if settled else "Open again."
        self._do(
            lambda concern: read_back(self.desk.store, concern, bool(settled) if settled is not None else None, said),
            told,
        )

    def _escalate(self) -> None:
        to, why = self._text("addressed_to"), self._text("words")
        self._do(lambda concern: escalate_concern(self.desk.store, concern, to, self._moment(), why), "Escalated.")

    def _hand_over(self) -> None:
        to, words = self._text("handed_over_to"), self._text("words")
        self._do(lambda concern: hand_over_concern(self.desk.store, concern, to, words), "Handed over.")

    def _do(self, act: Callable[[Concern], Concern], said: str) -> None:
        """Do it and say so, or say beside the field what is missing."""
        if self.concern is None:
            return
        for field in self.field.values():
            field.clear_fault()
        key = _draft_key(self.concern)
        try:
            done = act(self.concern)
        except Refused as refusal:
            for fault in reversed(refusal.faults):
                if fault.field in self.field:
                    self.field[fault.field].show_fault(fault.message)
                    self.field[fault.field].editor.setFocus()
                else:
                    self.desk.trouble(fault.message)
            return
        except LiaisonError as error:
            self.desk.trouble(error)
            return
        self.desk.store.drafts.drop(key)
        self.concern, self.field = None, {}
        self.show_concern(done)
        self.desk.toast(said)
        self.done.emit()

    # ---- what is typed

    def _take_up(self, concern: Concern) -> None:
        kept = self.desk.store.drafts.get(_draft_key(concern))
        try:
            typed = msgspec.json.decode(kept, type=dict[str, str]) if kept is not None else {}
        except msgspec.MsgspecError:
            return
        for name, words in typed.items():
            editor = self.field[name].editor if name in self.field else None
            if isinstance(editor, TextArea):
                editor.set_text(words)

    def save_draft(self) -> None:
        """Keep the texts that are being typed; durable when it returns."""
        if self.concern is None:
            return
        typed = {name: self._text(name) for name, field in self.field.items() if isinstance(field.editor, TextArea)}
        key = _draft_key(self.concern)
        if any(typed.values()):
            self.desk.store.drafts.put(key, msgspec.json.encode(typed))
        elif typed and self.desk.store.drafts.get(key) is not None:
            self.desk.store.drafts.drop(key)


def _draft_key(concern: Concern) -> str:
    return f"concern_step/{concern.id}"


def _step_row(step: ConcernStep) -> CardRow:
    whom = f"{'by' if step.act is ConcernAct.ANSWERED else 'to'} {step.to}" if step.to else ""
    facts = " · ".join(filter(None, (show_moment(step.at), whom, step.words, f"written by {step.by}")))
    return CardRow(step.act.label, facts, _ICONS[step.act])
