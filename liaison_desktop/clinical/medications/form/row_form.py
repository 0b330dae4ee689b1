"""One row of the comparison at the right of its table: what is done, the difference, who was told, and the answer."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout

from liaison_desktop.clinical.medications.actions import compare, open_again, row_of
from liaison_desktop.clinical.medications.form.drafting import Kept
from liaison_desktop.clinical.medications.form.quick import PrescriberLine
from liaison_desktop.clinical.medications.record import Action, Discrepancy, Reconciliation, Told
from liaison_desktop.clinical.medications.rules.comparing import Pair
from liaison_desktop.clinical.patients.form.rows import typed_over
from liaison_desktop.errors import Fault, Refused, Stale
from liaison_desktop.records import from_bytes, to_bytes
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import ComboEditor, TextEditor
from liaison_desktop.ui.frames import action_bar, title_line
from liaison_desktop.ui.layout import card, column, hairline, row, scroll
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.tab_order import step
from liaison_desktop.ui.text import elided, label, wrapped

_WIDE = 440  # px
_TOLD = ("told_to", "told_how", "told_at")
_ANSWER = ("answer", "answered_by", "answered_at", "read_back")


class RowForm(QFrame):
    """The form of one pair. `saved` tells that it was stored, `next_asked` wants the next one that is not settled."""

    saved = Signal()
    next_asked = Signal()
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("fill", "surface")
        self.setFixedWidth(_WIDE)
        self.desk = desk
        self.pair: Pair | None = None
        self._kept: Kept | None = None
        editors = {"action": ComboEditor(Action), "discrepancy": ComboEditor(Discrepancy)}
        self.done = RecordForm(
            Reconciliation,
            "action",
            "action_reason",
            "discrepancy",
            "intent",
            "note",
            editors=editors,
            clock=desk.clock,
        )
        told = {"told_how": ComboEditor(Told), "told_to": PrescriberLine(desk.store, "Prescriber told")}
        who = {"answered_by": PrescriberLine(desk.store, "Answered by (prescriber)")}
        self.told = RecordForm(Reconciliation, *_TOLD, editors=told, clock=desk.clock)
        self.answer = RecordForm(Reconciliation, *_ANSWER, editors=who, clock=desk.clock)
        self.again = TextEditor("Why it is opened again", "Why it is opened again")
        self._lay_out()
        for form in (self.done, self.told, self.answer):
            form.changed.connect(self._heard)

    def _lay_out(self) -> None:
        self._title, self._alert = elided("", "section"), Chip("", "red", "triangle-alert")
        self._home, self._order = wrapped("", "medium", "ink"), wrapped("", "medium", "ink")
        self._shows = Chip("", "amber")
        lines = card(
            row(label("At home", "label"), None), self._home, row(label("Ordered", "label"), None), self._order,
            row(self._shows, None), gap=4, margins=(12, 8, 12, 10),
        )  # fmt: skip
        now = button("Answered now", "quiet", "clock", small=True, on_click=self._now)
        told_now = button("Told now", "quiet", "clock", small=True, on_click=self._told_now)
        self._told_card = card(self.told, row(told_now, None), title="Prescriber told", gap=10)
        self._reopen = row((self.again, 1), button("Open again", small=True, on_click=self.open_again))
        lead = wrapped("Only a prescriber's name, time and answer close a difference.", "cap", "ink3")
        self._answer_now = row(now, None)
        self._answer_card = card(lead, self.answer, self._answer_now, self._reopen, title="Prescriber's answer", gap=10)
        self._said = elided("", "sec", "ink2")
        close = button(icon="x", kind="quiet", name="Close the row", on_click=self.closed.emit)
        save = button("Save and next", "primary", "check", on_click=self.save_and_next)
        save.setToolTip("Ctrl+Enter")
        body = column(lines, self.done, self._told_card, self._answer_card, None, gap=12, margins=(16, 12, 16, 16))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(title_line(row((self._title, 1), self._alert), close, margins=(16, 8, 8, 8)))
        layout.addWidget(hairline())
        layout.addWidget(scroll(body), 1)
        layout.addWidget(hairline())
        layout.addWidget(action_bar((self._said, 1), save))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            context = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(keys), self, self.save_and_next, context=context)

    def show_pair(self, pair: Pair, *, place: str = "action") -> None:
        """Show one pair, with the keyboard on a field; nothing is chosen beforehand."""
        self.save_draft()
        self.pair = pair
        held = row_of(pair)
        key = f"reconciliation/{pair.medicine.id}/{pair.against.value}"
        self._kept = Kept(self.desk.store, key, self._written, self)
        shown = self._draft(self._kept.held(), held)
        self._title.set_text(pair.medicine.name)
        alert = next((one.high_alert.label for one in (pair.taken, pair.ordered) if one is not None and one.alert), "")
        self._alert.show_chip(alert, "red", "triangle-alert")
        self._alert.setVisible(bool(alert))
        self._home.set_text(pair.taken.line() or pair.taken.name if pair.taken else "Not taken at home")
        self._order.set_text(pair.ordered.line() or pair.ordered.name if pair.ordered else "Not ordered")
        differs = pair.shows is not Discrepancy.NONE
        self._shows.show_chip(f"The lines show: {pair.shows.label.lower()}", "amber" if differs else "neutral")
        for form in (self.done, self.told, self.answer):
            form.clear_faults()
        self.again.set_value("")
        self._say("Taken up where you left it" if self._kept.dirty else "")
        self._show(shown)
        self._focus(place)

    def follow(self, pair: Pair) -> None:
        """The row was changed beside the form, as by telling a prescriber of all; what is being typed stays."""
        before = self.pair
        if before is None or self._kept is None or pair == before:
            return
        self.pair = pair
        if not self._kept.dirty:
            self._show(row_of(pair))
        elif pair.row is not None:
            self._show(_kept_up(self._typed_over(pair), pair.row))

    def _show(self, shown: Reconciliation) -> None:
        for form in (self.done, self.told, self.answer):
            form.set_values(shown)
        self._settle(shown)

    def _focus(self, place: str) -> None:
        for form in (self.done, self.told, self.answer):
            if place in form.names and form.field(place).isVisibleTo(self):
                form.editor(place).setFocus()

    def typed(self) -> Reconciliation:
        """The row with what stands in the forms."""
        return self._typed_over(self.pair) if self.pair is not None else Reconciliation()

    def _typed_over(self, pair: Pair) -> Reconciliation:
        values = {**self.done.values(), **self.told.values(), **self.answer.values()}
        return typed_over(row_of(pair), values)

    def save(self) -> bool:
        """Save it, or show beside each field what stands in the way."""
        if self.pair is None or self._kept is None:
            return False
        unread = (*self.done.unread(), *self.told.unread(), *self.answer.unread())
        if unread:
            self._refuse(unread)
            return False
        try:
            saved = compare(self.desk.store, self.pair, self.typed())
        except Refused as refusal:
            self._refuse(refusal.faults)
            return False
        except Stale as error:
            self.save_draft()
            self._say(str(error), wrong=True)
            return False
        self._kept.drop()
        self.pair = msgspec.structs.replace(self.pair, row=saved)
        self._settle(saved)
        self._say("Saved")
        self.saved.emit()
        return True

    def save_and_next(self) -> None:
        """Save it, and go to the next one that is not settled."""
        if self.save():
            self.next_asked.emit()

    def open_again(self) -> None:
        """Take the answer back, with a reason."""
        if self.pair is None or self.pair.row is None:
            return
        try:
            row = open_again(self.desk.store, self.pair.row, self.again.value())
        except (Refused, Stale) as error:
            self._say(str(error), wrong=True)
            self.again.setFocus()
            return
        self.show_pair(msgspec.structs.replace(self.pair, row=row), place="answer")
        self.saved.emit()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes as the eye goes, through what came and went as well."""
        return step(self, next) or super().focusNextPrevChild(next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts the row away; a list that is open takes the key first."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # ---- what is shown

    def _settle(self, shown: Reconciliation) -> None:
        stored = self.pair.row if self.pair is not None else None
        closed = stored is not None and stored.answered
        differs = shown.differs or closed
        self.done.field("action_reason").setVisible(shown.action not in (None, Action.CONTINUE))
        self.done.field("intent").setVisible(shown.discrepancy not in (None, Discrepancy.NONE))
        self._told_card.setVisible(differs)
        self._answer_card.setVisible(differs)
        self._reopen.setVisible(closed)
        self._answer_now.setVisible(not closed)
        self.answer.set_read_only(closed)

    def _now(self) -> None:
        self.answer.editor("answered_at").set_value(self.desk.clock().replace(second=0, microsecond=0))
        self._heard("answered_at")

    def _told_now(self) -> None:
        self.told.editor("told_at").set_value(self.desk.clock().replace(second=0, microsecond=0))
        self._heard("told_at")

    def _heard(self, name: str) -> None:
        if self._kept is not None:
            self._kept.heard()
        if name in ("action", "discrepancy"):
            self._settle(self.typed())

    def _refuse(self, faults: tuple[Fault, ...]) -> None:
        self.save_draft()
        self._settle(self.typed())
        left = self.done.show_faults(faults)
        focus = len(left) == len(faults)
        before = len(left)
        left = self.told.show_faults(left, focus=focus)
        left = self.answer.show_faults(left, focus=focus and len(left) == before)
        words = " ".join(fault.message for fault in left)
        self._say(words or f"{len(faults)} to mend. What you typed is kept.", wrong=True)

    def _say(self, words: str, wrong: bool = False) -> None:
        self._said.set_text(words)
        self._said.set_tone("red" if wrong else "ink2")

    # ---- the draft

    def _written(self) -> bytes:
        return to_bytes(self.typed())

    def _draft(self, held: bytes | None, stored: Reconciliation) -> Reconciliation:
        if held is None:
            return stored
        try:
            kept = from_bytes(Reconciliation, held)
        except msgspec.MsgspecError:
            return stored
        return _kept_up(msgspec.structs.replace(kept, id=stored.id, version=stored.version), stored)

    def save_draft(self) -> None:
        """Keep what was typed."""
        if self._kept is not None and self.pair is not None:
            self._kept.save()


def _kept_up(typed: Reconciliation, stored: Reconciliation) -> Reconciliation:
    """What was typed, with whom the prescriber was told of and what was answered meanwhile: blank typing takes nothing."""
    names = (*(_TOLD if stored.told and not typed.told_to.strip() else ()), *(_ANSWER if stored.answered else ()))
    return msgspec.structs.replace(typed, **{name: getattr(stored, name) for name in names})
