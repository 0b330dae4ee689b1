"""The list of patients: find one, open the chart, or enter a new one. What was typed and not saved waits on top."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Hashable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from liaison_desktop.clinical.patients.form.entry import NEW_DRAFT, PatientEntry, draft_title
from liaison_desktop.clinical.patients.queries import (
    Wanted,
    count_patients,
    opened_lately,
    patient_rows,
    patients,
    patients_in_rows,
    search_patients,
)
from liaison_desktop.clinical.patients.record import (
    AllergyAssertion,
    Patient,
    age_text,
    birth_text,
    full_name,
    isolation_text,
    language_text,
    record_number,
)
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import ChipSpec, FilterChip
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.inputs import line_edit
from liaison_desktop.ui.layout import column, hairline, panel, refill, row
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.text import label
from liaison_desktop.ui.workspace import Command

_DRAFT, _KEPT = "draft", -1  # the key of what was typed and not saved, and what stands for its row number
_SIDE = 320


def patient_row(patient: Patient, today: datetime.date) -> ListRow:
    """A patient in a list: name, birth date with age, record number and language; what is urgent as a chip."""
    years = age_text(patient.birth_date, today)
    born = f"{birth_text(patient.birth_date)} ({years})" if years else birth_text(patient.birth_date)
    facts = (born, record_number(patient), language_text(patient))
    return ListRow(full_name(patient), " · ".join(filter(None, facts)), _chip(patient), key=patient.id)


def _chip(patient: Patient) -> ChipSpec | None:
    if patient.allergy_assertion is None:
        return ChipSpec("Allergies not recorded", "red", "triangle-alert")
    if patient.allergy_assertion is AllergyAssertion.UNABLE:
        return ChipSpec("Allergies unknown", "red", "triangle-alert")
    if isolation := isolation_text(patient):
        return ChipSpec(isolation, "amber", "biohazard")
    return None


class PatientsPage(Page):
    """Every patient of this laptop, by name. Enter opens the chart, Ctrl+N enters a new patient."""

    key = "patients"
    title = "Patients"
    icon = "users"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.entry: PatientEntry | None = None
        self._wanted = Wanted.ALL
        self.search = line_edit(placeholder="Search name, birth date, number or phone", icon="search", quiet=True)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(60)
        self._soon.timeout.connect(self._show_found)
        self.search.textChanged.connect(lambda _text: self._soon.start())
        self.view = RowsView("Patients")
        self.view.opened.connect(self._open)
        self.view.clicked.connect(lambda index: self._clicked(index.data(int(Qt.ItemDataRole.UserRole) + 1)))
        self._filters = {wanted: FilterChip(wanted.value) for wanted in Wanted}
        for wanted, chip in self._filters.items():
            chip.clicked.connect(lambda _on=False, w=wanted: self._filter(w))
        self._lately = column(gap=12)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._list())
        self.setFocusProxy(self.view)
        self._fill()

    def _list(self) -> QWidget:
        self._title = label("Patients", "title")
        self._new = button("New patient", "primary", "plus", on_click=self.new)
        self._new.setToolTip("Ctrl+N")
        head = row(self._title, None, self._new, margins=(20, 0, 16, 0))
        head.setFixedHeight(32)
        filters = row(*self._filters.values(), None, gap=6, margins=(16, 8, 16, 6))
        line = row((self.search, 1), margins=(16, 8, 16, 0))
        left = panel(
            12,
            head,
            line,
            filters,
            (self.view, 1),
            fill="surface",
            gap=0,
        )
        side = panel(self._lately, None, fill="canvas", margins=(16, 12, 16, 12))
        side.setFixedWidth(_SIDE)
        # An empty store shows one thing to do and nothing else.
        self._furniture = (self._new, line, filters)
        self._side = side
        box = QWidget()
        layout = QHBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(left, 1)
        layout.addWidget(hairline(vertical=True))
        layout.addWidget(side)
        return box

    # ---- what is shown

    def _fill(self) -> None:
        for wanted, chip in self._filters.items():
            chip.set_text(f"{wanted.value} {count_patients(self.desk.store, wanted)}")
            chip.setChecked(wanted is self._wanted)
        self._show_found()
        self._show_lately()

    def _show_found(self) -> None:
        """What was searched for, else everybody; asked on every key, so it counts nothing."""
        store, text = self.desk.store, self.search.text().strip()
        current = self.view.current_key()
        if text:
            found = patients(store, search_patients(store, text))
            self.view.rows.set_rows([self._row(patient) for patient in found])
        else:
            self._fill_all()
        if not self.view.select(current):
            self.view.select_first()
        self._say_empty(text)

    def _fill_all(self) -> None:
        draft = self.desk.store.drafts.get(NEW_DRAFT)
        rows = patient_rows(self.desk.store, self._wanted)
        if draft is None:
            self.view.rows.set_pages(rows, self._load)
            return
        kept = ListRow(draft_title(draft), "Not saved yet", ChipSpec("Draft", "amber", "pencil"), key=_DRAFT)
        captions = [(0, "Not finished"), *([(1, "Patients")] if rows else [])]
        self.view.rows.set_pages(
            (_KEPT, *rows),
            lambda some: [kept] * (_KEPT in some) + [*self._load([n for n in some if n != _KEPT])],
            captions,
        )

    def _load(self, rows: Sequence[int]) -> Sequence[ListRow]:
        return [self._row(patient) for patient in patients_in_rows(self.desk.store, rows)]

    def _row(self, patient: Patient) -> ListRow:
        return patient_row(patient, self.desk.today())

    def _say_empty(self, text: str) -> None:
        if text:
            state = EmptyState("Nobody here matches.", "Try part of a name, a birth date such as 14 Mar, or a number.")
        elif self._wanted is not Wanted.ALL:
            state = EmptyState("Nobody here.", f"No patient is under “{self._wanted.value}”.")
        else:
            state = EmptyState(
                "No patients yet.",
                "Enter a name and a birth date; everything else can follow.",
                "New patient",
                "plus",
                self.new,
                "Ctrl+N",
            )
        self.view.set_empty(state)

    def _show_lately(self) -> None:
        rows = [self._lately_row(patient) for patient in opened_lately(self.desk.store)]
        refill(self._lately, *((list_card("Opened lately", *rows),) if rows else ()))
        self._side.setVisible(bool(rows))
        nobody = self.view.rows.rowCount() == 0 and not self.search.text() and self._wanted is Wanted.ALL
        for widget in self._furniture:
            widget.setVisible(not nobody)

    def _lately_row(self, patient: Patient) -> CardRow:
        years = age_text(patient.birth_date, self.desk.today())
        facts = " · ".join(filter(None, (birth_text(patient.birth_date), years)))
        return CardRow(full_name(patient), facts, "user-round", on_click=lambda: self._open(patient.id))

    def _filter(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self.search.clear()
        self._fill()

    # ---- what can be done

    def _clicked(self, key: Hashable) -> None:
        if key == _DRAFT:
            self.new()

    def _open(self, key: object) -> None:
        if key == _DRAFT:
            self.new()
        elif isinstance(key, uuid.UUID):
            self.desk.open(Patient.kind, key)

    def new(self) -> None:
        """Enter a new patient, or go on with the one that was not saved."""
        if self.entry is None:
            self.entry = PatientEntry(self.desk)
            self.entry.saved.connect(self._saved)
            self.entry.left.connect(self._back)
            self._stack.addWidget(self.entry)
        self._stack.setCurrentWidget(self.entry)
        self.entry.start()

    def _saved(self, id: uuid.UUID) -> None:
        self._back()
        self.view.select(id)
        self.desk.open(Patient.kind, id)

    def _back(self) -> None:
        gone, self.entry = self.entry, None
        self._stack.setCurrentIndex(0)
        if gone is not None:
            self._stack.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._fill()
        self.view.setFocus()

    def show_list(self) -> None:
        """The list again; what was being typed is kept."""
        if self.entry is not None:
            self.entry.keep()
        self._fill()
        self.view.setFocus()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Query again when patients changed."""
        if Patient.kind in kinds and self.entry is None:
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard goes to the list, so that arrows and Enter work at once."""
        super().showEvent(event)
        if self.entry is None:
            self.view.setFocus()

    def save_draft(self) -> None:
        """Keep what is being typed."""
        if self.entry is not None:
            self.entry.save_draft()

    def commands(self) -> tuple[Command, ...]:
        """Find a patient."""
        return (Command("Find a patient", self.find_patient, "In the list", "search", "Ctrl+F"),)

    def find_patient(self) -> None:
        """Go to the search, unless a patient is being entered."""
        if self.entry is None:
            self.search.setFocus()
            self.search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down leaves the search for the list; Escape clears the search."""
        if self.search.hasFocus() and event.key() == Qt.Key.Key_Down:
            self.view.setFocus()
        elif self.search.hasFocus() and event.key() == Qt.Key.Key_Escape:
            self.search.clear()
        elif self.search.hasFocus() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._show_found()
            self._open(self.view.current_key())
        else:
            super().keyPressEvent(event)
