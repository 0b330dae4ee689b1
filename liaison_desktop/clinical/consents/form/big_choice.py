"""The two large answers of the patient's page. Neither is chosen until somebody chooses."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from liaison_desktop.clinical.consents.record import Answer
from liaison_desktop.ui.fonts import font
from liaison_desktop.ui.paint import LEFT, draw_icon, focus_ring, rounded, text_width
from liaison_desktop.ui.theme import theme_of
from liaison_desktop.ui.tokens import RADIUS

_HEIGHT = 68


class BigChoice(QAbstractButton):
    """One large answer, chosen with a tap, Space or Enter."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the bold words."""
        return QSize(text_width(self.text(), "patient_choice") + 92, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The same: an answer is never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the answer: a circle, with a tick, weight and a thick edge where it is chosen."""
        painter, theme, chosen = QPainter(self), theme_of(self), self.isChecked()
        rect, radius = self.rect().toRectF(), RADIUS["choice"]
        fill, edge = ("accent_soft", "accent") if chosen else ("surface", "edge")
        rounded(painter, rect, radius, theme.colour(fill), theme.colour(edge), 2.5 if chosen else 1.0)
        if self.hasFocus() and not chosen:
            rounded(painter, rect, radius, None, theme.colour("accent"), 2.0)
        elif self.hasFocus():
            focus_ring(painter, rect, radius - 4, theme.colour("accent"), 5)
        icon = theme.pixmap("circle-check" if chosen else "circle", "accent_ink" if chosen else "ink3", 28)
        draw_icon(painter, icon, 24, (self.height() - 28) / 2)
        painter.setFont(font("patient_choice", weight=600 if chosen else 500))
        painter.setPen(theme.colour("accent_ink" if chosen else "ink"))
        painter.drawText(rect.adjusted(68, 0, -12, 0), int(LEFT), self.text())


class YesNo(QWidget):
    """Yes and no side by side. `value` is None until one is chosen."""

    changed = Signal(object)

    def __init__(self, yes: str, no: str) -> None:
        super().__init__()
        self.yes, self.no = BigChoice(yes), BigChoice(no)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(20)
        for choice in (self.yes, self.no):
            layout.addWidget(choice, 1)
            choice.clicked.connect(lambda _on=False, chosen=choice: self._choose(chosen))

    @property
    def value(self) -> Answer | None:
        """The answer."""
        return Answer.YES if self.yes.isChecked() else Answer.NO if self.no.isChecked() else None

    def _choose(self, chosen: BigChoice) -> None:
        for choice in (self.yes, self.no):
            choice.setChecked(choice is chosen)
        self.changed.emit(self.value)
