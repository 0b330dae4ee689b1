"""The tab "Timeline": what happened, newest first, each a way to where it stands."""

from __future__ import annotations

import functools
from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.chart.queries import charted
from liaison_desktop.clinical.chart.rules import Happened, timeline
from liaison_desktop.clinical.patients.form import PatientPane
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.dates import near_day
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.layout import column, refill, scroll

_MOST = 200  # rows that are shown; the records themselves hold the rest


class TimelinePane(PatientPane):
    """Grouped by day."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {
            "state_event", "referral", "referral_document", "checklist", "consent", "vital_signs", "problem", "log_entry",
            "interpreter_session", "concern", "handover", "discharge_plan", "coverage_verification", "authorisation",
        }
    )  # fmt: skip

    def __init__(self, desk: Desk, patient: Patient) -> None:
        super().__init__(desk, patient)
        self._body = column(gap=12, margins=(24, 12, 24, 24))
        self._body.setMaximumWidth(900)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll(self._body))
        self._fill()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Read it again."""
        if kinds & self.kinds:
            self._fill()

    def _fill(self) -> None:
        found = timeline(charted(self.desk.store, self.patient))[:_MOST]
        if not found:
            refill(
                self._body, EmptyState("Nothing has happened yet", "It begins with a referral or the first checklist.")
            )
            return
        zone, today = self.desk.clock().tzinfo, self.desk.today()
        days: dict[str, list[QWidget]] = {}
        for one in found:
            at = one.at.astimezone(zone)
            days.setdefault(near_day(at.date(), today), []).append(self._row(one, f"{at:%H:%M}"))
        refill(self._body, *(list_card(day, *rows) for day, rows in days.items()), None)

    def _row(self, one: Happened, time: str) -> CardRow:
        go = functools.partial(self._go, one) if one.id is not None or one.tab else None
        return CardRow(one.title, one.facts, one.icon, right=time, on_click=go)

    def _go(self, one: Happened) -> None:
        if one.id is not None:
            self.desk.open(one.kind, one.id)
        else:
            self.asks_tab.emit(one.tab)
