"""The medicines that matter for this procedure, with what the prescriber said. Printed in the document."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.consents.form.step import inside
from liaison_desktop.clinical.consents.record import MedicineNote
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.layout import card, column, row
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.text import wrapped


class MedicineRow(QWidget):
    """One medicine."""

    changed = Signal()
    removed = Signal()

    def __init__(self, note: MedicineNote) -> None:
        super().__init__()
        self.form = RecordForm(MedicineNote, ("name", "how_taken"), "what_to_do")
        self.alert = RecordForm(MedicineNote, "alert")
        for form in (self.form, self.alert):
            form.set_values(note)
            form.changed.connect(lambda _name: self.changed.emit())
        self.remove_button = button("Remove", "quiet", "trash-2", small=True, on_click=self.removed.emit)
        inside(self, column(self.form, row((self.alert, 1), self.remove_button, gap=8), gap=4))

    def note(self) -> MedicineNote:
        """What stands in the row."""
        return MedicineNote(**self.form.values(), **self.alert.values())


class MedicineRows(QWidget):
    """The rows and the button that adds one. A row without a name is not kept."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[MedicineRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(16)
        self.add_button = button("Add a medicine", "ghost", "plus", small=True, on_click=self.add)
        self._offered: tuple[MedicineNote, ...] = ()
        self.offer_button = button("", "ghost", "pill", small=True, on_click=self._take_offered)
        self.offer_button.hide()
        box = QWidget()
        box.setLayout(self._list)
        self._list.setContentsMargins(0, 0, 0, 0)
        lead = wrapped(
            "What the prescriber said to stop or take, in their words; never advice of your own.", "sec", "ink2"
        )
        inside(
            self,
            card(
                lead,
                box,
                row(self.add_button, self.offer_button, None),
                title="Medicines that matter for this procedure",
            ),
        )

    def notes(self) -> tuple[MedicineNote, ...]:
        """The medicines with a name."""
        return tuple(note for note in (each.note() for each in self.rows) if note.name.strip())

    def show_notes(self, notes: tuple[MedicineNote, ...], locked: bool) -> None:
        """Show these medicines."""
        self.add_button.setVisible(not locked)
        if notes == self.notes() and self.rows:
            return
        for each in list(self.rows):
            self._take_out(each)
        for note in notes:
            self._put_in(note)
        for each in self.rows:
            each.remove_button.setVisible(not locked)
            each.form.set_read_only(locked)
            each.alert.set_read_only(locked)

    def offer(self, notes: tuple[MedicineNote, ...], locked: bool) -> None:
        """Offer these medicines of the chart; those that stand here already are not offered again."""
        here = {note.name.strip().casefold() for note in self.notes()}
        self._offered = tuple(note for note in notes if note.name.strip().casefold() not in here)
        self.offer_button.set_text(f"Add {len(self._offered)} from the chart")
        self.offer_button.setVisible(bool(self._offered) and not locked)

    def _take_offered(self) -> None:
        for note in self._offered:
            self._put_in(note)
        self._offered = ()
        self.offer_button.hide()
        self.changed.emit()

    def add(self) -> None:
        """An empty row with the keyboard in it."""
        self._put_in(MedicineNote(name="")).form.editor("name").setFocus()

    def _put_in(self, note: MedicineNote) -> MedicineRow:
        made = MedicineRow(note)
        made.changed.connect(self.changed.emit)
        made.removed.connect(partial(self._remove, made))
        self.rows.append(made)
        self._list.addWidget(made)
        return made

    def _remove(self, gone: MedicineRow) -> None:
        self._take_out(gone)
        self.changed.emit()

    def _take_out(self, gone: MedicineRow) -> None:
        self.rows.remove(gone)
        self._list.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
