"""Editors for days, times and moments. They are typed into: no spinning through years, and empty is allowed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from liaison_desktop.i18n import tr
from liaison_desktop.ui.dates import parse_day, parse_time, plain_day, show_time
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.month import MonthPopup
from liaison_desktop.ui.theme import theme_of


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


class DayEditor(LineEdit):
    """A day, typed as "19 Nov 2026", "2026-11-19", "19 nov" or "today"; it is spelt out when you leave it."""

    changed = Signal(object)

    def __init__(self, name: str = "", clock: Callable[[], dt.datetime] = _now) -> None:
        super().__init__(placeholder=tr("Type a day"), name=name)
        self._clock = clock
        self._month: MonthPopup | None = None
        self.setAccessibleName(name)
        self._calendar = QAction(self)
        self._calendar.triggered.connect(self._show_month)
        self.addAction(self._calendar, QLineEdit.ActionPosition.TrailingPosition)
        self.textEdited.connect(lambda _text: self.changed.emit(self.value()))
        self._settle_calendar()

    def set_clock(self, clock: Callable[[], dt.datetime]) -> None:
        """The clock that says what "today" and a missing year mean."""
        self._clock = clock

    def value(self) -> dt.date | None:
        """The day, None where nothing, or nothing that can be read, was typed."""
        return parse_day(self.text(), self._clock().date())

    def set_value(self, value: dt.date | None) -> None:
        """Show a day."""
        self.setText(plain_day(value) if value is not None else "")

    def complaint(self) -> str:
        """How a day is written."""
        return tr("Write a day such as 19 Nov 2026.") if self.text().strip() and self.value() is None else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go a day on or back, Page Up and Page Down a week; from nothing they begin today."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 7, Qt.Key.Key_PageDown: -7}
        step = steps.get(Qt.Key(event.key()), 0)
        if event.key() == Qt.Key.Key_Escape and self._month is not None and self._month.isVisible():
            self._close_month()
            return
        if not step or self.isReadOnly():
            super().keyPressEvent(event)
            return
        day = self.value()
        try:
            moved = day + dt.timedelta(days=step) if day is not None else self._clock().date()
        except OverflowError:
            return  # the calendar ends here
        self._take(moved)

    def _take(self, day: dt.date) -> None:
        self.set_value(day)
        self.changed.emit(day)

    def _show_month(self) -> None:
        if self._month is not None and self._month.isVisible():
            self._month.hide()
            return
        if self.isReadOnly():
            return
        if self._month is None:
            self._month = MonthPopup(self)
            self._month.picked.connect(self._picked)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._month.show_month(self.value(), self._clock().date())

    def _picked(self, day: dt.date) -> None:
        self._close_month()
        self._take(day)

    def _close_month(self) -> None:
        if self._month is not None:
            self._month.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """The month goes with its field."""
        super().hideEvent(event)
        self._close_month()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_calendar"):
            self._settle_calendar()

    def _settle_calendar(self) -> None:
        self._calendar.setIcon(theme_of(self).icon("calendar-days", "ink3"))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Spell the day out, so that the person sees how it was understood."""
        self._close_month()
        day = self.value()
        if day is not None:
            self.set_value(day)
        super().focusOutEvent(event)


class TimeEditor(LineEdit):
    """A time of day, typed as "14:00", "1400", "2 pm" or "9"."""

    changed = Signal(object)

    def __init__(self, name: str = "") -> None:
        super().__init__(placeholder=tr("Time"), name=name)
        self.setAccessibleName(name)
        self.textEdited.connect(lambda _text: self.changed.emit(self.value()))

    def value(self) -> dt.time | None:
        """The time, None where nothing, or nothing that can be read, was typed."""
        return parse_time(self.text())

    def set_value(self, value: dt.time | None) -> None:
        """Show a time."""
        self.setText(show_time(value) if value is not None else "")

    def complaint(self) -> str:
        """How a time is written."""
        return tr("Write a time such as 14:00.") if self.text().strip() and self.value() is None else ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Spell the time out."""
        time = self.value()
        if time is not None:
            self.set_value(time)
        super().focusOutEvent(event)


class MomentEditor(QWidget):
    """A day and a time. It keeps the zone a moment came with; a new one is in the laptop's zone."""

    changed = Signal(object)

    def __init__(self, name: str = "", clock: Callable[[], dt.datetime] = _now) -> None:
        super().__init__()
        self.day, self.time = DayEditor(clock=clock), TimeEditor()
        self._zone: dt.tzinfo | None = None
        self._seconds = dt.time()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.time.setFixedWidth(88)
        layout.addWidget(self.day, 1)
        layout.addWidget(self.time)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.day)
        for part in (self.day, self.time):
            part.changed.connect(lambda _value: self.changed.emit(self.value()))
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Name both parts."""
        self.setAccessibleName(name)
        self.day.setAccessibleName(tr("{name}, day", name=name) if name else tr("Day"))
        self.time.setAccessibleName(tr("{name}, time", name=name) if name else tr("Time"))

    def set_clock(self, clock: Callable[[], dt.datetime]) -> None:
        """The clock that says what "today" means."""
        self.day.set_clock(clock)

    def value(self) -> dt.datetime | None:
        """The moment with its zone, None unless both parts can be read."""
        day, time = self.day.value(), self.time.value()
        if day is None or time is None:
            return None
        # What was shown without its seconds comes back with them unless it was typed anew.
        if (time.hour, time.minute) == (self._seconds.hour, self._seconds.minute):
            time = self._seconds
        local = dt.datetime.combine(day, time)
        return local.replace(tzinfo=self._zone) if self._zone is not None else local.astimezone()

    def set_value(self, value: dt.datetime | None) -> None:
        """Show a moment in the zone it carries."""
        self._zone = value.tzinfo if value is not None else None
        self._seconds = value.time() if value is not None else dt.time()
        self.day.set_value(value.date() if value is not None else None)
        self.time.set_value(value.time() if value is not None else None)

    def complaint(self) -> str:
        """Which part is missing or cannot be read."""
        wrong = self.day.complaint() or self.time.complaint()
        if wrong or bool(self.day.text().strip()) == bool(self.time.text().strip()):
            return wrong
        return tr("Write the time as well.") if self.day.text().strip() else tr("Write the day as well.")

    def set_fault(self, on: bool) -> None:
        """Draw the red edge on both parts, or take it away."""
        self.day.set_fault(on)
        self.time.set_fault(on)
