"""A second person lets something pass: their name, their PIN, and why. It stands in the page, not over it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from liaison_desktop.clinical.people.actions import approve, who_can_approve
from liaison_desktop.clinical.people.form.pin_line import PinLine
from liaison_desktop.errors import Fault, LiaisonError, Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.editors import TextEditor
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import row
from liaison_desktop.ui.suggest import ChoiceLine, Option
from liaison_desktop.ui.text import icon_label, label, wrapped


class ApprovalForm(QFrame):
    """`approved` carries the Approval, for the action and for the record; `rejected` when it was thought better of.

    `why` is the sentence of the rule that stands in the way. Escape rejects, Enter in the last line approves.
    """

    approved = Signal(object)
    rejected = Signal()

    def __init__(self, store: Store, right: str, why: str = "", *, rule: str = "") -> None:
        super().__init__()
        self._store, self._right, self._rule = store, right, rule
        self.setObjectName("card")
        self.setProperty("tone", "amber")
        self.setAccessibleName("Approval by a second person")
        people = who_can_approve(store, right)
        self.who = ChoiceLine([Option(each.id, each.title(), each.facts()) for each in people], "Type a name", "Who")
        self.pin, self.reason = PinLine(), TextEditor(name="Reason")
        self._fields = {
            "by_id": LabelledField("Who approves", self.who, required=True),
            "reason": LabelledField("Why it may pass", self.reason, required=True),
            "pin": LabelledField("Their PIN", self.pin, required=True),
        }
        self.act = button("Approve", "primary", "check", on_click=self._approve)
        self.keep = button("Cancel", on_click=self.rejected.emit)
        words = why or f"To {policy_of(store).roles().verbs[right].words} takes a second person."
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(
            row(icon_label("user-check", "amber"), label("A second person has to approve", "strong"), None)
        )
        layout.addWidget(wrapped(words, "sec", "ink"))
        top = Qt.AlignmentFlag.AlignTop
        line = row((self._fields["by_id"], 3), (self._fields["reason"], 4), (self._fields["pin"], 2), gap=12)
        for field in self._fields.values():
            line.layout().setAlignment(field, top)  # type: ignore[union-attr]
        layout.addWidget(line)
        layout.addWidget(row(None, self.keep, self.act))
        self.pin.returnPressed.connect(self._approve)
        for editor in (self.who, self.reason, self.pin):
            editor.changed.connect(lambda _value: self._show(()))
        if len(people) == 1:
            self.who.set_value(people[0].id)
        self.setFocusProxy(self.reason if len(people) == 1 else self.who)

    def _approve(self) -> None:
        chosen, reason = self.who.value(), self.reason.value()
        if not isinstance(chosen, uuid.UUID):
            self._show((Fault(field="by_id", message="Choose who approves."),))
            return
        try:
            given = approve(self._store, chosen, self.pin.text(), self._right, reason=reason, rule=self._rule)
        except Refused as refused:
            self.pin.clear()
            self._show(refused.faults)
        except LiaisonError as error:
            self._show((Fault(field="by_id", message=str(error)),))
        else:
            self.approved.emit(given)

    def _show(self, faults: Iterable[Fault]) -> None:
        """Each beside its line; the first gets the keyboard."""
        held = {fault.field: fault.message for fault in faults}
        for name, field in self._fields.items():
            field.show_fault(held.get(name, ""))
        first = next((name for name in self._fields if name in held), "")
        if first:
            self._fields[first].editor.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves things as they are."""
        if event.key() == Qt.Key.Key_Escape:
            self.rejected.emit()
        else:
            super().keyPressEvent(event)
