"""The clocks of one patient as a card that goes on by itself, for the chart."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.clocks.queries import running_clocks
from liaison_desktop.clinical.episodes.record import Episode
from liaison_desktop.tasks.actions import look_at_clock
from liaison_desktop.tasks.form import clock_card
from liaison_desktop.tasks.rules import Clock
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.parts import Part

_EVERY = 30_000  # ms


class PatientClocks(QWidget):
    """What runs out for this patient, the first at the top; each row opens what it is about."""

    def __init__(self, desk: Desk, patient: uuid.UUID) -> None:
        super().__init__()
        self._desk, self._patient = desk, patient
        self._part = Part()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._part)
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.show_clocks()

    def showEvent(self, event: QShowEvent) -> None:
        """Minutes went by while it was not seen."""
        super().showEvent(event)
        self.show_clocks()

    def _tick(self) -> None:
        if self.isVisible():
            self.show_clocks()

    def show_clocks(self) -> None:
        """Read them again; the rows are made anew when a minute went by."""
        now = look_at_clock(self._desk.store).at
        found = running_clocks(self._desk.store, now, self._patient)
        minute = now.replace(second=0, microsecond=0)
        self._part.show_facts((found, minute), lambda: (clock_card(found, now, opens=self._opens),))

    def _opens(self, clock: Clock) -> Callable[[], object] | None:
        # The episode is the chart itself.
        if clock.about_kind == Episode.kind or clock.about_kind not in self._desk.store.kinds:
            return None
        return lambda: self._desk.open(clock.about_kind, clock.about)
