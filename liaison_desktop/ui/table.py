"""Tables where people compare. Columns of a record's table come from its fields."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from liaison_desktop.i18n import tr
from liaison_desktop.records import Code, Record, spec_of
from liaison_desktop.ui.dates import plain_day, show_moment, show_time
from liaison_desktop.ui.fonts import font, font_for
from liaison_desktop.ui.theme import theme_of

_Index = QModelIndex | QPersistentModelIndex


def shown(value: Any) -> str:
    """A field's value as a person reads it; an id, which nobody reads, is nothing."""
    if value is None or isinstance(value, uuid.UUID):
        return ""
    if isinstance(value, Code):
        return value.label
    if isinstance(value, bool):
        return tr("Yes") if value else tr("No")
    if isinstance(value, dt.datetime):
        return show_moment(value)
    if isinstance(value, dt.date):
        return plain_day(value)
    if isinstance(value, dt.time):
        return show_time(value)
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, tuple):
        return ", ".join(filter(None, (shown(part) for part in value)))
    if isinstance(value, msgspec.Struct):
        return ", ".join(filter(None, (shown(getattr(value, name)) for name in value.__struct_fields__)))
    return str(value)


class TextTable(QAbstractTableModel):
    """Headers and rows of plain text."""

    def __init__(self, headers: Sequence[str], rows: Sequence[Sequence[str]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headers, self._rows = tuple(headers), [tuple(row) for row in rows]

    def set_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show other rows under the same headers."""
        self.beginResetModel()
        self._rows = [tuple(row) for row in rows]
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self._headers)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        text = row[index.column()] if index.column() < len(row) else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.FontRole:
            return font_for(text, "sec")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A header."""
        if orientation is Qt.Orientation.Horizontal and section < len(self._headers):
            if role == Qt.ItemDataRole.DisplayRole:
                return self._headers[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def compare_table(headers: Sequence[str], rows: Sequence[Sequence[str]], name: str) -> QTableView:
    """A table of plain text. Its first column gives way; nothing is measured cell by cell."""
    view = QTableView()
    model = TextTable(headers, rows, view)
    view.setModel(model)
    view.setAccessibleName(name)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setCornerButtonEnabled(False)
    view.setTabKeyNavigation(False)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(theme_of(view).height("row"))
    head = view.horizontalHeader()
    head.setFont(font("label"))
    head.setHighlightSections(False)
    head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    head.setStretchLastSection(True)
    head.setDefaultSectionSize(160)
    return view


def record_table(kind: type[Record], records: Sequence[Record], *names: str) -> QTableView:
    """Records beside one another, one column for each named field, headed by its label."""
    headers = [spec_of(kind, name).field.label for name in names]
    rows = [[shown(getattr(record, name)) for name in names] for record in records]
    return compare_table(headers, rows, name=", ".join(headers))
