"""Chips: a state in one word with its colour, filters that can be pressed, and drawn key caps."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from liaison_desktop.ui.paint import CENTRE, draw_icon, draw_line, focus_ring, rounded, text_width
from liaison_desktop.ui.theme import Theme, theme_of
from liaison_desktop.ui.tokens import RADIUS

# tone: fill, text, edge
_TONES: dict[str, tuple[str, str, str]] = {
    "neutral": ("sunken", "ink2", ""),
    "outline": ("", "ink2", "line"),
    "line": ("surface", "ink2", "edge"),
    "accent": ("accent_soft", "accent_ink", ""),
    "red": ("red_soft", "red", ""),
    "amber": ("amber_soft", "amber", ""),
    "green": ("green_soft", "green", ""),
    "redfill": ("red_fill", "on_fill", ""),
    "solid": ("accent", "on_accent", ""),
}
TONES = tuple(_TONES)


class ChipSpec(NamedTuple):
    """What a chip shows: a word, a tone of `TONES`, and an icon so that the colour is never alone."""

    text: str
    tone: str = "neutral"
    icon: str = ""


def chip_width(spec: ChipSpec) -> int:
    """Width in px of a painted chip."""
    return 16 + text_width(spec.text, "label") + (16 if spec.icon else 0)


def paint_chip(painter: QPainter, rect: QRectF, spec: ChipSpec, theme: Theme) -> None:
    """Draw a chip; a text that does not fit ends in an ellipsis."""
    fill, text, edge = _TONES[spec.tone]
    lines = _colour(theme, edge)
    if lines is None and theme.colour("sunken") == theme.colour("surface"):
        lines = theme.colour(text)  # in high contrast a soft fill cannot be seen, a line can
    rounded(painter, rect, RADIUS["chip"], _colour(theme, fill), lines)
    left = rect.x() + 8
    if spec.icon:
        draw_icon(painter, theme.pixmap(spec.icon, text, 12), left - 1, rect.y() + (rect.height() - 12) / 2)
        left += 16
    room = QRectF(left, rect.y(), rect.right() - left - 6, rect.height())
    draw_line(painter, room, spec.text, "label", theme.colour(text))


def _colour(theme: Theme, token: str) -> QColor | None:
    return theme.colour(token) if token else None


class Chip(QWidget):
    """A state in a word. It is not a button."""

    def __init__(self, text: str, tone: str = "neutral", icon: str = "") -> None:
        super().__init__()
        self._spec = ChipSpec(text, tone, icon)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_chip(text, tone, icon)

    def show_chip(self, text: str, tone: str = "neutral", icon: str = "") -> None:
        """Show another state."""
        self._spec = ChipSpec(text, tone, icon)
        self.setAccessibleName(text)
        self.setFixedSize(chip_width(self._spec), theme_of(self).height("chip"))
        self.update()

    def text(self) -> str:
        """The word."""
        return self._spec.text

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip."""
        paint_chip(QPainter(self), self.rect().toRectF(), self._spec, theme_of(self))


class FilterChip(QAbstractButton):
    """A filter above a list: pressed, it is on. Signal `toggled` tells."""

    def __init__(self, text: str, on: bool = False) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_text(text)
        self.setChecked(on)
        self.toggled.connect(lambda _on: self.updateGeometry())

    def set_text(self, text: str) -> None:
        """Show another word, such as one with another count."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def _spec(self) -> ChipSpec:
        return ChipSpec(self.text(), "accent", "check") if self.isChecked() else ChipSpec(self.text(), "line")

    def sizeHint(self) -> QSize:
        """Room for the word and its tick."""
        return QSize(chip_width(self._spec()), theme_of(self).height("filter"))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the density."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the filter, with a ring where it has the keyboard."""
        painter, theme = QPainter(self), theme_of(self)
        paint_chip(painter, self.rect().toRectF(), self._spec(), theme)
        if self.hasFocus():
            focus_ring(painter, self.rect().toRectF(), RADIUS["chip"], theme.colour("accent"), 0)


class KeyCap(QWidget):
    """The keys to press, "Ctrl+K", drawn as caps."""

    def __init__(self, keys: str, tone: str = "ink3", edge: str = "line") -> None:
        super().__init__()
        self._tone, self._edge = tone, edge
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_keys(keys)

    def set_keys(self, keys: str) -> None:
        """Show other keys."""
        self._keys = tuple(key for key in keys.split("+") if key)
        self.setAccessibleName(keys)
        self.setFixedSize(max(0, key_width(keys)), 18)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the caps."""
        theme = theme_of(self)
        paint_keys(QPainter(self), 0, 0, self._keys, theme.colour(self._tone), theme.colour(self._edge))


def _cap(key: str) -> int:
    return max(18, text_width(key, "key") + 10)


def key_width(keys: str) -> int:
    """Width in px of "Ctrl+K" drawn as caps."""
    caps = [_cap(key) for key in keys.split("+") if key]
    return sum(caps) + 2 * (len(caps) - 1)


def paint_keys(painter: QPainter, x: float, y: float, keys: tuple[str, ...], tone: QColor, edge: QColor) -> None:
    """Draw key caps, 18 px high, from x on."""
    for key in keys:
        cap = QRectF(x, y, _cap(key), 18)
        rounded(painter, cap, 4, None, edge)
        draw_line(painter, cap, key, "key", tone, CENTRE)
        x += cap.width() + 2
