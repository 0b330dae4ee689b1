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
from liaison_desktop.msl.inquiries.form.ways import known_way
from liaison_desktop.msl.inquiries.record import (
    DeliveryMethod,
    ScientificInterest,
    SiuuPackage,
    StandingRequest,
)
from liaison_desktop.msl.materials.form import MaterialLine, chosen_of
from liaison_desktop.msl.materials.record import Material
from liaison_desktop.ui.editors import ChoiceEditor
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import card, to_top
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.tab_order import one_stop

if TYPE_CHECKING:
    from liaison_desktop.store import Store


class StandingForm(QWidget):
    """Who wants to hear about what, and until when. Once recorded it can only be read."""

    changed = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store, self._request = store, StandingRequest()
        self._filled = ""  # what was filled in as the way to the doctor, to be replaced with another way
        self.topic = topic_line(store)
        self._topic = LabelledField("Scientific interest", self.topic, True)
        self.topic.setAccessibleName("Scientific interest")
        self.form = RecordForm(
            StandingRequest,
            "person_id",
            "text",
            ("requested_at", "expires_on"),
            "delivery_method",
            "channel_ok",
            "consent_to_send_email",
            store=store,
            editors={"delivery_method": one_stop(ChoiceEditor(DeliveryMethod))},
        )
        self.form.setMaximumWidth(16_777_215)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 20)
        layout.setSpacing(12)
        layout.addWidget(card(self._topic, self.form, title="What the doctor asked for", gap=10))
        layout.addStretch(1)
        self.topic.changed.connect(lambda _id: self.changed.emit())
        self.form.changed.connect(self._heard)
        self._settle()

    def _heard(self, name: str) -> None:
        if name == "delivery_method":
            self._fill_in()
        self._settle()
        self.changed.emit()

    def _fill_in(self) -> None:
        """What the directory knows of the way to the doctor is filled in; what was typed stays."""
        detail = self.form.editor("channel_ok")
        if detail.value() in ("", self._filled):
            method, person_id = self.form.editor("delivery_method").value(), self.form.editor("person_id").value()
            self._filled = known_way(self._store, method, person_id)
            detail.set_value(self._filled)

    def _settle(self) -> None:
        method = self.form.editor("delivery_method").value()
        self.form.field("channel_ok").setVisible(method is not None)
        self.form.field("consent_to_send_email").setVisible(method is DeliveryMethod.EMAIL)

    def show_request(self, request: StandingRequest, topic_id: uuid.UUID | None = None) -> None:
        """Show a request."""
        if request.id != self._request.id:
            to_top(self)
        self._request = request
        held = self._store.find(ScientificInterest, request.interest_id)
        self.topic.set_value(held.topic_id if held else topic_id)
        self.form.set_values(request)
        self.form.clear_faults()
        self._topic.clear_fault()
        recorded = request.version is not None
        self.form.set_read_only(recorded)
        self.topic.setReadOnly(recorded)
        self._settle()

    def request(self) -> StandingRequest:
        """The request as typed."""
        typed = msgspec.structs.replace(self._request, **self.form.values())
        if typed.version is None and self.topic.value() is None:
            return msgspec.structs.replace(typed, interest_id=None, subject="")
        return typed

    def unread(self) -> tuple[Fault, ...]:
        """Faults of what was typed and cannot be read."""
        return self.form.unread()

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
        first = self.form.editor("person_id") if empty else self.form.editor("text")
        (first if empty or self.topic.value() else self.topic).setFocus()


class _FileLine(MaterialLine):
    """The line of the approved file within the form of a package: a title alone is no file."""

    def set_value(self, _id: uuid.UUID | None) -> None:
        """The version is shown by `show_chosen`."""

    def complaint(self) -> str:
        """A title that is none of the approved materials."""
        typed = self.chosen()
        return "Choose an approved material, or clear the field." if typed.title and not typed.material_id else ""


class PackageForm(QWidget):
    """The source of a SIUU communication and the disclosures that were seen to go with it."""

    changed = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._package, self._store = SiuuPackage(), store
        self.file = _FileLine(store, "The approved file")
        self.form = RecordForm(
            SiuuPackage,
            "name",
            ("product_id", "topic_id"),
            "source_kind",
            "source",
            "material_id",
            ("approval_ref", "expires_on"),
            "disclosures",
            "in_use",
            store=store,
            editors={"product_id": product_line(store), "topic_id": topic_line(store), "material_id": self.file},
        )
        self.form.setMaximumWidth(16_777_215)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 20)
        layout.addWidget(card(self.form, title="SIUU package", gap=10))
        layout.addStretch(1)
        self.form.changed.connect(lambda _name: self.changed.emit())

    def show_package(self, package: SiuuPackage) -> None:
        """Show a package."""
        if package.id != self._package.id:
            to_top(self)
        self._package = package
        self.form.set_values(package)
        held = self._store.find(Material, package.material_id)
        version = held.version_of(package.version_id) if held else None
        self.file.show_chosen(chosen_of(held, version) if held and version else None)
        self.form.clear_faults()

    def package(self) -> SiuuPackage:
        """The package as typed."""
        chosen = self.file.chosen()
        ids = {"material_id": chosen.material_id, "version_id": chosen.version_id}
        return msgspec.structs.replace(self._package, **(self.form.values() | ids))

    def unread(self) -> tuple[Fault, ...]:
        """Faults of what was typed and cannot be read."""
        return self.form.unread()

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Show each fault beside its field."""
        self.form.show_faults(faults)

    def start(self) -> None:
        """Give the keyboard to the name."""
        self.form.editor("name").setFocus()
