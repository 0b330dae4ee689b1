"""Import of a list of sources: what each column means, what each row becomes, then one transaction that can be undone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from liaison_desktop.clinical.outreach.actions import Imported, import_sources, judged, undo_import
from liaison_desktop.clinical.outreach.rules import LABELS, TARGETS, Candidate, candidate, guess, missing_columns
from liaison_desktop.errors import LiaisonError
from liaison_desktop.interop import Table, read_table
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.frames import action_bar, title_line
from liaison_desktop.ui.layout import column, hairline, panel, refill, row, scroll
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.suggest import ChoiceLine, Option
from liaison_desktop.ui.text import elided, icon_label, label, wrapped

_COLUMNS = 384


class ImportView(QWidget):
    """Nothing is written before the last button. `closed` when it is over."""

    closed = Signal()

    def __init__(self, desk: Desk, path: Path) -> None:
        super().__init__()
        self._desk, self._name = desk, path.name
        self._table: Table | None = None
        self._checked: tuple[Candidate, ...] = ()
        self._lines: dict[int, ChoiceLine] = {}
        self._sub, self._summary = label(path.name, "sec"), label("", "sec")
        self._columns, self._trouble = column(gap=0), column()
        self.rows = RowsView("Rows of the list")
        self.go = button("Import", "primary", "check", on_click=self.bring_in)
        self.go.hide()
        cancel = button("Cancel", on_click=self.closed.emit)
        left = panel(scroll(self._columns), fill="canvas")
        left.setFixedWidth(_COLUMNS)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._trouble)
        self._stack.addWidget(row(left, hairline(vertical=True), (panel(self.rows, margins=(0, 12, 0, 0)), 1), gap=0))
        head = panel(
            title_line("Import sources", margins=(20, 0, 12, 0)),
            row(self._sub, None, margins=(20, 0, 20, 0)),
            gap=2,
            margins=(0, 12, 0, 10),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        foot = action_bar(self._summary, None, cancel, self.go)
        for widget in (head, hairline(), self._stack, hairline(), foot):
            layout.addWidget(widget, 1 if widget is self._stack else 0)
        self.setFocusProxy(cancel)
        self._say(EmptyState("Reading the list …", "The file is read in a process of its own."))
        desk.jobs.run(lambda: read_table(path), owner=self, then=self._show_table, otherwise=self._unreadable)

    def _say(self, widget: QWidget) -> None:
        refill(self._trouble, (widget, 1))
        self._stack.setCurrentIndex(0)

    def _unreadable(self, error: LiaisonError) -> None:
        self._say(EmptyState("This list cannot be read", str(error)))

    # ---- the columns

    def _show_table(self, table: Table) -> None:
        self._table = table
        self._sub.set_text(f"{self._name} · {len(table.rows):,} rows · {len(table.headers)} columns")
        guessed = {at: key for key, at in guess(table.headers).items()}
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, 148)
        grid.setColumnStretch(1, 1)
        options = [Option("", "Not imported"), *(Option(key, text) for key, text, _ in TARGETS)]
        for number, header in enumerate(table.headers):
            line = ChoiceLine(options, name=f"What “{header}” holds")
            line.set_value(guessed.get(number, ""))
            line.changed.connect(lambda _value: self._match())
            example = next((one.cells[number] for one in table.rows if one.cells[number]), "")
            grid.addWidget(column(elided(header, "secm"), elided(example, "cap", "ink3"), gap=0), number, 0)
            grid.addWidget(line, number, 1)
            self._lines[number] = line
        notes = [row(icon_label("info", "ink2", 14), (wrapped(note, "cap", "ink2"), 1), gap=6) for note in table.notes]
        head = label("What the columns hold", "strong")
        refill(self._columns, column(head, *notes, box, None, gap=12, margins=(20, 16, 16, 16)), None)
        self._stack.setCurrentIndex(1)
        self.go.show()
        self._match()

    def matching(self) -> dict[str, int]:
        """What each column holds, as chosen now; a thing chosen twice counts where it stands first."""
        found: dict[str, int] = {}
        for number, line in self._lines.items():
            key = line.value()
            if isinstance(key, str) and key:
                found.setdefault(key, number)
        return found

    # ---- the rows

    def _match(self) -> None:
        table, matching = self._table, self.matching()
        if table is None:
            return
        made = [candidate(one.number, one.cells, matching, fault=one.fault) for one in table.rows]
        store = self._desk.store
        self._desk.jobs.run(
            lambda: judged(store, made), owner=self, then=lambda checked: self._show_rows(checked, matching)
        )

    def _show_rows(self, checked: tuple[Candidate, ...], matching: dict[str, int]) -> None:
        if matching != self.matching():
            return  # Another column was chosen meanwhile; its rows are on their way.
        self._checked = checked
        self.rows.rows.set_rows([_shown(one) for one in checked])
        ready, lacking = len(self.ready()), missing_columns(matching)
        self.go.set_text(f"Import {ready:,} {'row' if ready == 1 else 'rows'}")
        self.go.setEnabled(bool(ready) and not lacking)
        if lacking:
            self._summary.set_text(f"Choose the column that holds {lacking[0]}.")
            return
        out = len(checked) - ready
        words = f"{out:,} {'row stays' if out == 1 else 'rows stay'} out" if out else "Every row is taken"
        self._summary.set_text(f"{words}. Nothing is saved yet.")

    def ready(self) -> tuple[Candidate, ...]:
        """The rows that would be imported now."""
        return tuple(one for one in self._checked if one.sound and not one.known)

    # ---- the end

    def bring_in(self) -> None:
        """Save the rows that are ready, all in one transaction, and offer to take them back."""
        try:
            imported = import_sources(self._desk.store, self.ready())
        except LiaisonError as error:
            self._summary.set_text(f"Nothing was imported. {error}")
            return
        people, houses = len(imported.contacts), len(imported.places)
        words = (
            f"{people:,} {'contact' if people == 1 else 'contacts'}, {houses:,} {'place' if houses == 1 else 'places'}"
        )
        self._desk.toast(f"{words} imported", lambda: self._undo(imported))
        self.closed.emit()

    def _undo(self, imported: Imported) -> None:
        kept = undo_import(self._desk.store, imported)
        self._desk.toast(f"Import taken back; {kept:,} stay because they were changed" if kept else "Import taken back")


def _shown(one: Candidate) -> ListRow:
    name, where = one.contact.name or one.place, one.place if one.contact.name else "Place alone"
    if not one.sound:
        first = one.faults[0]
        said = LABELS.get(first.field, "")
        words = f"{said}: {first.message}" if said and said not in first.message else first.message
        return ListRow(name, words, ChipSpec("Fault", "red", "circle-alert"), f"row {one.number}", one.number)
    if one.known:
        return ListRow(name, where, ChipSpec("Known", "amber", "users"), f"row {one.number}", one.number)
    facts = " · ".join(part for part in (one.contact.role, where) if part)
    return ListRow(name, facts, ChipSpec("New", "green", "plus"), f"row {one.number}", one.number)
