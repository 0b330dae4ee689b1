"""A box to tick: a statement that is so, or not said to be so."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from liaison_desktop.ui.paint import draw_icon, draw_line, focus_ring, text_width
from liaison_desktop.ui.theme import theme_of


class TickEditor(QAbstractButton):
    """A labelled tick box; never ticked before someone ticks it. `one_of`: round, where only one of several is chosen."""

    changed = Signal(object)

    def __init__(self, text: str, one_of: bool = False) -> None:
        super().__init__()
        self._icons = ("circle", "circle-dot") if one_of else ("square", "square-check-big")
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda on: self.changed.emit(on))

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: bool | None) -> None:
        """Tick it or not."""
        self.setChecked(bool(value))

    def complaint(self) -> str:
        """A tick can always be read."""
        return ""

    def sizeHint(self) -> QSize:
        """Box, gap, words."""
        return QSize(text_width(self.text(), "body") + 32, theme_of(self).height("control"))

    def minimumSizeHint(self) -> QSize:
        """The same: the statement is never cut."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the density."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box and words."""
        painter, theme, rect = QPainter(self), theme_of(self), self.rect().toRectF()
        on = self.isChecked()
        tone = "ink3" if not self.isEnabled() else "accent_ink" if on else "edge"
        draw_icon(painter, theme.pixmap(self._icons[on], tone, 18), 2, (rect.height() - 18) / 2)
        words = rect.adjusted(28, 0, 0, 0)
        draw_line(painter, words, self.text(), "body", theme.colour("ink" if self.isEnabled() else "ink3"))
        if self.hasFocus():
            focus_ring(painter, rect.adjusted(0, 2, 0, -2), 6, theme.colour("accent"), 0)
