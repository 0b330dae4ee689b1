"""Rules that a reason answers: the question as a card, and the reason typed into it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import Fault, Severity
from liaison_desktop.msl.insights.record import Answer
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import Item, card, empty, row
from liaison_desktop.ui.text import icon_label, wrapped


class AnswerCards(QWidget):
    """One card for each open question. What was answered is kept in the insight."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._answers: dict[tuple[str, str], str] = {}
        self._shown: tuple[tuple[str, str], ...] = ()
        self.lines: list[LineEdit] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)

    def values(self) -> tuple[Answer, ...]:
        """The answers given."""
        return tuple(Answer(rule=rule, about=about, answer=text) for (rule, about), text in self._answers.items())

    def set_values(self, held: Iterable[Answer]) -> None:
        """Take over the answers of an insight."""
        self._answers = {(one.rule, one.about): one.answer for one in held}
        self._shown = ()
        empty(self._layout)
        self.hide()

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Ask these; those that are on the screen already stay as they are, with what was typed."""
        found = tuple(faults)
        wanted = tuple((one.rule, one.message) for one in found)
        self.setVisible(bool(wanted))
        if wanted == self._shown:
            return
        self._shown, self.lines = wanted, []
        empty(self._layout)
        for one in found:
            self._ask(one)

    def _ask(self, fault: Fault) -> None:
        refuses = fault.severity is Severity.REFUSE
        line = LineEdit(placeholder="Why not, in a few words", name=fault.message)
        key = (fault.rule, fault.message)
        confirm = button("Keep", on_click=lambda: self._answer(key, line.text()))
        line.returnPressed.connect(lambda: self._answer(key, line.text()))
        self.lines.append(line)
        icon = icon_label("siren" if refuses else "circle-question-mark", "red" if refuses else "amber")
        items: tuple[Item, ...] = (
            row(icon, (wrapped(fault.message, "sec", "ink"), 1)),
            row((line, 1), confirm),
        )
        self._layout.addWidget(card(*items, tone="red" if refuses else "amber", margins=(12, 8, 12, 10)))

    def _answer(self, key: tuple[str, str], text: str) -> None:
        if text.strip():
            self._answers[key] = text.strip()
            self.changed.emit()
