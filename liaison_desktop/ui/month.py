"""A month to tap a day in, floating under a day's field. Whoever types needs it never."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from liaison_desktop.i18n import tr
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.dates import DAYS, MONTH_NAMES
from liaison_desktop.ui.floating import Floating
from liaison_desktop.ui.layout import row
from liaison_desktop.ui.paint import CENTRE, draw_line, rounded
from liaison_desktop.ui.text import label
from liaison_desktop.ui.theme import theme_of

_WEEKS = 6


class _Days(QWidget):
    """Six weeks of days, Monday first."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.month, self.chosen, self.today = dt.date(2026, 1, 1), dt.date.min, dt.date.min
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _cell(self) -> int:
        return theme_of(self).height("control") + 4

    def sizeHint(self) -> QSize:
        """Seven days by six weeks and a line of names."""
        return QSize(7 * self._cell(), _WEEKS * self._cell() + 24)

    def _day(self, number: int) -> dt.date | None:
        try:
            return self.month + dt.timedelta(days=number - self.month.weekday())
        except OverflowError:
            return None  # the calendar ends here

    def _at(self, point: QPoint) -> dt.date | None:
        column, line = point.x() // self._cell(), (point.y() - 24) // self._cell()
        return self._day(line * 7 + column) if 0 <= column < 7 and 0 <= line < _WEEKS and point.y() >= 24 else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the day under the finger."""
        day = self._at(event.position().toPoint())
        if day is not None:
            self.picked.emit(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the days."""
        painter, theme, cell = QPainter(self), theme_of(self), self._cell()
        under = self._at(self.mapFromGlobal(self.cursor().pos())) if self.underMouse() else None
        for column, name in enumerate(DAYS):
            draw_line(painter, QRectF(column * cell, 0, cell, 20), name, "cap", theme.colour("ink3"), CENTRE)
        for number in range(_WEEKS * 7):
            day = self._day(number)
            if day is None:
                continue
            place = QRectF(number % 7 * cell, 24 + number // 7 * cell, cell, cell).adjusted(1, 1, -1, -1)
            chosen = day == self.chosen
            if chosen:
                rounded(painter, place, 6, theme.colour("accent"))
            elif day == under:
                rounded(painter, place, 6, theme.colour("hover"))
            if day == self.today:
                rounded(painter, place, 6, None, theme.colour("accent"))
            tone = "on_accent" if chosen else "ink" if day.month == self.month.month else "ink3"
            role = "secs" if chosen or day == self.today else "sec"
            draw_line(painter, place, str(day.day), role, theme.colour(tone), CENTRE)


class MonthPopup(Floating):
    """One month with a way to the next and the last. `picked` carries the day."""

    picked = Signal(object)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._days, self._title = _Days(), label("", "strong")
        self._days.picked.connect(self.picked)
        self._back = button(icon="chevron-left", kind="quiet", small=True, name=tr("Month before"))
        self._on = button(icon="chevron-right", kind="quiet", small=True, name=tr("Month after"))
        for press, step in ((self._back, -1), (self._on, 1)):
            # The keyboard stays in the field, where a day is typed faster.
            press.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            press.clicked.connect(lambda _checked=False, by=step: self._turn(by))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.setSpacing(4)
        layout.addWidget(row(self._back, None, self._title, None, self._on))
        layout.addWidget(self._days)

    def show_month(self, chosen: dt.date | None, today: dt.date) -> None:
        """Show the month of the chosen day, or this one."""
        self._days.chosen, self._days.today = chosen or dt.date.min, today
        self._show_month((chosen or today).replace(day=1))
        self.float_at(self.sizeHint())

    def _turn(self, by: int) -> None:
        month = self._days.month
        number = month.year * 12 + month.month - 1 + by
        if dt.MINYEAR * 12 <= number < (dt.MAXYEAR + 1) * 12:
            self._show_month(dt.date(number // 12, number % 12 + 1, 1))

    def _show_month(self, month: dt.date) -> None:
        self._days.month = month
        self._title.set_text(f"{MONTH_NAMES[month.month - 1]} {month.year}")
        self._days.update()
