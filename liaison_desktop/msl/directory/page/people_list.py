"""The list of people: search as you type, at home with a hundred thousand."""

from __future__ import annotations

import uuid
from array import array
from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.msl.directory.queries import count_people, person_rids, person_rows, rid_of
from liaison_desktop.msl.directory.record import PersonStatus
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.frames import title_line
from liaison_desktop.ui.inputs import line_edit
from liaison_desktop.ui.latest import Latest
from liaison_desktop.ui.layout import column, panel
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.tokens import LIST

_FEW = 3000  # so many are read faster than a worker is asked


class PeopleList(QWidget):
    """Everyone by last name, or whom a search finds. `chosen` carries the id of a person."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, desk: Desk, new: Callable[[], object], bring: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        self._latest = Latest(desk.jobs, self)
        self._rids: array[int] = array("q")
        self._read: tuple[str, int] | None = None  # what the list shows, or soon will
        self._select: uuid.UUID | None = None  # who is to be chosen in it then
        self._quiet = False
        self.search = line_edit(placeholder="Search people", icon="search", quiet=True)
        self.view = RowsView("People")
        self._any = True
        self._say_empty(False)
        self.search.textEdited.connect(lambda _text: self.load())
        self.search.returnPressed.connect(self._into_list)
        self.view.chosen.connect(self._tell)
        self.view.opened.connect(self.opened.emit)
        buttons = (
            button("", "quiet", "upload", small=True, name="Import a list", on_click=bring),
            button("New", "secondary", "plus", small=True, on_click=new),
        )
        body = panel(
            title_line("People", *buttons),
            column(self.search, margins=(16, 0, 12, 0)),
            (self.view, 1),
            gap=8,
            margins=(0, 12, 0, 0),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(body)
        self.setFixedWidth(LIST)

    def load(self, select: uuid.UUID | None = None) -> None:
        """Read the list again; `select` chooses somebody in it."""
        store, text = self._desk.store, self.search.text()
        count = count_people(store, most=_FEW + 1)
        self._say_empty(bool(count))
        self._select = select or self._current()
        read = (text, store.commits)
        if read == self._read:
            # Nothing was saved since, so the same would be found again.
            if not self._latest.busy():
                self._choose()
            return
        self._read = read
        if count <= _FEW:
            self._show(person_rids(store, text))
        else:
            self._latest.ask(lambda: person_rids(store, text), self._show)

    @property
    def some(self) -> bool:
        """Whether there was anybody when the list was last read."""
        return self._any

    def refresh_rows(self) -> None:
        """Load what is shown again, as after a save that changed no name."""
        self.view.rows.forget_pages()

    def select(self, person_id: uuid.UUID) -> None:
        """Choose somebody, looking everywhere and not only in what was searched for."""
        if self.search.text():
            self.search.clear()
        self.load(select=person_id)

    def _current(self) -> uuid.UUID | None:
        key = self.view.current_key()
        return key if isinstance(key, uuid.UUID) else None

    def _show(self, rids: array[int]) -> None:
        self._rids = rids
        if not self.search.text():
            self.search.setPlaceholderText(f"Search {len(rids):,} people" if rids else "Search people")
        self._quiet = self._select is not None  # To show the list again is no choice of anybody.
        self.view.rows.set_pages(rids, self._rows)
        self._choose()
        self._quiet = False

    def _choose(self) -> None:
        rid = rid_of(self._desk.store, self._select) if self._select else None
        self._quiet = self._select is not None
        if rid is not None and rid in self._rids:
            self.view.select_row(self._rids.index(rid))
        self._quiet = False

    def _rows(self, rids: Sequence[int]) -> list[ListRow]:
        rows = {row.rid: row for row in person_rows(self._desk.store, rids)}
        shown = []
        for rid in rids:
            one = rows.get(rid)
            if one is None:
                shown.append(ListRow("No longer here"))
                continue
            chip = ChipSpec(one.status.label) if one.status is not PersonStatus.ACTIVE else None
            facts = " · ".join(part for part in (one.facts.split(",")[0], one.place) if part)
            shown.append(ListRow(one.name, facts, chip, key=one.id))
        return shown

    def _say_empty(self, some: bool) -> None:
        """An empty list says why, unless there is nobody at all: then the page beside it says how to begin."""
        if some != self._any:
            self._any = some
            words = ("Nobody is found", "Try a part of a name, a specialty or a hospital.") if some else ("", "")
            self.view.set_empty(EmptyState(*words))

    def _tell(self, key: object) -> None:
        if not self._quiet:
            self.chosen.emit(key)

    def _into_list(self) -> None:
        self.view.setFocus()
        self.view.select_first()
