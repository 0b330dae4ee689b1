"""One kind of work to choose: icon, name, what it holds, and a box to tick."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from liaison_desktop.ui.paint import draw_icon, draw_line, focus_ring, rounded
from liaison_desktop.ui.theme import theme_of
from liaison_desktop.ui.tokens import RADIUS, colours


class WorkChoice(QAbstractButton):
    """Ticked or not; Space and Enter tick."""

    def __init__(self, workspace: str, icon: str, title: str, words: str) -> None:
        super().__init__()
        self._workspace, self._icon, self._words = workspace, icon, words
        self.setText(title)
        self.setAccessibleName(f"{title}. {words}")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Two lines with air."""
        return QSize(320, 68)

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(200, 68)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ticks as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the choice."""
        painter, theme, chosen = QPainter(self), theme_of(self), self.isChecked()
        own = colours(theme.shown, self._workspace)
        box = self.rect().toRectF()
        fill = own["accent_soft"] if chosen else own["surface"] if self.isEnabled() else own["sunken"]
        rounded(painter, box, RADIUS["card"], QColor(fill), QColor(own["accent"] if chosen else own["edge"]))
        if self.hasFocus():
            focus_ring(painter, box, RADIUS["card"], QColor(own["accent"]), 0)
        disc = QRectF(16, 14, 40, 40)
        rounded(painter, disc, 20, QColor(own["surface"] if chosen else own["accent_soft"]))
        draw_icon(painter, theme.pixmap(self._icon, own["accent_ink"], 20), 26, 24)
        room = self.width() - 72 - 56
        draw_line(painter, QRectF(72, 14, room, 20), self.text(), "strong", QColor(own["ink"]))
        draw_line(painter, QRectF(72, 35, room, 20), self._words, "sec", QColor(own["ink2"]))
        tick = QRectF(self.width() - 16 - 22, 23, 22, 22)
        rounded(
            painter, tick, 5, QColor(own["accent"]) if chosen else None, QColor(own["accent" if chosen else "edge"])
        )
        if chosen:
            draw_icon(painter, theme.pixmap("check", own["on_accent"], 16), tick.x() + 3, tick.y() + 3)
