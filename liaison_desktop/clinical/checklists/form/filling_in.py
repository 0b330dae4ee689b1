"""A checklist under the patient's banner: every answer is kept at once, and it opens where it was left."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.checklists.actions import (
    amend_checklist,
    complete_checklist,
    keep_checklist,
    mark_entered_in_error,
    open_checklist,
    review_checklist,
    save_answer,
    stop_checklist,
)
from liaison_desktop.clinical.checklists.form.beside import Beside
from liaison_desktop.clinical.checklists.form.lines import closed_words, in_the_way, line
from liaison_desktop.clinical.checklists.form.side import SideRoom
from liaison_desktop.clinical.checklists.record import FINISHED, Checklist, ChecklistStatus
from liaison_desktop.clinical.checklists.rules import (
    PRACTICAL,
    REGISTERED,
    clock_facts,
    identity_node,
    inside,
    start_faults,
)
from liaison_desktop.clinical.patients.form import PatientBanner
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.actions import credential_here, wanting
from liaison_desktop.errors import Fault, LiaisonError, Refused, Unprintable
from liaison_desktop.policies import policy_of
from liaison_desktop.questionnaires.marks import unable_reason
from liaison_desktop.questionnaires.validation import answered
from liaison_desktop.questionnaires.view import FormFiller
from liaison_desktop.store import Store
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import TextEditor
from liaison_desktop.ui.layout import column, hairline, row
from liaison_desktop.ui.tab_order import FollowsTheEye
from liaison_desktop.ui.text import icon_text, label


class ChecklistForm(FollowsTheEye):
    """One checklist, open. `left` asks for the list again; `amended` carries the id of the new version."""

    left = Signal()
    finished = Signal(object)
    amended = Signal(object)

    def __init__(self, desk: Desk, checklist_id: uuid.UUID) -> None:
        super().__init__()
        self.desk = desk
        opened = open_checklist(desk.store, checklist_id)
        self.checklist: Checklist = opened.checklist
        self.trail = opened.trail
        self._policy = policy_of(desk.store)
        self._reads_only = wanting(desk.store, "record_clinical") is not None  # sees it as a finished one
        locked = self._reads_only or opened.checklist.status is not ChecklistStatus.IN_PROGRESS
        self._credential = credential_here(desk.store)
        self.reviewing = opened.checklist.review_needed and self._credential in REGISTERED
        theirs = [item.link_id for item in opened.sheet.definition.index.values() if item.rn_only]
        self.filler = FormFiller(
            opened.sheet,
            desk.clock,
            locked,
            opened=theirs if self.reviewing else (),
            shut=theirs if self._credential in PRACTICAL else (),
            also=lambda: inside(opened.sheet, desk.clock(), self._policy),
            facts=lambda: [] if locked else clock_facts(opened.sheet, desk.clock(), self._policy),
        )
        self.filler.filling.who = self.trail.who
        self.filler.filling.choose_file = lambda patterns: desk.files.open_file("Choose a file", patterns)
        self.filler.may_leave = self._may_leave
        self.filler.answered.connect(self._keep_answer)
        self.filler.left_section.connect(self.keep)
        self.filler.finalise_asked.connect(self.finalise)
        self.room = SideRoom(self.filler)
        self.papers = Beside(self)
        self._lay_out(locked)
        self.filler.listen_on(self)
        self._opened = opened
        if self.checklist.amends is not None:
            self.filler.review.show_then("then both versions are kept")
        elif self._credential in PRACTICAL:
            self.filler.review.show_then("then RN review")

    def _lay_out(self, locked: bool) -> None:
        back = button("", "quiet", "x", name="Back to the list", on_click=self.leave)
        paper = button("", "quiet", "printer", name="Document, Ctrl+P", on_click=self.papers.show_paper)
        paper.setToolTip("Document (Ctrl+P)")
        history = button("", "quiet", "history", name="How it was filled in, Ctrl+H", on_click=self.papers.show_history)
        self.beside = history  # Tab goes around in here; Ctrl+K goes elsewhere
        history.setToolTip("How it was filled in (Ctrl+H)")
        self.ending = button("Stop or take back", "quiet", "octagon-alert", small=True, on_click=self._ask_ending)
        if locked:  # shown before it has a parent it would be a window for a moment, and take the keyboard away
            self.ending.hide()
        patient = self.desk.store.find(Patient, self.checklist.patient)
        parts: list[QWidget] = []
        if patient is not None:
            side = row(history, paper, self.ending, back, gap=4)
            parts.append(PatientBanner(patient, self.desk.today(), side))
        parts.append(hairline())
        why = "Why is it amended, or wrong?" if locked else "Why does it end?"
        self.reason = TextEditor(name="Reason", placeholder=why)
        self.reason.setFixedWidth(300)
        self.amend_button = button("Amend", "secondary", "file-pen-line", small=False, on_click=self.amend)
        self.review_button = button("Sign the review", "primary", "circle-check", small=False, on_click=self.review)
        self.error_button = button("Entered in error", "secondary", small=False, on_click=self.mark_error)
        self.stop_button = button("Stop it", "secondary", small=False, on_click=self.stop)
        self._refusal = label("", "secm", "red")
        if locked:
            parts.append(self._closed_line())
        else:
            parts.append(self._ending_line())
            if self.papers.newer is not None:
                parts.append(self.papers.newer_line())
            if self.checklist.amends is not None:
                parts.append(line(icon_text("file-pen-line", f"Amendment: {self.checklist.reason}", "secm", "amber")))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        for part in parts:
            outer.addWidget(part)
        outer.addWidget(self.room, 1)

    def _closed_line(self) -> QWidget:
        said = closed_words(self.checklist, self._policy)
        acts: tuple[QWidget, ...] = ()
        if self.reviewing:
            acts = (self.review_button,)
        if self.checklist.status in FINISHED:
            acts = (self.reason, self.amend_button, self.error_button, *acts)
        return column(line(said, None), line(self._refusal, None, *acts), gap=0) if acts else line(said, None)

    def _ending_line(self) -> QWidget:
        cancel = button("Cancel", "quiet", on_click=lambda: self._ending.hide())
        self._ending = line(
            icon_text("octagon-alert", "What was answered is kept.", "secm", "amber"),
            self._refusal,
            None,
            self.reason,
            self.stop_button,
            self.error_button,
            cancel,
        )
        self._ending.hide()
        return self._ending

    def _ask_ending(self) -> None:
        self._ending.show()
        self.reason.setFocus()

    def resume(self) -> None:
        """The keyboard on the field where it was when this was left; call it once the form is on the screen."""
        self.filler.resume(self._opened.section, self._opened.focus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard comes back to this page: on to what lies beside the form, or to the question one was on."""
        if self.room.side is not None:
            self.room.side.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.filler.resume(self.filler.section, self.filler.focus_key())

    # ---- keeping

    def _may_leave(self, _section: str) -> str:
        identity = identity_node(self.filler.sheet)
        if identity is None or answered(identity) or self.checklist.status is not ChecklistStatus.IN_PROGRESS:
            return ""
        return self._policy.fault("V1").message

    def _keep_answer(self) -> None:
        if self._reads_only or self.checklist.status is not ChecklistStatus.IN_PROGRESS:
            return
        try:
            filler, at = self.filler, self.filler.focus_key()
            save_answer(
                self.desk.store, self.checklist, filler.sheet, section=filler.section, focus=at, trail=self.trail
            )
        except LiaisonError as fault:
            self.filler.show_saved(str(fault), well=False)
        else:
            self.filler.show_saved(f"Saved {self.desk.clock():%H:%M:%S}")

    def keep(self) -> None:
        """Writes a version into the journal: at the end of a section, and when the checklist is left."""
        shut = self._reads_only or self.checklist.status is not ChecklistStatus.IN_PROGRESS
        if not shut and not start_faults(self.filler.sheet, self._policy):
            self.checklist = keep_checklist(self.desk.store, self.checklist, self.filler.sheet, self.trail)

    def save_draft(self) -> None:
        """Everything typed is on disk when this returns, with the field one is on."""
        self.filler.flush()
        self._keep_answer()

    def put_down(self) -> None:
        """One goes elsewhere: everything typed becomes a version; it stays a draft if that cannot be written."""
        self.save_draft()
        self.keep()

    def leave(self) -> None:
        """Back to the list; what was answered is kept."""
        self.put_down()
        self.left.emit()

    # ---- ending

    def finalise(self) -> None:
        """Completes it, or shows what is in the way beside each question."""
        if self.checklist.status is not ChecklistStatus.IN_PROGRESS:
            return
        self.filler.flush()
        try:
            self.checklist = complete_checklist(
                self.desk.store, self.checklist, self.filler.sheet, trail=self.trail, prove=self.papers.prove
            )
        except Unprintable as error:
            self.desk.trouble(error)
            return
        except Refused as refused:
            self._show_faults(refused)
            return
        self.desk.toast(
            "Checklist completed. An RN's review is next." if self.checklist.review_needed else "Checklist completed."
        )
        self.finished.emit(self.checklist.id)

    def _show_faults(self, refused: Refused) -> None:
        """Each beside its question and how many there are in the head; one that is about no question in its words."""
        beside = {one.field: one for one in refused.faults if self.filler.sheet.find(one.field) is not None}
        self.filler.show_faults({field: self._brief(fault) for field, fault in beside.items()})
        if beside:
            self.filler.middle.show_count(in_the_way(len(beside)), "red")
        for fault in [one for one in refused.faults if one.field not in beside][:1]:
            self.desk.trouble(fault.message)

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
            self._refuse(refused)
            return
        self.amended.emit(made.id)

    def review(self) -> None:
        """An RN signs for it, or sees what is in the way."""
        self.filler.flush()
        try:
            self.checklist = review_checklist(self.desk.store, self.checklist, self.filler.sheet)
        except Refused as refused:
            beside = {fault.field: self._brief(fault) for fault in refused.faults if fault.field not in ("", "status")}
            self._refusal.set_text(in_the_way(len(beside)) if beside else str(refused))
            self.filler.show_faults(beside)
            return
        self.desk.toast("Review signed.")
        self.finished.emit(self.checklist.id)

    def stop(self) -> None:
        """Gives it up; what was answered is kept."""
        self._end(stop_checklist, "Checklist stopped.")

    def mark_error(self) -> None:
        """Says that it should not exist; it stays readable."""
        self._end(mark_entered_in_error, "Marked as entered in error.")

    def _end(self, act: Callable[[Store, Checklist, str], Checklist], said: str) -> None:
        if not self.reason.value().strip() and self.checklist.status is ChecklistStatus.IN_PROGRESS:
            self._ending.show()
        try:
            if self.checklist.status is ChecklistStatus.IN_PROGRESS and self.reason.value().strip():
                self.filler.flush()
                self.keep()
            self.checklist = act(self.desk.store, self.checklist, self.reason.value())
        except Refused as refused:
            self._refuse(refused)
            return
        self.desk.toast(said)
        self.finished.emit(self.checklist.id)

    def _refuse(self, refused: Refused) -> None:
        self._refusal.set_text(str(refused))
        self.reason.set_fault(True)
        self.reason.setFocus()
