"""The running clocks of safety reports, on top of the day."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from liaison_desktop.msl.safety.page import ClockCard
from liaison_desktop.msl.safety.queries import count_running, running_events
from liaison_desktop.msl.safety.record import SafetyEvent
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import Item, column
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.parts import Part

_EVERY = 60_000  # ms
_MOST = 3


def show_clocks(desk: Desk, part: Part) -> None:
    """A card for each running clock, the most urgent first; nothing when none runs. What is left is told by the minute."""
    found = running_events(desk.store)[:_MOST]
    part.show_facts((found, f"{desk.clock():%F %H:%M}"), lambda: _cards(desk, found))


def _cards(desk: Desk, found: Sequence[SafetyEvent]) -> tuple[Item, ...]:
    def opener(event: SafetyEvent) -> Callable[[], None]:
        return lambda: desk.open(SafetyEvent.kind, event.id)

    cards: list[QWidget] = [ClockCard(desk, event, complete=opener(event), hand_over=opener(event)) for event in found]
    return (column(*cards, gap=8, margins=(24, 4, 24, 0)),) if cards else ()


class ClockWatch:
    """Shows the day anew every minute while a clock runs and the page is seen."""

    def __init__(self, page: Page, show: Callable[[], None]) -> None:
        self._page, self._show = page, show
        self._timer = QTimer(page, interval=_EVERY)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        if self._page.isVisible() and count_running(self._page.desk.store):
            self._show()
