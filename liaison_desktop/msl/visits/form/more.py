"""The part of a visit that is not always needed: outcome, agenda, who else was there, what was shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import Fault
from liaison_desktop.msl.visits.form.material_row import MaterialEditor
from liaison_desktop.msl.visits.form.rows import AttendeeEditor, RowList
from liaison_desktop.msl.visits.record import Attendee, MaterialUse, Visit
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.layout import card, column, row
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.text import label

if TYPE_CHECKING:
    from liaison_desktop.store import Store

_FIELDS = ("agenda", "outcome", "next_step", "hcp_reaction", "joint_visit", "late_reason")
MORE = (*_FIELDS, "attendees", "materials")


class MoreSection(QWidget):
    """Folded until it is asked for or holds something. Why a visit is late is asked only when it is."""

    changed = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.form = RecordForm(
            Visit, "late_reason", ("outcome", "joint_visit"), "hcp_reaction", "next_step", "agenda", store=store
        )
        self.form.setMaximumWidth(16_777_215)
        self.attendees = RowList(store, AttendeeEditor)
        self.materials = RowList(store, MaterialEditor)
        self.opener = button(
            "More: outcome, materials, also present", "link", "chevron-down", small=True, on_click=self._toggle
        )
        materials = row(label("Materials", "label"), None, self._adder("Add material", self.materials, MaterialUse()))
        present = row(label("Also present", "label"), None, self._adder("Add person", self.attendees, Attendee()))
        self._box = card(
            column(materials, self.materials, gap=4),
            column(present, self.attendees, gap=4),
            self.form,
            gap=12,
            margins=(12, 8, 12, 12),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(row(self.opener, None))
        layout.addWidget(self._box)
        self.form.changed.connect(lambda _name: self.changed.emit())
        self.attendees.changed.connect(self.changed.emit)
        self.materials.changed.connect(self.changed.emit)

    def values(self) -> dict[str, Any]:
        """The fields as typed."""
        return {**self.form.values(), "attendees": self.attendees.values(), "materials": self.materials.values()}

    def unread(self) -> tuple[Fault, ...]:
        """Faults of what was typed and cannot be read."""
        return self.form.unread()

    def show_visit(self, visit: Visit) -> None:
        """Show what a visit holds of this part."""
        self.form.set_values(visit)
        self.attendees.set_values(visit.attendees)
        self.materials.set_values(visit.materials)
        self.form.field("late_reason").setVisible(bool(visit.late_reason))
        filled = visit.agenda or visit.next_step or visit.attendees or visit.materials or visit.late_reason
        self._box.setVisible(bool(filled or visit.outcome))

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Show each fault beside its field; a fault opens the part."""
        mine = [fault for fault in faults if fault.field.partition(".")[0] in MORE]
        self.form.show_faults([fault for fault in mine if fault.field in _FIELDS], focus=False)
        if any(fault.field == "late_reason" for fault in mine):
            self.form.field("late_reason").setVisible(True)
        for name, rows in (("attendees", self.attendees), ("materials", self.materials)):
            for number, held in enumerate(rows.editors()):
                held.show_faults([fault for fault in mine if fault.field.startswith(f"{name}.{number}.")])
        if mine:
            self._box.setVisible(True)

    def focus_field(self, name: str) -> None:
        """Put the keyboard into one field."""
        if name in _FIELDS:
            self._box.setVisible(True)
            self.form.editor(name).setFocus()

    def focused(self, held: QWidget) -> str:
        """The field this widget belongs to; empty if it is none of these."""
        return next((name for name in _FIELDS if self.form.field(name).isAncestorOf(held)), "")

    def set_read_only(self, on: bool) -> None:
        """Let nothing be changed."""
        self.form.set_read_only(on)
        self.attendees.set_read_only(on)
        self.materials.set_read_only(on)
        for adder in self._adders:
            adder.setVisible(not on)

    def _adder(self, text: str, rows: RowList, blank: Any) -> QWidget:
        made = button(text, "link", "plus", small=True, on_click=lambda: rows.add(blank))
        self._adders: list[QWidget] = [*getattr(self, "_adders", []), made]
        return made

    def _toggle(self) -> None:
        self._box.setVisible(not self._box.isVisibleTo(self))
