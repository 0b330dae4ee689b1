"""One line of text that says as much as there is room for, from the fullest wording down to the shortest."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from liaison_desktop.ui.paint import draw_line, text_width
from liaison_desktop.ui.text import Elided
from liaison_desktop.ui.theme import theme_of

_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def isolated(text: str) -> str:
    """The text between direction isolates, without the marks by which it could be shown in another order (UAX 9)."""
    return f"\u2068{text.translate(_TURNING)}\u2069" if text else ""


class Fitting(Elided):
    """Takes the first of its wordings that fits; the tooltip and a screen reader get `whole`."""

    def __init__(self, *wordings: str, role: str = "secm", tone: str = "ink", whole: str = "", most: int = 0) -> None:
        self._wordings: tuple[str, ...] = wordings or ("",)
        self._least = 24
        self._most = most
        super().__init__(whole or self._wordings[0], role, tone)
        self._painted_role, self._painted_tone = role, tone
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_least(self, least: int) -> None:
        """The width in px that is never given away."""
        self._least = least
        self.updateGeometry()

    def shown(self) -> str:
        """The wording on the screen now."""
        for wording in self._wordings:
            if text_width(isolated(wording), self._painted_role) <= self.width():
                return wording
        return self._wordings[-1]

    def sizeHint(self) -> QSize:
        """Wide enough for the fullest wording, up to the most allowed."""
        full = text_width(isolated(self._wordings[0]), self._painted_role) + 2
        return QSize(min(full, self._most) if self._most else full, self.height())

    def minimumSizeHint(self) -> QSize:
        """Room for the shortest wording, or what is never given away."""
        least = text_width(isolated(self._wordings[-1]), self._painted_role) + 2
        return QSize(min(least, self._least), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the wording that fits."""
        colour = theme_of(self).colour(self._painted_tone)
        draw_line(QPainter(self), self.rect().toRectF(), isolated(self.shown()), self._painted_role, colour)
