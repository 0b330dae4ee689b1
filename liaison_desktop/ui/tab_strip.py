"""Tabs in one line: words, the open one underlined. Where there are more than fit, the line moves under its edges."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from liaison_desktop.i18n import tr
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.choosing import Choosing
from liaison_desktop.ui.layout import panel
from liaison_desktop.ui.paint import CENTRE, draw_line, focus_ring, rounded, text_width
from liaison_desktop.ui.theme import theme_of

_EDGE, _GAP, _TIGHT, _HIGH, _MORE = 24, 20, 12, 40, 28  # px


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


class TabStrip(Choosing):
    """Words in a line, the open one underlined. `changed` carries its number.

    It is never a reason for a window to be wider: what does not fit is reached by the arrows of the keyboard, or by the
    small buttons at the ends, and the open tab is always in sight.
    """

    def __init__(self, names: Sequence[str], current: int = 0) -> None:
        super().__init__({Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1})
        self._shift = 0  # how far the line is moved to the left, in px
        self.setFixedHeight(_HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for name in names:
            tab = _Tab(name)
            tab.setParent(self)
            self._add(tab)
        self.back = button(
            icon="chevron-left", kind="quiet", small=True, name=tr("Tabs before"), on_click=self._go_back
        )
        self.on = button(icon="chevron-right", kind="quiet", small=True, name=tr("More tabs"), on_click=self._go_on)
        for more in (self.back, self.on):
            more.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows of the keyboard go from tab to tab
        # Filled, so that the words under them do not shine through.
        self._ends = tuple(panel(more, fill="surface", across=True) for more in (self.back, self.on))
        for end in self._ends:
            end.setParent(self)
            end.hide()
        self.set_current(current)

    def set_current(self, number: int) -> None:
        """Choose one without saying so."""
        super().set_current(number)
        self._reveal(number)

    def sizeHint(self) -> QSize:
        """Room for all of them."""
        return QSize(self._whole(_GAP), _HIGH)

    def minimumSizeHint(self) -> QSize:
        """Room for one or two."""
        return QSize(160, _HIGH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay them out anew, the open one in sight."""
        super().resizeEvent(event)
        self._reveal(self.current())

    def showEvent(self, event: QShowEvent) -> None:
        """Lay them out."""
        super().showEvent(event)
        self._reveal(self.current())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A tab that gets the keyboard comes into sight."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QAbstractButton) and watched in self.buttons:
            self._reveal(self.buttons.index(watched))
        return super().eventFilter(watched, event)

    def _whole(self, gap: int) -> int:
        wide = sum(tab.sizeHint().width() for tab in self.buttons)
        return wide + gap * max(0, len(self.buttons) - 1) + 2 * _EDGE

    def _gap(self) -> int:
        return _GAP if self._whole(_GAP) <= self.width() else _TIGHT

    def _fits(self) -> bool:
        return self._whole(self._gap()) <= self.width()

    def _place_of(self, number: int) -> tuple[int, int]:
        """Where a tab begins and ends in the whole line."""
        left = _EDGE + sum(tab.sizeHint().width() + self._gap() for tab in self.buttons[:number])
        return left, left + self.buttons[number].sizeHint().width()

    def _reveal(self, number: int) -> None:
        if self._fits() or not 0 <= number < len(self.buttons):
            self._move_to(0 if self._fits() else self._shift)
            return
        left, right = self._place_of(number)
        # A part of the neighbour stays in sight, so that one sees that there are more.
        room = _MORE + 24
        shift = min(self._shift, max(0, left - room))
        self._move_to(max(shift, right + room - self.width()))

    def _move_to(self, shift: int) -> None:
        most = max(0, self._whole(self._gap()) - self.width())
        self._shift = min(max(0, shift), most)
        for number, tab in enumerate(self.buttons):
            tab.setGeometry(self._place_of(number)[0] - self._shift, 0, tab.sizeHint().width(), _HIGH)
        before, after = self._ends
        for end, on, left in ((before, self._shift > 0, 0), (after, self._shift < most, self.width() - _MORE)):
            end.setGeometry(left, 0, _MORE, _HIGH)
            end.setVisible(on)
            end.raise_()

    def _go_back(self) -> None:
        self._move_to(self._shift - self.width() // 2)

    def _go_on(self) -> None:
        self._move_to(self._shift + self.width() // 2)
