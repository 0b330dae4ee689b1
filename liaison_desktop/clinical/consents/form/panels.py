"""Two things that end a conversation: the nurse's stop, and a refusal. Each says what it does before it does it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.consents.form.step import inside
from liaison_desktop.clinical.consents.record import Consent
from liaison_desktop.errors import Fault
from liaison_desktop.store import Store
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.layout import column, row, scroll
from liaison_desktop.ui.record_form import FormRow, RecordForm
from liaison_desktop.ui.text import label, wrapped
from liaison_desktop.ui.tokens import FORM_MOST


class AskPanel(QWidget):
    """A few fields and one act. `done` after the button, `dropped` when the nurse thought better of it."""

    done = Signal()
    dropped = Signal()

    def __init__(self, store: Store, title: str, lead: str, act: str, *rows: FormRow) -> None:
        super().__init__()
        self.form = RecordForm(Consent, *rows, store=store, clock=store.clock)
        self.act_button = button(act, "danger", "hand", on_click=self.done.emit)
        self.fault = wrapped("", "label", "red")
        body = column(
            label(title, "title"), wrapped(lead, "body", "ink2"), 8, self.form, self.fault,
            row(self.act_button, button("Not now", "quiet", on_click=self.dropped.emit), None), None,
            gap=12, margins=(24, 20, 24, 24),
        )  # fmt: skip
        body.setMaximumWidth(FORM_MOST + 48)
        inside(self, scroll(row((body, 1), gap=0)))

    def begin(self) -> None:
        """Show it empty, with the keyboard in the first field."""
        self.fault.set_text("")
        self.form.clear_faults()
        self.form.set_values(dict.fromkeys(self.form.names, ""))
        self.form.editor(self.form.names[0]).setFocus()

    def values(self) -> dict[str, Any]:
        """What was filled in."""
        return self.form.values()

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Beside the fields, the others below."""
        self.fault.set_text(" ".join(fault.message for fault in self.form.show_faults(faults)))


def stop_panel(store: Store) -> AskPanel:
    """The nurse's stop."""
    return AskPanel(
        store,
        "Stop and call the practitioner",
        "Nobody can sign until the practitioner has talked with the patient again and you have recorded when.",
        "Stop and send back",
        "questions_for_practitioner",
        "stop_reason",
    )


def refuse_panel(store: Store) -> AskPanel:
    """The patient says no."""
    return AskPanel(
        store,
        "The patient says no",
        "That is their right, and care goes on. Record what they understand and whom you told.",
        "Record the refusal",
        "refused_reason",
        "refusal_understood",
        "practitioner_told",
    )
