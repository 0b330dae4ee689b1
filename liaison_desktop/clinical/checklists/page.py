"""The list of checklists: go on with one, look at a finished one, or start a new one."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from liaison_desktop.clinical.checklists.actions import Planned, begin_form
from liaison_desktop.clinical.checklists.form import ChecklistForm, ImportView, StartForm, checklist_row
from liaison_desktop.clinical.checklists.queries import recent_checklists
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.errors import LiaisonError
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.layout import panel, row
from liaison_desktop.ui.lists import KeyRole, ListRow
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.tab_order import FollowsTheEye
from liaison_desktop.ui.text import label
from liaison_desktop.ui.workspace import Command


class ChecklistsPage(Page):
    """Every checklist, those in progress first. Enter opens, Ctrl+N starts one."""

    key = "checklists"
    title = "Checklists"
    icon = "clipboard-check"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form: ChecklistForm | None = None
        self.starting: StartForm | None = None
        self.importing: ImportView | None = None
        self.view = RowsView("Checklists")
        self.view.opened.connect(self._open)
        self.view.clicked.connect(lambda index: self._open(index.data(KeyRole)))
        self._new = button("New checklist", "primary", "plus", on_click=self.new)
        self._new.setToolTip("Ctrl+N")
        bring = button("Import…", "secondary", "import", on_click=self.import_file)
        head = row(label("Checklists", "title"), None, bring, self._new, margins=(20, 0, 16, 0))
        head.setFixedHeight(32)
        self.setFocusProxy(self.view)
        self.stack = QStackedLayout(self)
        listed = FollowsTheEye()
        filled = QVBoxLayout(listed)
        filled.setContentsMargins(0, 0, 0, 0)
        filled.addWidget(panel(12, head, 8, (self.view, 1), fill="surface", gap=0))
        self.stack.addWidget(listed)
        self._fill()

    # ---- the list

    def _fill(self) -> None:
        found = recent_checklists(self.desk.store)
        going = [checklist_row(*pair) for pair in found if pair[0].status is ChecklistStatus.IN_PROGRESS]
        waits = [checklist_row(*pair) for pair in found if pair[0].review_needed]
        over = [
            checklist_row(*pair)
            for pair in found
            if pair[0].status is not ChecklistStatus.IN_PROGRESS and not pair[0].review_needed
        ]
        rows: list[ListRow | str] = []
        for caption, part in (("In progress", going), ("Waiting for an RN", waits), ("Finished", over)):
            rows += [caption, *part] if part else []
        current = self.view.current_key()
        self.view.rows.set_rows(rows)
        self.view.set_empty(
            EmptyState(
                "No checklists yet.",
                "Start one for a patient; every answer is kept as you give it.",
                "New checklist",
                "plus",
                self.new,
                "Ctrl+N",
            )
        )
        self._new.setVisible(bool(rows))
        if not self.view.select(current):
            self.view.select_first()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Query again when checklists or patients changed."""
        if kinds & {Checklist.kind, Patient.kind} and self.form is None:
            self._fill()

    # ---- one of them

    def _open(self, key: object) -> None:
        if isinstance(key, uuid.UUID):
            self.show_record(key)

    def show_record(self, id: uuid.UUID) -> None:
        """Open this checklist where it was left."""
        if self.form is not None and self.form.checklist.id == id:
            return
        self._close_form()
        self.form = ChecklistForm(self.desk, id)
        self.form.left.connect(self.show_list)
        self.form.finished.connect(self._reopen)
        self.form.amended.connect(self._reopen)
        self._show(self.form)
        self.form.resume()

    def _reopen(self, id: object) -> None:
        self._close_form()
        self._open(id)

    def new(self) -> None:
        """Start a checklist."""
        self.start_for(None)

    def start_for(self, patient: uuid.UUID | None) -> None:
        """Start a checklist for this patient, or for one to be chosen."""
        self._close_form()
        self.starting = StartForm(self.desk, patient)
        self.starting.asked.connect(self._start)
        self.starting.resumed.connect(self._reopen)
        self.starting.left.connect(self.show_list)
        self._show(self.starting)
        self.starting.setFocus(Qt.FocusReason.OtherFocusReason)

    def _start(self, patient: object, planned: object, form: str) -> None:
        if isinstance(patient, uuid.UUID) and isinstance(planned, Planned):
            made = begin_form(self.desk.store, patient, planned, form)
            self._close_form()
            self.show_record(made.id)

    def import_file(self) -> None:
        """Choose a FHIR file, and see what is in it before it is taken in."""
        path = self.desk.files.open_file("Import a form or answers", "FHIR JSON (*.json)")
        if path is None:
            return
        self._close_form()
        self.importing = ImportView(self.desk, path)
        self.importing.closed.connect(self.show_list)
        self.importing.done.connect(self._imported)
        self._show(self.importing)
        self.importing.setFocus(Qt.FocusReason.OtherFocusReason)

    def _imported(self, id: object) -> None:
        self.show_list()
        self._open(id)

    def _show(self, widget: QWidget) -> None:
        self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)
        self.setFocusProxy(widget)

    def _close_form(self) -> None:
        for gone in (self.form, self.starting, self.importing):
            if gone is not None:
                self.stack.removeWidget(gone)
                gone.hide()
                gone.deleteLater()
        self.form, self.starting, self.importing = None, None, None
        self.setFocusProxy(self.view)

    def show_list(self) -> None:
        """The list again."""
        self._close_form()
        self.stack.setCurrentIndex(0)
        self._fill()
        self.view.setFocus()

    def subject(self) -> tuple[str, uuid.UUID] | None:
        """The patient whose checklist is open."""
        patient = self.form.checklist.patient if self.form is not None else None
        return ("patient", patient) if patient is not None else None

    def save_draft(self) -> None:
        """Keep what is being answered, with the field one is on."""
        if self.form is not None:
            self.form.save_draft()

    def left(self) -> None:
        """What was answered is in the record, where guards and charts look, and not in the draft alone."""
        try:
            if self.form is not None:
                self.form.put_down()
        except LiaisonError as error:
            self.desk.trouble(error)

    def commands(self) -> tuple[Command, ...]:
        """New, and back to the list."""
        own: tuple[Command, ...] = ()
        if self.form is not None:
            own = (
                Command(
                    "Document of this checklist",
                    self.form.papers.show_paper,
                    "Print it, or save a copy",
                    "printer",
                    "Ctrl+P",
                ),
                Command(
                    "How it was filled in",
                    self.form.papers.show_history,
                    "Each answer, by whom and when",
                    "history",
                    "Ctrl+H",
                ),
                Command("Stop this checklist", self.form.stop, "What was answered is kept", "octagon-alert"),
                Command("Mark as entered in error", self.form.mark_error, "It stays readable", "x"),
                Command("Other checklists of this patient", self._beside, "", "clipboard-check"),
            )
        return (
            Command("New checklist", self.new, "Which are called for, and why", "clipboard-check"),
            Command("Import a form or answers", self.import_file, "A FHIR file", "import"),
            Command("All checklists", self._all, "", "list-checks"),
            *own,
        )

    def _beside(self) -> None:
        if self.form is not None:
            patient = self.form.checklist.patient
            self.form.leave()
            self.start_for(patient)

    def _all(self) -> None:
        if self.form is not None:
            self.form.leave()
        else:
            self.show_list()
