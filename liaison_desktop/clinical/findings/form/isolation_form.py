"""Isolation: each reason for precautions, from when, and whether it holds today."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.findings.actions import set_isolation
from liaison_desktop.clinical.patients.form.sections import isolation_cards
from liaison_desktop.clinical.patients.record import Isolation, Patient
from liaison_desktop.errors import Fault
from liaison_desktop.records import from_bytes, to_bytes
from liaison_desktop.ui.desk import Desk


class _Draft(msgspec.Struct, frozen=True):
    isolation: tuple[Isolation, ...]


class IsolationForm(QWidget):
    """The rows of isolation of one patient."""

    changed = Signal(str)

    def __init__(self, desk: Desk, patient: Patient) -> None:
        super().__init__()
        self._desk, self._patient = desk, patient
        self.rows = isolation_cards()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.rows)
        self.setMaximumWidth(760)
        self.rows.set_value(patient.isolation)
        self.rows.changed.connect(lambda _rows: self.changed.emit("isolation"))

    def widget(self) -> QWidget:
        """This."""
        return self

    def start(self) -> None:
        """The first row, or the button that adds one."""
        cards = self.rows.cards
        first = cards[0].form.editor("organism") if cards else self.rows.add
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self) -> bytes:
        """As it stands."""
        return to_bytes(_Draft(self.rows.value()))

    def take_up(self, kept: bytes) -> None:
        """Show it again."""
        try:
            self.rows.set_value(from_bytes(_Draft, kept).isolation)
        except msgspec.MsgspecError:
            return

    def unread(self) -> Sequence[Fault]:
        """What cannot be read."""
        return tuple(msgspec.structs.replace(one, field=f"isolation.{one.field}") for one in self.rows.complaints())

    def save(self) -> None:
        """Keep it on the patient. Raises Refused."""
        set_isolation(self._desk.store, self._patient, self.rows.value())

    def show_faults(self, faults: Sequence[Fault]) -> Sequence[Fault]:
        """Each on its card."""
        head = "isolation."
        mine = [fault for fault in faults if fault.field.startswith(head)]
        self.rows.show_faults(
            [msgspec.structs.replace(one, field=one.field.removeprefix(head)) for one in mine], focus=True
        )
        return tuple(fault for fault in faults if fault not in mine)
