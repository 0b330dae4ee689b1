"""A text that may identify a patient: what was seen, what to write instead, and one key that writes it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from liaison_desktop.policies.radar import IDENTITY, Finding
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import KeyCap
from liaison_desktop.ui.layout import row
from liaison_desktop.ui.text import elided, icon_label, label


class RewordingHint(QFrame):
    """`reworded` carries the finding whose rewording is wanted."""

    reworded = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setProperty("tone", "amber")
        self.found: Finding | None = None
        self._what, self._words = label("Patient identity", "strong", "amber"), elided("", "sec", "ink")
        self.button = button("Reword", small=True, on_click=self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addWidget(
            row(icon_label("user-x", "amber", 16), self._what, (self._words, 1), self.button, KeyCap("F7"))
        )
        self.hide()

    def show_finding(self, found: Finding | None) -> None:
        """Show what to write instead; nothing for none."""
        self.found = found
        self.setVisible(found is not None)
        if found is not None:
            self._what.set_text("Patient identity" if found.kind == IDENTITY else "May identify one patient")
            self._words.set_text(f"“{found.words}”: write “{found.proposal}”")
            self._words.setToolTip(found.why)

    def _take(self) -> None:
        if self.found is not None:
            self.reworded.emit(self.found)
