"""A checklist under the patient's banner: every answer is kept at once, and it opens where it was left."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.checklists.actions import (
    amend_checklist,
    complete_checklist,
    credential_code,
    keep_checklist,
    open_checklist,
    save_answer,
)
from liaison_desktop.clinical.checklists.record import FINISHED, Checklist, ChecklistStatus
from liaison_desktop.clinical.checklists.rules import identity_node, start_faults
from liaison_desktop.clinical.patients.form import PatientBanner
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.errors import Fault, LiaisonError, Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.questionnaires.marks import unable_reason
from liaison_desktop.questionnaires.validation import answered
from liaison_desktop.questionnaires.view import FormFiller
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import TextEditor
from liaison_desktop.ui.layout import column, hairline, panel, row
from liaison_desktop.ui.text import icon_text, label


class ChecklistForm(QWidget):
    """One checklist, open. `left` asks for the list again; `amended` carries the id of the new version."""

    left = Signal()
    finished = Signal(object)
    amended = Signal(object)

    def __init__(self, desk: Desk, checklist_id: uuid.UUID) -> None:
        super().__init__()
        self.desk = desk
        opened = open_checklist(desk.store, checklist_id)
        self.checklist: Checklist = opened.checklist
        self._policy = policy_of(desk.store)
        locked = opened.checklist.status is not ChecklistStatus.IN_PROGRESS
        self.filler = FormFiller(opened.sheet, desk.clock, locked)
        self.filler.may_leave = self._may_leave
        self.filler.answered.connect(self._keep_answer)
        self.filler.left_section.connect(self.keep)
        self.filler.finalise_asked.connect(self.finalise)
        self._lay_out(locked)
        self._opened = opened
        if self.checklist.amends is not None:
            self.filler.review.show_then("then both versions are kept")
        elif credential_code(desk.store.actor) in ("LPN", "LVN"):
            self.filler.review.show_then("then RN review")

    def _lay_out(self, locked: bool) -> None:
        back = button("", "quiet", "x", name="Back to the list", on_click=self.leave)
        patient = self.desk.store.find(Patient, self.checklist.patient)
        parts: list[QWidget] = []
        if patient is not None:
            parts.append(PatientBanner(patient, self.desk.today(), back))
        parts.append(hairline())
        self.reason = TextEditor(name="Reason for the amendment", placeholder="Why is it amended?")
        self.amend_button = button("Amend", "secondary", "file-pen-line", small=False, on_click=self.amend)
        self._refusal = label("", "secm", "red")
        if locked:
            parts.append(self._closed_line())
        elif self.checklist.amends is not None:
            parts.append(_line(icon_text("file-pen-line", f"Amendment: {self.checklist.reason}", "secm", "amber")))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        for part in parts:
            outer.addWidget(part)
        outer.addWidget(self.filler, 1)

    def _closed_line(self) -> QWidget:
        held = self.checklist
        when = f", {held.completed_at:%d %b %Y %H:%M}" if held.completed_at else ""
        words = f"{held.status.label}{when} by {held.author}. Nothing here can be edited."
        amend = (self._refusal, (self.reason, 0), self.amend_button) if held.status in FINISHED else ()
        self.reason.setFixedWidth(300)
        return _line(icon_text("lock", words, "secm"), None, *amend)

    def resume(self) -> None:
        """The keyboard on the field where it was when this was left; call it once the form is on the screen."""
        self.filler.resume(self._opened.section, self._opened.focus)

    # ---- keeping

    def _may_leave(self, _section: str) -> str:
        identity = identity_node(self.filler.sheet)
        if identity is None or answered(identity) or self.checklist.status is not ChecklistStatus.IN_PROGRESS:
            return ""
        return self._policy.fault("V1").message

    def _keep_answer(self) -> None:
        if self.checklist.status is not ChecklistStatus.IN_PROGRESS:
            return
        try:
            filler = self.filler
            save_answer(self.desk.store, self.checklist, filler.sheet, section=filler.section, focus=filler.focus_key())
        except LiaisonError as fault:
            self.filler.show_saved(str(fault), well=False)
        else:
            self.filler.show_saved(f"Saved {self.desk.clock():%H:%M:%S}")

    def keep(self) -> None:
        """Writes a version into the journal: at the end of a section, and when the checklist is left."""
        if self.checklist.status is ChecklistStatus.IN_PROGRESS and not start_faults(self.filler.sheet, self._policy):
            self.checklist = keep_checklist(self.desk.store, self.checklist, self.filler.sheet)

    def save_draft(self) -> None:
        """Everything typed is on disk when this returns, with the field one is on."""
        self.filler.flush()
        self._keep_answer()

    def leave(self) -> None:
        """Back to the list; what was answered is kept."""
        self.save_draft()
        self.keep()
        self.left.emit()

    # ---- ending

    def finalise(self) -> None:
        """Completes it, or shows what is in the way beside each question."""
        if self.checklist.status is not ChecklistStatus.IN_PROGRESS:
            return
        self.filler.flush()
        try:
            self.checklist = complete_checklist(self.desk.store, self.checklist, self.filler.sheet)
        except Refused as refused:
            self.filler.show_faults({fault.field: self._brief(fault) for fault in refused.faults if fault.field})
            self.desk.toast(_in_the_way(len(refused.faults)))
            return
        self.desk.toast(
            "Checklist completed. An RN's review is next." if self.checklist.review_needed else "Checklist completed."
        )
        self.finished.emit(self.checklist.id)

    def _brief(self, fault: Fault) -> str:
        """The fault as it stands beside its question, which need not be named again."""
        if fault.rule != "V4":
            return fault.message
        node = self.filler.sheet.find(fault.field)
        return "Say why" if node is not None and unable_reason(node) == "" else "Needs an answer before finalising"

    def amend(self) -> None:
        """Opens a new version; this one stays."""
        try:
            made = amend_checklist(self.desk.store, self.checklist, self.reason.value())
        except Refused as refused:
            self._refusal.set_text(str(refused))
            self.reason.set_fault(True)
            self.reason.setFocus()
            return
        self.amended.emit(made.id)


def _line(*items: QWidget | None) -> QWidget:
    made = column(panel(row(*items, gap=10), fill="sunken", margins=(20, 6, 16, 6)), hairline(), gap=0)
    made.setFixedHeight(46)
    return made


def _in_the_way(count: int) -> str:
    return (
        "One thing is in the way of completing this."
        if count == 1
        else f"{count} things are in the way of completing this."
    )
