"""How a two-line row and a caption are painted."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from liaison_desktop.ui.chips import chip_width, paint_chip
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.paint import RIGHT, draw_line, focus_ring, rounded, text_width
from liaison_desktop.ui.theme import Theme
from liaison_desktop.ui.tokens import RADIUS

_TWO_LINES = 50  # a row lower than this has one line, and shows its title only


def paint_caption(painter: QPainter, rect: QRectF, text: str, theme: Theme) -> None:
    """The words above a group of rows."""
    draw_line(painter, rect.adjusted(16, 6, -16, 0), text, "capstrong", theme.colour("ink3"))


def paint_row(
    painter: QPainter, rect: QRectF, row: ListRow, theme: Theme, selected: bool, hovered: bool, focused: bool
) -> None:
    """One row: name and chip on the first line, facts and number on the second."""
    pill = rect.adjusted(8, 1, -8, -1)
    if selected:
        rounded(painter, pill, RADIUS["control"], theme.colour("accent_soft"))
        inset = 10 if rect.height() >= _TWO_LINES else 7
        bar = QRectF(rect.x() + 8, rect.y() + inset, 3, rect.height() - 2 * inset)
        rounded(painter, bar, 1.5, theme.colour("accent"))
    elif hovered:
        rounded(painter, pill, RADIUS["control"], theme.colour("hover"))
    if focused:
        focus_ring(painter, pill, RADIUS["control"], theme.colour("accent"), 0)
    if rect.height() < _TWO_LINES:
        draw_line(painter, rect.adjusted(20, 0, -16, 0), row.title, "body", theme.colour("ink"))
        return
    left, wide, top = rect.x() + 20, rect.width() - 36, rect.y() + (rect.height() - 40) / 2
    taken = 0
    if row.chip is not None:
        taken = min(chip_width(row.chip), int(wide * 0.6)) + 8
        paint_chip(painter, QRectF(rect.right() - 8 - taken, top, taken - 8, 20), row.chip, theme)
    draw_line(painter, QRectF(left, top, wide - taken, 20), row.title, "strong", theme.colour("ink"))
    note = min(text_width(row.right, "cap") + 8, int(wide * 0.6)) if row.right else 0
    draw_line(painter, QRectF(left, top + 20, wide - note, 20), row.facts, "sec", theme.colour("ink2"))
    if note:
        end = QRectF(rect.right() - 16 - note, top + 20, note, 20)
        draw_line(painter, end, row.right, "cap", theme.colour("ink3"), RIGHT)
