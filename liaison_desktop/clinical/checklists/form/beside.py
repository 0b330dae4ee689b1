"""What a checklist has beside its questions: its document, its history, and what a newer version of the form changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.checklists.actions import carry_checklist, newer_form
from liaison_desktop.clinical.checklists.form.lines import line
from liaison_desktop.clinical.checklists.form.newer import NewerVersion
from liaison_desktop.clinical.checklists.form.paper import ChecklistPaper, own_facility
from liaison_desktop.clinical.checklists.form.replay import Replay
from liaison_desktop.clinical.checklists.queries import steps_of
from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.errors import LiaisonError
from liaison_desktop.policies import policy_of
from liaison_desktop.questionnaires.carried import carry, changes
from liaison_desktop.questionnaires.reading import read_json
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.text import icon_text

if TYPE_CHECKING:
    from liaison_desktop.clinical.checklists.form.filling_in import ChecklistForm


class Beside(QObject):
    """Shows one thing at a time in place of the questions; Escape brings them back."""

    def __init__(self, form: ChecklistForm) -> None:
        super().__init__(form)
        self._form = form
        self.newer = newer_form(form.checklist)
        self._short_cuts()

    def newer_line(self) -> QWidget:
        """Says that a newer version is there, and offers to see what it changes."""
        see = button("See what changes", "secondary", "arrow-right", small=True, on_click=self.show_newer)
        now = self.newer.version if self.newer is not None else ""
        was = self._form.checklist.form_version
        return line(
            icon_text("info", f"Version {now} of this form is released; {was} is answered here.", "secm"), None, see
        )

    def _short_cuts(self) -> None:
        for keys, act in (("Ctrl+P", self.show_paper), ("Ctrl+H", self.show_history)):
            shortcut = QShortcut(QKeySequence(keys), self._form)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def show_paper(self) -> None:
        """Its document, to print or to save; a second Ctrl+P prints."""
        if isinstance(self._form.room.side, ChecklistPaper):
            self._form.room.side.print_document()
            return
        self._form.save_draft()
        self._form.room.show_side(ChecklistPaper(self._form.desk, self._form.checklist, self._form.filler.sheet))

    def show_history(self) -> None:
        """Who answered what, when, and what stood there before."""
        self._form.save_draft()
        steps = (*steps_of(self._form.desk.store, self._form.checklist.id), *self._form.trail.pending)
        side = Replay(steps)
        side.go_asked.connect(self._go_back_to)
        self._form.room.show_side(side)

    def _go_back_to(self, key: str) -> None:
        self._form.room.close_side()
        self._form.filler.go_to_key(key)

    def show_newer(self) -> None:
        """What the newer version of the form adds, changes and drops; nothing is done yet."""
        if self.newer is None:
            return
        self._form.save_draft()
        sheet = self._form.filler.sheet
        told = changes(sheet.definition, self.newer)
        side = NewerVersion(self._form.checklist.form_version, self.newer.version, told, carry(sheet, self.newer))
        side.carry_asked.connect(self._carry_over)
        self._form.room.show_side(side)

    def _carry_over(self) -> None:
        if self.newer is None:
            return
        try:
            self._form.keep()
            carry_checklist(
                self._form.desk.store, self._form.checklist, self._form.filler.sheet, self._form.trail, self.newer
            )
        except LiaisonError as error:
            self._form.desk.trouble(error)
            return
        self._form.desk.toast(f"Your answers are under version {self.newer.version} now.")
        self._form.finished.emit(self._form.checklist.id)

    def prove(self, done: Checklist) -> None:
        """V5: what its document would not show is not finished."""
        from liaison_desktop.clinical.checklists.document import checklist_document

        answers = Sheet.read(self._form.filler.sheet.definition, read_json(done.content.encode()))
        patient = self._form.desk.store.find(Patient, done.patient)
        checklist_document(done, answers, patient, own_facility(self._form.desk), policy_of(self._form.desk.store))
