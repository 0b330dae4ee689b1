"""What a house can do, one line for each capability: yes, no, by arrangement, or nothing known."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from liaison_desktop.clinical.people.record import UNITS, Availability, Capability, CapabilityCode
from liaison_desktop.errors import Fault
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.editors import ChoiceEditor
from liaison_desktop.ui.fields import fault_line
from liaison_desktop.ui.layout import column, row
from liaison_desktop.ui.number_editors import DecimalEditor
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.text import elided, label

_C = CapabilityCode
# The order in which a nurse asks for them.
GROUPS: tuple[tuple[str, tuple[CapabilityCode, ...]], ...] = (
    ("Breathing", (_C.VENT, _C.VENT_WEAN, _C.TRACH, _C.BIPAP, _C.HIGH_FLOW_O2, _C.CHEST_TUBE)),
    ("Kidneys", (_C.HD_INHOUSE, _C.PD, _C.DIALYSIS_TRANSPORT)),
    ("Feeding and infusions", (_C.TPN, _C.TUBE_FEED, _C.IV_ABX, _C.PICC, _C.INSULIN_DRIP, _C.CHEMO)),
    ("Heart", (_C.TELEMETRY, _C.LVAD)),
    ("Wounds and body", (_C.WOUND_VAC, _C.OSTOMY, _C.BARIATRIC, _C.SPINAL_PRECAUTIONS)),
    ("Isolation", (_C.ISOLATION_PRIVATE, _C.ISOLATION_AIRBORNE)),
    ("Mind and safety", (_C.BEHAVIOURAL, _C.DEMENTIA_SECURE, _C.TBI_SECURE_UNIT, _C.ONE_TO_ONE)),
)
_NAME, _AMOUNT = 196, 56


class CapabilityRow(QWidget):
    """One capability. Clearing the answer takes it away: nothing is known then."""

    changed = Signal()

    def __init__(self, code: CapabilityCode, held: Capability | None) -> None:
        super().__init__()
        self.code, self._held = code, held
        name = elided(code.label, "body")
        name.setFixedWidth(_NAME)
        self.answer = ChoiceEditor(Availability, code.label)
        self.most = DecimalEditor(name=f"{code.label}, up to {UNITS.get(code, '')}")
        self.most.setFixedWidth(_AMOUNT)
        self.dates: RecordForm | None = None
        counted = code in UNITS
        amount = (
            row(label("up to", "sec", "ink2"), self.most, label(UNITS[code], "sec", "ink2"), gap=6) if counted else None
        )
        self.turn = button(
            icon="calendar-days", kind="quiet", name=f"{code.label}: from when until when", on_click=self._turn
        )
        self.turn.setToolTip("From when until when")
        self._fault = fault_line("")
        self._fault.hide()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        self._box.addWidget(row(name, self.answer, *((amount,) if amount else ()), None, self.turn, gap=8))
        self._box.addWidget(self._fault)
        if held is not None:
            self.answer.set_value(held.available)
            self.most.set_value(held.most)
            if held.effective_from or held.effective_to:
                self._turn()
        self.answer.changed.connect(lambda _value: self.changed.emit())
        self.most.changed.connect(lambda _value: self.changed.emit())
        self.setFocusProxy(self.answer)

    def _turn(self) -> None:
        if self.dates is None:
            self.dates = RecordForm(Capability, ("effective_from", "effective_to"))
            if self._held is not None:
                self.dates.set_values(self._held)
            self.dates.changed.connect(lambda _name: self.changed.emit())
            self._box.insertWidget(2, self.dates)
            self.dates.show()
        else:
            self.dates.setVisible(not self.dates.isVisibleTo(self))

    def value(self) -> Capability | None:
        """What is known; None if nothing is."""
        answer = self.answer.value()
        if not isinstance(answer, Availability):
            return None
        row = self._held or Capability(code=self.code)
        days = self.dates.values() if self.dates is not None else {}
        return msgspec.structs.replace(
            row, available=answer, most=self.most.value(), unit=UNITS.get(self.code, ""), **days
        )

    def complaints(self) -> tuple[str, ...]:
        """What was typed and cannot be read."""
        found = [self.most.complaint()] if self.code in UNITS else []
        found += [fault.message for fault in self.dates.unread()] if self.dates is not None else []
        return tuple(words for words in found if words)

    def show_words(self) -> str:
        """What is said to be wrong."""
        return self._fault.text() if not self._fault.isHidden() else ""

    def show_fault(self, words: str) -> None:
        """Say what is wrong with this line."""
        self._fault.show_fault(words, True)


class CapabilityRows(QWidget):
    """Every capability in groups. What held before or will hold later stays as it is and is not shown."""

    changed = Signal()

    def __init__(self, today: datetime.date) -> None:
        super().__init__()
        self._today = today
        self._kept: tuple[Capability, ...] = ()
        self.rows: dict[CapabilityCode, CapabilityRow] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._body = QWidget()
        self._box.addWidget(self._body)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def set_value(self, held: Iterable[Capability]) -> None:
        """Show these; of a capability the one that holds today, else the next one."""
        rows = tuple(held)
        shown = {code: self._shown(code, rows) for _words, codes in GROUPS for code in codes}
        self._kept = tuple(row for row in rows if not any(row is one for one in shown.values()))
        self.rows = {}
        parts: list[QWidget | int | None] = []
        for words, codes in GROUPS:
            parts += [12 if parts else 0, label(words, "cap", "ink2"), 4]
            for code in codes:
                made = self.rows[code] = CapabilityRow(code, shown[code])
                made.changed.connect(self.changed.emit)
                parts += [made, 4]
        gone, self._body = self._body, column(*parts, gap=0)
        self._box.replaceWidget(gone, self._body)
        gone.hide()
        gone.deleteLater()

    def _shown(self, code: CapabilityCode, rows: tuple[Capability, ...]) -> Capability | None:
        mine = [row for row in rows if row.code is code]
        now = [row for row in mine if row.holds(self._today)]
        later = [row for row in mine if row.effective_from and row.effective_from > self._today]
        return max(now, key=_begins, default=None) or min(later, key=_begins, default=None)

    def value(self) -> tuple[Capability, ...]:
        """All of them, those shown first."""
        return (*(held for held in map(CapabilityRow.value, self.rows.values()) if held is not None), *self._kept)

    def unread(self) -> tuple[Fault, ...]:
        """What was typed and cannot be read."""
        return tuple(
            Fault(field=f"capabilities.{code.value}", message=words)
            for code, line in self.rows.items()
            for words in line.complaints()
        )

    def show_faults(self, faults: Iterable[Fault]) -> bool:
        """Show each beside its line; whether the keyboard went to one."""
        codes = [held.code for held in self.value()]
        beside: dict[CapabilityCode, str] = {}
        for fault in faults:
            _, _, where = fault.field.partition("capabilities.")
            which = where.split(".")[0]
            code = codes[int(which)] if which.isdecimal() and int(which) < len(codes) else None
            code = code or next((each for each in CapabilityCode if each.value == which), None)
            if code is not None:
                beside[code] = f"{beside.get(code, '')} {fault.message}".strip()
        for code, line in self.rows.items():
            line.show_fault(beside.get(code, ""))
        first = next((self.rows[code] for code in self.rows if code in beside), None)
        if first is not None:
            first.setFocus()
        return first is not None


def _begins(row: Capability) -> datetime.date:
    return row.effective_from or datetime.date.min
