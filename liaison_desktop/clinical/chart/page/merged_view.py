"""A record that was merged into another: whose it was, to read, the way to the one that stayed, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from liaison_desktop.clinical.chart.page.history import History
from liaison_desktop.clinical.merging.actions import RIGHT, undo_merge
from liaison_desktop.clinical.merging.queries import merges_of
from liaison_desktop.clinical.merging.record import PatientMerge
from liaison_desktop.clinical.patients.form import PatientBanner
from liaison_desktop.clinical.patients.record import Patient, full_name
from liaison_desktop.clinical.people.form.second_person import may_go_on
from liaison_desktop.clinical.people.record import Approval
from liaison_desktop.errors import Refused
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.confirm import Confirm
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import card, column, hairline, panel, refill, row
from liaison_desktop.ui.text import label, wrapped

_APART = "Everything that moved and still lies with the other record comes back here. What was added since stays there."


class MergedView(QFrame):
    """The merged record of one patient."""

    def __init__(self, desk: Desk, patient: Patient) -> None:
        super().__init__()
        self.setProperty("fill", "canvas")
        self.desk, self.patient = desk, patient
        self._merge = next((one for one in merges_of(desk.store, patient.id) if one.absorbed == patient.id), None)
        self._asking = column(gap=0)
        kept = desk.store.find(Patient, patient.merged_into)
        self.go = button(
            f"Open {full_name(kept)}" if kept is not None else "Open", "primary", "arrow-right", on_click=self._open
        )
        self.apart = button("Take apart again…", "secondary", on_click=self._ask)
        when = f", {show_moment(self._merge.at)} by {self._merge.by}" if self._merge and self._merge.at else ""
        why = self._merge.reason if self._merge is not None else ""
        told = card(
            label(f"Merged into another record{when}", "strong"),
            wrapped(
                f"{why} What was recorded here is in that chart now; this record is only read.".strip(), "sec", "ink"
            ),
            row(self.go, self.apart, None, gap=8),
            self._asking,
            tone="amber",
            gap=8,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(PatientBanner(patient, desk.today()))
        for widget in (hairline(), panel((told, 1), margins=(24, 12, 24, 12), across=True), hairline()):
            layout.addWidget(widget)
        layout.addWidget(History(desk.store, patient.id), 1)
        self.setFocusProxy(self.go)

    def _open(self) -> None:
        if self.patient.merged_into is not None:
            self.desk.open(Patient.kind, self.patient.merged_into)

    def _ask(self) -> None:
        asked = Confirm("Take the two records apart", _APART, "Take apart", reason="Why they are two patients")
        asked.accepted.connect(self.take_apart, Qt.ConnectionType.QueuedConnection)
        asked.rejected.connect(lambda: refill(self._asking))
        refill(self._asking, asked)
        asked.setFocus()

    def take_apart(self, reason: str, approval: Approval | None = None) -> None:
        """Undo the merge, or show what stands in the way; who may not asks a second person."""
        if self._merge is None:
            return
        store = self.desk.store
        if approval is None and not may_go_on(
            self._asking, store, RIGHT, "", lambda given: self.take_apart(reason, given)
        ):
            return
        try:
            undo_merge(store, self._merge.id, reason=reason, approval=approval)
        except Refused as refusal:
            self.desk.trouble(refusal.faults[0].message)
            return
        self.desk.toast("Two records again.")
        self.desk.open(Patient.kind, self.patient.id)


def merged_lines(desk: Desk, patient: Patient) -> list[QWidget]:
    """The ways from a record to those that went into it."""
    here = [one for one in merges_of(desk.store, patient.id) if one.kept == patient.id and one.undone_at is None]
    return [_merged_line(desk, one) for one in here]


def _merged_line(desk: Desk, merge: PatientMerge) -> QWidget:
    went = merge.absorbed or merge.id
    other = desk.store.find(Patient, went)
    when = f" {show_moment(merge.at)}" if merge.at is not None else ""
    words = f"{full_name(other) if other is not None else 'Another record'} was merged into this record{when}"
    read = button("Read it", "secondary", small=True, on_click=lambda: desk.open(Patient.kind, went))
    return card(row((wrapped(words, "sec", "ink"), 1), read, gap=8), gap=0)
