"""One visit of the day: when, with whom, what about, how far it is."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from liaison_desktop.msl.visits.page import status_chip
from liaison_desktop.msl.visits.page.looks import about
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.ui.chips import ChipSpec, chip_width, paint_chip
from liaison_desktop.ui.paint import draw_icon, draw_line, focus_ring, rounded
from liaison_desktop.ui.theme import theme_of

_HEIGHT = 56


class VisitSlot(QAbstractButton):
    """A row with the time at the left; the visit that is next or running has its time in the accent colour."""

    def __init__(
        self,
        visit: Visit,
        name: str,
        now: datetime.datetime,
        *,
        late: bool,
        on_click: Callable[[], object],
        on_preview: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self.setText(name)
        start, end = visit.start_at or now, visit.end_at or now
        self._from, self._to = (f"{moment.astimezone(now.tzinfo):%H:%M}" for moment in (start, end))
        self._next = end >= now and not visit.locked
        channel = visit.channel.label if visit.channel else ""
        self._facts = ", ".join(part for part in (channel, visit.place_note, about(visit)) if part)
        self._chip = status_chip(visit)
        self._late = ChipSpec("promise overdue", "red", "clock") if late else None
        self.setAccessibleName(", ".join((name, self._from, self._facts, self._chip.text)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._preview = on_preview
        self.clicked.connect(lambda _on=False: on_click())

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(240, _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the visit, Space its brief; the arrows go to the next row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Space and self._preview is not None:
            self._preview()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        painter, theme, wide = QPainter(self), theme_of(self), float(self.width())
        rect = self.rect().toRectF()
        if self.underMouse():
            rounded(painter, rect.adjusted(4, 2, -4, -2), 6, theme.colour("hover"))
        if self.hasFocus():
            focus_ring(painter, rect.adjusted(4, 2, -4, -2), 6, theme.colour("accent"), 0)
        tone = theme.colour("accent_ink" if self._next else "ink")
        draw_line(painter, QRectF(16, 9, 48, 20), self._from, "strong", tone)
        draw_line(painter, QRectF(16, 31, 48, 16), self._to, "cap", theme.colour("ink3"))
        painter.fillRect(QRectF(68, 10, 1, 36), theme.colour("line"))
        end = wide - 36
        draw_icon(painter, theme.pixmap("chevron-right", "ink3", 16), wide - 28, 20)
        for chip in filter(None, (self._chip, self._late)):
            size = chip_width(chip)
            paint_chip(painter, QRectF(end - size, 18, size, 20), chip, theme)
            end -= size + 8
        draw_line(painter, QRectF(81, 8, end - 89, 20), self.text(), "strong", theme.colour("ink"))
        draw_line(painter, QRectF(81, 28, end - 89, 20), self._facts, "sec", theme.colour("ink2"))
