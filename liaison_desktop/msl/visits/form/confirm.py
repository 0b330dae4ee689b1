"""Rules that ask for an answer before they let a visit pass: the question as a card, the answer typed into it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import Fault
from liaison_desktop.msl.visits.record import Confirmation
from liaison_desktop.policies import policy_of
from liaison_desktop.policies.identity import identities
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.free_text import FreeText
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import card, empty, row
from liaison_desktop.ui.text import icon_label, wrapped

if TYPE_CHECKING:
    from liaison_desktop.store import Store


class ConfirmCards(QWidget):
    """One card for each open question. What was answered is kept in the visit."""

    changed = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._policy = policy_of(store)
        self._fields: dict[tuple[str, str], LabelledField] = {}
        self._answers: dict[tuple[str, str], str] = {}
        self._shown: tuple[tuple[str, str], ...] = ()
        self.lines: list[LineEdit] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)

    def values(self) -> tuple[Confirmation, ...]:
        """The answers given."""
        return tuple(
            Confirmation(rule=rule, about=about, answer=answer)
            for (rule, about), answer in self._answers.items()
            if answer
        )

    def set_values(self, held: Iterable[Confirmation]) -> None:
        """Take over the answers of a visit."""
        self._answers = {(one.rule, one.about): one.answer for one in held}
        self._shown = ()
        empty(self._layout)

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Ask these questions; those that are already on the screen stay as they are, with what was typed."""
        found = tuple(faults)
        wanted = tuple((one.rule, one.field) for one in found)
        if wanted == self._shown:
            return
        self._shown = wanted
        self.lines = []
        empty(self._layout)
        for one in found:
            self._ask(one)

    def _ask(self, fault: Fault) -> None:
        line = LineEdit(placeholder="Your answer, in a few words", name=fault.message)
        line.free = FreeText("confirmations")
        confirm = button("Confirm", on_click=lambda: self._answer((fault.rule, fault.field), line.text()))
        line.returnPressed.connect(lambda: self._answer((fault.rule, fault.field), line.text()))
        self.lines.append(line)
        words = row(icon_label("triangle-alert", "amber"), (wrapped(fault.message, "body", "ink"), 1))
        field = LabelledField("", line)
        self._fields[fault.rule, fault.field] = field
        asked = row((field, 1), (confirm, Qt.AlignmentFlag.AlignTop))
        self._layout.addWidget(card(words, asked, tone="amber", margins=(12, 8, 12, 10)))

    def _answer(self, about: tuple[str, str], text: str) -> None:
        named = next((one for one in identities(text) if one.rule == "PHI-1"), None)
        if named is not None:
            # An answer is a text as every other: it is refused before it is kept.
            self._fields[about].show_fault(self._policy.fault("PHI-1", field="answer", span=named.words).message)
            return
        if text.strip():
            self._answers[about] = text.strip()
            self.changed.emit()
