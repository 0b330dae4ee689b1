"""Who, where and when: the fields behind the two lines of the heading."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import Fault
from liaison_desktop.msl.visits.form.order import one_stop
from liaison_desktop.msl.visits.queries import usual_meeting
from liaison_desktop.msl.visits.record import Channel, Visit
from liaison_desktop.msl.visits.rules import Understood
from liaison_desktop.ui.editors import ChoiceEditor
from liaison_desktop.ui.layout import card
from liaison_desktop.ui.record_form import RecordForm

if TYPE_CHECKING:
    from liaison_desktop.store import Store

_NEEDED = ("primary_person_id", "start_at", "channel")
_UNBOUND = 16_777_215  # Qt's own greatest width


class WhoAndWhen(QWidget):
    """Fills in the usual place and channel of a person where nothing was said about them, and never over an answer."""

    changed = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store, self._visit_id = store, Visit().id
        self.fields = RecordForm(
            Visit,
            ("primary_person_id", "institution_id"),
            (("start_at", 4), ("duration_min", 1), ("place_note", 3)),
            "channel",
            ("initiated_by", "visit_kind"),
            store=store,
            editors={"channel": ChoiceEditor(Channel)},
            hints={"start_at": "day and time"},
        )
        self.fields.setMaximumWidth(_UNBOUND)
        one_stop(self.fields.editor("channel"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card(self.fields, margins=(12, 10, 12, 12)))
        self.fields.changed.connect(self._heard)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields here."""
        return self.fields.names

    def show_visit(self, visit: Visit) -> None:
        """Show a visit."""
        self._visit_id = visit.id
        self.fields.set_values(visit)

    def values(self) -> dict[str, Any]:
        """The fields as typed."""
        values = self.fields.values()
        values["duration_min"] = values["duration_min"] or 0
        return values

    def missing(self) -> str:
        """The first needed field that is empty; nothing if none is."""
        return next((name for name in _NEEDED if self.fields.editor(name).value() is None), "")

    def take(self, found: Understood) -> None:
        """Fill in what a quick line said; without a start, the visit began just now."""
        values: dict[str, Any] = {}
        if found.person_id is not None:
            values["primary_person_id"] = found.person_id
        if found.start_at is not None:
            values["start_at"] = found.start_at
        elif self.fields.editor("start_at").value() is None:
            now = self._store.clock()
            values["start_at"] = now.replace(minute=now.minute - now.minute % 5, second=0, microsecond=0)
        if found.minutes is not None:
            values["duration_min"] = found.minutes
        if found.channel is not None:
            values["channel"] = found.channel
        self.fields.set_values(values)
        if found.person_id is not None:
            self._usual(found.person_id)

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Show the faults of these fields, and take the others away."""
        self.fields.show_faults([fault for fault in faults if fault.field in self.names], focus=False)

    def focus_field(self, name: str) -> None:
        """Put the keyboard into one field."""
        self.setVisible(True)
        self.fields.editor(name).setFocus()

    def focused(self, held: QWidget) -> str:
        """The field this widget belongs to; empty if it is none of these."""
        return next((name for name in self.names if self.fields.field(name).isAncestorOf(held)), "")

    def _usual(self, person_id: uuid.UUID) -> None:
        place, channel = self.fields.editor("institution_id"), self.fields.editor("channel")
        said = channel.value()
        usual, known = usual_meeting(
            self._store, person_id, said if isinstance(said, Channel) else None, but=self._visit_id
        )
        if said is None:
            channel.set_value(usual)
        if place.value() is None:
            place.set_value(known.id if known else None)

    def _heard(self, name: str) -> None:
        person = self.fields.editor("primary_person_id").value()
        if name == "primary_person_id" and isinstance(person, uuid.UUID):
            self._usual(person)
        self.changed.emit()
