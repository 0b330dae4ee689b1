"""Beside the form: who this may be already, and questions that need a yes before the save."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.patients.form.banner import stripe_for
from liaison_desktop.clinical.patients.form.fitting import Fitting
from liaison_desktop.clinical.patients.record import birth_text, full_name, record_number
from liaison_desktop.clinical.patients.rules import Duplicate
from liaison_desktop.errors import Fault
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import KeyCap
from liaison_desktop.ui.layout import card, column, refill, row
from liaison_desktop.ui.text import icon_text, label, wrapped
from liaison_desktop.ui.ticks import TickEditor

_MOST = 4
_ANOTHER = "V3"


class Proposals(QWidget):
    """Nothing is ticked for anyone: "another person" and "that is so" are said by whoever enters the patient."""

    def __init__(
        self,
        open_chart: Callable[[uuid.UUID], None],
        alike: bool = True,
        act: str = "Open this chart",
        keys: str = "",
        asks: bool = True,
    ) -> None:
        """`act` is the word on the button of each; `keys` such as "Alt" choose them by number; `asks` for a yes to another."""
        super().__init__()
        self._asks = asks
        self._open, self._act, self._keys = open_chart, act, keys
        self._ticks: dict[str, TickEditor] = {}
        self._shown: tuple[uuid.UUID, ...] | None = None
        self._alike, self._questions = column(gap=8), column(gap=8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self._alike)
        layout.addWidget(self._questions)
        self._alike.setVisible(alike)
        self.show_duplicates(())

    def confirmed(self) -> frozenset[str]:
        """The rules that were said yes to."""
        return frozenset(rule for rule, tick in self._ticks.items() if tick.value())

    def shown(self) -> tuple[uuid.UUID, ...]:
        """The ids of the patients that are proposed."""
        return self._shown or ()

    def show_duplicates(self, alike: tuple[Duplicate, ...]) -> None:
        """Show who it may be; the same proposals leave the tick as it is."""
        ids = tuple(each.patient.id for each in alike)
        if ids == self._shown:
            return
        self._shown = ids
        self._ticks.pop(_ANOTHER, None)
        if not alike:
            words = "People with the same birth date and a name, phone or number alike are shown here as you type."
            refill(self._alike, label("Already here?", "section"), wrapped(words, "sec", "ink2"))
            return
        asked = []
        if self._asks:
            asked = [TickEditor("This is another person")]
            self._ticks[_ANOTHER] = asked[0]
        count = f"{len(alike)} may be the same person" if len(alike) > 1 else "One may be the same person"
        more = [label(f"and {len(alike) - _MOST} more", "cap")] if len(alike) > _MOST else []
        cards = [self._card(each, number) for number, each in enumerate(alike[:_MOST], 1)]
        head = icon_text("users", count, "secs", "amber", size=16)
        refill(self._alike, label("Already here?", "section"), head, *cards, *more, *asked)

    def show_questions(self, faults: tuple[Fault, ...]) -> None:
        """Show what else needs a yes."""
        asked = {fault.rule: fault for fault in faults if fault.rule != _ANOTHER}
        for rule in [rule for rule in self._ticks if rule != _ANOTHER and rule not in asked]:
            del self._ticks[rule]
        boxes = []
        for rule, fault in asked.items():
            self._ticks[rule] = TickEditor("That is so")
            boxes.append(card(wrapped(fault.message, "sec", "ink"), self._ticks[rule], tone="amber"))
        refill(self._questions, *boxes)

    def _card(self, each: Duplicate, number: int) -> QWidget:
        patient = each.patient
        facts = " · ".join(part for part in (birth_text(patient.birth_date), record_number(patient)) if part)
        name = Fitting(full_name(patient), role="strong")
        opens = button(self._act, "secondary", small=True, on_click=lambda: self._open(patient.id))
        keys = (KeyCap(f"{self._keys}+{number}"),) if self._keys else ()
        words = wrapped(f"{', '.join(each.grounds).capitalize()}.", "cap", "ink2")
        inside = column(
            row(name, None), label(facts, "sec"), words, row(opens, *keys, None), gap=4, margins=(0, 10, 12, 10)
        )
        return card(row(stripe_for(patient, 4), 10, (inside, 1), gap=0), gap=0, margins=(1, 1, 0, 1))
