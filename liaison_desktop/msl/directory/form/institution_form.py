"""One place to fill in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import Fault
from liaison_desktop.msl.directory.record import Institution
from liaison_desktop.ui.record_form import RecordForm

if TYPE_CHECKING:
    from liaison_desktop.store import Store


class InstitutionForm(QWidget):
    """The fields of a place. It saves nothing: the page asks it for the institution and calls the action."""

    changed = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._institution = Institution()
        self.fields = RecordForm(
            Institution,
            "name",
            ("institution_kind", "parent_id"),
            ("is_teaching_hospital", ("ccn", 1)),
            "street",
            (("city", 3), ("region", 2), ("postcode", 2), ("country", 1)),
            ("latitude", "longitude"),
            "access_policy",
            "access_note",
            "status",
            store=store,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.fields)
        self.fields.changed.connect(lambda _name: self.changed.emit())

    def show_institution(self, institution: Institution) -> None:
        """Show a place."""
        self._institution = institution
        self.fields.set_values(institution)
        self.fields.clear_faults()

    def institution(self) -> Institution:
        """The place as typed."""
        values: dict[str, Any] = self.fields.values()
        values["country"] = str(values["country"]).upper()
        return msgspec.structs.replace(self._institution, **values)

    def unread(self) -> tuple[Fault, ...]:
        """Faults of what was typed and cannot be read."""
        return self.fields.unread()

    def show_faults(self, faults: Iterable[Fault]) -> tuple[Fault, ...]:
        """Show each fault beside its field; returns those without one."""
        return self.fields.show_faults(faults)
