"""What a house can do: said in a few lines, and asked line by line once somebody wants to change it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.people.form.capability_rows import CapabilityRows
from liaison_desktop.clinical.people.record import Capability, Facility
from liaison_desktop.clinical.people.rules import in_words
from liaison_desktop.errors import Fault
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import column, row
from liaison_desktop.ui.text import label, wrapped

_HEAD = 120


class CapabilityPart(QWidget):
    """The lines are made when they are first asked for: there are many, and most who look only read."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._today = desk.today()
        self._held: tuple[Capability, ...] = ()
        self.rows: CapabilityRows | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._body = QWidget()
        self._box.addWidget(self._body)

    def set_value(self, held: tuple[Capability, ...]) -> None:
        """Say these."""
        self._held = held
        if self.rows is not None:
            self.rows.set_value(held)
            return
        self._put(self._said())

    def _said(self) -> QWidget:
        self.open = button("Change" if self._held else "Record", small=True, on_click=self.ask)
        self.open.setAccessibleName("Change what it can do")
        said = in_words(Facility(capabilities=self._held), on=self._today)
        if not said:
            empty = wrapped(
                "Nothing recorded. A referral is then neither fitting nor unfitting: it is not known.", "sec", "ink2"
            )
            return row((empty, 1), self.open)
        lines: list[QWidget] = []
        for head, words in said:
            name = label(head, "secm")
            name.setFixedWidth(_HEAD)
            lines.append(row(column(name, None), (wrapped(words, "sec", "ink"), 1), gap=8))
        return column(*lines, row(None, self.open), gap=6)

    def ask(self) -> None:
        """Show every line, with the keyboard in the first."""
        rows = self._rows()
        next(iter(rows.rows.values())).setFocus()

    def _rows(self) -> CapabilityRows:
        if self.rows is None:
            self.rows = CapabilityRows(self._today)
            self.rows.set_value(self._held)
            self.rows.changed.connect(self.changed.emit)
            self._put(self.rows)
        return self.rows

    def _put(self, body: QWidget) -> None:
        gone, self._body = self._body, body
        self._box.replaceWidget(gone, body)
        gone.hide()
        gone.deleteLater()

    def value(self) -> tuple[Capability, ...]:
        """All of them."""
        return self.rows.value() if self.rows is not None else self._held

    def unread(self) -> tuple[Fault, ...]:
        """What was typed and cannot be read."""
        return self.rows.unread() if self.rows is not None else ()

    def show_faults(self, faults: Iterable[Fault]) -> bool:
        """Show each beside its line; whether the keyboard went to one."""
        found = tuple(faults)
        return bool(found or self.rows) and self._rows().show_faults(found)
