"""A procedure of the study is planned as a task: what, and when. V45 stops it without a consent that holds."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.consents.form.step import inside
from liaison_desktop.clinical.research.actions import plan_procedure
from liaison_desktop.clinical.research.record import ResearchConsent
from liaison_desktop.errors import Fault, Refused
from liaison_desktop.store import Store
from liaison_desktop.tasks.record import Task
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.layout import column, row
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.text import label, wrapped
from liaison_desktop.ui.tokens import FORM_MOST


class ProcedurePane(QWidget):
    """`planned` once it stands among the tasks, `dropped` when the nurse thought better of it."""

    planned = Signal()
    dropped = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.consent: ResearchConsent | None = None
        self.form = RecordForm(Task, "what", "due_at", store=store, clock=store.clock)
        self._fault = wrapped("", "label", "red")
        self.plan_button = button("Plan it", "primary", "calendar-plus", on_click=self.plan)
        body = column(
            label("Plan a procedure of the study", "title"),
            wrapped("It becomes a task. It is called off by itself if they leave the study.", "body", "ink2"),
            self.form, self._fault,
            row(self.plan_button, button("Not now", "quiet", on_click=self.dropped.emit), None), None,
            gap=12, margins=(24, 12, 24, 24),
        )  # fmt: skip
        body.setMaximumWidth(FORM_MOST)
        inside(self, row((body, 8), None))

    def start(self, consent: ResearchConsent) -> None:
        """Ask about this consent's study."""
        self.consent = consent
        self._fault.set_text("")
        self.form.clear_faults()
        self.form.set_values({"what": "", "due_at": None})
        self.form.editor("what").setFocus()

    def plan(self) -> None:
        """Plan it, or say what stands in the way."""
        if self.consent is None:
            return
        faults: tuple[Fault, ...] = self.form.unread()
        if not faults:
            try:
                said = self.form.values()
                plan_procedure(self.store, self.consent, said["what"], said["due_at"])
            except Refused as refused:
                faults = refused.faults
        if faults:
            self._fault.set_text(" ".join(fault.message for fault in self.form.show_faults(faults)))
            return
        self.planned.emit()
