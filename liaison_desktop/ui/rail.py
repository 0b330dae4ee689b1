"""The rail at the left: whose workspace this is, its pages with their counts, and who is working."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QVBoxLayout, QWidget

from liaison_desktop.i18n import tr
from liaison_desktop.ui.layout import row
from liaison_desktop.ui.paint import CENTRE, RIGHT, draw_icon, draw_line, focus_ring, rounded, text_width
from liaison_desktop.ui.pictures import Avatar, Mark
from liaison_desktop.ui.text import label
from liaison_desktop.ui.theme import theme_of
from liaison_desktop.ui.tokens import HEADER, RAIL, RAIL_ICONS, RAIL_ROW, RAIL_ROW_ICONS


class RailPage(NamedTuple):
    """One line of the rail; `alert` counts are shown in red."""

    key: str
    title: str
    icon: str
    alert: bool = False


class RailItem(QAbstractButton):
    """A page in the rail."""

    def __init__(self, page: RailPage) -> None:
        super().__init__()
        self._page, self._count, self._compact = page, 0, False
        self.setText(page.title)
        self.setToolTip(page.title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_count(0)
        self.set_compact(False)

    def set_count(self, count: int) -> None:
        """Show a number beside the word; nought is not shown."""
        self._count = count
        self.setAccessibleName(f"{self._page.title}, {count}" if count else self._page.title)
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Show the icon alone."""
        self._compact = compact
        self.setFixedHeight(max(RAIL_ROW_ICONS if compact else RAIL_ROW, theme_of(self).height("row")))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page, chosen or not."""
        painter, theme, on, rect = QPainter(self), theme_of(self), self.isChecked(), self.rect().toRectF()
        pill = rect.adjusted(8, 1, -8, -1)
        if on:
            rounded(painter, pill, 6, theme.colour("rail_sel"))
        if self.hasFocus():
            focus_ring(painter, pill, 6, theme.colour("rail_ink" if on else "rail_dim"), 1)
        tone = "rail_sel_ink" if on else "rail_ink"
        if self._compact:
            top = (rect.height() - 20) / 2
            draw_icon(painter, theme.pixmap(self._page.icon, tone, 20), (rect.width() - 20) / 2, top)
            if self._count and self._page.alert:
                rounded(painter, QRectF(rect.width() - 22, 7, 8, 8), 4, theme.colour("red_fill"))
            return
        icon = theme.pixmap(self._page.icon, tone if on else "rail_dim", 16)
        draw_icon(painter, icon, 18, (rect.height() - 16) / 2)
        role = "secs" if on else "secm"
        draw_line(painter, rect.adjusted(44, 0, -44, 0), self.text(), role, theme.colour(tone))
        if self._count:
            self._paint_count(painter, rect, on)

    def _paint_count(self, painter: QPainter, rect: QRectF, on: bool) -> None:
        theme, text = theme_of(self), str(self._count) if self._count < 1000 else "999+"
        if not self._page.alert:
            tone = theme.colour("rail_sel_ink" if on else "rail_dim")
            draw_line(painter, rect.adjusted(0, 0, -22, 0), text, "label", tone, RIGHT)
            return
        wide = text_width(text, "capstrong") + 12
        badge = QRectF(rect.width() - 16 - wide, rect.height() / 2 - 9, wide, 18)
        rounded(painter, badge, 9, theme.colour("red_fill"))
        draw_line(painter, badge, text, "capstrong", theme.colour("on_fill"), CENTRE)


class Rail(QFrame):
    """The pages of a workspace above, the pages of every workspace below. Arrows move, Enter goes there."""

    chosen = Signal(str)

    def __init__(self, title: str, pages: Sequence[RailPage], foot: Sequence[RailPage], person: str) -> None:
        super().__init__()
        self.setProperty("fill", "rail")
        self.setAccessibleName(tr("Pages"))
        self._items: dict[str, RailItem] = {}
        self._words: list[QWidget] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head(title))
        for page in pages:
            layout.addWidget(self._item(page))
        layout.addStretch(1)
        for page in foot:
            layout.addWidget(self._item(page))
        layout.addSpacing(4)
        layout.addWidget(self._user(person))
        self.set_compact(False)

    def set_page(self, key: str) -> None:
        """Show which page is open."""
        for held, item in self._items.items():
            item.setChecked(held == key)

    def set_count(self, key: str, count: int) -> None:
        """Show a number beside a page."""
        if key in self._items:
            self._items[key].set_count(count)

    def set_compact(self, compact: bool) -> None:
        """Icons only, for a narrow window."""
        for item in self._items.values():
            item.set_compact(compact)
        for word in self._words:
            word.setVisible(not compact)
        self.setFixedWidth(RAIL_ICONS if compact else RAIL)

    def _head(self, title: str) -> QWidget:
        words = label(title, "strong", "rail_ink")
        self._words.append(words)
        head = row(15, Mark(18, "rail_ink", "rail_dim", "rail"), 10, words, None, gap=0)
        head.setFixedHeight(HEADER)
        return head

    def _user(self, person: str) -> QWidget:
        name = label(person, "secm", "rail_ink")
        name.setMaximumWidth(RAIL - 60)
        self._words.append(name)
        user = row(14, Avatar(person, 28, "rail_sel", "rail_sel_ink"), 10, name, None, gap=0)
        user.setFixedHeight(48)
        user.setAccessibleName(tr("Working: {person}", person=person))
        return user

    def _item(self, page: RailPage) -> RailItem:
        item = RailItem(page)
        # The window decides whether it can go there, and then says so by `set_page`.
        item.clicked.connect(lambda _checked=False: self._go(page.key))
        item.installEventFilter(self)
        self._items[page.key] = item
        return item

    def _go(self, key: str) -> None:
        item = self._items[key]
        item.setChecked(not item.isChecked())
        self.chosen.emit(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move between the pages, Enter goes there."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        items = list(self._items.values())
        if not isinstance(watched, RailItem) or watched not in items:
            return False
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            items[(items.index(watched) + step) % len(items)].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            watched.click()
            return True
        return False
