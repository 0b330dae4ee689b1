"""Import of a list in one place: the file, what each column means, what each row becomes, then one transaction."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError, Severity
from liaison_desktop.interop import Table, read_table
from liaison_desktop.msl.directory.actions import Arrival, Imported, import_people, undo_import
from liaison_desktop.msl.directory.queries import all_known
from liaison_desktop.msl.directory.rules import (
    LABELS,
    TARGETS,
    Candidate,
    candidate,
    guess,
    missing_columns,
    with_duplicates,
)
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import ChipSpec, FilterChip
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.frames import action_bar, title_line
from liaison_desktop.ui.layout import column, hairline, panel, refill, row, scroll
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.suggest import ChoiceLine, Option
from liaison_desktop.ui.text import elided, icon_label, label, wrapped

PATTERNS = "Lists (*.csv *.xlsx *.txt *.tsv);;All files (*)"
_LEFT_OUT = Option("", "Not imported")


class ImportView(QWidget):
    """Nothing is written before the last button, and that can be undone."""

    def __init__(self, desk: Desk, *, done: Callable[[], object], left: Callable[[], object]) -> None:
        super().__init__()
        self._desk, self._done, self._leave = desk, done, left
        self._table: Table | None = None
        self._name = ""
        self._checked: tuple[Candidate, ...] = ()
        self._lines: dict[int, ChoiceLine] = {}
        self._with_doubles = False
        self._title, self._sub = label("Import a list", "title"), label("", "sec")
        self._columns = column(gap=0)
        self.rows = RowsView("Rows of the list")
        self.rows.set_empty(EmptyState("No such row", "Choose another filter above."))
        self._filters = {key: FilterChip("", on=key == "all") for key in ("all", "fault", "double")}
        self._summary = label("", "sec")
        self.doubles = button("Import likenesses too", on_click=self._toggle_doubles)
        self.go = button("Import", "primary", "check", on_click=self.bring_in)
        self._stack = QStackedWidget()
        self._trouble = column()
        self._stack.addWidget(scroll(self._trouble))
        self._stack.addWidget(self._preview())
        head = panel(
            title_line(self._title, margins=(20, 0, 12, 0)),
            row(self._sub, None, margins=(20, 0, 20, 0)),
            gap=2,
            margins=(0, 12, 0, 10),
        )
        foot = action_bar(self._summary, None, button("Cancel", on_click=self.cancel), self.doubles, self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget, stretch in ((head, 0), (hairline(), 0), (self._stack, 1), (hairline(), 0), (foot, 0)):
            layout.addWidget(widget, stretch)
        for key, chip in self._filters.items():
            chip.clicked.connect(lambda _on=False, k=key: self._filter(k))

    # ---- the file

    def ask(self) -> bool:
        """Ask for a file and start to read it; False if the person thought better of it."""
        path = self._desk.files.open_file("Import a list of people", PATTERNS)
        if path is None:
            return False
        self.read(path)
        return True

    def read(self, path: Path) -> None:
        """Read a file away from the window, then show what is in it."""
        self._table, self._name = None, path.name
        self._sub.set_text(path.name)
        self._say(EmptyState("Reading the list …", "The file is read in a process of its own."))
        self._desk.jobs.run(lambda: read_table(path), owner=self, then=self._show_table, otherwise=self._unreadable)

    def _unreadable(self, error: LiaisonError) -> None:
        self._say(EmptyState("This list cannot be read", str(error), "Choose another file", "upload", self.ask))

    def _say(self, widget: QWidget) -> None:
        refill(self._trouble, (widget, 1))
        self._stack.setCurrentIndex(0)
        for part in (self.go, self.doubles):
            part.setVisible(False)
        self._summary.set_text("")

    # ---- the columns

    def _preview(self) -> QWidget:
        left = panel(scroll(self._columns), fill="canvas")
        left.setFixedWidth(384)
        filters = row(*self._filters.values(), None, gap=6, margins=(16, 0, 16, 0))
        right = panel(filters, (self.rows, 1), gap=8, margins=(0, 12, 0, 0))
        return row(left, hairline(vertical=True), (right, 1), gap=0)

    def _show_table(self, table: Table) -> None:
        self._table = table
        self._sub.set_text(f"{self._name} · {len(table.rows):,} rows · {len(table.headers)} columns")
        self._lines = {}
        guessed = {column_: key for key, column_ in guess(table.headers).items()}
        grid_box = QWidget()
        grid = QGridLayout(grid_box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, 148)
        grid.setColumnStretch(1, 1)
        options = [_LEFT_OUT, *(Option(key, text) for key, text, _ in TARGETS)]
        for number, header in enumerate(table.headers):
            line = ChoiceLine(options, name=f"What “{header}” holds")
            line.set_value(guessed.get(number, ""))
            line.changed.connect(lambda _value: self._match())
            example = next((one.cells[number] for one in table.rows if one.cells[number]), "")
            grid.addWidget(column(elided(header, "secm"), elided(example, "cap", "ink3"), gap=0), number, 0)
            grid.addWidget(line, number, 1)
            self._lines[number] = line
        notes = [row(icon_label("info", "ink2", 14), (wrapped(note, "cap", "ink2"), 1), gap=6) for note in table.notes]
        refill(
            self._columns,
            column(label("What the columns hold", "strong"), *notes, grid_box, None, gap=12, margins=(20, 16, 16, 16)),
            None,
        )
        self._stack.setCurrentIndex(1)
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
        store = self._desk.store

        def work() -> tuple[Candidate, ...]:
            policy = policy_of(store)
            made = [candidate(one.number, one.cells, matching, policy, fault=one.fault) for one in table.rows]
            return with_duplicates(made, all_known(store), policy)

        self._desk.jobs.run(work, owner=self, then=lambda checked: self._show_rows(checked, matching))

    def _show_rows(self, checked: tuple[Candidate, ...], matching: dict[str, int]) -> None:
        if matching != self.matching():
            return  # Another column was chosen meanwhile; its rows are on their way.
        self._checked = checked
        self._filter("all")
        self._settle()

    def _filter(self, key: str) -> None:
        for name, chip in self._filters.items():
            chip.setChecked(name == key)
        kept = [
            one
            for one in self._checked
            if key == "all" or (key == "fault" and not one.sound) or (key == "double" and one.alike)
        ]
        self.rows.rows.set_rows([_shown(one) for one in kept])

    def _settle(self) -> None:
        faulty = [one for one in self._checked if not one.sound]
        double = [one for one in self._checked if one.sound and one.alike]
        self._filters["all"].set_text(f"All {len(self._checked):,}")
        self._filters["fault"].set_text(f"With a fault {len(faulty):,}")
        self._filters["double"].set_text(f"Maybe known {sum(bool(one.alike) for one in self._checked):,}")
        ready, lacking = len(self.ready()), missing_columns(self.matching())
        self.go.set_text(f"Import {ready:,} {'person' if ready == 1 else 'people'}")
        self.go.setVisible(True)
        self.go.setEnabled(bool(ready) and not lacking)
        self.doubles.setVisible(bool(double))
        self.doubles.set_text("Leave the maybe known out" if self._with_doubles else "Import the maybe known too")
        if lacking:
            self._summary.set_text(f"Choose the column that holds {' and '.join(lacking)}.")
            return
        out = len(self._checked) - ready
        words = f"{out:,} {'row stays' if out == 1 else 'rows stay'} out" if out else "Every row is taken"
        self._summary.set_text(f"{words}. Nothing is saved yet.")

    def ready(self) -> tuple[Candidate, ...]:
        """The rows that would be imported now."""
        return tuple(one for one in self._checked if one.sound and (self._with_doubles or not one.alike))

    def _toggle_doubles(self) -> None:
        self._with_doubles = not self._with_doubles
        self._settle()

    # ---- the end

    def bring_in(self) -> None:
        """Save the rows that are ready, all in one transaction, and offer to take them back."""
        arrivals = [
            Arrival(person=one.person, place=one.place, city=one.city, region=one.region) for one in self.ready()
        ]
        try:
            imported = import_people(self._desk.store, arrivals)
        except LiaisonError as error:
            self._summary.set_text(f"Nothing was imported. {error}")
            return
        count = len(imported.people)
        self._desk.toast(f"{count:,} {'person' if count == 1 else 'people'} imported", lambda: self._undo(imported))
        self._end()
        self._done()

    def _undo(self, imported: Imported) -> None:
        kept = undo_import(self._desk.store, imported)
        self._desk.toast(f"Import taken back; {kept:,} stay because they were changed" if kept else "Import taken back")

    def cancel(self) -> None:
        """Forget the file."""
        self._end()
        self._leave()

    def _end(self) -> None:
        self._table, self._checked, self._with_doubles = None, (), False
        self.rows.rows.set_rows([])


def _shown(one: Candidate) -> ListRow:
    name = one.person.title()
    refused = [fault for fault in one.faults if fault.severity is Severity.REFUSE]
    if refused:
        first = refused[0]
        said = LABELS.get(first.field, "")
        where = f"{said}: " if said and said not in first.message else ""
        more = f" (and {len(refused) - 1} more)" if len(refused) > 1 else ""
        return ListRow(
            name,
            f"{where}{first.message}{more}",
            ChipSpec("Fault", "red", "circle-alert"),
            f"row {one.number}",
            one.number,
        )
    if one.alike:
        known = one.alike[0]
        place = f", {known.place}" if known.place else ""
        return ListRow(
            name,
            f"Looks like {known.name}{place}",
            ChipSpec("Maybe known", "amber", "users"),
            f"row {one.number}",
            one.number,
        )
    facts = " · ".join(part for part in (one.person.specialty, one.place) if part)
    return ListRow(name, facts, ChipSpec("New", "green", "plus"), f"row {one.number}", one.number)
