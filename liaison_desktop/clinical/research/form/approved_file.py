"""The approved form of a version: chosen once, kept encrypted, compared with whatever is held beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.consents.form.step import inside
from liaison_desktop.clinical.research.actions import keep_form, same_file
from liaison_desktop.clinical.research.record import FormVersion
from liaison_desktop.errors import LiaisonError
from liaison_desktop.records import AttachedFile
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import column, row
from liaison_desktop.ui.text import wrapped


class ApprovedFileEditor(QWidget):
    """An editor for the file of one version. `kept` carries the version as it reads with the file that was chosen."""

    changed = Signal(object)
    kept = Signal(object)  # FormVersion

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._held: AttachedFile | None = None
        self.choose_button = button("Choose the approved file (PDF)", icon="file-up", on_click=self.choose)
        self.compare_button = button("Compare another file", "quiet", "file-check", on_click=self.compare)
        self._words, self._said = wrapped("", "body"), wrapped("", "sec", "ink2")
        inside(self, column(self._words, row(self.choose_button, self.compare_button, None), self._said, gap=6))
        self._show()

    def value(self) -> AttachedFile | None:
        """The file that is kept; None as long as there is none."""
        return self._held

    def set_value(self, value: AttachedFile | None) -> None:
        """Show this file."""
        self._held = value
        self._say("")
        self._show()

    def complaint(self) -> str:
        """A file can always be read."""
        return ""

    def _show(self) -> None:
        held = self._held
        self._words.set_text(
            f"{held.words()}, {held.pages} page{'s' if held.pages != 1 else ''}" if held else "None kept yet."
        )
        self.choose_button.set_text("Choose another file (PDF)" if held else "Choose the approved file (PDF)")
        self.compare_button.setVisible(held is not None)

    def _say(self, words: str, tone: str = "ink2") -> None:
        self._said.set_text(words)
        self._said.set_tone(tone)
        self._said.setVisible(bool(words))

    def choose(self) -> None:
        """Ask for the file, keep it, and say what was read in it."""
        path = self._desk.files.open_file("The approved consent form", "PDF (*.pdf)")
        if path is None:
            return
        try:
            form = keep_form(self._desk.store, FormVersion(), path.read_bytes(), path.name)
        except (LiaisonError, OSError) as error:
            self._say(str(error) if isinstance(error, LiaisonError) else "This file cannot be read.", "red")
            return
        self.set_value(form.file)
        found = "It holds the sentence on ClinicalTrials.gov word for word." if form.statement else ""
        self._say(found or "The sentence on ClinicalTrials.gov was not found in it word for word.")
        self.kept.emit(form)
        self.changed.emit(form.file)

    def compare(self) -> None:
        """Ask for a file at hand and say whether it is the approved one, byte for byte."""
        path = self._desk.files.open_file("A form to compare", "PDF (*.pdf)")
        if path is None or self._held is None:
            return
        try:
            same = same_file(FormVersion(approved_sha256=self._held.sha256), path.read_bytes())
        except OSError:
            self._say("This file cannot be read.", "red")
            return
        self._say("The same file, byte for byte." if same else "Not the approved file.", "green" if same else "red")
