"""What the patient needs of a house, one line each; the amount is asked where the capability counts one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.people.record import UNITS, CapabilityCode
from liaison_desktop.clinical.referrals.record import CareNeed
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.editors import ComboEditor
from liaison_desktop.ui.layout import column, row
from liaison_desktop.ui.number_editors import DecimalEditor
from liaison_desktop.ui.text import label


class _Line(QWidget):
    """One need."""

    changed = Signal()
    removed = Signal()

    def __init__(self, need: CareNeed, number: int) -> None:
        super().__init__()
        self.code, self.amount = ComboEditor(CapabilityCode, f"Need {number}"), DecimalEditor()
        self.amount.setAccessibleName(f"How much, need {number}")
        self.amount.setFixedWidth(90)
        self._unit = label("", "sec", "ink2")
        self._unit.setFixedWidth(48)
        self.code.set_value(need.code)
        self.amount.set_value(need.amount)
        gone = button(icon="x", kind="quiet", small=True, name=f"Take need {number} away", on_click=self.removed.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(row((self.code, 1), self.amount, self._unit, gone))
        self.code.changed.connect(self._heard)
        self.amount.changed.connect(self._heard)
        self._settle()

    def _settle(self) -> None:
        code = self.code.value()
        unit = UNITS.get(code, "") if isinstance(code, CapabilityCode) else ""
        self._unit.set_text(unit)
        self.amount.setVisible(bool(unit))
        self._unit.setVisible(bool(unit))

    def _heard(self, _value: object) -> None:
        self._settle()
        self.changed.emit()

    def value(self) -> CareNeed | None:
        """The need; None while none is chosen."""
        code = self.code.value()
        if not isinstance(code, CapabilityCode):
            return None
        return CareNeed(code=code, amount=self.amount.value() if UNITS.get(code) else None)


class NeedsEditor(QWidget):
    """Any number of needs."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[_Line] = []
        self._box = column(gap=6)
        self._add = button("Add a need", "link", "plus", small=True, on_click=self.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._box)
        layout.addWidget(row(self._add, None))
        self.setFocusProxy(self._add)

    def value(self) -> tuple[CareNeed, ...]:
        """The needs that were chosen."""
        return tuple(need for line in self._lines if (need := line.value()) is not None)

    def set_value(self, value: tuple[CareNeed, ...] | None) -> None:
        """Show these needs."""
        for line in tuple(self._lines):
            self._drop(line, tell=False)
        for need in value or ():
            self._put(need)

    def complaint(self) -> str:
        """An amount that is no number."""
        return next((words for line in self._lines if (words := line.amount.complaint())), "")

    def set_name(self, name: str) -> None:
        """What it is called."""
        self._add.setAccessibleName(f"Add: {name.lower()}")

    def add(self) -> None:
        """One more."""
        self._put(CareNeed()).code.setFocus()

    def _put(self, need: CareNeed) -> _Line:
        made = _Line(need, len(self._lines) + 1)
        made.changed.connect(lambda: self.changed.emit(self.value()))
        made.removed.connect(lambda: self._drop(made))
        self._lines.append(made)
        layout = self._box.layout()
        if layout is not None:
            layout.addWidget(made)
        made.show()
        return made

    def _drop(self, line: _Line, tell: bool = True) -> None:
        self._lines.remove(line)
        line.hide()
        line.deleteLater()
        if tell:
            self._add.setFocus()
            self.changed.emit(self.value())
