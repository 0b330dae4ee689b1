"""The CART meter: how many of clear, actionable, relevant and timely are ticked. A hint, never a block."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from liaison_desktop.msl.insights.record import Insight
from liaison_desktop.ui.paint import draw_line, rounded
from liaison_desktop.ui.theme import theme_of

CART = ("clear", "actionable", "relevant", "timely")
_WIDE, _GAP, _HIGH = 24, 4, 6


class CartMeter(QWidget):
    """Four strokes, as many filled as are ticked, and the same in words; for what is missing it says the next one."""

    def __init__(self) -> None:
        super().__init__()
        self._held: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_insight(Insight())

    def show_insight(self, insight: Insight) -> None:
        """Show how far this one is."""
        self._held = tuple(name for name in CART if getattr(insight, name))
        self.setAccessibleName(self.text())
        self.update()

    def text(self) -> str:
        """What it says."""
        missing = [name for name in CART if name not in self._held]
        return f"{len(self._held)} of 4" + (f", not yet {' or '.join(missing[:2])}" if missing else "")

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(200, 20)

    def minimumSizeHint(self) -> QSize:
        """One line."""
        return QSize(160, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw strokes and words."""
        painter, theme = QPainter(self), theme_of(self)
        for place in range(len(CART)):
            stroke = QRectF(place * (_WIDE + _GAP) + 0.5, (self.height() - _HIGH) / 2, _WIDE, _HIGH)
            full = place < len(self._held)
            edge = theme.colour("accent" if full else "edge")
            rounded(painter, stroke, 3, theme.colour("accent" if full else "surface"), edge)
        left = len(CART) * (_WIDE + _GAP) + 8
        draw_line(
            painter, QRectF(left, 0, self.width() - left, self.height()), self.text(), "cap", theme.colour("ink2")
        )
