"""Rules that ask for an answer before they let a visit pass: the question as a card, the answer typed into it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import Fault
from liaison_desktop.msl.visits.record import Confirmation
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import card, empty, row
from liaison_desktop.ui.text import icon_label, wrapped


class ConfirmCards(QWidget):
    """One card for each open question. What was answered is kept in the visit."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
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
        confirm = button("Confirm", on_click=lambda: self._answer((fault.rule, fault.field), line.text()))
        line.returnPressed.connect(lambda: self._answer((fault.rule, fault.field), line.text()))
        self.lines.append(line)
        words = row(icon_label("triangle-alert", "amber"), (wrapped(fault.message, "body", "ink"), 1))
        self._layout.addWidget(card(words, row((line, 1), confirm), tone="amber", margins=(12, 8, 12, 10)))

    def _answer(self, about: tuple[str, str], text: str) -> None:
        if text.strip():
            self._answers[about] = text.strip()
            self.changed.emit()
