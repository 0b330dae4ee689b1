"""The list people scan: two-line rows under captions, at home with a hundred thousand of them."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QScroller, QWidget

from liaison_desktop.ui.lists import KeyRole, ListRow, RowsModel
from liaison_desktop.ui.row_paint import paint_caption, paint_row
from liaison_desktop.ui.rows_geometry import Index, PlacedList
from liaison_desktop.ui.theme import theme_of


class RowsView(PlacedList):
    """Arrows choose, Enter and a double click open, Space previews. An empty list shows what `set_empty` was given."""

    chosen = Signal(object)  # the key of the current row, whenever it changes
    opened = Signal(object)
    previewed = Signal(object)

    def __init__(self, name: str, model: RowsModel | None = None) -> None:
        super().__init__(model or RowsModel())
        self._empty: QWidget | None = None
        if model is None:
            self.rows.setParent(self)
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

    def currentChanged(self, current: Index, previous: Index) -> None:
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
        # Beside the scroll bar the margin of a row would be twice as wide as at its other end.
        beside = 8 if self.verticalScrollBar().isVisible() else 0
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
                paint_row(painter, rect.toRectF().adjusted(0, 0, beside, 0), held, theme, selected, hovered, focused)
            else:
                paint_caption(painter, rect.toRectF(), held, theme)
            position += 1

    def _tell(self, signal: SignalInstance, index: Index) -> None:
        key = index.data(KeyRole) if index.isValid() else None
        if key is not None:
            signal.emit(key)

    def _settle(self) -> None:
        self.updateGeometries()
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())
            self._empty.setVisible(self.rows.rowCount() == 0)
        QTimer.singleShot(0, self.viewport(), self.viewport().update)
