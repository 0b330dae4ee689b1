"""The table of the grids, and how its cells are painted: two lines, lit in amber where something differs, a red mark for high alert."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from liaison_desktop.clinical.medications.form.grid_model import Cell, CellRole, Tone
from liaison_desktop.ui.chips import ChipSpec, chip_width, paint_chip
from liaison_desktop.ui.fonts import font
from liaison_desktop.ui.paint import draw_line, focus_ring, rounded, text_width
from liaison_desktop.ui.theme import Theme, theme_of

ROW = 48  # px


class CellPainter(QStyledItemDelegate):
    """Paints cells without a widget in them, so that thirty medicines open at once."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Fill, lines, mark, and the ring of the cell that has the keyboard."""
        cell, view, rect = index.data(CellRole), self.parent(), QRectF(option.rect)
        if not isinstance(cell, Cell) or not isinstance(view, QTableView):
            return
        theme = theme_of(view)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, theme.colour("accent_soft" if chosen else "surface"))
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), theme.colour("line"))
        if cell.tone is Tone.LIT:
            rounded(painter, rect.adjusted(1, 4, -3, -5), 4, theme.colour("amber_soft"), theme.colour("amber_line"))
        self._words(painter, rect.adjusted(8, 0, -8, -1), cell, theme)
        if chosen and view.hasFocus() and view.currentIndex() == index:
            focus_ring(painter, rect.adjusted(1, 1, -1, -2), 4, theme.colour("accent"), 0)
        painter.restore()

    def _words(self, painter: QPainter, rect: QRectF, cell: Cell, theme: Theme) -> None:
        role = "strong" if cell.strong else "sec"
        tone = {Tone.LIT: "amber", Tone.QUIET: "ink3"}.get(cell.tone, "ink3" if cell.struck else "ink")
        top = rect.y() + (4 if cell.second else (rect.height() - 20) / 2)
        room = rect.width()
        if cell.mark:
            chip = ChipSpec(cell.mark, "red", "triangle-alert")
            # The name goes before the mark; of a long one at least the half is shown.
            named = min(float(text_width(cell.first, role)), room * 0.5)
            wide = min(float(chip_width(chip)), room - named - 8)
            room = max(named, room - wide - 8)
            place = QRectF(rect.x() + named + 8, top, wide, 20)
            paint_chip(painter, place, chip, theme)
        draw_line(painter, QRectF(rect.x(), top, room, 20), cell.first, role, theme.colour(tone))
        if cell.second:
            place = QRectF(rect.x(), top + 20, rect.width(), 18)
            draw_line(painter, place, cell.second, "cap", theme.colour(cell.second_tone))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines."""
        return QSize(120, ROW)


class CellTable(QTableView):
    """A table whose cells are painted, with the keyboard in one cell and its row chosen."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(CellPainter(self))
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        head = self.horizontalHeader()
        head.setFont(font("label"))
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setFixedHeight(32)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard always stands in a cell."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model() is not None and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self.settle()

    def shares(self) -> Sequence[float]:
        """The share of the width of each column; they add up to 1."""
        count = self.model().columnCount() if self.model() is not None else 0
        return [1 / count] * count

    def settle(self) -> None:
        """Give each column its width."""
        wide = self.viewport().width()
        for column, share in enumerate(self.shares()):
            self.setColumnWidth(column, int(wide * share))
