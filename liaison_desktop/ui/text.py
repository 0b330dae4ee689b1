"""Text on the screen. Every text is shown as it is written: nothing in it is taken for markup."""

from __future__ import annotations

import html

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from liaison_desktop.ui.fonts import font, font_for, line_height
from liaison_desktop.ui.paint import draw_line
from liaison_desktop.ui.theme import theme_of
from liaison_desktop.ui.tokens import ROLE_TONE


def tone_of(role: str, tone: str = "") -> str:
    """The tone asked for, else the role's own."""
    return tone or ROLE_TONE.get(role, "ink")


class Label(QLabel):
    """One line of plain text in a role and a tone."""

    def __init__(self, text: str = "", role: str = "body", tone: str = "") -> None:
        super().__init__()
        self._role = role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tone", tone_of(role, tone))
        # A fixed height keeps a layout from spreading the lines of a group.
        self.setFixedHeight(line_height(role))
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text. A line break becomes a space."""
        shown = " ".join(text.split("\n"))
        self.setFont(font_for(shown, self._role))
        self.setText(shown)

    def set_role(self, role: str) -> None:
        """Show the text in another size."""
        self._role = role
        self.setFixedHeight(line_height(role))
        self.set_text(self.text())

    def set_tone(self, tone: str) -> None:
        """Show the text in another tone."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


class Wrapped(QLabel):
    """Several lines of plain text at the role's line height.

    Qt keeps a fixed line height only in rich text, so the text is escaped and wrapped in one paragraph; a rich label
    asks for far too much height before it knows its width, so this one asks for one line and grows by width.
    """

    def __init__(self, text: str = "", role: str = "sec", tone: str = "") -> None:
        super().__init__()
        self._role, self._plain = role, ""
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setWordWrap(True)
        self.setFont(font(role))
        self.setProperty("tone", tone_of(role, tone))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(text)

    def plain(self) -> str:
        """The text as it was given."""
        return self._plain

    def set_text(self, text: str) -> None:
        """Show another text; its line breaks are kept."""
        self._plain = text
        words = html.escape(text).replace("\n", "<br/>")
        style = f"margin:0;line-height:{line_height(self._role)}px;-qt-line-height-type:fixed"
        self.setText(f'<p style="{style}">{words}</p>' if text else "")
        self.setAccessibleName(text)

    def set_role(self, role: str) -> None:
        """Show the text in another size."""
        self._role = role
        self.setFont(font(role))
        self.set_text(self._plain)
        self.updateGeometry()

    def set_tone(self, tone: str) -> None:
        """Show the text in another tone."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)

    def minimumSizeHint(self) -> QSize:
        """One short line."""
        return QSize(40, line_height(self._role) if self._plain else 0)

    def sizeHint(self) -> QSize:
        """As wide as it is, at least 200 px, and as high as that needs."""
        width = max(self.width(), 200)
        return QSize(200, self.heightForWidth(width) if self._plain else 0)


class Elided(QWidget):
    """One line of text that gives way with an ellipsis; its tooltip keeps the whole."""

    def __init__(self, text: str = "", role: str = "body", tone: str = "") -> None:
        super().__init__()
        self._role, self._tone, self._text = role, tone_of(role, tone), ""
        self.setFixedHeight(line_height(role))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = " ".join(text.split("\n"))
        self.setAccessibleName(self._text)
        # A tooltip guesses at rich text, so it gets escaped text that can be nothing else.
        self.setToolTip(f"<span>{html.escape(self._text)}</span>" if self._text else "")
        self.updateGeometry()
        self.update()

    def set_tone(self, tone: str) -> None:
        """Show the text in another tone."""
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for the whole text."""
        return QSize(QFontMetrics(font_for(self._text, self._role)).horizontalAdvance(self._text) + 1, self.height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(24, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as there is room for."""
        painter = QPainter(self)
        draw_line(painter, self.rect().toRectF(), self._text, self._role, theme_of(self).colour(self._tone))


class IconLabel(QLabel):
    """A picture beside a word; it has no meaning of its own."""

    def __init__(self, name: str, tone: str = "ink2", size: int = 16) -> None:
        super().__init__()
        self._name, self._tone, self._size = name, tone, size
        self.setFixedSize(size, size)
        self._render()

    def set_icon(self, name: str, tone: str = "ink2") -> None:
        """Show another icon."""
        self._name, self._tone = name, tone
        self._render()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._render()

    def _render(self) -> None:
        self.setPixmap(theme_of(self).pixmap(self._name, self._tone, self._size))


def label(text: str = "", role: str = "body", tone: str = "") -> Label:
    """One line of plain text."""
    return Label(text, role, tone)


def wrapped(text: str = "", role: str = "sec", tone: str = "") -> Wrapped:
    """A paragraph of plain text."""
    return Wrapped(text, role, tone)


def elided(text: str = "", role: str = "body", tone: str = "") -> Elided:
    """One line that ends in an ellipsis where there is no room."""
    return Elided(text, role, tone)


def icon_label(name: str, tone: str = "ink2", size: int = 16) -> IconLabel:
    """An icon."""
    return IconLabel(name, tone, size)


def icon_text(
    icon: str, text: str, role: str = "sec", tone: str = "", icon_tone: str = "", size: int = 14, gap: int = 6
) -> QWidget:
    """An icon and a word in one line."""
    box = QWidget()
    layout = QHBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    layout.addWidget(icon_label(icon, icon_tone or tone_of(role, tone), size))
    layout.addWidget(label(text, role, tone))
    return box
