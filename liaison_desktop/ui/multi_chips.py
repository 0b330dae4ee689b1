"""Several answers to one question: chips that wrap over lines."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLayout, QLayoutItem, QSizePolicy, QWidget

from liaison_desktop.ui.paint import LEFT, draw_icon, draw_line, focus_ring, rounded, text_width
from liaison_desktop.ui.segmented import Options, pairs_of
from liaison_desktop.ui.theme import theme_of
from liaison_desktop.ui.tokens import RADIUS


class Flow(QLayout):
    """Widgets beside one another, on as many lines as they need."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take another widget's item."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at an index, None beyond the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """None: the chips keep their size."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """A narrow place needs more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height in px of the lines at this width."""
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put the widgets in their places."""
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        """One line."""
        sizes = [item.sizeHint() for item in self._items]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """The widest and the highest of them."""
        sizes = [item.minimumSize() for item in self._items]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def _lay(self, rect: QRect, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.x() + rect.width():
                x, y, line = rect.x(), y + line + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x, line = x + size.width() + self._gap, max(line, size.height())
        return y + line - rect.y()


class ChoiceChip(QAbstractButton):
    """One answer out of many; a tick says that it is chosen."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the bold word and its tick, chosen or not."""
        return QSize(text_width(self.text(), "secs") + 42, theme_of(self).height("small") + 2)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip."""
        painter, theme, chosen = QPainter(self), theme_of(self), self.isChecked()
        fill, edge = ("accent_soft", "accent") if chosen else ("surface", "edge")
        rounded(painter, self.rect().toRectF(), RADIUS["control"], theme.colour(fill), theme.colour(edge))
        if self.hasFocus():
            focus_ring(painter, self.rect().toRectF(), RADIUS["control"], theme.colour("accent"), 0)
        role, tone = ("secs", "accent_ink") if chosen else ("sec", "ink" if self.isEnabled() else "ink3")
        words = text_width(self.text(), role)
        left = (self.width() - words - (18 if chosen else 0)) / 2
        if chosen:
            draw_icon(painter, theme.pixmap("check", "accent_ink", 14), left, (self.height() - 14) / 2)
            left += 18
        room = self.rect().toRectF()
        room.setLeft(left)
        draw_line(painter, room, self.text(), role, theme.colour(tone), LEFT)


class MultiChips(QWidget):
    """Any number of choices out of several."""

    changed = Signal(object)

    def __init__(self, options: Options, name: str = "") -> None:
        super().__init__()
        self._pairs = pairs_of(options)
        self.setAccessibleName(name)
        flow = Flow(self)
        self.buttons: list[ChoiceChip] = []
        for _value, text in self._pairs:
            chip = ChoiceChip(text)
            chip.clicked.connect(lambda _checked=False: self.changed.emit(self.value()))
            chip.installEventFilter(self)
            self.buttons.append(chip)
            flow.addWidget(chip)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_name(name)
        if self.buttons:
            self.setFocusProxy(self.buttons[0])

    def set_name(self, name: str) -> None:
        """Give the question its name, which is spoken with each answer."""
        self.setAccessibleName(name)
        for chip in self.buttons:
            chip.setAccessibleName(f"{name}: {chip.text()}" if name else chip.text())

    def value(self) -> tuple[object, ...]:
        """The chosen values, in the order of the options."""
        return tuple(pair[0] for pair, chip in zip(self._pairs, self.buttons, strict=True) if chip.isChecked())

    def set_value(self, values: Iterable[object]) -> None:
        """Choose these and no others."""
        held = tuple(values or ())
        for (value, _text), chip in zip(self._pairs, self.buttons, strict=True):
            chip.setChecked(value in held)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hold room for every line: a form asks once how high a row is, and at another width than it then has."""
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Arrows move between the chips; a digit chooses one, or takes it away again."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched in self.buttons:
            step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
            if step:
                here = self.buttons.index(watched)
                self.buttons[(here + step) % len(self.buttons)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and event.text().isdecimal() and 1 <= int(event.text()) <= len(self.buttons):
                self.buttons[int(event.text()) - 1].click()
                return True
        return False
