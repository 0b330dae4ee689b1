"""The list at the left of referrals: by what they wait for, searched and narrowed."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.referrals.page.looks import Groups, Wanted, grouped, rows_of
from liaison_desktop.clinical.referrals.queries import (
    count_ended,
    ended_referrals,
    found_referrals,
    names_of,
    open_referrals,
)
from liaison_desktop.clinical.referrals.record import Referral
from liaison_desktop.clinical.referrals.rules.clock_events import referral_events
from liaison_desktop.policies import policy_of
from liaison_desktop.tasks.rules import Clock, clocks
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
_FIRST_ANSWER = "FIRST-ANSWER"


def first_clocks(desk: Desk, referrals: tuple[Referral, ...]) -> dict[uuid.UUID, Clock]:
    """The clock of the first answer of each of these."""
    rules = {name: rule for name, rule in policy_of(desk.store).clocks().items() if name == _FIRST_ANSWER}
    told = [event for one in referrals for event in referral_events(one)]
    found = clocks(rules, told, desk.store.clock())
    return {clock.about: clock for clock in found}


class ReferralList(QWidget):
    """The pipeline. `chosen` only when a person chose."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, new: Callable[[], object]) -> None:
        super().__init__()
        self._desk, self._quiet = desk, False
        self._wanted: Wanted | None = None
        self.some = False
        self.search = line_edit(placeholder="Search name, birth date or number", icon="search", quiet=True)
        self.search.textEdited.connect(lambda _text: self.fill())
        self.view = RowsView("Referrals")
        self.view.chosen.connect(self._chosen)
        self.view.set_empty(EmptyState("Nothing here matches", "Try another word, or take the filter away."))
        self._filters = {wanted: FilterChip(wanted.value) for wanted in Wanted}
        for wanted, chip in self._filters.items():
            chip.clicked.connect(lambda _on=False, w=wanted: self._filter(w))
        chips = QWidget()
        flow = Flow(chips, gap=6)
        flow.setContentsMargins(0, 0, 0, 0)
        for chip in self._filters.values():
            flow.addWidget(chip)
        take = button("New referral", "primary", "plus", small=True, on_click=new)
        take.setToolTip("F2")
        self._furniture = (row((self.search, 1), margins=(16, 8, 16, 4)), row((chips, 1), margins=(16, 4, 16, 6)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            panel(12, title_line("Referrals", take, margins=(16, 0, 16, 0)), *self._furniture, (self.view, 1), gap=0)
        )
        self.setFixedWidth(_WIDTH)

    def fill(self, select: uuid.UUID | None = None) -> None:
        """Read it again, and mark this one, or the one that was marked."""
        store, words = self._desk.store, self.search.text().strip()
        held = found_referrals(store, words) if words else (*open_referrals(store), *ended_referrals(store))
        groups: Groups = grouped(held, names_of(store, held), first_clocks(self._desk, held), store.clock())
        ended = len(groups[Wanted.ENDED]) if words else count_ended(store)
        for wanted, rows in groups.items():
            count = ended if wanted is Wanted.ENDED else len(rows)
            self._filters[wanted].set_text(f"{wanted.value} {count}")
            self._filters[wanted].setChecked(wanted is self._wanted)
        current = select or self.view.current_key()
        self._quiet = True
        self.view.rows.set_rows(rows_of(groups, self._wanted))
        self.view.select(current)
        self._quiet = False
        self.some = bool(held) or bool(words)
        for part in self._furniture:
            part.setVisible(self.some)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down or Enter leaves the search for the list; Escape clears the search."""
        if self.search.hasFocus() and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.view.setFocus()
            self.view.select_first()
        elif self.search.hasFocus() and event.key() == Qt.Key.Key_Escape:
            self.search.clear()
            self.fill()
        else:
            super().keyPressEvent(event)
