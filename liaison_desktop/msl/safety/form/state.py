"""How a report stands in a few words: its four criteria, and what is left on its clock."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.msl.safety.record import SafetyEvent
from liaison_desktop.msl.safety.rules import Alarm, Left, criteria
from liaison_desktop.ui.layout import Item, refill, row
from liaison_desktop.ui.text import elided, icon_label, icon_text


class CriteriaLine(QWidget):
    """Patient, reporter, product, event: each with a tick, or with the question to ask. It never blocks."""

    def __init__(self) -> None:
        super().__init__()
        self._box = row()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._box)
        self.said = ""

    def show_event(self, event: SafetyEvent) -> None:
        """Show how this report stands."""
        every = criteria(event)
        items: list[Item] = [icon_text("check", one.name, "sec", "ink", "green") for one in every if one.present]
        missing = [one for one in every if not one.present]
        for number, one in enumerate(missing):
            # The first question in full; the others by name, so that the line keeps to its width.
            text = f"{one.name}: {one.question}" if number == 0 else one.name
            # It gives way where the card is narrow; the whole stands in the tooltip.
            items.append(row(icon_label("circle-alert", "red", 14), elided(text, "label", "red"), gap=6))
        self.said = "; ".join(f"{one.name}: {one.question}" for one in missing)
        self.setToolTip(self.said)
        self.setAccessibleName(self.said or "The four minimum criteria are there")
        refill(self._box, row(*items, None, gap=16))


def clock_words(left: Left, window_hours: int) -> tuple[str, str, str]:
    """The large figure, the line under it, and the tone of both."""
    if left.alarm is Alarm.OVERDUE:
        return left.words, "overdue", "red"
    tone = "amber" if left.alarm is Alarm.SOON else "ink"
    return left.words, f"left of {window_hours} hours", tone
