"""Facilities and practitioners: our own house, whose name stands on every paper, and those who explain and perform."""

from __future__ import annotations

import uuid

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison_desktop.clinical.people.form import PersonForm, PersonOrPlace
from liaison_desktop.clinical.people.record import Facility, Practitioner
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.frames import title_line
from liaison_desktop.ui.layout import hairline, panel, row
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.workspace import Command

_LIST = 340


class PeoplePage(Page):
    """A list at the left, the chosen one at the right."""

    key = "people"
    title = "Care team"
    icon = "stethoscope"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form: PersonForm | None = None
        self.view = RowsView("Care team")
        self.view.chosen.connect(self._choose)
        self.view.set_empty(
            EmptyState("Nobody here yet.", "Start with your own facility: its name is printed on every consent.")
        )
        add = row(
            button("Practitioner", icon="plus", small=True, on_click=self.new),
            button("Facility", icon="plus", small=True, on_click=self.new_facility),
            None,
            margins=(16, 8, 16, 8),
        )
        left = panel(12, title_line("Care team", margins=(20, 0, 16, 0)), add, (self.view, 1), gap=0)
        left.setFixedWidth(_LIST)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(left)
        self._layout.addWidget(hairline(vertical=True))
        self._pane: QWidget = self._hint()
        self._layout.addWidget(self._pane, 1)
        self._fill()

    def _hint(self) -> QWidget:
        words = "Our own facility gives consents their heading. Practitioners are those who explain and perform."
        return EmptyState("Choose somebody, or add one.", words)

    def _fill(self) -> None:
        chosen = self.view.current_key()
        store = self.desk.store
        places = sorted(store.all(Facility), key=lambda each: (not each.own, each.name.casefold()))
        people = sorted(store.all(Practitioner), key=lambda each: (not each.active, each.name.casefold()))
        rows: list[ListRow | str] = []
        if places:
            rows += ["Facilities", *map(_row, places)]
        if people:
            rows += ["Practitioners", *map(_row, people)]
        self.view.blockSignals(True)
        self.view.rows.set_rows(rows)
        self.view.select(chosen)
        self.view.blockSignals(False)

    def _choose(self, key: object) -> None:
        if isinstance(key, uuid.UUID):
            self.show_record(key)

    def show_record(self, id: uuid.UUID) -> None:
        """Show the form of this one."""
        store = self.desk.store
        found: PersonOrPlace | None = store.find(Practitioner, id) or store.find(Facility, id)
        if found is not None:
            self._show(found)

    def new(self) -> None:
        """A new practitioner."""
        self._show(Practitioner(facility=next((each.id for each in self.desk.store.all(Facility) if each.own), None)))
        self._start()

    def new_facility(self) -> None:
        """A new facility; the first one is our own."""
        self._show(Facility(own=not self.desk.store.all(Facility)))
        self._start()

    def _start(self) -> None:
        self.view.clearSelection()
        self.view.setCurrentIndex(QModelIndex())
        if self.form is not None:
            self.form.show()
            self.form.start()

    def _show(self, record: PersonOrPlace) -> None:
        self.save_draft()
        self.form = PersonForm(self.desk, record)
        self.form.saved.connect(self._saved)
        gone, self._pane = self._pane, self.form
        self._layout.replaceWidget(gone, self.form)
        gone.hide()
        gone.deleteLater()

    def _saved(self, id: uuid.UUID) -> None:
        self._fill()
        self.view.select(id)
        self.show_record(id)

    def refresh(self, kinds: frozenset[str]) -> None:
        """Query again when one of the two kinds changed."""
        if kinds & {Facility.kind, Practitioner.kind}:
            self._fill()

    def save_draft(self) -> None:
        """Keep what is being typed."""
        if self.form is not None:
            self.form.save_draft()

    def commands(self) -> tuple[Command, ...]:
        """What can be added here."""
        return (
            Command("New practitioner", self.new, "Who explains or performs", "plus"),
            Command("New facility", self.new_facility, "A hospital, unit or clinic", "plus"),
        )


def _row(record: PersonOrPlace) -> ListRow:
    chip = None
    if isinstance(record, Facility) and record.own:
        chip = ChipSpec("Our facility", "accent")
    elif isinstance(record, Practitioner) and not record.active:
        chip = ChipSpec("No longer here", "outline")
    return ListRow(record.title(), record.facts(), chip, key=record.id)
