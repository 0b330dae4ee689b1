"""Several measures over one stretch of time: small lines under one another, each over its usual range.

Every line speaks its values, the nearest one is told beside the pointer, and the last one stands at the right in words.
"""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from liaison_desktop.ui.dates import DAYS, short_day, show_time
from liaison_desktop.ui.paint import RIGHT, draw_line, rounded, text_width
from liaison_desktop.ui.theme import theme_of

_AXIS, _DOT, _NEAR = 20, 4.0, 14.0  # px: the line of days, the last dot, how near the pointer has to be


class TimePoint(NamedTuple):
    """A value at its moment. `words` are how it is read; `loud` marks one outside the usual range."""

    at: dt.datetime
    value: float
    words: str
    loud: bool = False


class TimeLine(NamedTuple):
    """One measure: title, unit under it, its points oldest first, the usual range as a band."""

    title: str
    unit: str
    points: tuple[TimePoint, ...]
    band: tuple[float, float] | None = None
    aged: str = ""  # said under the last value, where it is older than the others


class TimeChart(QWidget):
    """Lines under one another on one scale of time; `row` is the height of each in px."""

    def __init__(
        self, lines: Sequence[TimeLine] = (), name: str = "", row: int = 44, now: dt.datetime | None = None
    ) -> None:
        super().__init__()
        self._row, self._now = row, now
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(260)
        self.set_lines(lines)

    def set_lines(self, lines: Sequence[TimeLine]) -> None:
        """Show these."""
        self.lines = tuple(line for line in lines if line.points)
        self.setFixedHeight(self._row * len(self.lines) + _AXIS if self.lines else 0)
        spoken = (f"{one.title}, {one.unit}: {'; '.join(map(_spoken, one.points))}" for one in self.lines)
        self.setAccessibleDescription(". ".join(spoken))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines, their last values, and the days under them."""
        painter, theme = QPainter(self), theme_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, line in enumerate(self.lines):
            top = float(number * self._row)
            words = self._row / 2 - 18
            names = self._names()
            draw_line(painter, QRectF(0, top + words, names - 8, 20), line.title, "secm", theme.colour("ink"))
            draw_line(painter, QRectF(0, top + words + 19, names - 8, 16), line.unit, "cap", theme.colour("ink2"))
            last = line.points[-1]
            place = QRectF(self.width() - self._values(), top, self._values(), self._row)
            if line.aged:
                under = QRectF(place.x(), top + words + 19, place.width(), 16)
                draw_line(painter, under, line.aged, "cap", theme.colour("ink3"), RIGHT)
                place = QRectF(place.x(), top + words, place.width(), 20)
            draw_line(painter, place, last.words, "strong", theme.colour("amber" if last.loud else "ink"), RIGHT)
            self._paint_line(painter, line, self._plot(number))
        self._paint_days(painter)

    def _paint_line(self, painter: QPainter, line: TimeLine, plot: QRectF) -> None:
        theme = theme_of(self)
        if line.band is not None:
            high, low = self._place(line, plot, line.band[1]), self._place(line, plot, line.band[0])
            rounded(painter, QRectF(plot.x(), high, plot.width(), max(2.0, low - high)), 2, theme.colour("sunken"))
        points = self.spots(line, plot)
        path = QPainterPath(points[0])
        for point in points[1:]:
            path.lineTo(point)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(theme.colour("accent"), 1.75)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPath(path)
        painter.setPen(QPen(theme.colour("surface"), 1.5))
        for held, spot in zip(line.points, points, strict=True):
            last = held is line.points[-1]
            if last or held.loud:
                # Loud ones differ in size and colour; the words beside and the table tell them without either.
                painter.setBrush(theme.colour("amber" if held.loud else "accent"))
                painter.drawEllipse(spot, _DOT if last else _DOT - 1, _DOT if last else _DOT - 1)

    def _paint_days(self, painter: QPainter) -> None:
        if not self.lines:
            return
        theme, plot = theme_of(self), self._plot(len(self.lines) - 1)
        first, last = self._span()
        at = QRectF(plot.x(), len(self.lines) * self._row, plot.width(), _AXIS)
        ends = _day(first, self._now), _day(last, self._now)
        if first != last:
            draw_line(painter, at, ends[0], "cap", theme.colour("ink3"))
        draw_line(painter, at, ends[1], "cap", theme.colour("ink3"), RIGHT)
        if any(line.band for line in self.lines):
            draw_line(
                painter, QRectF(0, at.y(), self._names() - 8, _AXIS), "shaded: usual", "cap", theme.colour("ink3")
            )

    # ---- places

    def _names(self) -> int:
        widest = max((max(text_width(one.title, "secm"), text_width(one.unit, "cap")) for one in self.lines), default=0)
        return min(widest + 16, self.width() // 2)

    def _values(self) -> int:
        words = [text_width(one.points[-1].words, "strong") for one in self.lines]
        return max((*words, *(text_width(one.aged, "cap") for one in self.lines)), default=0) + 12

    def _plot(self, number: int) -> QRectF:
        left = float(self._names())
        inset = 6.0
        high = self._row - 2 * inset
        return QRectF(left, number * self._row + inset, max(20.0, self.width() - left - self._values()), high)

    def _span(self) -> tuple[dt.datetime, dt.datetime]:
        moments = [point.at for line in self.lines for point in line.points]
        return min(moments), max(moments)

    def _place(self, line: TimeLine, plot: QRectF, value: float) -> float:
        values = [point.value for point in line.points] + list(line.band or ())
        low, high = min(values), max(values)
        inner = plot.adjusted(0, _DOT, 0, -_DOT)
        return inner.bottom() - inner.height() * (value - low) / ((high - low) or 1)

    def spots(self, line: TimeLine, plot: QRectF) -> list[QPointF]:
        """Where the points of a line lie; a lone one stands at the right, where the newest are."""
        first, last = self._span()
        whole = (last - first).total_seconds()
        inner = plot.adjusted(_DOT + 1, 0, -_DOT - 1, 0)
        found = []
        for point in line.points:
            share = (point.at - first).total_seconds() / whole if whole else 1.0
            found.append(QPointF(inner.x() + inner.width() * share, self._place(line, plot, point.value)))
        return found

    def told_at(self, place: QPointF) -> str:
        """The value nearest to a place, with its moment; empty where there is none near."""
        best, words = _NEAR, ""
        for number, line in enumerate(self.lines):
            for point, spot in zip(line.points, self.spots(line, self._plot(number)), strict=True):
                away = ((spot.x() - place.x()) ** 2 + (spot.y() - place.y()) ** 2) ** 0.5
                if away < best:
                    best, words = away, f"{line.title} {_spoken(point)}"
        return words

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the value under the pointer."""
        words = self.told_at(event.position())
        if words:
            QToolTip.showText(event.globalPosition().toPoint(), f"<span>{html.escape(words)}</span>", self)
        else:
            QToolTip.hideText()


def _spoken(point: TimePoint) -> str:
    day = f"{DAYS[point.at.weekday()]} {short_day(point.at.date())}, {show_time(point.at)}"
    return f"{point.words}, {day}{', outside the usual range' if point.loud else ''}"


def _day(at: dt.datetime, now: dt.datetime | None) -> str:
    if now is not None and at.date() == now.date():
        return f"today {show_time(at)}"
    return f"{short_day(at.date())} {show_time(at)}" if now is None else short_day(at.date())
