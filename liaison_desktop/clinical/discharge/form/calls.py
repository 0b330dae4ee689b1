"""The calls afterwards: each try in a line, and the form for the next."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.discharge.actions import record_call
from liaison_desktop.clinical.discharge.record import Call, DischargePlan
from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import YesNoEditor
from liaison_desktop.ui.layout import card, column, refill, row
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.text import wrapped

_DETAILS = ("spoke_with", "symptoms", "medicines", "appointment", "equipment", "questions", "passed_on")


class CallsCard(QWidget):
    """`changed` while something is typed."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._plan = desk, DischargePlan()
        asked = {name: YesNoEditor() for name in ("reached", "medicines", "appointment", "equipment")}
        self.form = RecordForm(
            Call,
            "reached",
            "spoke_with",
            "symptoms",
            ("medicines", "appointment"),
            "equipment",
            "questions",
            "passed_on",
            store=desk.store,
            editors=dict(asked),
        )
        self.form.changed.connect(self._heard)
        self.save_button = button("Write the call down", "primary", "phone", small=True, on_click=self.save)
        self._said = wrapped("", "sec", "red")
        self._list = column(gap=0)
        self._new = card(self.form, self._said, row(None, self.save_button), title="Call after discharge", gap=10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._list)
        layout.addWidget(self._new)
        self._heard("")

    def _heard(self, _name: str) -> None:
        reached = self.form.editor("reached").value()
        for name in _DETAILS:
            self.form.field(name).setVisible(reached is True)
        self.changed.emit()

    def show_plan(self, plan: DischargePlan, *, asks: bool) -> None:
        """The calls of this plan; `asks` for another as long as the stay is not closed."""
        self._plan = plan
        rows = [
            CardRow(
                show_moment(call.at) if call.at is not None else "",
                " · ".join(filter(None, (call.by, call.spoke_with, call.symptoms, call.passed_on))),
                "phone",
                ChipSpec("reached", "green") if call.reached else ChipSpec("not reached", "amber"),
            )
            for call in plan.calls
        ]
        refill(self._list, *([list_card("Calls afterwards", *rows)] if rows else []))
        self._new.setVisible(asks)

    def typed(self) -> Call:
        """What stands in the form."""
        return msgspec.structs.replace(Call(), **self.form.values())

    def take_up(self, call: Call) -> None:
        """Put back what was typed before."""
        self.form.set_values(call)
        self._heard("")

    def save(self) -> None:
        """Write the call down, or say what is missing."""
        try:
            record_call(self._desk.store, self._plan, self.typed())
        except Refused as refusal:
            left = self.form.show_faults(refusal.faults)
            self._said.set_text(" ".join(fault.message for fault in left))
            return
        except LiaisonError as error:
            self._said.set_text(str(error))
            return
        self._said.set_text("")
        self.form.set_values(Call())
        self._heard("")
        self._desk.toast("The call is written down.")

    def start(self) -> None:
        """The keyboard on whether somebody was reached."""
        self.form.editor("reached").setFocus()
