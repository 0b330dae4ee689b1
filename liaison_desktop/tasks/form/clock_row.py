"""A clock as a row: its title, what is left, a bar, and what it counts from. Pressed, it opens what it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy

from liaison_desktop.tasks.form.words import clock_tone, left_spoken, left_words
from liaison_desktop.tasks.rules import Clock, ClockState
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.paint import RIGHT, draw_icon, draw_line, focus_ring, rounded, text_width
from liaison_desktop.ui.theme import theme_of

_HIGH = 66


class ClockRow(QAbstractButton):
    """One clock. `whose` names the person where rows of several stand together."""

    def __init__(
        self, clock: Clock, now: dt.datetime, on_click: Callable[[], object] | None = None, whose: str = ""
    ) -> None:
        super().__init__()
        self.clock, self._now = clock, now
        self._opens = on_click is not None
        self._facts = " · ".join(part for part in (whose, clock.words or clock.what_to_do) if part)
        left = clock.left(now)
        stopped = clock.state is ClockState.STOPPED
        self.left = "stopped" if stopped else left_words(left)
        self.setText(clock.title)
        told = "stopped" if stopped else left_spoken(left)
        self.setAccessibleName(", ".join(filter(None, (clock.title, told, self._facts))))
        self.setToolTip(clock.what_to_do)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._opens else Qt.FocusPolicy.NoFocus)
        if on_click is not None:
            self.clicked.connect(lambda _checked=False: on_click())
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Two lines with a bar between them."""
        return QSize(200, _HIGH)

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(120, _HIGH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._opens:
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEvent) -> None:
        """Show that it can be pressed."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show that the pointer left."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        painter, theme, rect = QPainter(self), theme_of(self), self.rect().toRectF()
        tone, fill = clock_tone(self.clock)
        if self._opens and self.underMouse():
            rounded(painter, rect.adjusted(4, 2, -4, -2), 6, theme.colour("hover"))
        if self.hasFocus():
            focus_ring(painter, rect.adjusted(4, 2, -4, -2), 6, theme.colour("accent"), 0)
        left, end = 16.0, rect.width() - 16
        wide = text_width(self.left, "strong") + 2
        draw_line(painter, QRectF(end - wide, 8, wide, 20), self.left, "strong", theme.colour(tone), RIGHT)
        words_end = end - wide - 8
        if self.clock.state in (ClockState.OVERDUE, ClockState.WARNED):
            # The colour is never alone.
            icon = "circle-alert" if self.clock.state is ClockState.OVERDUE else "clock"
            draw_icon(painter, theme.pixmap(icon, tone, 14), end - wide - 20, 11)
            words_end -= 20
        draw_line(painter, QRectF(left, 8, words_end - left, 20), self.text(), "medium", theme.colour("ink"))
        track = QRectF(left, 32, end - left, 4)
        rounded(painter, track, 2, theme.colour("track"))
        share = self.clock.used(self._now)
        if share > 0:
            filled = QRectF(left, 32, max(4.0, track.width() * share), 4)
            rounded(painter, filled, 2, theme.colour(fill))
        draw_line(painter, QRectF(left, 40, end - left, 18), self._facts, "cap", theme.colour("ink2"))


def clock_card(
    clocks: Sequence[Clock],
    now: dt.datetime,
    *,
    opens: Callable[[Clock], Callable[[], object] | None] = lambda _clock: None,
    whose: Callable[[Clock], str] = lambda _clock: "",
    title: str = "Clocks",
    nothing: str = "No clock runs",
    most: int = 6,
) -> QFrame:
    """A card of the clocks that run, what runs out first at the top; how many there are stands at its head."""
    shown = [ClockRow(clock, now, opens(clock), whose(clock)) for clock in clocks[:most]]
    if not shown:
        return list_card(title, CardRow(nothing, "", "circle-check", tone="green"))
    count = f"{most} of {len(clocks)}" if len(clocks) > most else str(len(clocks))
    return list_card(title, *shown, right=count)
