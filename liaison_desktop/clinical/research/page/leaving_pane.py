"""The ways a research consent ends after it was signed: somebody leaves the study, or it should never have been."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.consents.form.step import inside
from liaison_desktop.clinical.consents.record import Answer
from liaison_desktop.clinical.research.actions import leave_study, mark_entered_in_error, told_words
from liaison_desktop.clinical.research.record import ResearchConsent, ResearchWithdrawal
from liaison_desktop.errors import Refused
from liaison_desktop.store import Store
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.editors import ChoiceEditor
from liaison_desktop.ui.layout import card, column, row, scroll
from liaison_desktop.ui.record_form import FormRow, RecordForm
from liaison_desktop.ui.text import label, wrapped
from liaison_desktop.ui.tokens import FORM_MOST

_YES_NO = (Answer.YES, Answer.NO)


class LeavingPane(QWidget):
    """`ended` once it is recorded, `dropped` when the nurse thought better of it. What was signed stays as it was."""

    ended = Signal()
    dropped = Signal()
    title, lead, act = "", "", ""
    rows: tuple[FormRow, ...] = ()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.consent: ResearchConsent | None = None
        self.form = RecordForm(ResearchWithdrawal, *self.rows, store=store, editors=self.own_editors())
        self.told = wrapped("", "body")
        self._told = card(self.told, title="Read this out: what becomes of what was collected", icon="quote")
        self.act_button = button(self.act, "danger", on_click=self._act)
        self._fault = wrapped("", "label", "red")
        body = column(
            label(self.title, "title"), wrapped(self.lead, "body", "ink2"), self._told, self.form, self._fault,
            row(self.act_button, button("Not now", "quiet", on_click=self.dropped.emit), None), None,
            gap=12, margins=(24, 12, 24, 24),
        )  # fmt: skip
        body.setMaximumWidth(FORM_MOST)
        inside(self, scroll(row((body, 8), None)))

    def own_editors(self) -> dict[str, QWidget]:
        """Editors other than those the types give."""
        return {}

    def start(self, consent: ResearchConsent) -> None:
        """Ask about this consent; nothing is answered."""
        self.consent = consent
        self._fault.set_text("")
        self.form.clear_faults()
        self.form.set_values(ResearchWithdrawal(said_by=consent.representative_name or consent.shown_name))
        words = told_words(consent) if "look_on" in self.form.names else ""
        self.told.set_text(words)
        self._told.setVisible(bool(words))
        self.form.editor(self.form.names[0]).setFocus()

    def record(self, consent: ResearchConsent) -> None:
        """Write it."""
        raise NotImplementedError

    def _act(self) -> None:
        if self.consent is None:
            return
        try:
            self.record(self.consent)
        except Refused as refused:
            self._fault.set_text(" ".join(fault.message for fault in self.form.show_faults(refused.faults)))
            return
        self.ended.emit()


class LeavePane(LeavingPane):
    """Somebody leaves the study."""

    title, act = "Leaves the study", "Record it"
    lead = "At any time, and without a reason. The signed consent stays as it is; this is recorded beside it, with its own page."
    rows = ("said_by", "reason", "look_on", "destroy_samples", "team_told")

    def own_editors(self) -> dict[str, QWidget]:
        """Yes or no, and nothing chosen."""
        return {"look_on": ChoiceEditor(_YES_NO), "destroy_samples": ChoiceEditor((*_YES_NO, Answer.NA))}

    def record(self, consent: ResearchConsent) -> None:
        """Its own record."""
        leave_study(self.store, consent, **self.form.values())


class MistakePane(LeavingPane):
    """Two people say that it should never have been."""

    title, act = "Entered in error", "Mark as entered in error"
    lead = "For a consent that should never have been, such as one for the wrong person. A second person has to agree. Nothing is erased."
    rows = ("reason", "second_person")

    def record(self, consent: ResearchConsent) -> None:
        """Its own record."""
        mark_entered_in_error(self.store, consent, **self.form.values())
