"""Large answers for the page that is turned towards the patient."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from liaison_desktop.ui.fonts import font
from liaison_desktop.ui.paint import LEFT, draw_icon, focus_ring, rounded
from liaison_desktop.ui.segmented import Options, pairs_of
from liaison_desktop.ui.theme import theme_of
from liaison_desktop.ui.tokens import RADIUS


class BigChoice(QAbstractButton):
    """One answer, 68 px high: an empty ring, or a tick with weight, line and fill."""

    ROLE, HEIGHT, TEXT_AT, RING, RING_AT, MOST = "patient_choice", 68, 68, 28, 24, 470

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.toggled.connect(lambda _on: self.updateGeometry())

    def _lines(self, width: int) -> int:
        metrics = QFontMetrics(font(self.ROLE))
        room = max(120, width - self.TEXT_AT - 20)
        flags = int(Qt.TextFlag.TextWordWrap)
        return metrics.boundingRect(0, 0, room, 1000, flags, self.text()).height()

    def hasHeightForWidth(self) -> bool:
        """A long answer takes several lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for every line."""
        return max(self.HEIGHT, self._lines(width) + self.RING)

    def sizeHint(self) -> QSize:
        """Wide enough for most answers."""
        words = QFontMetrics(font(self.ROLE)).horizontalAdvance(self.text())
        wide = min(words + self.TEXT_AT + 24, self.MOST)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """A ring and a few words."""
        return QSize(200, self.HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the answer."""
        painter, theme, on, rect = QPainter(self), theme_of(self), self.isChecked(), self.rect().toRectF()
        fill, edge = ("accent_soft", "accent") if on else ("surface", "edge")
        rounded(painter, rect, RADIUS["choice"], theme.colour(fill), theme.colour(edge), 2 if on else 1)
        if self.hasFocus():
            focus_ring(painter, rect.adjusted(3, 3, -3, -3), RADIUS["choice"] - 3, theme.colour("ink"), 0)
        icon = theme.pixmap("circle-check" if on else "circle", "accent_ink" if on else "ink3", self.RING)
        draw_icon(painter, icon, self.RING_AT, (min(rect.height(), self.HEIGHT) - self.RING) / 2)
        painter.setFont(font(self.ROLE, weight=600 if on else 400))
        painter.setPen(theme.colour("accent_ink" if on else "ink"))
        words = rect.adjusted(self.TEXT_AT, 8, -16, -8)
        painter.drawText(words, int(LEFT | Qt.TextFlag.TextWordWrap), self.text())


class SideChoice(BigChoice):
    """One of two values beside each other, at the size of a form."""

    ROLE, HEIGHT, TEXT_AT, RING, RING_AT, MOST = "body", 40, 36, 16, 12, 320


class BigChoices(QWidget):
    """One choice out of two or three; nothing is chosen until the patient does."""

    changed = Signal(object)

    def __init__(self, options: Options, name: str = "") -> None:
        super().__init__()
        self._pairs = pairs_of(options)
        self.setAccessibleName(name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(20)
        self.buttons: list[BigChoice] = []
        for value, text in self._pairs:
            choice = BigChoice(text)
            choice.clicked.connect(lambda _checked=False, v=value: self._answer(v))
            choice.installEventFilter(self)
            self.buttons.append(choice)
            layout.addWidget(choice, 1)

    def value(self) -> object:
        """The chosen value, None where nothing is chosen."""
        return next((pair[0] for pair, held in zip(self._pairs, self.buttons, strict=True) if held.isChecked()), None)

    def set_value(self, value: object) -> None:
        """Show a value; None selects nothing."""
        for (held, _text), choice in zip(self._pairs, self.buttons, strict=True):
            choice.setChecked(held == value)

    def _answer(self, value: object) -> None:
        self.set_value(value)
        self.changed.emit(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move, Enter answers."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, BigChoice) or watched not in self.buttons:
            return False
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if step:
            here = self.buttons.index(watched)
            self.buttons[(here + step) % len(self.buttons)].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            watched.click()
            return True
        return False
