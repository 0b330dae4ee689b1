"""A standing request to fill in, and a SIUU package with its checklist."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import Fault
from liaison_desktop.msl.inquiries.form.question_card import product_line, topic_line
from liaison_desktop.msl.inquiries.record import (
    ScientificInterest,
    SiuuPackage,
    StandingRequest,
)
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import card
from liaison_desktop.ui.record_form import RecordForm

if TYPE_CHECKING:
    from liaison_desktop.store import Store


class StandingForm(QWidget):
    """Who wants to hear about what, and until when. Once recorded it can only be read."""

    changed = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store, self._request = store, StandingRequest()
        self.topic = topic_line(store)
        self._topic = LabelledField("Scientific interest", self.topic, True)
        self.form = RecordForm(
            StandingRequest,
            "person_id",
            "text",
            ("requested_at", "expires_on"),
            "channel_ok",
            store=store,
        )
        self.form.setMaximumWidth(16_777_215)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 20)
        layout.setSpacing(12)
        layout.addWidget(card(self._topic, self.form, title="What the doctor asked for", gap=10))
        layout.addStretch(1)
        self.topic.changed.connect(lambda _id: self.changed.emit())
        self.form.changed.connect(lambda _name: self.changed.emit())

    def show_request(self, request: StandingRequest, topic_id: uuid.UUID | None = None) -> None:
        """Show a request."""
        self._request = request
        held = self._store.find(ScientificInterest, request.interest_id)
        self.topic.set_value(held.topic_id if held else topic_id)
        self.form.set_values(request)
        self.form.clear_faults()
        self._topic.clear_fault()
        recorded = request.version is not None
        self.form.set_read_only(recorded)
        self.topic.setReadOnly(recorded)

    def request(self) -> StandingRequest:
        """The request as typed."""
        return msgspec.structs.replace(self._request, **self.form.values())

    def topic_id(self) -> uuid.UUID | None:
        """The topic that was chosen."""
        return self.topic.value()

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Show each fault beside its field."""
        found = tuple(faults)
        mine = [fault for fault in found if fault.field == "interest_id"]
        self._topic.show_fault(" ".join(fault.message for fault in mine))
        self.form.show_faults([fault for fault in found if fault not in mine])

    def start(self) -> None:
        """Give the keyboard to the first field that is empty."""
        empty = self._request.person_id is None
        (self.form.editor("person_id") if empty else self.form.editor("text")).setFocus()


class PackageForm(QWidget):
    """The source of a SIUU communication and the disclosures that were seen to go with it."""

    changed = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._package = SiuuPackage()
        self.form = RecordForm(
            SiuuPackage,
            "name",
            ("product_id", "topic_id"),
            "source_kind",
            "source",
            ("approval_ref", "expires_on"),
            "disclosures",
            "in_use",
            store=store,
            editors={"product_id": product_line(store), "topic_id": topic_line(store)},
        )
        self.form.setMaximumWidth(16_777_215)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 20)
        layout.addWidget(card(self.form, title="SIUU package", gap=10))
        layout.addStretch(1)
        self.form.changed.connect(lambda _name: self.changed.emit())

    def show_package(self, package: SiuuPackage) -> None:
        """Show a package."""
        self._package = package
        self.form.set_values(package)
        self.form.clear_faults()

    def package(self) -> SiuuPackage:
        """The package as typed."""
        return msgspec.structs.replace(self._package, **self.form.values())

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Show each fault beside its field."""
        self.form.show_faults(faults)

    def start(self) -> None:
        """Give the keyboard to the name."""
        self.form.editor("name").setFocus()
