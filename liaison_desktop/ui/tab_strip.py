"""Tabs in a line; those for which there is no room are under More, at the end."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy

from liaison_desktop.i18n import tr
from liaison_desktop.ui.choosing import Choosing
from liaison_desktop.ui.paint import CENTRE, draw_icon, draw_line, focus_ring, rounded, text_width
from liaison_desktop.ui.theme import theme_of


class _Tab(QAbstractButton):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the bold word."""
        return QSize(text_width(self.text(), "secs") + 4, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the word and, where it is open, the line under it."""
        painter, theme, on, rect = QPainter(self), theme_of(self), self.isChecked(), self.rect().toRectF()
        tone = theme.colour("accent_ink" if on else "ink2")
        draw_line(painter, rect.adjusted(0, 0, 0, -3), self.text(), "secs" if on else "secm", tone, CENTRE)
        if on:
            rounded(painter, QRectF(0, rect.height() - 3, rect.width(), 3), 1.5, theme.colour("accent"))
        if self.hasFocus():
            focus_ring(painter, rect.adjusted(-4, 6, 4, -8), 4, theme.colour("accent"), 4)


class _More(QAbstractButton):
    """The tab at the end that holds those for which there is no room; it names the open one among them."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCheckable(True)
        self.show_open("")

    def show_open(self, name: str) -> None:
        """Name the open tab that is in here, or none."""
        self.setText(name or tr("More"))
        self.setAccessibleName(tr("More tabs, {name} is open", name=name) if name else tr("More tabs"))
        self.setChecked(bool(name))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the bold word and the arrow."""
        return QSize(text_width(self.text(), "secs") + 24, 40)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the arrow down open it as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the word with an arrow, and the line under it where it holds the open tab."""
        painter, theme, on, rect = QPainter(self), theme_of(self), self.isChecked(), self.rect().toRectF()
        tone = "accent_ink" if on else "ink2"
        words = QRectF(2, 0, rect.width() - 22, rect.height() - 3)
        draw_line(painter, words, self.text(), "secs" if on else "secm", theme.colour(tone))
        draw_icon(painter, theme.pixmap("chevron-down", tone, 14), rect.width() - 17, (rect.height() - 17) / 2)
        if on:
            rounded(painter, QRectF(0, rect.height() - 3, rect.width(), 3), 1.5, theme.colour("accent"))
        if self.hasFocus():
            focus_ring(painter, rect.adjusted(-4, 6, 4, -8), 4, theme.colour("accent"), 4)


class TabStrip(Choosing):
    """Words in a line, the open one underlined. `changed` carries its number. What finds no room is under More."""

    SIDE, GAP = 24, 20  # px at both ends, and between two words

    def __init__(self, names: Sequence[str], current: int = 0) -> None:
        super().__init__({Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1})
        layout = QHBoxLayout(self)
        layout.setContentsMargins(self.SIDE, 0, self.SIDE, 0)
        layout.setSpacing(self.GAP)
        self.more = _More()
        self._menu: QMenu | None = None
        for name in names:
            tab = _Tab(name)
            self._add(tab)
            layout.addWidget(tab)
        layout.addWidget(self.more)
        layout.addStretch(1)
        self.more.installEventFilter(self)
        self.more.clicked.connect(lambda _checked=False: self._open_more())
        self.set_current(current)

    def set_current(self, number: int) -> None:
        """Choose one without saying so."""
        super().set_current(number)
        self._fold(self.width())

    def minimumSizeHint(self) -> QSize:
        """Room for a few words: the others are under More."""
        return QSize(320, 40)

    def sizeHint(self) -> QSize:
        """Room for all."""
        wide = sum(tab.sizeHint().width() + self.GAP for tab in self.buttons)
        return QSize(wide + 2 * self.SIDE - self.GAP, 40)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as there is room for."""
        super().resizeEvent(event)
        self._fold(event.size().width())

    def stops(self) -> list[QAbstractButton]:
        """The tabs that have room, and More after them."""
        return [*super().stops(), *([] if self.more.isHidden() else [self.more])]

    def folded(self) -> tuple[int, ...]:
        """The tabs that are under More."""
        return tuple(number for number, tab in enumerate(self.buttons) if tab.isHidden())

    def _fold(self, width: int) -> None:
        room = width - 2 * self.SIDE
        wide = [tab.sizeHint().width() + self.GAP for tab in self.buttons]
        fits = len(wide)
        if sum(wide) - self.GAP > room:
            longest = max((tab.text() for tab in self.buttons), key=lambda text: text_width(text, "secs"))
            room -= text_width(longest, "secs") + 24  # More may have to name any of them
            fits = next((n for n in range(len(wide), 0, -1) if sum(wide[:n]) <= room), 1)
        here = self.current()
        for number, tab in enumerate(self.buttons):
            tab.setVisible(number < fits)
        self.more.setVisible(fits < len(wide))
        self.more.show_open(self.buttons[here].text() if here >= fits else "")

    def _open_more(self) -> None:
        self.more.setChecked(self.current() in self.folded())
        menu = self._menu or QMenu(self)
        self._menu = menu
        menu.clear()
        for number in self.folded():
            menu.addAction(self.buttons[number].text(), functools.partial(self._choose, number))
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))
        offered = menu.actions()
        if offered:
            here = self.current()
            menu.setActiveAction(offered[self.folded().index(here) if here in self.folded() else 0])
