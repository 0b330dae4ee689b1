"""What the table of the comparison shows: at home, ordered, what the two lines show, what is done, the prescriber."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from liaison_desktop.clinical.medications.form.cell_paint import CellTable
from liaison_desktop.clinical.medications.form.grid_model import Cell, CellRole, Tone
from liaison_desktop.clinical.medications.record import Discrepancy, Medicine, MedicineList
from liaison_desktop.clinical.medications.rules.comparing import Pair
from liaison_desktop.ui.dates import show_moment

_Index = QModelIndex | QPersistentModelIndex


def cells_of(pair: Pair) -> tuple[Cell, ...]:
    """The cells of one row."""
    medicine, home, order = pair.medicine, pair.taken, pair.ordered
    lit = Tone.LIT if pair.shows is not Discrepancy.NONE else Tone.PLAIN
    shows = pair.shows.label if pair.shows is not Discrepancy.NONE else "Same"
    return (
        Cell(first=medicine.name, second=medicine.purpose, mark=_mark(pair), strong=True),
        Cell(first=home.line() if home else "Not taken at home", tone=Tone.PLAIN if home else Tone.QUIET),
        _ordered(order),
        Cell(first=shows, tone=lit if lit is Tone.LIT else Tone.QUIET),
        _done(pair),
        _prescriber(pair),
    )


def _ordered(order: Medicine | None) -> Cell:
    if order is None:
        return Cell(first="Not ordered", tone=Tone.QUIET)
    now = order.list is MedicineList.ACUTE
    return Cell(first=order.line(), second="given now, not in the admission orders" if now else "", second_tone="amber")


def _mark(pair: Pair) -> str:
    held = next((one for one in (pair.taken, pair.ordered) if one is not None and one.alert), None)
    return held.high_alert.label if held is not None else ""


def _done(pair: Pair) -> Cell:
    row = pair.row
    if row is None or not row.compared or row.action is None:
        return Cell(first="Unanswered", tone=Tone.LIT)
    if not pair.compared:
        return Cell(first="Look again", second="a line changed", tone=Tone.LIT, second_tone="amber")
    found = row.discrepancy.label if row.discrepancy is not None else ""
    return Cell(first=row.action.label, second=found)


def _prescriber(pair: Pair) -> Cell:
    row = pair.row
    if row is None or not (row.differs or row.answered):
        return Cell(first="–", tone=Tone.QUIET)
    if row.answered:
        when = show_moment(row.answered_at) if row.answered_at is not None else ""
        return Cell(first=row.answered_by, second=when)
    if row.told:
        when = show_moment(row.told_at) if row.told_at is not None else ""
        return Cell(first="Told, no answer", second=f"{row.told_to}, {when}", tone=Tone.LIT)
    return Cell(first="To be told", tone=Tone.LIT)


class CompareModel(QAbstractTableModel):
    """The rows of one comparison."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pairs: tuple[Pair, ...] = ()
        self._cells: list[tuple[Cell, ...]] = []
        self._headers = ("Medicine", "At home", "Ordered", "The lines show", "What is done", "Prescriber")

    def show(self, pairs: Sequence[Pair], against: MedicineList) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.pairs, self._cells = tuple(pairs), [cells_of(pair) for pair in pairs]
        third = "Discharge list" if against is MedicineList.DISCHARGE else "Ordered"
        self._headers = (*self._headers[:2], third, *self._headers[3:])
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self._cells)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        """Six."""
        return 0 if parent.isValid() else len(self._headers)

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
        return self._headers[section] if role == Qt.ItemDataRole.DisplayRole else None


class CompareTable(CellTable):
    """The table of the comparison; which columns have room depends on whether a row is open beside it."""

    def __init__(self) -> None:
        super().__init__("Comparison")
        self.rows = CompareModel(self)
        self.setModel(self.rows)

    def shares(self) -> Sequence[float]:
        """The name first, then the two lines."""
        return (0.21, 0.16, 0.16, 0.16, 0.17, 0.14)

    def settle(self) -> None:
        """Beside an open row only what tells the rows apart is shown."""
        narrow = self.viewport().width() < 900
        for column in (3, 5):
            self.setColumnHidden(column, narrow)
        wide = self.viewport().width()
        shares = (0.31, 0.24, 0.24, 0, 0.21, 0) if narrow else self.shares()
        for column, share in enumerate(shares):
            self.setColumnWidth(column, int(wide * share))
