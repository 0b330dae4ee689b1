"""Something to read in the place of a tab, such as one call or a document; Escape goes back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.frames import title_line
from liaison_desktop.ui.layout import column, hairline


class ReadingPane(QWidget):
    """A title with the way back, and what is read under it. `closed` asks for what was there before."""

    closed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        back = button("Back", "quiet", "chevron-left", small=True, on_click=self.closed.emit)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        head = title_line(title, back, margins=(24, 0, 16, 0), role="section")
        self._layout.addWidget(column(8, head, 8, hairline(), gap=0))

    def fill(self, body: QWidget) -> None:
        """Show this under the title."""
        self._layout.addWidget(body, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
