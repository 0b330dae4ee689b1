"""The list of visits by day: search as you type, filters, at home with fifty thousand."""

from __future__ import annotations

import datetime
import functools
import uuid
from array import array
from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.msl.visits.page.looks import list_row
from liaison_desktop.msl.visits.queries import VisitFilter, count_visits, rid_of_visit, visit_days, visit_rows
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import FilterChip
from liaison_desktop.ui.dates import near_day
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.frames import title_line
from liaison_desktop.ui.inputs import line_edit
from liaison_desktop.ui.latest import Latest
from liaison_desktop.ui.layout import column, panel, row
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.tokens import LIST

_FEW = 2000  # so many are read faster than a worker is asked
Found = tuple["array[int]", tuple[tuple[int, str], ...]]


@functools.lru_cache(maxsize=16_384)
def _caption(day: str, today: datetime.date) -> str:
    """The words above a day. Thousands of days stand in a long list, and are the same whenever it is read again."""
    return near_day(datetime.date.fromisoformat(day), today) if day else "No day yet"


class VisitsList(QWidget):
    """Visits, newest first, under the day they were on. `chosen` carries the id of a visit."""

    chosen = Signal(object)
    opened = Signal(object)
    previewed = Signal(object)

    def __init__(self, desk: Desk, new: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        self._latest = Latest(desk.jobs, self)
        self._rids: array[int] = array("q")
        self._read: tuple[VisitFilter, datetime.date, int] | None = None  # what the list shows, or soon will
        self._select: uuid.UUID | None = None  # what is to be chosen in it then
        self._quiet = False
        self.search = line_edit(placeholder="Search visits", icon="search", quiet=True)
        self.open_only, self.this_week = FilterChip("Open"), FilterChip("This week")
        self.view = RowsView("Visits")
        self._any = True
        self._say_empty(False)
        body = panel(
            title_line("Visits", button("New", "secondary", "plus", small=True, on_click=new)),
            column(self.search, margins=(16, 0, 12, 0)),
            row(self.open_only, self.this_week, None, gap=6, margins=(16, 0, 12, 0)),
            (self.view, 1),
            gap=8,
            margins=(0, 12, 0, 0),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(body)
        self.setFixedWidth(LIST)
        self.search.textEdited.connect(lambda _text: self.load())
        self.search.returnPressed.connect(self._into_list)
        for chip in (self.open_only, self.this_week):
            chip.clicked.connect(lambda _on=False: self.load())
        self.view.chosen.connect(self._tell)
        for signal, own in (
            (self.view.opened, self.opened),
            (self.view.previewed, self.previewed),
        ):
            signal.connect(own.emit)

    def load(self, select: uuid.UUID | None = None) -> None:
        """Read the list again; `select` chooses a visit in it without saying that it was chosen."""
        store, wanted = self._desk.store, self._wanted()
        count, unfinished = count_visits(store, most=_FEW + 1), count_visits(store, open_only=True)
        self.open_only.set_text(f"Open {unfinished:,}")
        self._say_empty(bool(count))
        self._select = select or self._current()
        read = (wanted, self._desk.today(), store.commits)
        if read == self._read:
            # Nothing was saved since, so the same would be found again.
            if not self._latest.busy():
                self._choose()
            return
        self._read = read
        if count <= _FEW:
            self._show(visit_days(store, wanted))
        else:
            self._latest.ask(lambda: visit_days(store, wanted), self._show)

    def _say_how_many(self) -> None:
        count = len(self._rids)
        self.search.setPlaceholderText(f"Search {count:,} visits" if count > 1 else "Search visits")

    def select(self, visit_id: uuid.UUID) -> None:
        """Choose a visit, looking everywhere and not only in what was searched for."""
        if not self._holds(visit_id):
            self.search.clear()
            self.open_only.setChecked(False)
            self.this_week.setChecked(False)
        self.load(select=visit_id)

    @property
    def some(self) -> bool:
        """Whether there was any visit when the list was last read."""
        return self._any

    def _wanted(self) -> VisitFilter:
        now = self._desk.clock()
        monday = (now - datetime.timedelta(days=now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
        return VisitFilter(
            text=self.search.text(),
            open_only=self.open_only.isChecked(),
            since=monday if self.this_week.isChecked() else None,
        )

    def _holds(self, visit_id: uuid.UUID) -> bool:
        return rid_of_visit(self._desk.store, visit_id) in self._rids

    def _current(self) -> uuid.UUID | None:
        key = self.view.current_key()
        return key if isinstance(key, uuid.UUID) else None

    def _show(self, found: Found) -> None:
        self._rids, days = found
        if self._wanted() == VisitFilter():
            self._say_how_many()
        today = self._desk.today()
        captions = [(at, _caption(day, today)) for at, day in days]
        self._quiet = True  # To show the list again is no choice of anybody.
        self.view.rows.set_pages(self._rids, self._rows, captions)
        self._choose()

    def _choose(self) -> None:
        rid = rid_of_visit(self._desk.store, self._select) if self._select else None
        self._quiet = True
        if rid is not None and rid in self._rids:
            self.view.select_row(self._rids.index(rid))
        self._quiet = False

    def _rows(self, rids: Sequence[int]) -> list[ListRow]:
        found = {row.rid: row for row in visit_rows(self._desk.store, rids)}
        zone = self._desk.clock().tzinfo
        return [list_row(found[rid], zone) if rid in found else ListRow("No longer here") for rid in rids]

    def _say_empty(self, some: bool) -> None:
        """An empty list says why, unless there is nothing at all: then the page beside it says how to begin."""
        if some != self._any:
            self._any = some
            words = ("No such visit", "Try another word, or take a filter away.") if some else ("", "")
            self.view.set_empty(EmptyState(*words))

    def _tell(self, key: object) -> None:
        if not self._quiet:
            self.chosen.emit(key)

    def _into_list(self) -> None:
        self.view.setFocus()
        self.view.select_first()
