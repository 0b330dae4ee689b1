"""The signature pad: pen, finger or mouse; strokes stay vectors with time and pressure. A typed name is the other way."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEventPoint,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from liaison_desktop.signing.values import Method, SignaturePoint, Stroke
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.ink import nib_for, outline
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import row
from liaison_desktop.ui.paint import draw_icon, rounded
from liaison_desktop.ui.text import wrapped
from liaison_desktop.ui.theme import theme_of

HEIGHT = 164
_BASE = 44  # px from the foot of the pad to the line one signs on
_PLAIN = 0.5  # the pressure of a mouse or a finger, which have none
_MOST_POINTS = 20_000
_SHRINKS = 0.55  # points on paper to a pixel of the pad, as it is looked at


class SignaturePad(QWidget):
    """Where one signs. `strokes` in pad pixels; `changed` after each stroke and after clearing.

    Never mirrored: a signature reads the same way whatever the language of the page.
    """

    changed = Signal()

    def __init__(self, height: int = HEIGHT) -> None:
        super().__init__()
        self._strokes: list[list[SignaturePoint]] = []
        self._down: str = ""  # which device draws: pen, touch or mouse
        self._first = 0
        self.setFixedHeight(height)
        self.setMinimumWidth(320)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName("Signature")
        self.setAccessibleDescription("Sign here with pen, finger or mouse, or choose to type your name instead.")

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What was drawn."""
        return tuple(Stroke(points=tuple(points)) for points in self._strokes)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was drawn."""
        return not self._strokes

    def clear(self) -> None:
        """Take every stroke away."""
        self._strokes, self._down = [], ""
        self.update()
        self.changed.emit()

    def sizeHint(self) -> QSize:
        """Wide."""
        return QSize(960, self.height())

    # -- pen, finger, mouse -------------------------------------------------------------------------------------------
    def tabletEvent(self, event: QTabletEvent) -> None:
        """The pen, with its pressure."""
        kind, pressure = event.type(), max(0.02, event.pressure())
        if kind is QEvent.Type.TabletPress:
            self._press("pen", event.position(), pressure, event.timestamp())
        elif kind is QEvent.Type.TabletMove:
            self._move("pen", event.position(), pressure, event.timestamp())
        else:
            self._lift("pen")
        event.accept()

    def event(self, event: QEvent) -> bool:
        """The finger: the first one draws, the others are the hand that rests on the glass."""
        if not isinstance(event, QTouchEvent):
            return super().event(event)
        if event.type() is QEvent.Type.TouchCancel:
            self._lift("touch")
        for point in event.points()[:1]:
            pressure = point.pressure() if 0 < point.pressure() < 1 else _PLAIN
            if point.state() is QEventPoint.State.Pressed:
                self._press("touch", point.position(), pressure, event.timestamp())
            elif point.state() is QEventPoint.State.Updated:
                self._move("touch", point.position(), pressure, event.timestamp())
            elif point.state() is QEventPoint.State.Released:
                self._lift("touch")
        event.accept()
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The mouse, left button."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._press("mouse", event.position(), _PLAIN, event.timestamp())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The mouse, drawn along."""
        self._move("mouse", event.position(), _PLAIN, event.timestamp())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The mouse, let go."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._lift("mouse")

    def _press(self, device: str, at: QPointF, pressure: float, when: int) -> None:
        if self._down and self._down != device:
            return
        if not self._strokes:
            self._first = when
        self._down = device
        self._strokes.append([self._point(at, pressure, when)])
        self.update()

    def _move(self, device: str, at: QPointF, pressure: float, when: int) -> None:
        if self._down != device or sum(map(len, self._strokes)) >= _MOST_POINTS:
            return
        point, last = self._point(at, pressure, when), self._strokes[-1][-1]
        if (point.x, point.y) != (last.x, last.y):
            self._strokes[-1].append(point)
            self.update()

    def _lift(self, device: str) -> None:
        if self._down == device:
            self._down = ""
            self.changed.emit()

    def _point(self, at: QPointF, pressure: float, when: int) -> SignaturePoint:
        return SignaturePoint(
            x=round(min(max(at.x(), 0.0), self.width()), 1),
            y=round(min(max(at.y(), 0.0), self.height()), 1),
            t_ms=max(0, when - self._first),
            pressure=round(min(pressure, 1.0), 2),
        )

    # -- paint --------------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, the line and cross that say where to sign, and the ink."""
        painter, theme = QPainter(self), theme_of(self)
        rounded(painter, self.rect().toRectF(), 8, theme.colour("surface"), theme.colour("edge"))
        base = self.height() - _BASE
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.drawLine(QPointF(24, base + 0.5), QPointF(self.width() - 24, base + 0.5))
        draw_icon(painter, theme.pixmap("x", "ink3", 20), 24, base - 24)
        painter.setClipRect(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for points in self._strokes:
            self._paint_stroke(painter, points)

    def _paint_stroke(self, painter: QPainter, points: list[SignaturePoint]) -> None:
        # The same outline as on paper, with the pen that many times as wide as a pad is wider than its place there.
        shape = outline([(point.x, point.y, float(point.t_ms), point.pressure) for point in points], nib_for(_SHRINKS))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme_of(self).colour("ink"))
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in shape]))
        path.closeSubpath()
        painter.drawPath(path)


class SignatureField(QWidget):
    """The pad with its words, Clear, and the keyboard's way: "Type my name instead". `changed` tells of every edit."""

    changed = Signal()

    def __init__(self, words: str = "Please sign with your finger or the pen", can_type: bool = True) -> None:
        super().__init__()
        self.pad = SignaturePad()
        self.pad.changed.connect(self._settle)
        self.typed = LineEdit(name="Your name as your signature")
        self.typed.textChanged.connect(lambda _text: self._settle())
        self._words, self._asked = wrapped(words, "patient_small"), words
        self.clear_button = button("Clear", "link", "rotate-ccw", tall=48, on_click=self.clear)
        self.other_button = button("Type my name instead", "link", "keyboard", tall=48, on_click=self._switch)
        if not can_type:
            # Never shown before it has its place: a widget without a parent that is shown is a window.
            self.other_button.hide()
        self._stack = QStackedWidget()
        self._stack.setFixedHeight(HEIGHT)
        self._stack.addWidget(self.pad)
        self._stack.addWidget(_TypedName(self.typed))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(row((self._words, 1), self.other_button, self.clear_button, gap=16))
        layout.addWidget(self._stack)

    @property
    def method(self) -> Method:
        """Drawn or typed."""
        return Method.TYPED if self._stack.currentIndex() else Method.DRAWN

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What was drawn; nothing where the name is typed."""
        return () if self._stack.currentIndex() else self.pad.strokes

    @property
    def name(self) -> str:
        """The typed name."""
        return self.typed.text().strip()

    @property
    def is_given(self) -> bool:
        """Whether there is something to sign with."""
        return bool(self.name) if self._stack.currentIndex() else not self.pad.is_empty

    def clear(self) -> None:
        """Begin again."""
        self.typed.clear()
        self.pad.clear()

    def set_large(self, large: bool) -> None:
        """Larger words, for people who read with difficulty."""
        self._words.set_role("patient_small_large" if large else "patient_small")

    def _switch(self) -> None:
        typing = not self._stack.currentIndex()
        self.clear()
        self._stack.setCurrentIndex(int(typing))
        self.other_button.set_text("Draw my signature instead" if typing else "Type my name instead")
        self._words.set_text("Please type your full name. You adopt it as your signature." if typing else self._asked)
        if typing:
            self.typed.setFocus()
        self.changed.emit()

    def _settle(self) -> None:
        self.changed.emit()


class _TypedName(QWidget):
    """The place of the pad while a name is typed: the same frame and the same line."""

    def __init__(self, line: LineEdit) -> None:
        super().__init__()
        from liaison_desktop.ui.fonts import font

        line.setProperty("state", "bare")
        line.setFont(font("patient_title"))
        line.setFixedHeight(56)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(52, 0, 24, _BASE - 8)
        layout.addStretch(1)
        layout.addWidget(line)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame and the line."""
        painter, theme = QPainter(self), theme_of(self)
        rounded(painter, QRectF(self.rect()), 8, theme.colour("surface"), theme.colour("edge"))
        base = self.height() - _BASE
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.drawLine(QPointF(24, base + 0.5), QPointF(self.width() - 24, base + 0.5))
        draw_icon(painter, theme.pixmap("x", "ink3", 20), 24, base - 24)
