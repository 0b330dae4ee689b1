"""Parts of a page that are made anew only when what they show has changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.ui.holding import hold
from liaison_desktop.ui.layout import Item, refill


class Part(QWidget):
    """Its widgets stay, and the keyboard with them, as long as the facts are the same; without widgets it takes no room.

    Widgets are dear to make and to style; facts are cheap to read and to compare. So a page that hears of a change reads
    everything again and makes only what looks different now.
    """

    def __init__(self, gap: int = 8) -> None:
        super().__init__()
        hold(self)
        self._facts: object = None
        self._shown = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap)
        self.hide()

    def show_facts(self, facts: object, make: Callable[[], Sequence[Item]]) -> None:
        """Show these; `make` gives the widgets for them, and is asked only if they differ from the last ones."""
        if self._shown and facts == self._facts:
            return
        self._facts, self._shown = facts, True
        items = tuple(make())
        self.setVisible(bool(items))
        refill(self, *items)
