"""Merging another record into the one whose chart is open: find it, see what would happen, say why."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.merging.actions import RIGHT, Preview, merge_patients, preview_merge
from liaison_desktop.clinical.merging.rules import Difference, counted
from liaison_desktop.clinical.patients.form.proposals import Proposals
from liaison_desktop.clinical.patients.form.read_only import facts_grid
from liaison_desktop.clinical.patients.queries import born_like
from liaison_desktop.clinical.patients.record import Patient, birth_text, full_name, record_number
from liaison_desktop.clinical.patients.rules import duplicates
from liaison_desktop.clinical.people.form.second_person import may_go_on
from liaison_desktop.clinical.people.record import Approval
from liaison_desktop.errors import Missing, Refused
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.frames import action_bar
from liaison_desktop.ui.inputs import TextArea
from liaison_desktop.ui.layout import card, column, hairline, refill, row, scroll
from liaison_desktop.ui.picker import Picker
from liaison_desktop.ui.tab_order import FollowsTheEye
from liaison_desktop.ui.text import label, wrapped

_KEPT = "This record stays, with its number and its colour. Everything recorded of the other one moves here."


class MergeForm(FollowsTheEye):
    """Ctrl+Enter merges. `merged` and `left` ask for the chart again."""

    merged = Signal()
    left = Signal()

    def __init__(self, desk: Desk, patient: Patient) -> None:
        super().__init__()
        self.desk, self.patient = desk, patient
        self.other = Picker(desk.store, Patient.kind, "Type a name or a birth date", "The other record")
        self.reason = TextArea(2)
        self.reason.setAccessibleName("Why they are one patient")
        self._other = LabelledField("The other record", self.other, required=True)
        self._reason = LabelledField("By what it is known that they are one patient", self.reason, required=True)
        self.alike = Proposals(self._take, act="This is the other one", asks=False)
        alike = duplicates(patient, born_like(desk.store, patient.birth_date))
        self.alike.show_duplicates(alike)
        self._shown, self._asking = column(gap=12), column(gap=0)
        self.act = button("Merge into this record", "primary", "users", on_click=lambda: self.merge())
        self.act.setToolTip("Ctrl+Enter")
        self._said = wrapped("", "sec", "red")
        self._lay_out()
        self.alike.setVisible(bool(alike))  # not before it has a parent: it would be a window for a moment
        self.other.changed.connect(lambda _id: self.show_preview())
        self.setFocusProxy(self.other)
        self.show_preview()

    def _lay_out(self) -> None:
        facts = " · ".join(filter(None, (birth_text(self.patient.birth_date), record_number(self.patient))))
        stays = card(
            label(full_name(self.patient), "strong"),
            label(facts, "sec"),
            wrapped(_KEPT, "sec"),
            title="What stays",
            gap=4,
        )
        left = column(stays, self._other, self.alike, self._reason, self._asking, None, gap=16)
        right = column(self._shown, None, gap=12)
        body = row((left, 2), (right, 3), gap=20, margins=(24, 16, 24, 20))
        foot = action_bar((self._said, 1), button("Cancel", "quiet", on_click=self.left.emit), self.act)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll(body), 1)
        layout.addWidget(hairline())
        layout.addWidget(foot)

    def _take(self, id: uuid.UUID) -> None:
        self.other.set_value(id)
        self.show_preview()
        self.reason.setFocus()

    # ---- what would happen

    def show_preview(self) -> None:
        """Show what merging the chosen record would do; nothing is written."""
        other, found = self.other.value(), None
        if other is not None:
            try:
                found = preview_merge(self.desk.store, self.patient.id, other)
            except Missing as error:
                self._other.show_fault(str(error))
        self._reason.setVisible(found is not None)
        if found is None:
            words = (
                "Choose the other record. What would move, and where the two differ, is shown before anything is done."
            )
            refill(self._shown, wrapped(words, "sec", "ink2"))
            self._say("")
            return
        self._other.show_fault("")
        refill(self._shown, *self._cards(found))
        self._say(found.faults[0].message if found.faults else "")

    def _cards(self, found: Preview) -> list[QWidget]:
        made: list[QWidget] = []
        for grave, title in ((True, "Look twice: here the two differ"), (False, "Where they differ besides")):
            rows = [_difference(one) for one in found.differs if one.grave is grave]
            if rows:
                made.append(card(*rows, title=title, tone="red" if grave else "", gap=10))
        made.append(card(facts_grid([("Moves", _told(found.moving)), *_staying(found)]), title="What moves", gap=8))
        return made

    # ---- doing it

    def merge(self, approval: Approval | None = None) -> None:
        """Merge, or show what stands in the way; who may not asks a second person."""
        other = self.other.value()
        if other is None:
            self._other.show_fault("Choose the other record.")
            self.other.setFocus()
            return
        if not self.reason.text().strip():
            self._reason.show_fault("Say by what you know it.")
            self.reason.setFocus()
            return
        if approval is None and not may_go_on(self._asking, self.desk.store, RIGHT, "", self.merge):
            return
        try:
            merge_patients(self.desk.store, self.patient.id, other, reason=self.reason.text(), approval=approval)
        except Refused as refusal:
            self._say(refusal.faults[0].message)
            return
        self.desk.toast("Merged. The other record stays readable, under Details.")
        self.merged.emit()

    def _say(self, words: str) -> None:
        self._said.set_text(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter merges, Escape leaves everything as it is."""
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.merge()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _difference(one: Difference) -> QWidget:
    stays = wrapped(f"Stays: {one.stays}", "sec", "ink")
    return column(label(one.label, "secm"), stays, wrapped(f"The other record says: {one.other}", "sec", "ink2"), gap=1)


def _told(counts: Mapping[str, int]) -> str:
    return "\n".join(counted(kind, many) for kind, many in counts.items()) or "Nothing was recorded beside the details"


def _staying(found: Preview) -> list[tuple[str, str]]:
    """What was signed keeps whose it was; it is shown with this record all the same."""
    return [("Stays as signed", _told(found.staying))] if found.staying else []
