"""Buttons in six weights. A screen has one primary button; what destroys or leaves the laptop is a danger."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from liaison_desktop.ui.fonts import font
from liaison_desktop.ui.theme import theme_of

_ICON_TONE = {
    "primary": "on_accent",
    "danger": "on_fill",
    "ghost": "accent_ink",
    "link": "accent_ink",
    "danger_line": "red",
    "toast": "on_toast",
}

_ANY_WIDTH = 16_777_215  # Qt's QWIDGETSIZE_MAX, px
_PATIENT, _BAR = 48, 24  # from this height on it is read by a patient; up to this one it stands in the status bar


class Button(QPushButton):
    """A push button whose icon and height follow the theme."""

    def __init__(
        self,
        text: str = "",
        kind: str = "secondary",
        icon: str = "",
        small: bool = False,
        name: str = "",
        tall: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._size = icon, "small" if small else "control"
        self._tall = tall
        self._settled: tuple[object, ...] = ()
        self.setProperty("kind", kind)
        self.setProperty("tall", "true" if tall >= _PATIENT else "false")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # The window's own Enter rules hold; no button takes Enter for another widget.
        self.setAutoDefault(False)
        self.set_text(text)
        if name:
            self.setAccessibleName(name)
            self.setToolTip(name)
        self._settle()

    def set_text(self, text: str) -> None:
        """Show another word. An ampersand is shown, not taken for a shortcut; a space widens the gap to the icon."""
        self.setText((" " if self._icon and text else "") + text.replace("&", "&&"))
        was_square, square = self.property("square") == "true", bool(self._icon and not text)
        self.setProperty("square", "true" if square else "false")
        if was_square and not square:
            # Made without a word it was as wide as its icon; now the word needs its room.
            self.setMinimumWidth(0)
            self.setMaximumWidth(_ANY_WIDTH)
            self.style().unpolish(self)
            self.style().polish(self)
        if text:
            self.setAccessibleName(text)

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self._settle()

    def set_kind(self, kind: str) -> None:
        """Give the button another weight."""
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._settle()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._settle()

    def _role(self, kind: str) -> str:
        if self._tall >= _PATIENT:
            return "patient_small"
        if self._tall and self._tall <= _BAR:
            return "label"
        return "medium" if kind in ("primary", "danger") else "secm"

    def _settle(self) -> None:
        theme, kind = theme_of(self), str(self.property("kind"))
        wanted = (theme, theme.turn, kind, self._icon)
        if wanted == self._settled:
            return
        self._settled = wanted
        strong = 600 if self._tall >= _PATIENT and kind in ("primary", "danger") else 0
        self.setFont(font(self._role(kind), weight=strong))
        height = self._tall or theme.height(self._size)
        self.setFixedHeight(height)
        if self._icon:
            size = 24 if self._tall >= _PATIENT else 14 if self._tall and self._tall <= _BAR else 16
            self.setIcon(theme.icon(self._icon, _ICON_TONE.get(kind, "ink2"), size))
            self.setIconSize(QSize(size, size))
            if not self.text():
                self.setFixedWidth(height)


def button(
    text: str = "",
    kind: str = "secondary",
    icon: str = "",
    small: bool = False,
    name: str = "",
    on_click: Callable[[], object] | None = None,
    tall: int = 0,
) -> Button:
    """A button. With an icon alone it needs a `name`, which is spoken and shown as its tooltip.

    `kind`: secondary, primary, danger, danger_line, ghost, quiet or link. `tall` in px for the patient's page.
    """
    made = Button(text, kind, icon, small, name, tall)
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made
