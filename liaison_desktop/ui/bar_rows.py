"""The rows of the command bar: one line each, with the typed words made bold, and key caps at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from liaison_desktop.ui.chips import ChipSpec, chip_width, key_width, paint_chip, paint_keys
from liaison_desktop.ui.fonts import font
from liaison_desktop.ui.lists import ContentRole
from liaison_desktop.ui.paint import LEFT, draw_icon, draw_line, rounded
from liaison_desktop.ui.theme import theme_of
from liaison_desktop.ui.tokens import RADIUS

ROW, GROUP = 40, 28
_CHIP_LINE, _LEFT, _RIGHT = 26, 48, 20


@dataclass(frozen=True)
class BarRow:
    """Something the command bar offers."""

    title: str
    run: Callable[[], object]
    facts: str = ""
    icon: str = "circle-dot"
    keys: str = ""
    chips: tuple[ChipSpec, ...] = ()


def row_height(item: BarRow | str, width: float) -> int:
    """40 px a row, 28 a group; a row with chips has its lines of chips below its title."""
    if isinstance(item, str):
        return GROUP
    return ROW + (_CHIP_LINE * len(chip_lines(item.chips, width)) + 4 if item.chips else 0)


def chip_lines(chips: Sequence[ChipSpec], width: float) -> list[list[ChipSpec]]:
    """The chips in lines that fit the row."""
    lines: list[list[ChipSpec]] = []
    left = 0.0
    for chip in chips:
        wide = chip_width(chip)
        if not lines or left + wide > width - _LEFT - _RIGHT:
            lines.append([])
            left = 0.0
        lines[-1].append(chip)
        left += wide + 6
    return lines


def parts_of(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of the typed words (any case)."""
    folded = text.casefold()
    # Folding may change the length (ß); then nothing is marked rather than the wrong letters.
    marked = [False] * len(text)
    if len(folded) == len(text):
        for word in words:
            at = folded.find(word)
            while word and at >= 0:
                marked[at : at + len(word)] = [True] * len(word)
                at = folded.find(word, at + len(word))
    pieces: list[tuple[str, bool]] = []
    for letter, on in zip(text, marked, strict=True):
        if pieces and pieces[-1][1] == on:
            pieces[-1] = (pieces[-1][0] + letter, on)
        else:
            pieces.append((letter, on))
    return pieces


class BarModel(QAbstractListModel):
    """What the bar shows: rows, and the names of groups as plain strings."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.items: list[BarRow | str] = []

    def show_items(self, items: list[BarRow | str]) -> None:
        """Show these."""
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:
        """Rows and the names of groups."""
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row, or its words for a screen reader."""
        if not index.isValid() or index.row() >= len(self.items):
            return None
        item = self.items[index.row()]
        if role == ContentRole:
            return item
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return (
                item
                if isinstance(item, str)
                else ", ".join(filter(None, (item.title, item.facts, *(chip.text for chip in item.chips), item.keys)))
            )
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """The name of a group cannot be chosen."""
        if index.isValid() and isinstance(self.items[index.row()], BarRow):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags


def matches(row: BarRow, words: Sequence[str]) -> bool:
    """Whether every typed word occurs in a row."""
    text = f"{row.title} {row.facts}".casefold()
    return all(word in text for word in words)


class BarDelegate(QStyledItemDelegate):
    """Paints the rows; `words` are marked."""

    words: Sequence[str] = ()
    width: float = 640

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as `row_height` says."""
        held = index.data(ContentRole)
        return QSize(100, row_height(held, self.width) if isinstance(held, BarRow) else GROUP)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One row or the name of a group."""
        held, theme = index.data(ContentRole), theme_of()
        rect = QRectF(option.rect)
        painter.save()
        if isinstance(held, BarRow):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            if chosen:
                fill = theme.colour("accent_soft")
                rounded(painter, rect.adjusted(8, 0, -8, 0), RADIUS["control"], fill)
            top = QRectF(rect.x(), rect.y(), rect.width(), ROW)
            self._paint_row(painter, top, held, chosen)
            self._paint_chips(painter, rect, held)
        else:
            draw_line(painter, rect.adjusted(20, 4, -20, 0), str(held), "label", theme.colour("ink2"))
        painter.restore()

    def _paint_row(self, painter: QPainter, rect: QRectF, row: BarRow, chosen: bool) -> None:
        theme = theme_of()
        tone = "accent_ink" if chosen else "ink2"
        draw_icon(painter, theme.pixmap(row.icon, tone, 16), rect.x() + 20, rect.y() + 12)
        end = rect.right() - 20
        keys = row.keys or ("Enter" if chosen else "")
        if keys:
            end -= key_width(keys)
            caps = tuple(key for key in keys.split("+") if key)
            paint_keys(
                painter, end, rect.y() + 11, caps, theme.colour("ink2"), theme.colour("edge" if chosen else "line")
            )
            end -= 12
        left = rect.x() + 48
        for text, marked in parts_of(row.title, self.words):
            if left >= end:
                break
            face = font("strong" if marked else "body")
            painter.setFont(face)
            painter.setPen(theme.colour("accent_ink" if marked else "ink"))
            metrics = QFontMetrics(face)
            shown = text
            if metrics.horizontalAdvance(text) > end - left:
                shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(end - left))
            painter.drawText(QRectF(left, rect.y(), end - left, rect.height()), int(LEFT), shown)
            left += metrics.horizontalAdvance(shown)
        left += 12
        if row.facts and end - left > 40:
            room = QRectF(left, rect.y(), end - left, rect.height())
            draw_line(painter, room, row.facts, "sec", theme.colour("ink2"))

    def _paint_chips(self, painter: QPainter, rect: QRectF, row: BarRow) -> None:
        theme, most = theme_of(), rect.width() - _LEFT - _RIGHT
        for number, line in enumerate(chip_lines(row.chips, rect.width())):
            left, top = rect.x() + _LEFT, rect.y() + ROW - 4 + _CHIP_LINE * number
            for chip in line:
                wide = min(chip_width(chip), most)
                # On the soft fill of the chosen row only a chip with a surface of its own can be told apart.
                shown = chip if chip.tone == "amber" else chip._replace(tone="line")
                paint_chip(painter, QRectF(left, top, wide, 20), shown, theme)
                left += wide + 6
