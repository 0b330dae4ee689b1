"""Rules that are answered: the question as a card with the button that does what it asks for, or the reason typed into it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import Fault, Severity
from liaison_desktop.msl.insights.form.turning import DISMISSED, OFFERS, SAFETY
from liaison_desktop.msl.insights.record import Answer
from liaison_desktop.ui.buttons import Button, button
from liaison_desktop.ui.free_text import FreeText
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import Item, card, column, refill, row
from liaison_desktop.ui.text import icon_label, wrapped


class AnswerCards(QWidget):
    """One card for each open question, and a line for each answer given. What was answered is kept in the insight.

    `turned` carries the fault whose button was pressed, `opened` kind and id of a record that answered one.
    `reasoned` carries why something is no safety report; whoever hears it keeps it and takes the answer.
    """

    changed = Signal()
    turned = Signal(object)  # Fault
    reasoned = Signal(object, str)  # Fault and reason, where the reason is kept for the radar too
    opened = Signal(str, object)

    def __init__(self, *, turns: bool = False) -> None:
        super().__init__()
        self._turns, self._read_only = turns, False
        self._answers: dict[tuple[str, str], Answer] = {}
        self._shown: tuple[tuple[str, str], ...] = ()
        self.lines: list[LineEdit] = []
        self.buttons: list[Button] = []
        self._open, self._given = column(gap=8), column(gap=2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._open)
        layout.addWidget(self._given)

    def values(self) -> tuple[Answer, ...]:
        """The answers given."""
        return tuple(self._answers.values())

    def set_values(self, held: Iterable[Answer], *, read_only: bool = False) -> None:
        """Take over the answers of an insight."""
        self._answers = {(one.rule, one.about): one for one in held}
        self._shown, self._read_only = (), read_only
        refill(self._open)
        self.lines, self.buttons = [], []
        self._show_given()
        self._settle()

    def take(self, answers: Iterable[Answer]) -> None:
        """Add answers that were given by making a record."""
        self._answers |= {(one.rule, one.about): one for one in answers}
        self._show_given()
        self.changed.emit()

    def focus_first(self) -> bool:
        """Put the keyboard on the first open question: on what it offers to do, else on its reason."""
        stop = self.buttons[0] if self.buttons else self.lines[0] if self.lines else None
        if stop is not None:
            stop.setFocus()
        return stop is not None

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Ask these; those that are on the screen already stay as they are, with what was typed."""
        # What cannot wait is asked first.
        found = tuple(sorted(faults, key=lambda one: one.severity is not Severity.REFUSE))
        wanted = tuple((one.rule, one.message) for one in found)
        if wanted != self._shown:
            self._shown, self.lines, self.buttons = wanted, [], []
            refill(self._open)
            for one in found:
                self._ask(one)
        self._settle()

    def _settle(self) -> None:
        self._open.setVisible(bool(self._shown))
        self._given.setVisible(bool(self._answers))
        self.setVisible(bool(self._shown or self._answers))

    def _ask(self, fault: Fault) -> None:
        refuses = fault.severity is Severity.REFUSE
        offer = OFFERS.get(fault.rule) if self._turns else None
        line = LineEdit(placeholder="Or why not, in a few words", name=f"Why not: {fault.message}")
        line.free = FreeText("answers")
        keep = button("Keep", on_click=lambda: self._answer(fault, line.text()))
        line.returnPressed.connect(lambda: self._answer(fault, line.text()))
        self.lines.append(line)
        icon = icon_label("siren" if refuses else "circle-question-mark", "red" if refuses else "amber")
        items: list[Item] = [row(icon, (wrapped(fault.message, "sec", "ink"), 1))]
        if offer is not None:
            turn = button(offer.words, "danger_line" if offer.danger else "secondary", offer.icon)
            turn.clicked.connect(lambda _on=False: self.turned.emit(fault))
            self.buttons.append(turn)
            items.append(row(turn, None))
        items.append(row((line, 1), keep))
        layout = self._open.layout()
        assert layout is not None
        layout.addWidget(card(*items, tone="red" if refuses else "amber", margins=(12, 8, 12, 10)))

    def _show_given(self) -> None:
        refill(self._given, *(self._line(one) for one in self._answers.values()))

    def _line(self, given: Answer) -> QWidget:
        """One answer: the record that was made, or the reason; a reason can be taken back before it is sent."""
        icon = icon_label("check", "green", 14)
        if given.record_kind == DISMISSED:
            return row(icon, (wrapped(f"No safety report: {given.answer}", "sec", "ink2"), 1), gap=8)
        if given.record_id is not None:
            opener = button("", "quiet", "arrow-up-right", small=True, name=f"Open {given.answer}")
            opener.clicked.connect(lambda _on=False: self.opened.emit(given.record_kind, given.record_id))
            return row(icon, (wrapped(f"Answered by: {given.answer}", "sec", "ink"), 1), opener, gap=8)
        items: list[Item] = [icon, (wrapped(f"{given.rule} answered: {given.answer}", "sec", "ink"), 1)]
        if not self._read_only:
            drop = button("", "quiet", "x", small=True, name=f"Take back the answer: {given.answer}")
            drop.clicked.connect(lambda _on=False: self._drop((given.rule, given.about)))
            items.append(drop)
        return row(*items, gap=8)

    def _answer(self, fault: Fault, text: str) -> None:
        if not text.strip():
            return
        if self._turns and fault.rule == SAFETY:
            self.reasoned.emit(fault, text.strip())
        else:
            self.take((Answer(rule=fault.rule, about=fault.message, answer=text.strip()),))

    def _drop(self, key: tuple[str, str]) -> None:
        del self._answers[key]
        self._show_given()
        self.changed.emit()
