"""The step of the comparison: every medicine beside its order, each with an answer of its own."""

from __future__ import annotations

import uuid

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.episodes.record import Episode
from liaison_desktop.clinical.medications.actions import Standing, finish_comparison, save_history
from liaison_desktop.clinical.medications.form.compare_model import CompareTable
from liaison_desktop.clinical.medications.form.row_form import RowForm
from liaison_desktop.clinical.medications.record import MedicineList
from liaison_desktop.clinical.medications.rules.comparing import ORDERS, Pair
from liaison_desktop.clinical.patients.record import Patient, allergy_statement
from liaison_desktop.errors import Refused, Stale
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import YesNoEditor
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.fields import fault_line
from liaison_desktop.ui.frames import action_bar
from liaison_desktop.ui.layout import column, hairline, refill, row
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.text import elided, label

_AGAINST = ((MedicineList.ORDER, "With the orders"), (MedicineList.DISCHARGE, "With the discharge list"))


class CompareStep(QWidget):
    """Rows of the comparison. `changed` tells that something was stored, `orders_asked` wants the orders entered."""

    changed = Signal()
    orders_asked = Signal()

    def __init__(self, desk: Desk, episode: Episode) -> None:
        super().__init__()
        self.desk, self.episode = desk, episode
        self._stands: Standing | None = None
        self.against = Segmented(_AGAINST, name="Compare", clears=False, stretch=False)
        self.against.set_value(MedicineList.ORDER)
        self.against.changed.connect(lambda _value: self._again())
        self.table = CompareTable()
        self.table.installEventFilter(self)
        self.table.doubleClicked.connect(lambda index: self.open(index.row()))
        self._form: RowForm | None = None
        self._upright = hairline(vertical=True)
        self._upright.hide()
        self._notice = column(gap=4, margins=(24, 8, 16, 0))
        self._allergies = elided("", "medium", "red")
        self._read = YesNoEditor("Allergies read against the list")
        self._read.changed.connect(self._allergies_read)
        self._count, self._said = label("", "sec", "ink2"), elided("", "sec", "ink2")
        self._empty = EmptyState("Nothing to compare yet", "Enter what is taken at home first, then the orders.")
        self._done = button("Comparison is done", "primary", "check", on_click=self.finish)
        head = row(self.against, None, self._count, margins=(24, 10, 16, 6))
        table = column((self.table, 1), margins=(16, 0, 8, 0))
        self._read_label = label("Read against the list", "sec", "ink2")
        self._read_label.setBuddy(self._read)
        allergies = row((self._allergies, 1), self._read_label, self._read, margins=(24, 2, 16, 8))
        body = column(head, allergies, self._notice, (table, 1), (self._empty, 1), gap=0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._beside = row((body, 1), self._upright, gap=0)
        layout.addWidget(self._beside, 1)
        layout.addWidget(hairline())
        layout.addWidget(action_bar((self._said, 1), self._done))
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+Shift+Return"), self, self.finish, context=context)

    @property
    def form(self) -> RowForm:
        """The row that is open, made when the first one is opened."""
        if self._form is None:
            self._form = made = RowForm(self.desk)
            made.hide()
            made.saved.connect(self.changed.emit)
            made.next_asked.connect(self.open_next)
            made.closed.connect(self.close_form)
            beside = self._beside.layout()
            if beside is not None:
                beside.addWidget(made)
        return self._form

    def _wanted(self) -> MedicineList:
        held = self.against.value()
        return held if isinstance(held, MedicineList) else MedicineList.ORDER

    def refresh(self, stands: Standing) -> None:
        """Show the rows as they stand; the open one stays open."""
        self._stands = stands
        self.against.setVisible(bool(stands.leaving))
        leaving = self._wanted() is MedicineList.DISCHARGE and bool(stands.leaving)
        pairs = stands.leaving if leaving else stands.pairs
        here = self.table.currentIndex()
        at = (here.row(), here.column())
        self.table.rows.show(pairs, self._wanted())
        self.table.settle()
        if pairs:
            place = (max(0, min(at[0], len(pairs) - 1)), max(0, at[1]))
            self.table.setCurrentIndex(self.table.rows.index(*place))
        patient = self.desk.store.find(Patient, self.episode.patient)
        said = allergy_statement(patient).text if patient is not None else ""
        self._allergies.set_text(f"Allergies: {said}")
        self._read.set_value(stands.history.allergies_read if stands.history is not None else None)
        for each in (self._read_label, self._read):  # without a medicine entered there is nothing to read against
            each.setVisible(stands.history is not None)
        if self._form is not None and self._form.pair is not None:
            about = self._form.pair.medicine.id
            if (here_now := next((pair for pair in pairs if pair.medicine.id == about), None)) is not None:
                self._form.follow(here_now)
        self.table.setVisible(bool(pairs))
        self._empty.setVisible(not pairs)
        settled = sum(pair.settled for pair in pairs)
        self._count.set_text(f"{settled} of {len(pairs)} settled" if pairs else "")
        self._show_notice(stands)
        signed = stands.history.reconciled_by if stands.history is not None else ""
        self._say(f"Done, by {signed}." if stands.life.value in ("reconciled", "list_given") else "")

    def _show_notice(self, stands: Standing) -> None:
        has_orders = any(each.list in ORDERS for each in stands.medicines)
        if has_orders or self._wanted() is MedicineList.DISCHARGE or not stands.pairs:
            refill(self._notice)
            self._notice.hide()
            return
        words = "No order is entered yet, so every medicine shows as left out."
        enter = button("Enter the orders", small=True, on_click=self.orders_asked.emit)
        refill(self._notice, row((fault_line(words, severe=False), 1), enter))
        self._notice.show()

    def _again(self) -> None:
        self.close_form()
        if self._stands is not None:
            self.refresh(self._stands)

    def open(self, number: int, *, place: str = "action") -> None:
        """Open one row beside the table."""
        if not 0 <= number < len(self.table.rows.pairs):
            return
        self.form.show()
        self._upright.show()
        self.table.setCurrentIndex(self.table.rows.index(number, 0))
        self.form.show_pair(self.table.rows.pairs[number], place=place)
        self.table.settle()

    def answer(self, medicine: uuid.UUID) -> None:
        """Open the row of this medicine with the keyboard on the answer."""
        for number, pair in enumerate(self.table.rows.pairs):
            if pair.medicine.id == medicine:
                self.open(number, place="answer")

    def open_next(self) -> None:
        """Open the next row that nobody compared, or go back to the table."""
        pairs = self.table.rows.pairs
        here = self.table.currentIndex().row()
        for number in (*range(here + 1, len(pairs)), *range(max(0, here))):
            if not pairs[number].compared:
                self.open(number)
                return
        self.close_form()

    def close_form(self) -> None:
        """Put the open row away; what was typed is kept."""
        if self._form is None:
            return
        had = self._form.isVisible()
        self._form.save_draft()
        self._form.hide()
        self._upright.hide()
        self.table.settle()
        if had:
            self.table.setFocus()

    def _allergies_read(self, value: object) -> None:
        history = self._stands.history if self._stands is not None else None
        if history is None or not (value is None or isinstance(value, bool)):
            return
        try:
            save_history(self.desk.store, msgspec.structs.replace(history, allergies_read=value))
        except (Refused, Stale) as error:
            self._say(str(error), wrong=True)
            return
        self.changed.emit()

    def finish(self) -> None:
        """Sign that every medicine is compared and answered, or say what is left."""
        history = self._stands.history if self._stands is not None else None
        if history is None:
            self._say("Finish the interview first.", wrong=True)
            return
        try:
            finish_comparison(self.desk.store, history)
        except (Refused, Stale) as error:
            self._say(str(error), wrong=True)
            return
        self.changed.emit()
        self.desk.toast("The comparison is done.")

    def _say(self, words: str, wrong: bool = False) -> None:
        self._said.set_text(words)
        self._said.set_tone("red" if wrong else "ink2")

    def current(self) -> Pair | None:
        """The row with the keyboard."""
        row = self.table.currentIndex().row()
        return self.table.rows.pairs[row] if 0 <= row < len(self.table.rows.pairs) else None

    def start(self) -> None:
        """Give the keyboard to the table."""
        if self.table.isVisibleTo(self):
            self.table.setFocus()

    def eventFilter(self, watched: object, event: object) -> bool:
        """Enter opens a row."""
        if watched is self.table and isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                self.open(self.table.currentIndex().row())
                return True
        return False

    def save_draft(self) -> None:
        """Keep what was typed."""
        if self._form is not None:
            self._form.save_draft()
