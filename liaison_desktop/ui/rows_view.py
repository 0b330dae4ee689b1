"""The list people scan: two-line rows under captions, at home with a hundred thousand of them.

A QListView asks every row for its height before it shows the first. Here a row's place is computed: rows have one
height and captions another, so only what is on the screen is ever asked for.
"""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QScroller, QWidget

from liaison_desktop.ui.lists import KeyRole, ListRow, RowsModel
from liaison_desktop.ui.row_paint import paint_caption, paint_row
from liaison_desktop.ui.theme import theme_of

_Action = QAbstractItemView.CursorAction
_Index = QModelIndex | QPersistentModelIndex


class RowsView(QListView):
    """Arrows choose, Enter and a double click open, Space previews. An empty list shows what `set_empty` was given."""

    chosen = Signal(object)  # the key of the current row, whenever it changes
    opened = Signal(object)
    previewed = Signal(object)

    def __init__(self, name: str, model: RowsModel | None = None) -> None:
        super().__init__()
        self._empty: QWidget | None = None
        self._row = "row2"
        self.rows = model or RowsModel(self)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setModel(self.rows)
        self.rows.modelReset.connect(self._settle)
        self.doubleClicked.connect(lambda index: self._tell(self.opened, index))
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._settle()

    # ---- what pages use

    def set_empty(self, widget: QWidget) -> None:
        """What to show in place of rows while there are none."""
        if self._empty is not None:
            self._empty.deleteLater()
        self._empty = widget
        widget.setParent(self.viewport())
        self._settle()

    def set_one_line(self, on: bool) -> None:
        """Show only the titles, in lower rows, as a list of names does."""
        self._row = "row" if on else "row2"
        self._settle()

    def current_key(self) -> Hashable:
        """The key of the chosen row, None if none is chosen."""
        index = self.currentIndex()
        return index.data(KeyRole) if index.isValid() else None

    def select(self, key: Hashable) -> bool:
        """Choose the row with this key and bring it into view. False if it is not in memory."""
        position = self.rows.position_of(key)
        if position < 0:
            return False
        self.setCurrentIndex(self.rows.index(position))
        return True

    def select_row(self, index: int) -> None:
        """Choose the row with this index among the rows, loaded or not."""
        self.setCurrentIndex(self.rows.index(self.rows.position_of_row(index)))

    def select_first(self) -> None:
        """Choose the first row, if there is one."""
        first = next((p for p in range(min(2, self.rows.rowCount())) if not self.rows.is_caption(p)), -1)
        if first >= 0:
            self.setCurrentIndex(self.rows.index(first))

    # ---- geometry

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

    def visualRect(self, index: _Index) -> QRect:
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

    def isIndexHidden(self, index: _Index) -> bool:
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
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
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

    def moveCursor(self, action: _Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """The row the keyboard goes to; captions are passed over."""
        last, here = self.rows.rowCount() - 1, self.currentIndex().row()
        if last < 0:
            return QModelIndex()
        page = max(1, self.viewport().height() // self._heights()[0] - 1)
        steps = {
            _Action.MoveUp: (here - 1, -1),
            _Action.MovePrevious: (here - 1, -1),
            _Action.MoveHome: (0, 1),
            _Action.MoveEnd: (last, -1),
            _Action.MovePageUp: (here - page, -1),
            _Action.MovePageDown: (here + page, 1),
        }
        to, step = steps.get(action, (here + 1, 1))
        to = min(max(to, 0), last)
        while 0 <= to <= last and self.rows.is_caption(to):
            to += step
        return self.rows.index(to) if 0 <= to <= last else self.currentIndex()

    # ---- events

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Say which row is chosen now."""
        super().currentChanged(current, previous)
        self._tell(self.chosen, current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space previews; the rest is the list's."""
        key, plain = (
            event.key(),
            event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier),
        )
        if plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._tell(self.opened, self.currentIndex())
        elif plain and key == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._tell(self.previewed, self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        super().mouseMoveEvent(event)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the density."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_empty"):
            self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the scroll bar and what stands for an empty list."""
        super().resizeEvent(event)
        self._settle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is on the screen."""
        size = self.rows.rowCount()
        if not size:
            return
        painter, theme, pointer = (
            QPainter(self.viewport()),
            theme_of(self),
            self.viewport().mapFromGlobal(self.cursor().pos()),
        )
        inside = self.viewport().underMouse()
        position = self._at(event.rect().top() + self.verticalOffset())
        while position < size:
            index = self.rows.index(position)
            rect = self.visualRect(index)
            if rect.top() > event.rect().bottom():
                break
            held = self.rows.content(position)
            if isinstance(held, ListRow):
                selected = self.selectionModel().isSelected(index)
                focused = selected and self.hasFocus() and self.currentIndex() == index
                hovered = inside and rect.contains(pointer)
                paint_row(painter, rect.toRectF(), held, theme, selected, hovered, focused)
            else:
                paint_caption(painter, rect.toRectF(), held, theme)
            position += 1

    def _tell(self, signal: SignalInstance, index: _Index) -> None:
        key = index.data(KeyRole) if index.isValid() else None
        if key is not None:
            signal.emit(key)

    def _settle(self) -> None:
        self.updateGeometries()
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())
            self._empty.setVisible(self.rows.rowCount() == 0)
        QTimer.singleShot(0, self.viewport(), self.viewport().update)
