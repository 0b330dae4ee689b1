"""Safety: the reports at the left, those whose clock runs first; one to complete and hand over at the right."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison_desktop.errors import Fault
from liaison_desktop.msl.safety.actions import now_for
from liaison_desktop.msl.safety.form import CapturePanel, HandOverPanel
from liaison_desktop.msl.safety.form.capture import NEW, about, begun_of
from liaison_desktop.msl.safety.page.event_pane import EventPane
from liaison_desktop.msl.safety.queries import events_by_id, latest_states
from liaison_desktop.msl.safety.record import Begun, SafetyEvent, SafetyStatus
from liaison_desktop.msl.safety.rules import Alarm, left
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.frames import title_line
from liaison_desktop.ui.layout import hairline, panel
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.text import label

_LIST = 340
_TONES = {Alarm.OVERDUE: "red", Alarm.SOON: "amber", Alarm.RUNNING: "accent", Alarm.NONE: "neutral"}


class SafetyPage(Page):
    """F12 from anywhere begins a report here; Ctrl+Enter saves it."""

    key: ClassVar[str] = "safety"
    title: ClassVar[str] = "Safety"
    icon: ClassVar[str] = "shield-alert"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.capture: CapturePanel | None = None
        self.pane: EventPane | None = None
        self.handing: HandOverPanel | None = None
        self.view = RowsView("Safety reports")
        self.view.chosen.connect(self._choose)
        self.view.opened.connect(lambda _key: self._work())
        head = title_line("Safety", button("New", icon="plus", small=True, on_click=self.new), margins=(20, 0, 16, 0))
        leftside = panel(12, head, 8, (self.view, 1), gap=0)
        leftside.setFixedWidth(_LIST)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(leftside)
        self._layout.addWidget(hairline(vertical=True))
        self._right: QWidget = QWidget()
        self._layout.addWidget(self._right, 1)
        self.setFocusProxy(self.view)
        self._minute = QTimer(self, interval=30_000)
        self._minute.timeout.connect(self._fill)
        self._minute.start()
        self._fill()
        self._show_first()

    # ---- what the window asks

    def refresh(self, kinds: frozenset[str]) -> None:
        """Reports, or the people and products they name, changed."""
        if SafetyEvent.kind in kinds:
            self._fill()
            if self.pane is not None:
                self.pane.refresh()

    def new(self) -> None:
        """A new report, or the one that was not finished (Ctrl+N, F12)."""
        if self.pane is not None:
            self.pane.keep()
        self.capture = CapturePanel(self.desk, begun_of(self.desk) or Begun())
        self.capture.captured.connect(self._captured)
        self.capture.left.connect(self._rest)
        self._put(self.capture)
        self.view.clearSelection()
        self._right.setFocus()

    def show_record(self, id: uuid.UUID) -> None:
        """Show this report; for `NEW`, begin one."""
        event = self.desk.store.find(SafetyEvent, id)
        if event is None:
            self.new()
            return
        self.save_draft()
        self._show(event)

    def point_out(self, faults: tuple[Fault, ...]) -> None:
        """Beside the fields of the report that is shown."""
        if self.pane is not None:
            self.pane.form.show_faults(faults)

    def subject(self) -> tuple[str, uuid.UUID] | None:
        """The report that is shown, saved or not: its texts are told to Safety as they are."""
        return (SafetyEvent.kind, self.pane.report.id if self.pane is not None else NEW)

    def save_draft(self) -> None:
        """Keep what is typed."""
        if self.capture is not None:
            self.capture.keep()
        if self.pane is not None:
            self.pane.keep()

    def hand_over(self, event: SafetyEvent) -> None:
        """The ways to hand this report over."""
        self.handing = HandOverPanel(self.desk, event)
        self.handing.left.connect(lambda: self.show_record(event.id))
        self.handing.handed.connect(self._handed)
        handing = self.handing
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        title = label(f"Hand over {event.number}", "title")
        layout.addWidget(panel(12, title_line(title, margins=(24, 0, 16, 0)), 8, gap=0))
        layout.addWidget(hairline())
        layout.addWidget(handing, 1)
        self._put(box)
        self.handing = handing
        handing.setFocus()

    # ---- within

    def _fill(self) -> None:
        chosen = self.view.current_key()
        blocked = self.view.blockSignals(True)
        found = latest_states(self.desk.store)
        running = sum(runs for _id, runs in found)
        captions = [(0, "Not handed over")] if running else []
        captions += [(running, "Handed over")] if running < len(found) else []
        self.view.rows.set_keys([one for one, _runs in found], self._rows, captions)
        self.view.select(chosen)
        self.view.blockSignals(blocked)

    def _rows(self, ids: Sequence[uuid.UUID]) -> list[ListRow]:
        found = events_by_id(self.desk.store, ids)
        return [self._row(found[one]) if one in found else ListRow("No longer here") for one in ids]

    def _row(self, event: SafetyEvent) -> ListRow:
        rest = left(event, now_for(self.desk.store, event), policy_of(self.desk.store)) if event.running else None
        if rest is None:
            tone = "green" if event.status in (SafetyStatus.ACKNOWLEDGED, SafetyStatus.CLOSED) else "accent"
            tone = "amber" if event.status is SafetyStatus.FOLLOW_UP_REQUESTED else tone
            chip = ChipSpec("Captured in error" if event.error_reason else event.status.label, tone)
        else:
            words = f"overdue {rest.words}" if rest.alarm is Alarm.OVERDUE else f"{rest.words} left"
            chip = ChipSpec(words, _TONES[rest.alarm], "clock")
        return ListRow(event.number, about(event), chip, key=event.id)

    def _choose(self, key: object) -> None:
        if isinstance(key, uuid.UUID):
            self.show_record(key)

    def _work(self) -> None:
        if self.pane is not None:
            self.pane.form.parts[0].editor("description").setFocus()

    def _show(self, event: SafetyEvent) -> None:
        self.pane = EventPane(self.desk, event)
        self.pane.hand_over.connect(self.hand_over)
        self.pane.changed.connect(lambda _saved: self._fill())
        self._put(self.pane)
        blocked = self.view.blockSignals(True)
        self.view.select(event.id)
        self.view.blockSignals(blocked)

    def _captured(self, event: SafetyEvent) -> None:
        self.desk.toast(f"Captured as {event.number}. The clock runs until it is handed over.")
        self._fill()
        self._show(event)
        if self.pane is not None:
            self.pane.form.focus_missing("Patient")

    def _handed(self, event: SafetyEvent) -> None:
        self.desk.toast("Handed over. The clock has stopped.")
        self._fill()
        self._show(event)
        self.view.setFocus()

    def resume(self) -> None:
        """A report that was begun and not captured is what one sees first."""
        self._take_up()

    def _take_up(self) -> bool:
        begun = begun_of(self.desk)
        if begun is None or not begun.description.strip():
            return False
        self.new()
        return True

    def _rest(self) -> None:
        if not self._take_up():
            self._show_first()

    def _show_first(self) -> None:
        if self.view.rows.count():
            self._put(QWidget())
            self.view.select_first()
        else:
            words = "Heard of an adverse event or a product complaint? One sentence is enough, from anywhere, with F12."
            self._put(EmptyState("No safety reports", words, "New report", "plus", self.new, "F12"))

    def _put(self, pane: QWidget) -> None:
        gone, self._right = self._right, pane
        self._layout.replaceWidget(gone, pane)
        self.capture = pane if isinstance(pane, CapturePanel) else None
        self.pane = pane if isinstance(pane, EventPane) else None
        self.handing = None
        gone.hide()
        gone.deleteLater()
