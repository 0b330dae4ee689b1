"""The red card of a running clock, as it stands on Today and above a report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout

from liaison_desktop.msl.safety.actions import now_for
from liaison_desktop.msl.safety.form import CriteriaLine, clock_words
from liaison_desktop.msl.safety.record import SafetyEvent
from liaison_desktop.msl.safety.rules import Alarm, left
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.layout import column, row
from liaison_desktop.ui.pictures import Bar
from liaison_desktop.ui.text import elided, icon_label, label

if TYPE_CHECKING:
    from liaison_desktop.ui.desk import Desk


class ClockCard(QFrame):
    """Number, from whom, the four criteria, what is left, and the ways on; where the foot hands over, it does not."""

    def __init__(
        self,
        desk: Desk,
        event: SafetyEvent,
        *,
        complete: Callable[[], object],
        hand_over: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setProperty("tone", "red")
        rest = left(event, now_for(desk.store, event), policy_of(desk.store))
        figure, under, tone = clock_words(rest, event.window_hours)
        tone = "red" if rest.alarm is not Alarm.RUNNING else tone
        self.figure = label(figure, "clock", tone)
        self.criteria = CriteriaLine()
        self.criteria.show_event(event)
        since = event.aware_at.astimezone(desk.clock().tzinfo) if event.aware_at else None
        when = f"{since:%a} {since.day} {since:%b %H:%M}" if since else ""
        who = f"heard from {event.reporter_name}" if event.reporter_name else "heard"
        head = row(label(f"Safety event {event.number}", "strong"), (elided(f"{who}, {when}", "sec", "ink2"), 1), gap=8)
        clock = column(self.figure, label(under, "cap", tone), gap=0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(
            row(
                icon_label("siren", "red", 24),
                (column(head, self.criteria, gap=4), 1),
                clock,
                button("Complete", on_click=complete),
                *((button("Hand over", "danger", "send", on_click=hand_over),) if hand_over is not None else ()),
                gap=14,
            )
        )
        layout.addWidget(Bar(rest.used, "red_fill" if rest.alarm is not Alarm.RUNNING else "amber"))
