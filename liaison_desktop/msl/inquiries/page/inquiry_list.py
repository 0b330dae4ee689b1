"""The list at the left of inquiries: by state, searched and narrowed to what waits for somebody."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.msl.inquiries.page.listing import groups_of, loaded, shown
from liaison_desktop.msl.inquiries.page.looks import Wanted
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import FilterChip
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.frames import title_line
from liaison_desktop.ui.inputs import line_edit
from liaison_desktop.ui.layout import panel, row
from liaison_desktop.ui.multi_chips import Flow
from liaison_desktop.ui.rows_view import RowsView

_WIDTH = 340


class InquiryList(QWidget):
    """Inquiries, standing requests and packages. `chosen` only when a person chose; hidden while there are none."""

    chosen = Signal(object)  # the id of a record, or of a draft that is not saved yet

    def __init__(self, desk: Desk, *, new: Callable[[], object], new_standing: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        self._wanted: Wanted | None = None
        self._quiet = False
        self.some = False  # whether there is anything at all
        self.search = line_edit(placeholder="Search name, number or question", icon="search", quiet=True)
        self.search.textEdited.connect(lambda _text: self.fill())
        self.view = RowsView("Inquiries")
        self.view.chosen.connect(self._chosen)
        self.view.set_empty(EmptyState("Nothing here matches", "Try another word, or take the filter away."))
        self._filters = {wanted: FilterChip(wanted.value) for wanted in Wanted}
        for wanted, chip in self._filters.items():
            chip.clicked.connect(lambda _on=False, w=wanted: self._filter(w))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._parts(new, new_standing))
        self.setFixedWidth(_WIDTH)

    def _parts(self, new: Callable[[], object], new_standing: Callable[[], object]) -> QWidget:
        adding = (
            button("Standing", icon="plus", small=True, name="New standing request", on_click=new_standing),
            button("Inquiry", icon="plus", small=True, name="New inquiry", on_click=new),
        )
        chips = QWidget()
        flow = Flow(chips, gap=6)
        flow.setContentsMargins(0, 0, 0, 0)
        for chip in self._filters.values():
            flow.addWidget(chip)
        return panel(
            12,
            title_line("Inquiries", *adding, margins=(16, 0, 16, 0)),
            row((self.search, 1), margins=(16, 8, 16, 4)),
            row((chips, 1), margins=(16, 4, 16, 6)),
            (self.view, 1),
            gap=0,
        )

    def fill(self, select: uuid.UUID | None = None) -> None:
        """Read it again, and mark this one, or the one that was marked."""
        store, today = self._desk.store, self._desk.today()
        groups = groups_of(store)
        for wanted, held in groups.items():
            self._filters[wanted].set_text(f"{wanted.value} {len(held)}")
            self._filters[wanted].setChecked(wanted is self._wanted)
        current = select or self.view.current_key()
        self._quiet = True
        keys, captions = shown(store, today, groups, self._wanted, self.search.text())
        self.view.rows.set_keys(keys, lambda some: loaded(store, today, groups, some), captions)
        self.view.select(current)
        self._quiet = False
        self.some = any(groups.values())
        self.setVisible(self.some)

    def show_everything(self) -> None:
        """Neither word nor filter hides anything when it is filled next."""
        self._wanted = None
        self.search.clear()

    def _filter(self, wanted: Wanted) -> None:
        self._wanted = None if self._wanted is wanted else wanted
        self.fill()

    def _chosen(self, key: object) -> None:
        if not self._quiet and isinstance(key, uuid.UUID):
            self.chosen.emit(key)
