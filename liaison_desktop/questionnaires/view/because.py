"""Why a question could not be answered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison_desktop.questionnaires import names
from liaison_desktop.ui.multi_chips import MultiChips
from liaison_desktop.ui.text import label

_REASONS = tuple(names.UNABLE_REASONS.items())


class Because(QWidget):
    """Why a question could not be answered: one of the reasons."""

    def __init__(self, give: Callable[[str], None], locked: bool) -> None:
        super().__init__()
        self._give = give
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(12)
        line.addWidget(label("Because", "sec"), 0, Qt.AlignmentFlag.AlignTop)
        self.chips = MultiChips(_REASONS)
        self.chips.set_name("Because")
        self.chips.setEnabled(not locked)
        line.addWidget(self.chips, 1)
        self.setFocusProxy(self.chips)
        self._now = ""
        self.chips.changed.connect(self._chosen)

    def show_reason(self, reason: str) -> None:
        """Show the reason given."""
        self._now = reason
        self.chips.set_value((reason,))

    def _chosen(self, values: object) -> None:
        given = [str(value) for value in values] if isinstance(values, tuple) else []
        fresh = next((value for value in given if value != self._now), "")
        self.show_reason(fresh)
        self._give(fresh)
