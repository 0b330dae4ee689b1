"""The steps at the left: which one is open, which are done. Any of them can be opened at any time."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from liaison_desktop.clinical.consents.form.step import inside
from liaison_desktop.ui.layout import column
from liaison_desktop.ui.paint import draw_icon, draw_line, focus_ring, rounded
from liaison_desktop.ui.theme import theme_of

_ICONS = {"done": ("circle-check", "green"), "open": ("circle", "ink3"), "fault": ("circle-alert", "red")}


class StepItem(QAbstractButton):
    """One step."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._state = "open"
        self.setText(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_state("open")

    def show_state(self, state: str) -> None:
        """Show it as "done", "open" or "fault"; a screen reader hears it too."""
        self._state = state
        spoken = {"done": "done", "open": "not done", "fault": "something is wrong"}
        self.setAccessibleName(f"{self.text()}, {spoken[state]}")
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(200, theme_of(self).height("row") + 2)

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw mark and words; the open step has a pill, a bar and weight."""
        painter, theme, rect, chosen = QPainter(self), theme_of(self), self.rect().toRectF(), self.isChecked()
        pill = rect.adjusted(8, 1, -8, -1)
        if chosen:
            rounded(painter, pill, 6, theme.colour("accent_soft"))
            painter.fillRect(QRectF(0, 1, 3, rect.height() - 2), theme.colour("accent"))
        elif self.underMouse():
            rounded(painter, pill, 6, theme.colour("hover"))
        if self.hasFocus():
            focus_ring(painter, pill, 6, theme.colour("accent"), 0)
        icon, tone = _ICONS[self._state]
        draw_icon(painter, theme.pixmap(icon, tone, 16), 18, (rect.height() - 16) / 2)
        words = QRectF(44, 0, rect.width() - 56, rect.height())
        draw_line(
            painter, words, self.text(), "secs" if chosen else "secm", theme.colour("accent_ink" if chosen else "ink")
        )


class StepRail(QWidget):
    """The steps under one another; `chosen` tells which was pressed."""

    chosen = Signal(int)

    def __init__(self, titles: tuple[str, ...]) -> None:
        super().__init__()
        self.items = tuple(StepItem(title) for title in titles)
        for number, item in enumerate(self.items):
            item.clicked.connect(lambda _on=False, n=number: self.chosen.emit(n))
        inside(self, column(*self.items, gap=0))

    def select(self, number: int) -> None:
        """Show which step is open."""
        for place, item in enumerate(self.items):
            item.setChecked(place == number)
