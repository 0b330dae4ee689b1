"""The head of an insight: what it is called, its state, where it stands, and what it could be instead."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.msl.insights.page.looks import status_chip
from liaison_desktop.msl.insights.record import Insight
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.layout import panel, row
from liaison_desktop.ui.text import elided, label


class PaneHead(QWidget):
    """Two lines; `beside` stands at their right end."""

    def __init__(self, *, back: Callable[[], object], remove: Callable[[], object], beside: QWidget) -> None:
        super().__init__()
        self._title, self._chip, self._facts = elided("", "title"), Chip(""), label("", "sec")
        self.remove_button = button("", "quiet", "trash-2", small=True, name="Remove this draft", on_click=remove)
        leave = button("", "quiet", "arrow-left", small=True, name="Back (Esc)", on_click=back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            panel(
                row(leave, (self._title, 1), self._chip, beside, self.remove_button, gap=8),
                row(self._facts, None, margins=(36, 0, 0, 0)),
                gap=0,
                margins=(12, 10, 16, 8),
            )
        )

    def show_insight(self, insight: Insight) -> None:
        """Show the head of this one."""
        spec = status_chip(insight)
        self._chip.show_chip(spec.text, spec.tone, spec.icon)
        self._title.set_text(insight.title())
        self._facts.set_text(insight.facts() or "Not saved yet")
        self.remove_button.setVisible(not insight.locked)
