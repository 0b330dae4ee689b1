"""The sections at the left: how far the form is, and each section with its letter or tick."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout

from liaison_desktop.questionnaires.parts import Part
from liaison_desktop.questionnaires.progress import Count
from liaison_desktop.ui.layout import column, row, scroll
from liaison_desktop.ui.tabs import SectionRail, SectionState
from liaison_desktop.ui.text import label, wrapped

WIDTH = 232


class SectionsPane(QFrame):
    """The form's title, a bar, and the rail of sections."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("fill", "surface")
        self.setFixedWidth(WIDTH)
        self.rail = SectionRail()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(112)
        self._whole = label("", "secm")
        head = column(
            wrapped(title, "strong", "ink"), row(self._bar, self._whole, None, gap=10), gap=4, margins=(20, 12, 12, 8)
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(head)
        outer.addWidget(scroll(self.rail), 1)

    @staticmethod
    def totals(counts: Mapping[str, Count]) -> tuple[int, int]:
        """How many questions are answered, and asked, in all sections."""
        return sum(count.answered for count in counts.values()), sum(count.asked for count in counts.values())

    def show_state(
        self, sections: Sequence[Part], counts: Mapping[str, Count], faults: Collection[str], here: str
    ) -> None:
        """Show how far each section is; `faults` are keys of questions, `here` is the section one is in."""
        states = []
        for part in sections:
            count = counts[part.id]
            fault = any(part.holds(key) for key in faults)
            states.append(SectionState(part.prefix, part.short, count.answered, count.asked, fault))
        self.rail.set_states(states)
        places = [part.id for part in sections]
        if here in places:
            self.rail.set_current(places.index(here))
        answered, asked = self.totals(counts)
        self._bar.setMaximum(max(asked, 1))
        self._bar.setValue(answered)
        self._whole.set_text(f"{answered}/{asked}")
