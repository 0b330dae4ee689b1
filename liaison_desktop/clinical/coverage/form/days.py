"""The table of days and visits: in all, used, and what is left, a line for each benefit of the plan."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from liaison_desktop.clinical.coverage.record import BenefitDays
from liaison_desktop.clinical.coverage.rules import remaining
from liaison_desktop.errors import Fault
from liaison_desktop.ui.fields import fault_line
from liaison_desktop.ui.layout import empty
from liaison_desktop.ui.number_editors import WholeEditor
from liaison_desktop.ui.text import label

_COLUMNS = ("total", "used")


class DaysTable(QWidget):
    """Shows the rows of a verification and gives back what was typed. Tab goes along the lines."""

    changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[BenefitDays, ...] = ()
        self._editors: list[dict[str, WholeEditor]] = []
        self._left: list[QWidget] = []
        self._faults: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)

    def set_rows(self, rows: Iterable[BenefitDays]) -> None:
        """Show these benefits."""
        empty(self._grid)
        self._rows, self._editors, self._left = tuple(rows), [], []
        for column, words in enumerate(("", "In all", "Used", "Left")):
            self._grid.addWidget(label(words, "cap"), 0, column)
        for number, held in enumerate(self._rows):
            line, place = {}, 2 * number + 1
            self._grid.addWidget(label(held.benefit.label, "body"), place, 0)
            for column, name in enumerate(_COLUMNS, 1):
                editor = WholeEditor(name=f"{held.benefit.label}, {name if name == 'used' else 'in all'}")
                editor.setFixedWidth(96)
                editor.set_value(getattr(held, name))
                editor.changed.connect(lambda _value: self._heard())
                self._grid.addWidget(editor, place, column)
                line[name] = editor
            left = label("", "medium")
            left.setMinimumWidth(48)
            self._grid.addWidget(left, place, 3)
            self._editors.append(line)
            self._left.append(left)
        self._work_out()

    def rows(self) -> tuple[BenefitDays, ...]:
        """The rows as they stand, those that say nothing too."""
        return tuple(
            msgspec.structs.replace(held, **{name: editor.value() for name, editor in line.items()})
            for held, line in zip(self._rows, self._editors, strict=True)
        )

    def unread(self) -> tuple[Fault, ...]:
        """What was typed and is no number."""
        return tuple(
            Fault(field=f"days.{number}.{name}", message=editor.complaint())
            for number, line in enumerate(self._editors)
            for name, editor in line.items()
            if editor.complaint()
        )

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Show each fault, such as that of "days.0.used", under its line."""
        for shown in self._faults:
            self._grid.removeWidget(shown)
            shown.hide()
            shown.deleteLater()
        self._faults = []
        for line in self._editors:
            for editor in line.values():
                editor.set_fault(False)
        for fault in faults:
            _days, number, name = fault.field.split(".")
            shown = fault_line(fault.message)
            self._grid.addWidget(shown, 2 * int(number) + 2, 0, 1, 4)
            self._editors[int(number)][name].set_fault(True)
            self._faults.append(shown)

    def _heard(self) -> None:
        self._work_out()
        self.changed.emit("days")

    def _work_out(self) -> None:
        for held, left in zip(self.rows(), self._left, strict=True):
            known = remaining(held.total, held.used)
            left.set_text("" if known is None else str(known))  # type: ignore[attr-defined]
