"""Telling a concern: the patient's words first, then what it is, and who is to answer by when."""

from __future__ import annotations

import datetime

import msgspec
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.concerns.actions import raise_concern
from liaison_desktop.clinical.concerns.record import Concern, ConcernKind, RaisedBy
from liaison_desktop.clinical.people.queries import people_to_ask
from liaison_desktop.errors import Fault
from liaison_desktop.policies import policy_of
from liaison_desktop.records.record import storable
from liaison_desktop.tasks.form import WhoLine
from liaison_desktop.ui.date_editors import MomentEditor
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.drafted import DraftedForm
from liaison_desktop.ui.editors import ChoiceEditor, ComboEditor
from liaison_desktop.ui.layout import card
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.text import wrapped


class ConcernForm(DraftedForm[Concern]):
    """Ctrl+Enter keeps it. The time for an answer is proposed once somebody is named."""

    def __init__(self, desk: Desk, concern: Concern) -> None:
        super().__init__(
            desk,
            concern,
            key=f"concern_new/{concern.patient}",
            title="What matters, what worries you today?",
            verb="Keep it",
        )
        self._due = MomentEditor(clock=desk.clock)
        self._who = WhoLine(lambda: people_to_ask(desk.store), "Nobody yet, or type a name")
        editors: dict[str, QWidget] = {
            "concern_kind": ComboEditor(ConcernKind),
            "raised_by": ChoiceEditor(RaisedBy, clears=False),
            "addressed_to": self._who,
            "due_at": self._due,
        }
        hints = {"words": "in their own words"}
        self.said = RecordForm(
            Concern, "words", "concern_kind", "raised_by", store=desk.store, editors=editors, hints=hints
        )
        self.asked = RecordForm(Concern, "addressed_to", "due_at", store=desk.store, editors=editors)
        for form in (self.said, self.asked):
            form.changed.connect(self.heard)
        self._who.changed.connect(lambda _name: self._propose())
        self.lay_out(
            card(self.said, gap=12),
            card(
                wrapped("Only the patient closes a concern. Without a name it waits until somebody is asked.", "sec"),
                self.asked,
                title="Who is to answer",
                gap=12,
            ),
        )

    def _propose(self) -> None:
        if self._who.value() and self._due.value() is None and not self._due.complaint():
            self._due.set_value(proposed(self.desk))
            self.heard()
        elif not self._who.value() and self._due.value() == proposed(self.desk):
            self._due.set_value(None)

    def typed(self) -> Concern:
        """The concern as it stands in the fields."""
        values = {**self.said.values(), **self.asked.values()}
        clean = {name: storable(value) if type(value) is str else value for name, value in values.items()}
        return msgspec.structs.replace(self.held, **clean)

    def show_value(self, record: Concern) -> None:
        """Put a concern into the fields."""
        for form in (self.said, self.asked):
            form.set_values(record)

    def write(self, record: Concern) -> Concern:
        """Into the ledger."""
        return raise_concern(self.desk.store, record)

    def unread(self) -> tuple[Fault, ...]:
        """A time that cannot be read."""
        return (*self.said.unread(), *self.asked.unread())

    def show_faults(self, faults: tuple[Fault, ...]) -> None:
        """Beside each field."""
        rest = self.said.show_faults(faults)
        self.asked.show_faults(rest, focus=len(rest) == len(faults))

    def start(self) -> None:
        """The patient's words."""
        self.said.editor("words").setFocus()


def proposed(desk: Desk) -> datetime.datetime:
    """By when an answer is asked for unless somebody says otherwise: the hours of the policy from now, on the minute."""
    hours = policy_of(desk.store).number("concern_hours")
    return desk.clock().replace(second=0, microsecond=0) + datetime.timedelta(hours=hours)
