"""The board: insights under the state they are in. Arrows move, Enter opens."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QTextLayout
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from liaison_desktop.msl.insights.page.looks import about, extra_chip
from liaison_desktop.msl.insights.queries import COLUMNS, Column, InsightFilter, InsightRow, board_rows
from liaison_desktop.ui.chips import chip_width, paint_chip
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.fonts import font
from liaison_desktop.ui.layout import column, row, scroll
from liaison_desktop.ui.paint import draw_line, focus_ring, rounded
from liaison_desktop.ui.text import label, wrapped
from liaison_desktop.ui.theme import theme_of

MOST = 24  # cards in a column; the list shows them all
_HIGH, _EMPTY = 92, 96


class InsightCard(QAbstractButton):
    """One insight on the board: its headline in two lines, who said it, and what makes it stand out."""

    def __init__(self, shown: InsightRow, on_click: Callable[[uuid.UUID], object]) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _on=False: on_click(self.shown.insight.id))
        self.show_insight(shown)

    def show_insight(self, shown: InsightRow) -> None:
        """Show this insight in place of the one before: a card is dear to make and cheap to paint."""
        self.shown = shown
        self._facts, self._chip = about(shown), extra_chip(shown.insight)
        self.setText(shown.insight.title())
        spoken = (shown.insight.title(), self._facts, shown.insight.status.label, self._chip.text if self._chip else "")
        self.setAccessibleName(", ".join(filter(None, spoken)))
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines of headline, one of facts."""
        return QSize(160, _HIGH)

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(120, _HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        painter, theme, rect = QPainter(self), theme_of(self), self.rect().toRectF()
        fill = theme.colour("hover" if self.underMouse() else "surface")
        rounded(painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), 8, fill, theme.colour("line"))
        if self.hasFocus():
            focus_ring(painter, rect, 8, theme.colour("accent"), 0)
        for number, line in enumerate(_two_lines(self.text(), rect.width() - 24)):
            draw_line(painter, QRectF(12, 8 + 17 * number, rect.width() - 24, 18), line, "medium", theme.colour("ink"))
        wide = chip_width(self._chip) if self._chip else 0
        if self._chip:
            paint_chip(painter, QRectF(rect.width() - wide - 12, 62, wide, 20), self._chip, theme)
        room = rect.width() - 24 - (wide + 8 if wide else 0)
        who, _, rest = self._facts.partition(" · ")
        draw_line(painter, QRectF(12, 50, room, 16), who, "cap", theme.colour("ink2"))
        draw_line(painter, QRectF(12, 67, room, 16), rest, "cap", theme.colour("ink3"))


def _two_lines(text: str, width: float) -> tuple[str, str]:
    """A headline in two lines; what does not fit ends in an ellipsis, which `draw_line` sets."""
    layout = QTextLayout(text, font("medium"))
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(width)
    at = first.textLength()
    layout.endLayout()
    return text[:at].rstrip(), text[at:]


class _Nothing(QWidget):
    """The dashed place of a column without insights."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_EMPTY)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dashes."""
        painter, theme = QPainter(self), theme_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("edge"), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


class _Lane(QWidget):
    """One column with its title, count and cards."""

    def __init__(self, shown: Column, opened: Callable[[uuid.UUID], object]) -> None:
        super().__init__()
        self.column, self.cards = shown, list[InsightCard]()
        self._opened, self._made = opened, list[InsightCard]()  # those not shown now wait for their next insight
        self._count = label("0", "sec")
        self._empty, self._more = _Nothing(), wrapped("", "cap", "ink3")
        self._body = column(self._empty, self._more, None, gap=8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(row(label(shown.title, "strong"), self._count, None))
        layout.addWidget(label(shown.means, "cap", "ink2"))
        layout.addSpacing(8)
        layout.addWidget(scroll(self._body), 1)

    def show_rows(self, count: int, rows: tuple[InsightRow, ...]) -> None:
        """Show these insights."""
        self._count.set_text(f"{count:,}")
        for number, one in enumerate(rows):
            if number < len(self._made):
                self._made[number].show_insight(one)
            else:
                self._add(one)
        for number, card in enumerate(self._made):
            card.setVisible(number < len(rows))
        self.cards = self._made[: len(rows)]
        left = count - len(rows)
        self._more.set_text(f"{left:,} more in the list" if left > 0 else "")
        self._more.setVisible(left > 0)
        self._empty.setVisible(not rows)

    def _add(self, shown: InsightRow) -> None:
        made, layout = InsightCard(shown, self._opened), self._body.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(len(self._made), made)
        self._made.append(made)


class Board(QWidget):
    """Four columns from heard to changed something. `opened` carries the id of an insight."""

    opened = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 4, 24, 12)
        layout.setSpacing(16)
        self.lanes = [_Lane(one, self.opened.emit) for one in COLUMNS]
        for lane in self.lanes:
            layout.addWidget(lane, 1)

    def load(self, wanted: InsightFilter) -> None:
        """Read every column again; the keyboard stays on its insight."""
        held = self.focusWidget()
        here = held.shown.insight.id if isinstance(held, InsightCard) and held.hasFocus() else None
        shown = board_rows(self._desk.store, wanted, MOST)
        for lane in self.lanes:
            count, rows = shown[lane.column.key]
            lane.show_rows(count, rows)
        if here is not None:
            self.focus_on(here)

    def focus_on(self, insight_id: uuid.UUID | None) -> bool:
        """Put the keyboard on an insight, else on the first there is; False if there is none."""
        cards = [card for lane in self.lanes for card in lane.cards]
        found = next((card for card in cards if card.shown.insight.id == insight_id), cards[0] if cards else None)
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)
        return found is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move between cards, Enter opens."""
        held = self.focusWidget()
        if not isinstance(held, InsightCard):
            super().keyPressEvent(event)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            held.click()
            return
        lane = next(number for number, one in enumerate(self.lanes) if held in one.cards)
        place = self.lanes[lane].cards.index(held)
        step = {Qt.Key.Key_Down: (0, 1), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Left: (-1, 0)}
        across, down = step.get(Qt.Key(event.key()), (0, 0))
        target = lane + across
        while across and 0 <= target < len(self.lanes) and not self.lanes[target].cards:
            target += across
        if (across or down) and 0 <= target < len(self.lanes):
            cards = self.lanes[target].cards
            cards[min(max(place + down, 0), len(cards) - 1)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)
