"""The list of insights: newest heard first, at home with twenty thousand."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.msl.insights.page.looks import list_row
from liaison_desktop.msl.insights.queries import InsightFilter, count_insights, insight_rids, insight_rows
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.latest import Latest
from liaison_desktop.ui.layout import panel
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.rows_view import RowsView

_FEW = 3000  # so many are read faster than a worker is asked


class InsightList(QWidget):
    """Every insight, or those a filter leaves. `opened` carries the id of one."""

    opened = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._latest = Latest(desk.jobs, self)
        self.view = RowsView("Insights")
        self.view.set_empty(EmptyState("No such insight", "Try another word, or take a filter away."))
        self.view.opened.connect(self.opened.emit)
        self.view.clicked.connect(lambda _index: self.opened.emit(self.view.current_key()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 4, 24, 12)
        layout.addWidget(panel((self.view, 1), margins=(0, 8, 0, 8)))
        self.setFocusProxy(self.view)

    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._latest.busy()

    def load(self, wanted: InsightFilter) -> None:
        """Read the list again."""
        store = self._desk.store
        if count_insights(store) <= _FEW:
            self._show(insight_rids(store, wanted))
        else:
            self._latest.ask(lambda: insight_rids(store, wanted), self._show)

    def _show(self, rids: array[int]) -> None:
        held = self.view.current_key()
        self.view.rows.set_pages(rids, self._rows)
        if held is not None:
            self.view.select(held)

    def _rows(self, rids: Sequence[int]) -> list[ListRow]:
        found = {one.rid: one for one in insight_rows(self._desk.store, rids)}
        return [list_row(found[rid]) if rid in found else ListRow("No longer here") for rid in rids]
