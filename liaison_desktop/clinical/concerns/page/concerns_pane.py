"""The concerns of one patient: what waits, what is to be read back, what is settled; one of them beside the list."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from liaison_desktop.clinical.concerns.form import ConcernForm, ConcernView, state_chip
from liaison_desktop.clinical.concerns.queries import concerns_of
from liaison_desktop.clinical.concerns.record import Concern, ConcernState
from liaison_desktop.clinical.patients.form import PatientPane
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import near_day
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.layout import hairline, panel, row
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.rows_view import RowsView

_LIST = 360
_NEW = "new"
_CAPTIONS = (
    ("To be read back", (ConcernState.ANSWERED,)),
    ("Waiting", (ConcernState.ESCALATED, ConcernState.OPEN, ConcernState.WITH_PROVIDER)),
    ("Settled or handed over", (ConcernState.CLOSED, ConcernState.HANDED_OVER)),
)


class ConcernsPane(PatientPane):
    """Arrows choose, Enter goes into the next step, N tells a new one."""

    kinds = frozenset({Concern.kind})

    def __init__(self, desk: Desk, patient: Patient, parent: QWidget | None = None) -> None:
        super().__init__(desk, patient, parent)
        self.form: ConcernForm | None = None
        self.view = RowsView("Concerns")
        self.view.chosen.connect(self._choose)
        self.view.opened.connect(lambda _key: self._into())
        new = button("New concern", "primary", "plus", small=True, on_click=self.new)
        new.setToolTip("F12")
        left = panel(row(new, None, margins=(16, 10, 16, 8)), (self.view, 1), gap=0)
        left.setFixedWidth(_LIST)
        self.detail = ConcernView(desk)
        words = "Ask what matters to the patient and what worries them, and write it down in their own words."
        self._nothing = EmptyState("No concern yet.", words, "New concern", "plus", self.new, "F12")
        right = QWidget()
        self._right = QStackedLayout(right)
        for part in (self._nothing, self.detail):
            self._right.addWidget(part)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._beside = (left, hairline(vertical=True))
        for widget in self._beside:
            layout.addWidget(widget)
        layout.addWidget(right, 1)
        self._fill()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Read the concerns again; what is being typed stays."""
        if kinds & self.kinds:
            self._fill()

    def _fill(self) -> None:
        today, current = self.desk.today(), self.view.current_key()
        found = concerns_of(self.desk.store, self.patient.id)
        self._shown = {concern.id: concern for concern in found}
        rows: list[ListRow | str] = []
        if self.form is not None or self.desk.store.drafts.get(f"concern_new/{self.patient.id}") is not None:
            rows.append(ListRow("New concern", "Not saved yet", ChipSpec("Draft", "amber", "pencil"), key=_NEW))
        for caption, states in _CAPTIONS:
            some = [concern for concern in found if concern.state in states]
            rows += (
                [
                    caption,
                    *(
                        _row(
                            concern,
                            near_day(concern.raised_at.date(), today).split(",")[0] if concern.raised_at else "",
                        )
                        for concern in some
                    ),
                ]
                if some
                else []
            )
        # An empty list has nothing to stand beside; the one thing to do has the keyboard then.
        for widget in self._beside:
            widget.setVisible(bool(rows))
        first = self._nothing.button
        self.setFocusProxy(self.view if rows or first is None else first)
        blocked = self.view.blockSignals(True)
        self.view.rows.set_rows(rows)
        if not self.view.select(current):
            self.view.select_first()
        self.view.blockSignals(blocked)
        if self.form is None:
            self._choose(self.view.current_key())

    def _choose(self, key: object) -> None:
        if key == _NEW:
            self._open_form()
            return
        self._close_form()
        concern = self._shown.get(key) if isinstance(key, uuid.UUID) else None
        if concern is None:
            self._right.setCurrentWidget(self._nothing)
            return
        self.detail.show_concern(concern)
        self._right.setCurrentWidget(self.detail)

    def _into(self) -> None:
        if self.form is not None:
            self.form.start()
        elif self._right.currentWidget() is self.detail:
            self.detail.start()

    def show_concern(self, id: uuid.UUID) -> None:
        """Show this one beside the list, with the keyboard in its next step."""
        self._close_form()
        self._fill()
        if self.view.select(id):
            self._into()

    def new(self) -> None:
        """Write down what the patient says."""
        self._open_form()
        self._fill()
        blocked = self.view.blockSignals(True)
        self.view.select(_NEW)
        self.view.blockSignals(blocked)
        self._into()

    def _open_form(self) -> None:
        if self.form is not None:
            return
        self.detail.save_draft()
        self.form = ConcernForm(self.desk, Concern(patient=self.patient.id))
        self.form.saved.connect(self._kept)
        self.form.left.connect(self._left)
        self._right.addWidget(self.form)
        self._right.setCurrentWidget(self.form)

    def _close_form(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            form.save_draft()
            self._right.removeWidget(form)
            form.hide()
            form.deleteLater()

    def _kept(self, concern: Concern) -> None:
        self._close_form()
        self.desk.toast("Kept in the patient's words.")
        self._fill()
        self.view.select(concern.id)
        self.view.setFocus()

    def _left(self) -> None:
        self._close_form()
        self.view.clearSelection()
        self._fill()
        self.view.setFocus()

    def save_draft(self) -> None:
        """Keep what is being typed."""
        self.detail.save_draft()
        if self.form is not None:
            self.form.save_draft()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes from the next step back to the list."""
        if event.key() == Qt.Key.Key_Escape and not self.view.hasFocus():
            self.view.setFocus()
        else:
            super().keyPressEvent(event)


def _row(concern: Concern, day: str) -> ListRow:
    facts = " · ".join(filter(None, (concern.concern_kind.label, concern.addressed_to)))
    return ListRow(f"“{' '.join(concern.words.split())}”", facts, state_chip(concern), day, key=concern.id)
