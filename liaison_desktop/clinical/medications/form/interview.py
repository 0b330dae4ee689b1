"""The step of the interview: the open question before anything is shown, the prompt cards, the sources."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.episodes.record import Episode
from liaison_desktop.clinical.medications.actions import (
    Standing,
    finish_history,
    history_for,
    missing_for_collected,
    save_history,
)
from liaison_desktop.clinical.medications.form.drafting import Kept
from liaison_desktop.clinical.medications.form.prompts import PromptCards
from liaison_desktop.clinical.medications.record import MedicationHistory, Prompt
from liaison_desktop.clinical.medications.rules.sources import sources_used
from liaison_desktop.clinical.patients.form.rows import typed_over
from liaison_desktop.errors import Fault, Refused, Stale
from liaison_desktop.records import from_bytes, to_bytes
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.frames import action_bar
from liaison_desktop.ui.layout import card, column, hairline, row, scroll
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.text import elided, label, wrapped

QUESTION = "“What medicines do you take? Tell me all you can think of, also what you buy yourself.”"


class InterviewStep(QWidget):
    """The interview of one stay. `changed` tells that something was stored, `list_asked` wants the grid."""

    changed = Signal()
    list_asked = Signal()

    def __init__(self, desk: Desk, episode: Episode) -> None:
        super().__init__()
        self.desk, self.episode = desk, episode
        self.history = history_for(desk.store, episode)
        self.opening = RecordForm(MedicationHistory, "open_question", "open_words", "not_asked_why")
        self.prompts = PromptCards()
        self.asked = RecordForm(MedicationHistory, "asked", editors={"asked": self.prompts})
        self.sources = RecordForm(MedicationHistory, "list_reviewed", "sources", "why_one_source", "takes_none")
        self.keeping = RecordForm(
            MedicationHistory,
            "keepers",
            (("pharmacy", 3), ("pharmacy_phone", 2)),
            "trouble",
            "ran_out",
            "recent_changes",
        )
        self.care = RecordForm(
            MedicationHistory,
            (("procedure", 3), ("procedure_on", 2)),
            "pharmacist_note",
            clock=desk.clock,
        )
        self.forms = (self.opening, self.asked, self.sources, self.keeping, self.care)
        self._said, self._found = elided("", "sec", "ink2"), label("", "cap", "ink3")
        self._named = wrapped("", "cap", "ink2")
        self._kept = Kept(desk.store, f"medication-history/{episode.id}", self._written, self)
        self._lay_out()
        for form in self.forms:
            form.changed.connect(self._heard)
        self._take_up()

    def _lay_out(self) -> None:
        ask = card(
            wrapped(QUESTION, "section", "ink"), self.opening, title="1  Ask openly, before any list is shown", gap=10
        )
        cards = card(self._found, self.asked, title="2  Ask about each", gap=6)
        left = column(ask, cards, None, gap=12)
        right = column(
            card(self._named, self.sources, title="3  Sources", gap=10),
            card(self.keeping, title="4  How they are taken", gap=10),
            card(self.care, title="5  Before a procedure", gap=10),
            None,
            gap=12,
        )
        self._done = button("History is complete", "primary", "check", on_click=self.finish)
        foot = action_bar(
            (self._said, 1),
            button("Save", on_click=self.save),
            button("To the medicines", icon="pill", on_click=self.to_list),
            self._done,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll(row((left, 11), (right, 10), gap=12, margins=(24, 12, 24, 16))), 1)
        layout.addWidget(hairline())
        layout.addWidget(foot)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, act in (("Ctrl+Return", self.save), ("Ctrl+Shift+Return", self.finish)):
            QShortcut(QKeySequence(keys), self, act, context=context)

    def start(self) -> None:
        """Give the keyboard to the open question."""
        self.opening.editor("open_question").setFocus()

    def refresh(self, stands: Standing) -> None:
        """Show what stands in the store, but leave what is being typed."""
        found = stands.history
        if found is not None and found.version != self.history.version:
            # What other steps wrote stays; what is being typed here lies over it.
            self.history = found
            if not self._kept.dirty:
                self._show(found)
        used = sources_used(self.typed(), stands.medicines)
        named = [each.label for each in sources_used(MedicationHistory(), stands.medicines)]
        self._named.set_text(f"In the list of medicines already: {', '.join(named)}")
        self._named.setVisible(bool(named))
        words = f"Sources, here and in the list: {', '.join(each.label for each in used)}" if used else "No source yet"
        if not self._said.text() or self._said.text().startswith(("Sources", "No source", "Complete")):
            done = found is not None and found.collected_at is not None
            self._say(f"Complete, by {found.collected_by}. {words}" if done and found is not None else words)

    def typed(self) -> MedicationHistory:
        """The interview with what stands in the forms."""
        values: dict[str, object] = {}
        for form in self.forms:
            values |= form.values()
        return typed_over(self.history, values)

    def save(self) -> bool:
        """Keep what was asked so far."""
        unread = tuple(fault for form in self.forms for fault in form.unread())
        if unread:
            self._refuse(unread)
            return False
        try:
            self.history = save_history(self.desk.store, self.typed())
        except Refused as refusal:
            self._refuse(refusal.faults)
            return False
        except Stale as error:
            self._kept.save()
            self._say(str(error), wrong=True)
            return False
        self._kept.drop()
        self._say("Saved")
        self.changed.emit()
        return True

    def to_list(self) -> None:
        """Keep what was asked, and go to the medicines."""
        if not self._kept.dirty or self.save():
            self.list_asked.emit()

    def finish(self) -> None:
        """Say that the history is complete, or show what is missing."""
        if not self.save():
            return
        try:
            self.history = finish_history(self.desk.store, self.history)
        except Refused as refusal:
            self._refuse(refusal.faults)
            return
        self._say("")
        self.changed.emit()
        self.desk.toast("The history is complete.")

    def missing(self) -> int:
        """How much is missing before it is complete."""
        return len(missing_for_collected(self.desk.store, self.typed()))

    def _refuse(self, faults: tuple[Fault, ...]) -> None:
        self._kept.save()
        left = faults
        focus = True
        for form in self.forms:
            before = len(left)
            left = form.show_faults(left, focus=focus)
            focus = focus and len(left) == before
        asks = [fault for fault in left if fault.field.startswith("medicine.")]
        words = " ".join(fault.message for fault in asks[:2]) or " ".join(fault.message for fault in left[:2])
        more = f" And {len(asks) - 2} more." if len(asks) > 2 else ""
        self._say(f"{len(faults)} to do. {words}{more}".strip(), wrong=True)

    def _heard(self, _name: str) -> None:
        self._kept.heard()
        self._settle()

    def _settle(self) -> None:
        self.opening.field("not_asked_why").setVisible(self.opening.editor("open_question").value() is False)
        self._found.set_text(f"{len(self.prompts.value())} of {len(Prompt)} asked")

    def _show(self, history: MedicationHistory) -> None:
        for form in self.forms:
            form.set_values(history)
        self._settle()

    def _say(self, words: str, wrong: bool = False) -> None:
        self._said.set_text(words)
        self._said.set_tone("red" if wrong else "ink2")

    # ---- the draft

    def _written(self) -> bytes:
        return to_bytes(self.typed())

    def _take_up(self) -> None:
        held, shown = self._kept.held(), self.history
        if held is not None:
            try:
                kept = from_bytes(MedicationHistory, held)
            except msgspec.MsgspecError:
                kept = self.history
            # The id is that of the stored one, if it was saved meanwhile.
            shown = msgspec.structs.replace(kept, id=self.history.id, version=self.history.version)
            self._say("Taken up where you left it")
        self._show(shown)

    def save_draft(self) -> None:
        """Keep what was typed."""
        self._kept.save()
