"""What is recorded, to read: label and value beside each other, nothing to type into."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from liaison_desktop.ui.text import wrapped

Pair = tuple[str, str]
_LABEL = 156


def facts_grid(pairs: Iterable[Pair], wide: int = _LABEL) -> QWidget:
    """Labels at the left, `wide` px, values at the right; a pair without a value is left out."""
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    top = Qt.AlignmentFlag.AlignTop
    for number, (name, value) in enumerate(pair for pair in pairs if pair[1]):
        caption = wrapped(name, "sec", "ink2")
        caption.setFixedWidth(wide)
        grid.addWidget(caption, number, 0, top)
        words = wrapped(value, "sec", "ink")
        words.setAlignment(top | Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(words, number, 1)
    grid.setRowStretch(grid.rowCount(), 1)
    return box
