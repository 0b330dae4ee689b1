"""The two ways a consent ends after it was signed: the patient changes their mind, or it should never have been."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.consents.actions import mark_entered_in_error, withdraw_consent
from liaison_desktop.clinical.consents.form.step import inside
from liaison_desktop.clinical.consents.record import Consent, ConsentWithdrawal, Ending
from liaison_desktop.errors import Fault, Refused
from liaison_desktop.store import Store
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.layout import column, row
from liaison_desktop.ui.record_form import FormRow, RecordForm
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.text import label, wrapped
from liaison_desktop.ui.tokens import FORM_MOST


class EndingPane(QWidget):
    """`ended` once it is recorded, `dropped` when the nurse thought better of it. What was signed stays as it was."""

    ended = Signal()
    dropped = Signal()

    def __init__(self, store: Store, title: str, lead: str, act: str, *rows: FormRow) -> None:
        super().__init__()
        self.store = store
        self.consent: Consent | None = None
        self.form = RecordForm(ConsentWithdrawal, *rows, store=store, editors=self._own_editors(rows))
        self.act_button = button(act, "danger", on_click=self._act)
        self._fault = wrapped("", "label", "red")
        body = column(
            label(title, "title"), wrapped(lead, "body", "ink2"), 8, self.form, self._fault,
            row(self.act_button, button("Not now", "quiet", on_click=self.dropped.emit), None), None,
            gap=12, margins=(24, 12, 24, 24),
        )  # fmt: skip
        body.setMaximumWidth(FORM_MOST)
        inside(self, row((body, 8), None))

    @staticmethod
    def _own_editors(rows: tuple[FormRow, ...]) -> dict[str, QWidget]:
        if "ending" not in rows:
            return {}
        who = ((Ending.PATIENT, "The patient"), (Ending.PRACTITIONER, "The practitioner"))
        return {"ending": Segmented(who, name="Who ends it", clears=False)}

    def start(self, consent: Consent) -> None:
        """Ask about this consent."""
        self.consent = consent
        self._fault.set_text("")
        self.form.clear_faults()
        self.form.set_values({name: None if name == "ending" else "" for name in self.form.names})
        if "said_by" in self.form.names:
            self.form.set_values({"said_by": consent.representative_name or consent.shown_name})
        self.form.editor(self.form.names[0]).setFocus()

    def record(self, consent: Consent) -> None:
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


class WithdrawPane(EndingPane):
    """The patient, or the practitioner, ends it."""

    def __init__(self, store: Store) -> None:
        super().__init__(
            store,
            "Withdraw this consent",
            "It can be withdrawn at any time, without a reason. The signed document stays as it is; this is recorded"
            " beside it, with its own page to print.",
            "Record the withdrawal",
            "ending",
            "said_by",
            "reason",
            "practitioner_told",
        )

    def record(self, consent: Consent) -> None:
        """Its own record."""
        said = self.form.values()
        if said["ending"] is None:
            raise Refused((Fault(field="ending", message="Say who ends it."),))
        withdraw_consent(
            self.store,
            consent,
            said_by=said["said_by"],
            reason=said["reason"],
            told=said["practitioner_told"],
            ending=said["ending"],
        )


class ErrorPane(EndingPane):
    """Two people say that it should never have been."""

    def __init__(self, store: Store) -> None:
        super().__init__(
            store,
            "Entered in error",
            "For a consent that should never have been, such as one for the wrong patient. A second person has to agree."
            " Nothing is erased.",
            "Mark as entered in error",
            "reason",
            "second_person",
        )

    def record(self, consent: Consent) -> None:
        """Its own record."""
        said = self.form.values()
        mark_entered_in_error(self.store, consent, reason=said["reason"], second_person=said["second_person"])
