"""Small pictures: the product's mark, initials, a bar that fills, and the line of past events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from liaison_desktop.ui.fonts import font
from liaison_desktop.ui.paint import CENTRE, RIGHT, draw_line, rounded, text_width
from liaison_desktop.ui.theme import theme_of


class Mark(QWidget):
    """The product's mark: two rings that hold each other, one for each profession."""

    def __init__(
        self, size: int = 28, first: str = "#3B4CB8", second: str = "#0B8187", ground: str = "surface"
    ) -> None:
        super().__init__()
        self._first, self._second, self._ground = first, second, ground
        self.setFixedSize(round(size * 1.5), size)
        self.setAccessibleName("Liaison Desktop")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rings, each over the other once."""
        painter, size = QPainter(self), self.height()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = size * 0.15
        across = size - line * 1.2
        left = QRectF(line * 0.6, line * 0.6, across, across)
        right = QRectF(self.width() - across - line * 0.6, line * 0.6, across, across)
        self._arc(painter, left, self._first, line)
        self._arc(painter, right, self._ground, line * 2, 100, 60)
        self._arc(painter, right, self._second, line)
        self._arc(painter, left, self._ground, line * 2, -75, 50)
        self._arc(painter, left, self._first, line, -85, 70)

    def _arc(self, painter: QPainter, rect: QRectF, tone: str, width: float, start: int = 0, span: int = 360) -> None:
        colour = theme_of(self).colour(tone)
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawArc(rect, start * 16, span * 16)


def initials_of(name: str) -> str:
    """The first letters of the first and the last word of a name, without its titles."""
    words = [word for word in name.replace(",", " ").split() if not word.endswith(".") and word[0].isalpha()]
    return (words[0][0] + (words[-1][0] if len(words) > 1 and len(words[-1]) > 2 else "")).upper() if words else "?"


class Avatar(QWidget):
    """A person's initials on a disc."""

    def __init__(self, name: str, size: int = 32, fill: str = "accent_soft", ink: str = "accent_ink") -> None:
        super().__init__()
        self._initials, self._fill, self._ink = initials_of(name), fill, ink
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the disc."""
        painter, theme = QPainter(self), theme_of(self)
        rounded(painter, self.rect().toRectF(), self.width() / 2, theme.colour(self._fill))
        painter.setFont(font("strong", size=round(self.width() * 0.38)))
        painter.setPen(theme.colour(self._ink))
        painter.drawText(self.rect(), int(CENTRE), self._initials)


class Bar(QWidget):
    """A thin bar that fills; the number stands beside it, for the colour alone is not enough."""

    def __init__(self, share: float = 0.0, tone: str = "accent", width: int = 0, height: int = 4) -> None:
        super().__init__()
        self._share, self._tone = share, tone
        self.setFixedHeight(height)
        if width:
            self.setFixedWidth(width)
        self.set_share(share, tone)

    def set_share(self, share: float, tone: str = "") -> None:
        """Fill it to a share of 0 to 1."""
        self._share, self._tone = min(max(share, 0.0), 1.0), tone or self._tone
        self.setAccessibleName(f"{round(self._share * 100)} %")
        self.update()

    def share(self) -> float:
        """How full it is, 0 to 1."""
        return self._share

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the track and what is filled of it."""
        painter, theme, high = QPainter(self), theme_of(self), self.height()
        rounded(painter, self.rect().toRectF(), high / 2, theme.colour("track"))
        if self._share > 0:
            wide = max(float(high), self.width() * self._share)
            rounded(painter, QRectF(0, 0, wide, high), high / 2, theme.colour(self._tone))


class Entry(NamedTuple):
    """Something that happened."""

    what: str
    facts: str
    when: str


class Timeline(QWidget):
    """What happened, newest first: a dot, what, when; a hair line joins the dots."""

    def __init__(self, entries: Sequence[Entry | tuple[str, str, str]] = ()) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_entries(entries)

    def set_entries(self, entries: Sequence[Entry | tuple[str, str, str]]) -> None:
        """Show these."""
        self._entries = [Entry(*entry) for entry in entries]
        self.setFixedHeight(44 * len(self._entries))
        self.setAccessibleName("; ".join(f"{e.when}: {e.what}, {e.facts}" for e in self._entries))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line and the entries."""
        painter, theme, wide = QPainter(self), theme_of(self), float(self.width())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(QPointF(5.5, 12), QPointF(5.5, (len(self._entries) - 1) * 44 + 10))
        for number, entry in enumerate(self._entries):
            top = number * 44.0
            painter.setPen(QPen(theme.colour("surface"), 2))
            painter.setBrush(theme.colour("accent" if not number else "edge"))
            painter.drawEllipse(QPointF(5.5, top + 10), 4.5, 4.5)
            dated = text_width(entry.when, "cap") + 8
            draw_line(painter, QRectF(20, top, wide - 20 - dated, 20), entry.what, "secm", theme.colour("ink"))
            draw_line(painter, QRectF(wide - dated, top, dated, 20), entry.when, "cap", theme.colour("ink3"), RIGHT)
            draw_line(painter, QRectF(20, top + 19, wide - 20, 16), entry.facts, "cap", theme.colour("ink3"))


class Stripe(QWidget):
    """The patient's own colour, the same on every screen."""

    def __init__(self, colour: str, width: int = 6) -> None:
        super().__init__()
        self._colour = colour
        self.setFixedWidth(width)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill it."""
        QPainter(self).fillRect(self.rect(), QColor(self._colour))
