"""Everything of a report that may be typed, in the order Safety asks for it. Nothing here is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import Fault
from liaison_desktop.msl.safety.record import SafetyEvent
from liaison_desktop.ui.layout import card
from liaison_desktop.ui.record_form import FormRow, RecordForm

if TYPE_CHECKING:
    from liaison_desktop.store import Store

_PARTS: tuple[tuple[str, tuple[FormRow, ...]], ...] = (
    ("What happened", ("description", "safety_kind", ("aware_at", "aware_how"), ("onset_on", "outcome"))),
    ("Patient, without a name", (("initials", "age_value", "age_unit"), "age_group", ("sex", "weight_kg"))),
    (
        "Reporter",
        (
            "reporter_hcp_id",
            ("reporter_name", "reporter_qualification"),
            (("reporter_country", 1), ("reporter_contact", 3)),
            "contact_ok",
        ),
    ),
    (
        "Product",
        (
            ("product_id", "product_name"),
            ("dose", "route"),
            ("start_on", "stop_on", "indication_used"),
            ("lot", "expiry"),
            "sample_available",
        ),
    ),
    ("Seriousness", ("serious_criteria", "special_situation", "action_taken", "rechallenge", "narrative")),
)


class EventForm(QWidget):
    """`changed` after each change."""

    changed = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._event = SafetyEvent()
        self.parts = [RecordForm(SafetyEvent, *rows, store=store) for _title, rows in _PARTS]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 24, 24)
        layout.setSpacing(12)
        for (title, _rows), part in zip(_PARTS, self.parts, strict=True):
            box = card(part, title=title)
            box.setMaximumWidth(720)
            layout.addWidget(box)
            part.changed.connect(lambda _name: self.changed.emit())
        layout.addStretch(1)

    def show_event(self, event: SafetyEvent, *, read_only: bool) -> None:
        """Show a report."""
        self._event = event
        for part in self.parts:
            part.set_values(event)
            part.clear_faults()
            part.set_read_only(read_only)

    def event_typed(self) -> SafetyEvent:
        """The report as typed."""
        values: dict[str, Any] = {}
        for part in self.parts:
            values |= part.values()
        return msgspec.structs.replace(self._event, **values)

    def rebase(self, event: SafetyEvent) -> None:
        """Take over what was saved, and keep what is typed."""
        self._event = event

    def unread(self) -> tuple[Fault, ...]:
        """Faults of what was typed and cannot be read."""
        return tuple(fault for part in self.parts for fault in part.unread())

    def show_faults(self, faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
        """Show each fault beside its field; those of no field here come back."""
        rest = faults
        for part in self.parts:
            part.clear_faults()
            mine = tuple(fault for fault in rest if fault.field in part.names)
            if mine:
                part.show_faults(mine)
            rest = tuple(fault for fault in rest if fault not in mine)
        return rest

    def focus_missing(self, name: str) -> None:
        """Put the keyboard where a missing criterion is answered."""
        first = {"Patient": "age_group", "Reporter": "reporter_hcp_id", "Product": "product_id"}.get(
            name, "description"
        )
        for part in self.parts:
            if first in part.names:
                part.editor(first).setFocus()
