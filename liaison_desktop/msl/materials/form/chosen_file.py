"""Choosing a file: its name and size are shown, its bytes are held until they are saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError
from liaison_desktop.interop import read_whole
from liaison_desktop.msl.materials.rules import clean_name
from liaison_desktop.store.attachments import megabytes
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.text import elided

if TYPE_CHECKING:
    from liaison_desktop.ui.files import Files

APPROVED, PATTERNS = "Choose the approved file", "Documents (*.pdf *.pptx *.docx *.mp4);;All files (*)"
HINT = "PDF is shown here; any other file can be saved as a copy"


class ChosenFile(QWidget):
    """A button that asks for a file, and what was chosen. `changed` after a file was read whole.

    `what` is the title of the dialog, `hint` stands beside the button until a file was chosen.
    """

    changed = Signal()

    def __init__(
        self, files: Files, most: int, *, what: str = APPROVED, patterns: str = PATTERNS, hint: str = HINT
    ) -> None:
        super().__init__()
        self._files, self._most, self._what, self._patterns, self._hint = files, most, what, patterns, hint
        self.name, self.content = "", b""
        self.button = button("Choose a file…", icon="file-up", on_click=self.ask)
        self._said = elided(hint, "sec", "ink2")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.button)
        layout.addWidget(self._said, 1)
        self.setFocusProxy(self.button)

    def ask(self) -> None:
        """Ask for a file and read it."""
        path = self._files.open_file(self._what, self._patterns)
        if path is None:
            return
        try:
            content = read_whole(path, self._most)
        except LiaisonError as error:
            self._said.set_text(str(error))
            self._said.set_tone("red")
            return
        self.show_file(clean_name(path.name), content)
        self.changed.emit()

    def show_file(self, name: str, content: bytes) -> None:
        """Show a file that was chosen before."""
        self.content = content
        self.show_name(name, len(content))

    def show_name(self, name: str, size: int) -> None:
        """Show what is kept already, without its bytes; without a name nothing was chosen."""
        self.name = name
        self._said.set_text(f"{name}, {megabytes(size)}" if name else self._hint)
        self._said.set_tone("ink" if name else "ink2")
        self.button.set_text("Choose another file…" if name else "Choose a file…")
