"""The letter or e-mail that stands in for a signature: chosen, shown by its name, taken away again from a draft."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import Fault
from liaison_desktop.msl.inquiries.record import MedicalInquiry
from liaison_desktop.msl.materials.actions import most_bytes
from liaison_desktop.msl.materials.form import ChosenFile
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import row

_PATTERNS = "Letters and e-mails (*.eml *.msg *.pdf *.txt *.png *.jpg);;All files (*)"


class WrittenRequest(QWidget):
    """Holds no file itself: `chosen` carries its bytes to who keeps them at once, encrypted; the record has its name."""

    chosen = Signal(str, bytes)
    read = Signal()
    dropped = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.file = ChosenFile(
            desk.files,
            most_bytes(desk.store),
            what="Choose the letter or e-mail",
            patterns=_PATTERNS,
            hint="The letter or e-mail the doctor wrote; it is kept encrypted in the store",
        )
        self.file.changed.connect(self._choose)
        self.read_button = button("Read", "quiet", "file-text", small=True, on_click=self.read.emit)
        self.drop_button = button("Remove", "quiet", "x", small=True, on_click=self.dropped.emit)
        self.field = LabelledField("The written request", row((self.file, 1), self.read_button, self.drop_button))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.field)

    def show_inquiry(self, inquiry: MedicalInquiry) -> None:
        """Show what is attached to this inquiry."""
        self.file.show_name(inquiry.written_name, inquiry.written_size)
        self.field.clear_fault()
        for each in (self.read_button, self.drop_button):
            each.setVisible(bool(inquiry.written_sha256))

    def set_locked(self, on: bool) -> None:
        """What stands in for a signature stands with it; it can still be read."""
        self.file.button.setVisible(not on)
        self.drop_button.setVisible(not on and self.drop_button.isVisibleTo(self))

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Show what is wrong with the file."""
        self.field.show_fault(" ".join(fault.message for fault in faults))

    def _choose(self) -> None:
        name, content = self.file.name, self.file.content
        self.file.content = b""
        self.chosen.emit(name, content)
