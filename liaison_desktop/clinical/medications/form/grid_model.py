"""What the grid of sources shows: a row for each medicine, a column for each source, differences lit."""

from __future__ import annotations

import enum
import uuid
from collections.abc import Mapping, Sequence

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from liaison_desktop.clinical.medications.record import (
    LastTaken,
    Medicine,
    MedicineList,
    Source,
    said_line,
)
from liaison_desktop.clinical.medications.rules.sources import Differs, differences, not_asked, unanswered
from liaison_desktop.ui.dates import show_moment

_Index = QModelIndex | QPersistentModelIndex
CellRole = int(Qt.ItemDataRole.UserRole)

WORDS = {
    "dose": "dose", "route": "route", "frequency": "how often", "frequency_text": "how often", "prn_reason": "when needed",
    "strength": "strength", "purpose": "purpose", "last_taken": "last dose", "last_taken_at": "last dose",
    "adherence": "taken?", "reason_not_taking": "why not",
}  # fmt: skip


# With more columns than these their names are said shortly.
_FEW = 3
_SHORT = {
    Source.PHARMACY: "Pharmacy", Source.PCP: "Own doctor", Source.RECORD: "Record", Source.SUMMARY: "Summary",
    Source.PDMP: "Monitoring",
}  # fmt: skip


class Tone(enum.Enum):
    """How a cell is lit."""

    PLAIN = ""
    LIT = "amber"
    QUIET = "ink3"


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One cell: a line, a smaller one under it, how it is lit, and a red mark at its right."""

    first: str = ""
    second: str = ""
    tone: Tone = Tone.PLAIN
    second_tone: str = "ink3"
    mark: str = ""
    strong: bool = False
    struck: bool = False

    def spoken(self) -> str:
        """The cell for a screen reader."""
        return ", ".join(filter(None, (self.first, self.mark, self.second)))


def name_cell(medicine: Medicine, allergy: str = "") -> Cell:
    """The medicine itself: name, high-alert mark, the allergy against it, or its strength and what it is for."""
    facts = " · ".join(
        part for part in (medicine.strength, medicine.purpose) if part.casefold() not in ("", "not known")
    )
    ended = not medicine.current
    if allergy and not ended:
        facts, tone = f"Allergy: {allergy}", "red"
    elif unanswered(medicine):
        facts, tone = f"{medicine.prefilled}: not asked yet", "amber"
    else:
        facts, tone = (medicine.status.label if ended else facts), "ink3"
    return Cell(
        first=medicine.name,
        second=facts,
        second_tone=tone,
        mark=medicine.high_alert.label if medicine.alert else "",
        strong=True,
        struck=ended,
    )


def held_cell(medicine: Medicine) -> Cell:
    """What is held to be taken, and what is still to be asked."""
    missing = tuple(dict.fromkeys(WORDS[name] for name in not_asked(medicine)))
    if medicine.list is MedicineList.HOME and missing and medicine.current:
        return Cell(first=medicine.line(), second=f"Ask: {', '.join(missing)}", second_tone="amber")
    return Cell(first=medicine.line(), second=_last(medicine))


def _last(medicine: Medicine) -> str:
    taken = medicine.adherence.label if medicine.adherence is not None else ""
    last = ""
    if medicine.last_taken is LastTaken.EXACT and medicine.last_taken_at is not None:
        last = f"last {show_moment(medicine.last_taken_at)}"
    elif medicine.last_taken not in (None, LastTaken.EXACT):
        last = f"last {medicine.last_taken.label.lower()}" if medicine.last_taken else ""
    return " · ".join(filter(None, (taken, last)))


def source_cell(medicine: Medicine, source: Source) -> Cell:
    """What one source says, lit where it differs from what is held."""
    said = medicine.said_by(source)
    if said is None:
        return Cell(first="not asked", tone=Tone.QUIET)
    differ = differences(medicine, said)
    if Differs.ABSENT in differ:
        return Cell(first="Not named", tone=Tone.LIT)
    words = ", ".join(each.value.lower() for each in Differs if each in differ)
    line = said_line(said) or "Named"
    return Cell(first=line, second=f"{words} differs" if words else "", tone=Tone.LIT if differ else Tone.PLAIN,
                second_tone="amber")  # fmt: skip


class GridModel(QAbstractTableModel):
    """The medicines of one list. Columns: medicine, what is held, then the sources (only at home)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.medicines: tuple[Medicine, ...] = ()
        self.sources: tuple[Source, ...] = ()
        self._cells: list[tuple[Cell, ...]] = []
        self._second = "Taken"

    def show(
        self,
        medicines: Sequence[Medicine],
        sources: Sequence[Source],
        second: str,
        allergic: Mapping[uuid.UUID, str] | None = None,
    ) -> None:
        """Show these medicines; each cell is worked out once. `allergic` names the allergy against some of them."""
        against = allergic or {}
        cells = [
            (
                name_cell(each, against.get(each.id, "")),
                held_cell(each),
                *(source_cell(each, source) for source in sources),
            )
            for each in medicines
        ]
        same = (tuple(sources), second, len(cells)) == (self.sources, self._second, len(self._cells))
        if same:
            self.medicines, self._cells = tuple(medicines), cells
            if cells:
                self.dataChanged.emit(self.index(0, 0), self.index(len(cells) - 1, len(cells[0]) - 1))
            return
        self.beginResetModel()
        self.medicines, self.sources, self._cells, self._second = tuple(medicines), tuple(sources), cells, second
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """How many medicines."""
        return 0 if parent.isValid() else len(self._cells)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        """Medicine, what is held, and the sources."""
        return 0 if parent.isValid() else 2 + len(self.sources)

    def source_at(self, column: int) -> Source | None:
        """The source of a column, None for the first two."""
        return self.sources[column - 2] if 2 <= column < 2 + len(self.sources) else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell."""
        if not index.isValid():
            return None
        cell = self._cells[index.row()][index.column()]
        if role == CellRole:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.first
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return cell.spoken()
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        source = self.source_at(section)
        if source is None:
            return ("Medicine", self._second)[section]
        return _SHORT.get(source, source.label) if len(self.sources) > _FEW else source.label
