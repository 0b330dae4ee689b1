"""This month in numbers, and visits a week as a line with the numbers behind one key."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from liaison_desktop.msl.visits.queries import Numbers, counted_between, month_numbers
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.layout import Item, column, hairline, row
from liaison_desktop.ui.text import label
from liaison_desktop.ui.theme import theme_of

if TYPE_CHECKING:
    from liaison_desktop.store import Store

WEEKS = 12
_CHART = 176  # px


class Spark(QWidget):
    """A line over time; its accessible description carries the numbers."""

    def __init__(self, values: Sequence[int]) -> None:
        super().__init__()
        self._values = tuple(values)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Visits a week")
        self.setAccessibleDescription(", ".join(map(str, values)))

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(168, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the area, the line, and a dot on this week."""
        painter, theme = QPainter(self), theme_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top, wide, high = max((*self._values, 1)), self.width() - 8, self.height() - 8
        last = max(len(self._values) - 1, 1)
        points = [QPointF(4 + wide * at / last, 4 + high * (1 - n / top)) for at, n in enumerate(self._values)]
        line = QPainterPath(points[0])
        for point in points[1:]:
            line.lineTo(point)
        area = QPainterPath(line)
        area.lineTo(points[-1].x(), self.height())
        area.lineTo(points[0].x(), self.height())
        painter.fillPath(area, theme.colour("accent_soft"))
        painter.setPen(QPen(theme.colour("accent"), 1.75, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPath(line)
        painter.setPen(QPen(theme.colour("surface"), 2))
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(points[-1], 4, 4)


class Figures(NamedTuple):
    """What the month shows: its name, its numbers, and the visits of each week by its Monday."""

    name: str
    numbers: Numbers
    weeks: tuple[tuple[datetime.date, int], ...]


def figures(store: Store, now: datetime.datetime) -> Figures:
    """The month of `now`, and the weeks before it."""
    return Figures(f"{now:%B}", month_numbers(store, now), _weeks(store, now))


class Month(QWidget):
    """Visits, people and promises of this month, and twelve weeks as a line or as a table."""

    def __init__(self, figures: Figures) -> None:
        super().__init__()
        numbers, weeks = figures.numbers, figures.weeks
        self.switch = button("Show as table", "link", small=True, on_click=self._turn)
        self._chart = column(
            row(label("Visits a week", "cap"), None, label(f"{WEEKS} weeks", "cap")),
            Spark([n for _, n in weeks]),
            gap=2,
        )
        self._weeks = weeks
        self._table: QWidget | None = None  # made when it is asked for
        stats = [
            _stat(numbers.visits, "visit" if numbers.visits == 1 else "visits"),
            _stat(numbers.people, "person met" if numbers.people == 1 else "people met"),
            _stat(numbers.kept, "promise kept" if numbers.kept == 1 else "promises kept"),
        ]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(row(label(figures.name, "strong"), None, self.switch))
        self._chart.setFixedWidth(_CHART)
        beside = row(hairline(vertical=True), self._chart, gap=24)
        layout.addWidget(row(*[(one, 1) for one in stats], beside, gap=16))
        self._beside = beside
        self._layout = layout

    def _turn(self) -> None:
        if self._table is None:
            self._table = _table(self._weeks)
            self._table.setVisible(False)
            self._layout.addWidget(self._table)
        as_table = not self._table.isVisibleTo(self)
        self._table.setVisible(as_table)
        self._beside.setVisible(not as_table)
        self.switch.set_text("Show as line" if as_table else "Show as table")


def _stat(value: int, words: str) -> QWidget:
    return column(label(f"{value:,}", "number"), label(words, "sec"), gap=0)


def _weeks(store: Store, now: datetime.datetime) -> tuple[tuple[datetime.date, int], ...]:
    monday = (now - datetime.timedelta(days=now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    first = monday - datetime.timedelta(weeks=WEEKS - 1)
    edges = [first + datetime.timedelta(weeks=at) for at in range(WEEKS + 1)]
    counts = counted_between(store, edges)
    return tuple((edge.date(), count) for edge, count in zip(edges[:-1], counts, strict=True))


def _table(weeks: Sequence[tuple[datetime.date, int]]) -> QWidget:
    half = (len(weeks) + 1) // 2
    columns: list[Item] = []
    for part in (weeks[:half], weeks[half:]):
        lines = [row(label(f"week of {on.day} {on:%b}", "sec"), None, label(str(n), "secs")) for on, n in part]
        columns.append((column(*lines, gap=2), 1))
    return row(*columns, gap=32)
