"""Charts where people would rather look than read. Each speaks its numbers and can be shown as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QTableView, QVBoxLayout, QWidget

from liaison_desktop.i18n import tr
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.layout import row
from liaison_desktop.ui.paint import RIGHT, draw_line, rounded, text_width
from liaison_desktop.ui.table import compare_table
from liaison_desktop.ui.text import label
from liaison_desktop.ui.theme import theme_of

_BAR_ROW, _LABELS = 28, 148


class BarRow(NamedTuple):
    """One bar: what, how many, and a note such as the change."""

    label: str
    number: float
    note: str = ""


class Bars(QWidget):
    """Horizontal bars, the number beside each."""

    def __init__(
        self, rows: Sequence[BarRow | tuple[str, float] | tuple[str, float, str]] = (), name: str = ""
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(_LABELS + 120)
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[BarRow | tuple[str, float] | tuple[str, float, str]]) -> None:
        """Show these."""
        self.rows = tuple(BarRow(*row) for row in rows)
        self.setFixedHeight(_BAR_ROW * len(self.rows))
        self.setAccessibleDescription("; ".join(f"{row.label}: {row.number:g}" for row in self.rows))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars to one scale."""
        painter, theme = QPainter(self), theme_of(self)
        most = max((row.number for row in self.rows), default=0) or 1
        notes = max((text_width(row.note, "cap") for row in self.rows), default=0) + 8
        # Names are shown whole where there is room for a bar of some length beside them.
        widest = max((text_width(row.label, "sec") for row in self.rows), default=0) + 12
        names = min(max(_LABELS, widest), self.width() // 2)
        room = self.width() - names - notes - 40
        for number, bar in enumerate(self.rows):
            top, wide = number * _BAR_ROW, max(2.0, room * bar.number / most)
            draw_line(painter, QRectF(0, top, names - 8, _BAR_ROW), bar.label, "sec", theme.colour("ink"))
            rounded(painter, QRectF(names, top + _BAR_ROW / 2 - 5, wide, 10), 2, theme.colour("accent"))
            beside = QRectF(names + wide + 8, top, 40, _BAR_ROW)
            draw_line(painter, beside, f"{bar.number:g}", "secs", theme.colour("ink"))
            end = QRectF(self.width() - notes, top, notes, _BAR_ROW)
            draw_line(painter, end, bar.note, "cap", theme.colour("ink3"), RIGHT)


class Sparkline(QWidget):
    """A small line over time with its last value marked; a shaded band is the usual range."""

    def __init__(
        self,
        values: Sequence[float] = (),
        name: str = "",
        width: int = 160,
        height: int = 40,
        band: tuple[float, float] | None = None,
        tone: str = "accent",
    ) -> None:
        super().__init__()
        self.values, self._band, self._tone = tuple(values), band, tone
        self.setFixedHeight(height)
        if width:
            self.setFixedWidth(width)
        self.setAccessibleName(name)
        self.setAccessibleDescription(", ".join(f"{value:g}" for value in self.values))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw band, line and the last dot."""
        if not self.values:
            return
        painter, theme = QPainter(self), theme_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        low, high = (
            min(*self.values, *(self._band or ()), self.values[0]),
            max(*self.values, *(self._band or ()), self.values[0]),
        )
        wide, tall, span = self.width() - 8, self.height() - 8, (high - low) or 1

        def y_of(value: float) -> float:
            return 4 + tall * (1 - (value - low) / span)

        step = wide / max(1, len(self.values) - 1)
        points = [QPointF(4 + step * number, y_of(value)) for number, value in enumerate(self.values)]
        line = QPainterPath(points[0])
        for point in points[1:]:
            line.lineTo(point)
        if self._band is not None:
            band = QRectF(0, y_of(self._band[1]), self.width(), y_of(self._band[0]) - y_of(self._band[1]))
            rounded(painter, band, 2, theme.colour("sunken"))
        else:
            area = QPainterPath(line)
            area.lineTo(points[-1].x(), self.height())
            area.lineTo(points[0].x(), self.height())
            painter.fillPath(area, theme.colour("accent_soft"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(theme.colour("accent"), 1.75, Qt.PenStyle.SolidLine)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPath(line)
        painter.setPen(QPen(theme.colour("surface"), 2))
        painter.setBrush(theme.colour(self._tone))
        painter.drawEllipse(points[-1], 4, 4)


class ChartCard(QFrame):
    """A chart with its title, and the same numbers as a table behind one button."""

    def __init__(self, title: str, chart: QWidget, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self.setObjectName("card")
        self.chart = chart
        self.table: QTableView | None = None  # made when it is asked for: most people look at the chart
        self._title, self._headers, self._rows = title, headers, rows
        self.button = button(tr("Show as table"), "link", on_click=self.turn)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(row(label(title, "strong"), None, self.button))
        layout.addWidget(chart)
        self._layout = layout

    def turn(self) -> None:
        """Show the table in place of the chart, or the chart again."""
        table = self.table or self._tabled()
        to_table = table.isHidden()
        self.chart.setVisible(not to_table)
        table.setVisible(to_table)
        self.button.set_text(tr("Show as chart") if to_table else tr("Show as table"))

    def _tabled(self) -> QTableView:
        self.table = compare_table(self._headers, self._rows, name=tr("{title} as a table", title=self._title))
        self.table.setFixedHeight(min(len(self._rows), 8) * theme_of(self).height("row") + 36)
        self.table.hide()
        self._layout.addWidget(self.table)
        return self.table
