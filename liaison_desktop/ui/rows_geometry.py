"""Where the rows of a list are: computed, never laid out, so that a hundred thousand of them cost nothing.

A QListView asks every row for its height before it shows the first. Here rows have one height and captions another, so
a row's place follows from its position, and only what is on the screen is ever asked for.
"""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView

from liaison_desktop.ui.lists import RowsModel
from liaison_desktop.ui.theme import theme_of

Action = QAbstractItemView.CursorAction
Index = QModelIndex | QPersistentModelIndex


class PlacedList(QListView):
    """A list view that computes the places of its rows and captions."""

    def __init__(self, model: RowsModel) -> None:
        super().__init__()
        self.rows = model
        self._row = "row2"

    def _heights(self) -> tuple[int, int]:
        theme = theme_of(self)
        return theme.height(self._row), theme.height("caption")

    def _top(self, position: int) -> int:
        row, caption = self._heights()
        captions = self.rows.captions_before(position)
        return (position - captions) * row + captions * caption

    def _at(self, y: int) -> int:
        low, high = 0, self.rows.rowCount() - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._top(middle) <= y:
                low = middle
            else:
                high = middle - 1
        return low

    def visualRect(self, index: Index) -> QRect:
        """Where a row is on the screen."""
        if not index.isValid():
            return QRect()
        row, caption = self._heights()
        height = caption if self.rows.is_caption(index.row()) else row
        return QRect(0, self._top(index.row()) - self.verticalOffset(), self.viewport().width(), height)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row at a place on the screen."""
        y = point.y() + self.verticalOffset()
        if y < 0 or y >= self._top(self.rows.rowCount()):
            return QModelIndex()
        return self.rows.index(self._at(y))

    def verticalOffset(self) -> int:
        """How far the list is scrolled, in px."""
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        """Never sideways."""
        return 0

    def isIndexHidden(self, index: Index) -> bool:
        """No row is hidden."""
        return False

    def doItemsLayout(self) -> None:
        """There is nothing to lay out: places are computed."""
        self.updateGeometries()
        self.viewport().update()

    def updateGeometries(self) -> None:
        """Tell the scroll bar how long the list is."""
        bar, page = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(page)
        bar.setSingleStep(self._heights()[0] // 2)
        bar.setRange(0, max(0, self._top(self.rows.rowCount()) + 8 - page))

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a row into view; the first row brings its caption along."""
        rect, bar, page = self.visualRect(index), self.verticalScrollBar(), self.viewport().height()
        if not index.isValid():
            return
        if hint is QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - page // 2)
            return
        above = self._heights()[1] if index.row() and self.rows.is_caption(index.row() - 1) else 0
        if rect.top() - above < 0:
            bar.setValue(bar.value() + rect.top() - above)
        elif rect.bottom() >= page:
            bar.setValue(bar.value() + rect.bottom() - page + 1)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted."""
        self.viewport().scroll(0, dy)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select what a click meets."""
        index = self.indexAt(rect.center())
        if index.isValid() and not self.rows.is_caption(index.row()):
            self.selectionModel().select(QItemSelection(index, index), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What to paint again when the selection changes."""
        region = QRegion()
        for index in selection.indexes():
            region += QRegion(self.visualRect(index))
        return region

    def moveCursor(self, action: Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """The row the keyboard goes to; captions are passed over."""
        last, here = self.rows.rowCount() - 1, self.currentIndex().row()
        if last < 0:
            return QModelIndex()
        page = max(1, self.viewport().height() // self._heights()[0] - 1)
        steps = {
            Action.MoveUp: (here - 1, -1),
            Action.MovePrevious: (here - 1, -1),
            Action.MoveHome: (0, 1),
            Action.MoveEnd: (last, -1),
            Action.MovePageUp: (here - page, -1),
            Action.MovePageDown: (here + page, 1),
        }
        to, step = steps.get(action, (here + 1, 1))
        to = min(max(to, 0), last)
        while 0 <= to <= last and self.rows.is_caption(to):
            to += step
        return self.rows.index(to) if 0 <= to <= last else self.currentIndex()
