"""A wound and one look at it, with photos; or one more look at a wound that is known."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.findings.actions import record_wound
from liaison_desktop.clinical.findings.record import FindingSource, Wound, WoundLook, WoundType
from liaison_desktop.clinical.patients.form.attachments import attachment_strip
from liaison_desktop.clinical.patients.form.fields import PartialEditor
from liaison_desktop.clinical.patients.form.rows import typed_over
from liaison_desktop.errors import Fault
from liaison_desktop.records import from_bytes, to_bytes
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import ComboEditor
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.text import label


class _Draft(msgspec.Struct, frozen=True):
    wound: Wound
    look: WoundLook


class WoundForm(QWidget):
    """What is asked once of a wound, and what is asked at each look."""

    changed = Signal(str)

    def __init__(self, desk: Desk, patient: uuid.UUID, wound: Wound | None = None) -> None:
        super().__init__()
        self._desk, self._known = desk, wound is not None
        self._wound, self._look = wound or Wound(patient=patient), WoundLook()
        self.head = RecordForm(
            Wound,
            ("site", "type"),
            "since",
            editors={"type": ComboEditor(WoundType), "since": PartialEditor("14 Nov 2026, or Nov 2026")},
        )
        self.photos = attachment_strip(desk, self._wound.patient or patient, pictures_only=True)
        self.look = RecordForm(
            WoundLook,
            ("length", "width", "depth"),
            ("treatment", "source"),
            "note",
            "photos",
            editors={"source": ComboEditor(FindingSource), "photos": self.photos},
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(self.head)
        before = self._wound.last
        if before is not None:
            told = " · ".join(filter(None, (before.size() or "not measured", before.treatment)))
            layout.addWidget(label(f"Last look: {told}", "sec"))
        layout.addWidget(self.look)
        self.head.setVisible(not self._known)
        self.head.set_values(self._wound)
        self.look.set_values(self._look)
        for form in (self.head, self.look):
            form.changed.connect(self.changed.emit)

    def widget(self) -> QWidget:
        """This."""
        return self

    def start(self) -> None:
        """The place comes first; of a known wound its length."""
        first = self.look.editor("length") if self._known else self.head.editor("site")
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> _Draft:
        return _Draft(typed_over(self._wound, self.head.values()), typed_over(self._look, self.look.values()))

    def typed(self) -> bytes:
        """Wound and look as they stand; photos are in the store already."""
        return to_bytes(self._typed())

    def take_up(self, kept: bytes) -> None:
        """Show them again."""
        try:
            held = from_bytes(_Draft, kept)
        except msgspec.MsgspecError:
            return
        if not self._known:
            self._wound = held.wound
        self._look = held.look
        self.head.set_values(self._wound)
        self.look.set_values(self._look)

    def unread(self) -> Sequence[Fault]:
        """What cannot be read, and a photo that is not stored yet."""
        return (*self.head.unread(), *self.look.unread())

    def save(self) -> None:
        """Keep it. Raises Refused."""
        held = self._typed()
        record_wound(self._desk.store, held.wound, held.look)

    def show_faults(self, faults: Sequence[Fault]) -> Sequence[Fault]:
        """Each beside its field; the keyboard on the first."""
        left = self.head.show_faults(faults, focus=False)
        first = any(fault not in left for fault in faults)
        others = self.look.show_faults(left, focus=not first)
        if first:
            self.head.show_faults(faults)
        return others
