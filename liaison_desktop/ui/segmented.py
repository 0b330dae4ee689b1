"""One-tap answers. What is selected has a soft fill, a line, a tick and weight, so never colour alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from liaison_desktop.ui.fonts import font
from liaison_desktop.ui.paint import LEFT, draw_icon, focus_ring, rounded
from liaison_desktop.ui.theme import theme_of
from liaison_desktop.ui.tokens import RADIUS, TYPE

_PLAIN = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
Options = Sequence[str | tuple[object, str]]  # labels, or values with their labels


def pairs_of(options: Options) -> tuple[tuple[object, str], ...]:
    """The options as (value, label); a label alone is its own value."""
    return tuple((option, option) if isinstance(option, str) else (option[0], option[1]) for option in options)


class _Segment(QAbstractButton):
    """One of the answers."""

    def __init__(self, text: str, place: str, role: str) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.place, self.role, self.line_before = place, role, False

    def sizeHint(self) -> QSize:
        """Room for the bold word and its tick, selected or not, so that nothing moves."""
        words = QFontMetrics(font(self.role, weight=600)).horizontalAdvance(self.text())
        height = 48 if self.role.startswith("patient") else theme_of(self).height("control")
        return QSize(words + 36 if height < 36 else words + 46, height)

    def minimumSizeHint(self) -> QSize:
        """The same: an answer is never cut."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the density."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the answer."""
        painter, theme, chosen = QPainter(self), theme_of(self), self.isChecked()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            self._paint_chosen(painter)
        elif self.line_before:
            painter.fillRect(QRectF(0, 1, 1, self.height() - 2), theme.colour("line"))
        if self.hasFocus():
            focus_ring(painter, self.rect().toRectF(), 4, theme.colour("accent"), 2)
        face = font(self.role, weight=600 if chosen else TYPE[self.role].weight)
        tick = 20 if self.role.startswith("patient") else 14
        left = (self.width() - QFontMetrics(face).horizontalAdvance(self.text()) - (tick + 4 if chosen else 0)) / 2
        if chosen:
            draw_icon(painter, theme.pixmap("check", "accent_ink", tick), left, (self.height() - tick) / 2)
            left += tick + 4
        painter.setFont(face)
        painter.setPen(
            theme.colour("ink3" if not self.isEnabled() and not chosen else "accent_ink" if chosen else "ink")
        )
        painter.drawText(QRectF(left, 0, self.width(), self.height()), int(LEFT), self.text())

    def _paint_chosen(self, painter: QPainter) -> None:
        theme, radius = theme_of(self), float(RADIUS["control"])
        inner = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        wide = {"first": (0, radius + 4), "last": (-radius - 4, 0), "middle": (-radius - 4, radius + 4), "only": (0, 0)}
        left, right = wide[self.place]
        shape, clip = QPainterPath(), QPainterPath()
        shape.addRoundedRect(inner.adjusted(left, 0, right, 0), radius, radius)
        clip.addRect(inner)
        painter.setPen(QPen(theme.colour("accent"), 1))
        painter.setBrush(theme.colour("accent_soft"))
        painter.drawPath(shape.intersected(clip))
        if self.place == "last":
            # The intersection of two paths loses this one edge.
            painter.drawLine(QPointF(0.5, 0.5), QPointF(0.5, self.height() - 0.5))


class Segmented(QWidget):
    """One choice out of a few. Nothing is selected until someone answers.

    Arrows move; Space, a digit or the first letter of an answer answers; Backspace takes the answer away where `clears`
    allows it. A letter that begins several answers goes from one to the next.
    """

    changed = Signal(object)

    def __init__(
        self, options: Options, role: str = "sec", stretch: bool = True, name: str = "", clears: bool = True
    ) -> None:
        super().__init__()
        self._pairs, self._clears = pairs_of(options), clears
        self.setAccessibleName(name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.buttons: list[_Segment] = []
        last = len(self._pairs) - 1
        for index, (_value, text) in enumerate(self._pairs):
            place = "only" if not last else "first" if not index else "last" if index == last else "middle"
            segment = _Segment(text, place, role)
            if name:
                segment.setAccessibleName(f"{name}: {text}")
            segment.clicked.connect(lambda _checked=False, i=index: self._answer(i))
            segment.installEventFilter(self)
            self.buttons.append(segment)
            layout.addWidget(segment, 1 if stretch else 0)
        wide = QSizePolicy.Policy.Expanding if stretch else QSizePolicy.Policy.Fixed
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        if self.buttons:
            self.setFocusProxy(self.buttons[0])
        self._show(-1)

    def value(self) -> object:
        """The chosen value, None where nothing is chosen."""
        index = self._index()
        return self._pairs[index][0] if index >= 0 else None

    def set_value(self, value: object) -> None:
        """Show a value; None, or a value that is no option, selects nothing."""
        self._show(next((i for i, (held, _text) in enumerate(self._pairs) if held == value), -1))

    def set_name(self, name: str) -> None:
        """Give the question its name, which is spoken with each answer."""
        self.setAccessibleName(name)
        for segment in self.buttons:
            segment.setAccessibleName(f"{name}: {segment.text()}")

    def _index(self) -> int:
        return next((i for i, segment in enumerate(self.buttons) if segment.isChecked()), -1)

    def _show(self, index: int) -> None:
        for number, segment in enumerate(self.buttons):
            segment.setChecked(number == index)
            segment.line_before = number > 0 and index not in (number, number - 1)
            segment.update()

    def _answer(self, index: int) -> None:
        # The clicked segment has already toggled itself; an answer given twice stays given.
        self._show(index)
        self.changed.emit(self.value())

    def _jump(self, index: int) -> None:
        self.buttons[index].setFocus(Qt.FocusReason.OtherFocusReason)
        self._answer(index)

    def _lettered(self, letter: str) -> int:
        """The next answer after the chosen one that begins with this letter; -1 where none does."""
        count, after = len(self._pairs), self._index() + 1
        places = [(after + step) % count for step in range(count)] if letter.isalpha() else []
        return next((place for place in places if self._pairs[place][1].casefold().startswith(letter)), -1)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Arrows move the keyboard between the answers; digits and first letters answer."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched not in self.buttons or event.modifiers() & ~_PLAIN:
            return False
        here, key = self.buttons.index(watched), event.key()
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(key), 0)
        if step:
            mirrored = -step if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else step
            self.buttons[(here + mirrored) % len(self.buttons)].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if event.text().isdecimal() and 1 <= int(event.text()) <= len(self.buttons):
            self._jump(int(event.text()) - 1)
            return True
        if (lettered := self._lettered(event.text().casefold())) >= 0:
            self._jump(lettered)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._answer(here)
            return True
        if self._clears and key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self._index() >= 0:
            self._show(-1)
            self.changed.emit(None)
            return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the one outline around all answers."""
        theme = theme_of(self)
        painter = QPainter(self)
        rounded(painter, self.rect().toRectF(), RADIUS["control"], theme.colour("surface"), theme.colour("edge"))
