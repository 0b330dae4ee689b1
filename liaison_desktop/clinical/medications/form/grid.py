"""The grid of sources: arrows go from cell to cell; one key each says same, not named, take this."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from liaison_desktop.clinical.medications.form.cell_paint import CellTable
from liaison_desktop.clinical.medications.form.grid_model import GridModel
from liaison_desktop.clinical.medications.record import Medicine, Source

_NAME, _HELD = 0.28, 0.21
_FEW = (
    4  # with more sources their columns need what the first two have  # shares of the width; the sources have the rest
)


class SourceGrid(CellTable):
    """Medicines by sources. Enter opens a medicine; `=` `-` and `t` speak for the one cell they stand in."""

    opened = Signal(object)  # the medicine
    chosen = Signal(object)
    asked = Signal(object, object)  # the medicine and the source whose word is to be typed
    same = Signal(object, object)
    absent = Signal(object, object)
    taken = Signal(object, object)
    unsaid = Signal(object, object)

    def __init__(self) -> None:
        super().__init__("Medicines by source")
        self.grid = GridModel(self)
        self.setModel(self.grid)
        self.doubleClicked.connect(lambda index: self._enter(index))
        self.selectionModel().currentChanged.connect(lambda index, _before: self._tell(index))

    def show_medicines(
        self,
        medicines: Sequence[Medicine],
        sources: Sequence[Source],
        second: str,
        allergic: Mapping[uuid.UUID, str] | None = None,
    ) -> None:
        """Show these; the keyboard stays in its cell."""
        row, column = self.currentIndex().row(), self.currentIndex().column()
        self.grid.show(medicines, sources, second, allergic)
        self.settle()
        if row >= 0 and self.grid.rowCount():
            place = (min(row, self.grid.rowCount() - 1), min(column, self.grid.columnCount() - 1))
            self.setCurrentIndex(self.grid.index(*place))

    def select(self, medicine: Medicine) -> None:
        """Choose the row of this medicine, in the column where the keyboard is."""
        for number, each in enumerate(self.grid.medicines):
            if each.id == medicine.id:
                self.setCurrentIndex(self.grid.index(number, max(0, self.currentIndex().column())))

    def current(self) -> Medicine | None:
        """The medicine whose row is chosen."""
        row = self.currentIndex().row()
        return self.grid.medicines[row] if 0 <= row < len(self.grid.medicines) else None

    def shares(self) -> Sequence[float]:
        """The name and what is held have fixed shares, the sources the rest in equal parts."""
        count = len(self.grid.sources)
        if not count:
            return (0.45, 0.55)
        name, held = (_NAME, _HELD) if count <= _FEW else (0.2, 0.16)
        return (name, held, *([(1 - name - held) / count] * count))

    def _tell(self, index: QModelIndex) -> None:
        if index.isValid() and (medicine := self.current()) is not None:
            self.chosen.emit(medicine)

    def _enter(self, index: QModelIndex) -> None:
        medicine, source = self.current(), self.grid.source_at(index.column())
        if medicine is None:
            return
        if source is None:
            self.opened.emit(medicine)
        else:
            self.asked.emit(medicine, source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key each, for one cell; there is none for a column or for all."""
        medicine, source = self.current(), self.grid.source_at(self.currentIndex().column())
        acts = {"=": self.same, "-": self.absent, "t": self.taken}
        act = acts.get(event.text().casefold())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and medicine is not None:
            self._enter(self.currentIndex())
        elif medicine is not None and source is not None and act is not None:
            act.emit(medicine, source)
        elif medicine is not None and source is not None and event.key() == Qt.Key.Key_Delete:
            self.unsaid.emit(medicine, source)
        else:
            super().keyPressEvent(event)
