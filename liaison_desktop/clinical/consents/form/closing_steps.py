"""Step seven: what is left, and then the document as it will be signed."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.consents.actions import note_on
from liaison_desktop.clinical.consents.form.handing_out import COPIES
from liaison_desktop.clinical.consents.form.step import Step
from liaison_desktop.clinical.consents.record import ConsentState
from liaison_desktop.clinical.consents.rules import open_faults, ready_faults
from liaison_desktop.documents.preview import Preview
from liaison_desktop.errors import Fault, Severity
from liaison_desktop.store import Store
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.editors import LongTextEditor
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import card, column, refill, row, scroll
from liaison_desktop.ui.text import label, wrapped
from liaison_desktop.ui.tokens import FORM_MOST

NOW_OPEN = (ConsentState.READY, ConsentState.SIGNED, ConsentState.WITNESSED, ConsentState.ACTIVE)


class DocumentStep(Step):
    """First what is left; then, when nothing is, the document exactly as it will be shown and signed."""

    title = "The document"
    go_to = Signal(str)  # the field of a fault
    make_asked = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.preview = Preview(COPIES)
        self.reason = LongTextEditor(2, name="Reason for going on")
        self.reason.changed.connect(lambda _value: self._reasoned())
        self._asked: tuple[str, ...] = ()
        self._confirmed: tuple[str, ...] = ()
        self._left = column(gap=16)
        self._why = wrapped("", "body")
        self.make_button = button("Make the document", "primary", "file-check", on_click=self.make_asked.emit)
        self._reason_card = card(
            self._why, LabelledField("Your reason", self.reason), title="Needs your reason", tone="amber"
        )
        self._check = column(
            label(self.title, "section"), self._left, self._reason_card, row(self.make_button, None), None,
            gap=16, margins=(24, 20, 24, 24),
        )  # fmt: skip
        self._check.setMaximumWidth(FORM_MOST + 48)
        self._check_pane = scroll(row((self._check, 1), gap=0))
        self._layout.addWidget(self._check_pane)
        self._layout.addWidget(self.preview)
        self.preview.hide()

    def show_document(self, content: bytes, number: str) -> None:
        """Show the document in place of what is left."""
        self._check_pane.hide()
        self.preview.show()
        if self.preview.content != content:
            self.preview.show_document(content, number)

    def show_consent(self, consent: Any) -> None:
        """Show what is left, and which warnings need a reason."""
        self.reason.set_value(consent.confirm_reason)
        self._confirmed = consent.confirmed
        self.list_faults(consent)
        if not self.has_document(consent):
            self.preview.hide()
            self.preview.clear()
            self._check_pane.show()

    def has_document(self, consent: Any) -> bool:
        """Whether the document was made and still says what the consent says."""
        return consent.state in NOW_OPEN

    def open_now(self, consent: Any) -> tuple[Fault, ...]:
        """Everything that stands before the first signature."""
        note = note_on(self.store, consent)
        return ready_faults(consent, self.policy, nurse=self.store.actor.name, now=self.now(), note=note)

    def list_faults(self, consent: Any) -> None:
        """Show what is left before this consent can be signed."""
        found = self.open_now(consent)
        stops = [fault for fault in found if fault.severity is Severity.REFUSE]
        asks = {fault.rule: fault.message for fault in found if fault.severity is Severity.CONFIRM}
        warns = [fault for fault in found if fault.severity is Severity.WARN]
        self._asked = tuple(asks)
        self._why.set_text("\n".join(asks.values()))
        self._reason_card.setVisible(bool(asks))
        rows = [self._line(fault, "circle-alert", "red") for fault in stops]
        rows += [self._line(fault, "triangle-alert", "amber") for fault in warns]
        nothing = wrapped("Everything was asked and answered. The document can be made.", "body", "green")
        refill(self._left, list_card("Before signing", *rows, right=str(len(rows))) if rows else nothing)
        self.make_button.setEnabled(not open_faults(consent, found))

    def _line(self, fault: Fault, icon: str, tone: str) -> QWidget:
        return CardRow(fault.message, icon=icon, tone=tone, on_click=functools.partial(self.go_to.emit, fault.field))

    def _reasoned(self) -> None:
        # A reason stands for the warnings that were on the screen when it was typed, and for no later one.
        self._confirmed = self._asked if self.reason.value().strip() else ()
        self.changed.emit()

    def read(self, consent: Any) -> Any:
        """The reason, and what it confirms."""
        return msgspec.structs.replace(consent, confirm_reason=self.reason.value(), confirmed=self._confirmed)

    def show_faults(self, faults: Iterable[Fault], *, focus: bool = False) -> None:
        """They are listed by `list_faults`."""
