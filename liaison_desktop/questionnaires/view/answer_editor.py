"""The base of the editors of answers."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison_desktop.questionnaires.nodes import Node

Pairs = list[tuple[str, Any]]


class AnswerEditor(QWidget):
    """Base of the editors. `changed` tells; `typed` editors may follow with more at once."""

    changed = Signal()
    typed = False
    likes = 200  # px it likes in a card

    def __init__(self, inner: QWidget, *more: QWidget) -> None:
        super().__init__()
        self.inner = inner
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(inner, 1)
        for widget in more:
            line.addWidget(widget)
        self.setFocusProxy(inner)

    def pairs(self) -> Pairs:
        """The values answered."""
        raise NotImplementedError

    def show_node(self, node: Node) -> None:
        """Shows what is answered."""
        raise NotImplementedError

    def offers_differ(self) -> bool:
        """Whether the answers it offers follow from other answers."""
        return False

    def complaint(self) -> str:
        """Why what was typed cannot be read; blank when it can."""
        return ""

    def echo(self) -> str:
        """What was understood, where that is worth saying."""
        return ""

    def set_name(self, name: str) -> None:
        """Names the editor for a screen reader."""
        self.inner.setAccessibleName(name)

    def set_fault(self, on: bool) -> None:
        """Draws the red edge where the editor has one."""
        mark = getattr(self.inner, "set_fault", None)
        if mark is not None:
            mark(on)
