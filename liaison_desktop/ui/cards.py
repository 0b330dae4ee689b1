"""Cards that list things: a title row, then rows between hairlines."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from liaison_desktop.ui.chips import ChipSpec, chip_width, paint_chip
from liaison_desktop.ui.layout import hairline, row
from liaison_desktop.ui.paint import RIGHT, draw_icon, draw_line, focus_ring, rounded, text_width
from liaison_desktop.ui.text import label
from liaison_desktop.ui.theme import theme_of


class CardRow(QAbstractButton):
    """A row in a card: icon, title, facts, chip. Pressed, it opens what it speaks of."""

    def __init__(
        self,
        title: str,
        facts: str = "",
        icon: str = "",
        chip: ChipSpec | None = None,
        right: str = "",
        on_click: Callable[[], object] | None = None,
        tone: str = "ink2",
    ) -> None:
        super().__init__()
        self._facts, self._icon, self._chip, self._right, self._tone = facts, icon, chip, right, tone
        self._opens = on_click is not None
        self.setText(title)
        spoken = (title, facts, chip.text if chip else "", right)
        self.setAccessibleName(", ".join(filter(None, spoken)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if on_click is not None:
            self.clicked.connect(lambda _checked=False: on_click())
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """One line or two."""
        return QSize(160, 48 if self._facts else theme_of(self).height("row") + 4)

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(80, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._opens:
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEvent) -> None:
        """Show that it can be pressed."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show that the pointer left."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        painter, theme, rect = QPainter(self), theme_of(self), self.rect().toRectF()
        if self._opens and self.underMouse():
            rounded(painter, rect.adjusted(4, 2, -4, -2), 6, theme.colour("hover"))
        if self.hasFocus():
            focus_ring(painter, rect.adjusted(4, 2, -4, -2), 6, theme.colour("accent"), 0)
        left, end = 16.0, rect.width() - 16
        top = (rect.height() - (36 if self._facts else 20)) / 2
        if self._icon:
            draw_icon(painter, theme.pixmap(self._icon, self._tone, 16), left, top + 2)
            left += 26
        if self._chip is not None:
            wide = min(chip_width(self._chip), int(rect.width() * 0.5))
            paint_chip(painter, QRectF(end - wide, (rect.height() - 20) / 2, wide, 20), self._chip, theme)
            end -= wide + 8
        if self._right:
            wide = min(text_width(self._right, "cap"), int(rect.width() * 0.4))
            place = QRectF(end - wide, (rect.height() - 20) / 2, wide + 1, 20)
            draw_line(painter, place, self._right, "cap", theme.colour("ink3"), RIGHT)
            end -= wide + 8
        draw_line(
            painter,
            QRectF(left, top, end - left, 20),
            self.text(),
            "medium" if self._facts else "body",
            theme.colour("ink"),
        )
        draw_line(painter, QRectF(left, top + 19, end - left, 18), self._facts, "cap", theme.colour("ink2"))


def list_card(title: str, *rows: QWidget, right: QWidget | str = "", tone: str = "") -> QFrame:
    """A card with a 40 px title row and hairlines between its rows. `right` is a count or a link."""
    box = QFrame()
    box.setObjectName("card")
    if tone:
        box.setProperty("tone", tone)
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 4 if rows else 0)
    layout.setSpacing(0)
    end = label(right, "sec") if isinstance(right, str) else right
    head = row(label(title, "strong"), None, end, margins=(16, 0, 16, 0))
    head.setFixedHeight(40)
    layout.addWidget(head)
    for widget in rows:
        layout.addWidget(hairline())
        layout.addWidget(widget)
    return box


class FollowUpRow(QAbstractButton):
    """Something promised: a box to tick, what, and when. `toggled` tells that it was done or undone.

    `inset` is the room at its sides in px: 16 in a card, 0 in a pane.
    """

    def __init__(
        self, text: str, chip: ChipSpec | None = None, note: str = "", done: bool = False, inset: int = 16
    ) -> None:
        super().__init__()
        self._chip, self._note, self._inset = chip, note, inset
        self.setText(text)
        self.setCheckable(True)
        self.setChecked(done)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(filter(None, (text, note, chip.text if chip else ""))))

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(160, theme_of(self).height("control") + 4)

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, the words and the chip."""
        painter, theme, rect, done = QPainter(self), theme_of(self), self.rect().toRectF(), self.isChecked()
        if self.hasFocus():
            side = 4 if self._inset else 0
            focus_ring(painter, rect.adjusted(side, 2, -side, -2), 6, theme.colour("accent"), 0)
        box = theme.pixmap("square-check-big" if done else "square", "green" if done else "ink3", 16)
        draw_icon(painter, box, self._inset, (rect.height() - 16) / 2)
        end = rect.width() - self._inset
        if self._chip is not None:
            wide = chip_width(self._chip)
            paint_chip(painter, QRectF(end - wide, (rect.height() - 20) / 2, wide, 20), self._chip, theme)
            end -= wide + 8
        if self._note:
            wide = text_width(self._note, "cap")
            place = QRectF(end - wide, 0, wide + 1, rect.height())
            draw_line(painter, place, self._note, "cap", theme.colour("ink3"), RIGHT)
            end -= wide + 8
        left = self._inset + 26.0
        words = QRectF(left, 0, end - left, rect.height())
        draw_line(painter, words, self.text(), "body", theme.colour("ink3" if done else "ink"))
