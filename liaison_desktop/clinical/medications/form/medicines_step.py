"""The step of the grid: which list, the line that adds, the table, and the medicine that is open at its right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.episodes.record import Episode
from liaison_desktop.clinical.medications.actions import (
    Standing,
    say_absent,
    say_same,
    standing_of,
    take_over,
    take_word,
    unsay,
)
from liaison_desktop.clinical.medications.form.detail import MedicineDetail
from liaison_desktop.clinical.medications.form.entry_line import EntryLine
from liaison_desktop.clinical.medications.form.grid import SourceGrid
from liaison_desktop.clinical.medications.queries import known_medicines, medicines_before
from liaison_desktop.clinical.medications.record import Medicine, MedicineList, Source
from liaison_desktop.clinical.medications.rules.allergies import conflicts, twice
from liaison_desktop.clinical.medications.rules.sources import columns, not_asked
from liaison_desktop.errors import Refused, Stale
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.layout import column, hairline, row
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.text import elided, label

_SHOWN = ((MedicineList.HOME, "At home"), (MedicineList.ORDER, "Admission orders"),
          (MedicineList.ACUTE, "Given now"), (MedicineList.DISCHARGE, "Discharge list"))  # fmt: skip
_KEYS = "In a source:  =  says the same   −  not named   T  take this   Enter  type what it says"


class MedicinesStep(QWidget):
    """Medicines of one stay by source. `changed` tells that something was stored."""

    changed = Signal()

    def __init__(self, desk: Desk, episode: Episode) -> None:
        super().__init__()
        self.desk, self.episode = desk, episode
        self.list = Segmented(_SHOWN, name="List", clears=False, stretch=False)
        self.list.set_value(MedicineList.HOME)
        self.list.changed.connect(lambda _value: self._show_list())
        self.line = EntryLine(desk, episode.patient, episode.id)
        self.line.added.connect(self._added)
        self.grid = SourceGrid()
        self._detail: MedicineDetail | None = None
        self._count, self._foot = label("", "sec", "ink2"), elided("", "cap", "ink3")
        self._over = button("", "ghost", "history", small=True, on_click=self._take_over)
        self._over.hide()
        self._empty = EmptyState("No medicine yet", "Type three letters of its name in the line above.", icon="pill")
        head = row(self.list, None, self._over, self._count, gap=12, margins=(24, 10, 16, 0))
        table = column((self.grid, 1), (self._empty, 1), gap=0, margins=(16, 0, 8, 0))
        body = column((table, 1), column(self._foot, margins=(24, 6, 16, 6)), gap=0)
        self._upright = hairline(vertical=True)
        self._upright.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(column(self.line, margins=(24, 8, 16, 8)))
        layout.addWidget(hairline())
        self._beside = row((body, 1), self._upright, gap=0)
        layout.addWidget(self._beside, 1)
        self._wire()

    def _wire(self) -> None:
        grid = self.grid
        grid.opened.connect(self.open)
        grid.asked.connect(self.line.ask_about)
        for signal, act in (
            (grid.same, say_same),
            (grid.absent, say_absent),
            (grid.taken, take_word),
            (grid.unsaid, unsay),
        ):
            signal.connect(self._acting(act))
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+M"), self, self.line.start, context=context)

    @property
    def detail(self) -> MedicineDetail:
        """The medicine that is open. It is made when the first one is opened: a form is dear, and the grid is not."""
        if self._detail is None:
            self._detail = made = MedicineDetail(self.desk)
            made.hide()
            made.saved.connect(self._saved)
            made.next_asked.connect(self.open_next)
            made.closed.connect(self.close_detail)
            beside = self._beside.layout()
            if beside is not None:
                beside.addWidget(made)
        return self._detail

    @property
    def onto(self) -> MedicineList:
        """The list that is shown."""
        held = self.list.value()
        return held if isinstance(held, MedicineList) else MedicineList.HOME

    def refresh(self, stands: Standing) -> None:
        """Show the medicines as they stand."""
        self._stands = stands
        onto = self.onto
        shown = [each for each in stands.medicines if each.list is onto]
        used = stands.history.sources if stands.history is not None else ()
        sources = columns(stands.home, used) if onto is MedicineList.HOME else ()
        against = {each.id: conflicts(each.name, stands.allergies, known_medicines()) for each in shown}
        allergic = {id: found[0][0].substance for id, found in against.items() if found}
        self.grid.show_medicines(shown, sources, "Taken" if onto is MedicineList.HOME else "Order", allergic)
        self.grid.setVisible(bool(shown))
        self._empty.setVisible(not shown)
        through = sum(not not_asked(each) for each in shown)
        count = (
            f"{through} of {len(shown)} asked through" if onto is MedicineList.HOME else f"{len(shown)} on this list"
        )
        self._count.set_text(count if shown else "")
        doubled = twice(((str(each.id), each.name) for each in shown if each.current), known_medicines())
        words = "   ".join(f"Two of one kind ({kind.lower()}): {', '.join(names)}." for kind, names in doubled)
        self._foot.set_text(words or (_KEYS if onto is MedicineList.HOME and shown else ""))
        self._foot.set_tone("amber" if words else "ink3")
        self._offer(onto)
        if self._detail is not None and self._detail.medicine is not None:
            here = next((each for each in stands.medicines if each.id == self._detail.medicine.id), None)
            if here is not None:
                self._detail.follow(here)

    def _offer(self, onto: MedicineList) -> None:
        """What the last stay's list had is offered, not put in: each row of it starts unanswered."""
        held: tuple[Medicine, ...] = ()
        if onto is MedicineList.HOME and not self._stands.home and self.episode.patient is not None:
            held = medicines_before(self.desk.store, self.episode.patient, self.episode.id)
        self._over.set_text(f"Take over {len(held)} from the last stay, each to be asked")
        self._over.setVisible(bool(held))

    def _take_over(self) -> None:
        if self.episode.patient is not None:
            take_over(self.desk.store, self.episode.patient, self.episode.id, "Last stay")
        self.changed.emit()
        self.grid.setFocus()

    def _show_list(self) -> None:
        self.close_detail()
        self.line.set_list(self.onto)
        self.refresh(standing_of(self.desk.store, self.episode.id))

    def _acting(self, act: Callable[..., Medicine]) -> Callable[[Medicine, Source], None]:
        def run(medicine: Medicine, source: Source) -> None:
            try:
                act(self.desk.store, medicine, source)
            except (Refused, Stale) as error:
                self.desk.trouble(error)
            self.changed.emit()

        return run

    def _added(self, medicine: Medicine) -> None:
        self.changed.emit()
        self.grid.select(medicine)

    def _saved(self, _medicine: Medicine) -> None:
        self.changed.emit()

    def open(self, medicine: Medicine) -> None:
        """Open one at the right of the grid."""
        self.detail.show()
        self._upright.show()
        self.detail.show_medicine(medicine)
        self.grid.settle()

    def open_next(self) -> None:
        """Open the next one that is not asked through, or go back to the line that adds."""
        after = self.detail.medicine
        held = self.grid.grid.medicines
        place = next((n for n, each in enumerate(held) if after is not None and each.id == after.id), -1)
        for each in (*held[place + 1 :], *held[: max(0, place)]):
            if not_asked(each):
                self.grid.select(each)
                self.open(each)
                return
        self.close_detail()
        self.line.start()

    def close_detail(self) -> None:
        """Put the open medicine away; what was typed is kept."""
        if self._detail is None:
            return
        had = self._detail.isVisible()
        self._detail.save_draft()
        self._detail.hide()
        self._upright.hide()
        self.grid.settle()
        if had:
            self.grid.setFocus()

    def start(self) -> None:
        """Give the keyboard to the line that adds."""
        self.line.start()

    def save_draft(self) -> None:
        """Keep what was typed."""
        self.line.save_draft()
        if self._detail is not None:
            self._detail.save_draft()
