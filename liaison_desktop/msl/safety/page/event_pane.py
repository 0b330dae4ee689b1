"""One report: its clock and criteria on top, the form below, and the ways on at the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.msl.safety.actions import may_leave, save_event
from liaison_desktop.msl.safety.form import EventForm
from liaison_desktop.msl.safety.page.afterwards import Afterwards
from liaison_desktop.msl.safety.page.clock_card import ClockCard
from liaison_desktop.msl.safety.record import SafetyEvent
from liaison_desktop.msl.safety.rules import criteria, missing_faults
from liaison_desktop.policies import policy_of
from liaison_desktop.records import from_bytes, to_bytes
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.frames import action_bar, title_line
from liaison_desktop.ui.layout import column, hairline, panel, refill, scroll
from liaison_desktop.ui.text import elided, label

if TYPE_CHECKING:
    from liaison_desktop.ui.desk import Desk

_PAUSE = 400


def draft_key(event: SafetyEvent) -> str:
    """Where what was typed into a report is kept."""
    return f"{SafetyEvent.kind}/{event.id}"


class EventPane(QWidget):
    """`hand_over` asks for the hand-over of this report; `changed` says that it was saved."""

    hand_over = Signal(object)
    changed = Signal(object)

    def __init__(self, desk: Desk, event: SafetyEvent) -> None:
        super().__init__()
        self._desk, self.report, self._dirty, self._showing = desk, event, False, False
        self.form = EventForm(desk.store)
        self._top = column(gap=0)
        self.afterwards = Afterwards(desk)
        self.afterwards.changed.connect(self._moved)
        self._said = elided("", "sec", "ink2")
        self.save_button = button("Save", on_click=self.save)
        self.save_button.setToolTip("Ctrl+Enter")
        self.hand_button = button("Hand over", "danger", "send", on_click=self._hand_over)
        self._timer = QTimer(self, interval=_PAUSE, singleShot=True)
        self._timer.timeout.connect(self.keep)
        self._minute = QTimer(self, interval=15_000)
        self._minute.timeout.connect(self._show_top)
        self._minute.start()
        self.form.changed.connect(self._typed)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for keys in ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"):
            QShortcut(QKeySequence(keys), self, self._hand_over, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.hand_button.setToolTip("Ctrl+Shift+Enter")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._title = label(event.title(), "title")
        layout.addWidget(panel(12, title_line(self._title, margins=(24, 0, 16, 0)), 8, gap=0))
        layout.addWidget(hairline())
        layout.addWidget(scroll(column(self._top, self.afterwards, self.form, None, gap=0)), 1)
        layout.addWidget(hairline())
        self._foot = action_bar((self._said, 1), self.save_button, self.hand_button)
        layout.addWidget(self._foot)
        self.show_event(event)

    def show_event(self, event: SafetyEvent) -> None:
        """Show a report; what was typed and not saved comes back."""
        self.report, self._dirty = event, False
        kept = self._kept() if event.running else None
        self._showing = True
        self.form.show_event(kept or event, read_only=not event.running)
        self._showing = False
        self._title.set_text(event.title())
        self._foot.setVisible(event.running)
        self.afterwards.show_event(event)
        self._show_top()
        if kept is not None:
            self._dirty = True
            self.form.rebase(event)
            self._said.set_text("What you typed before is back.")
        else:
            self._say_missing()

    def refresh(self) -> None:
        """Somebody saved it: take it over without losing what is typed."""
        current = self._desk.store.find(SafetyEvent, self.report.id)
        if current is None or current.version == self.report.version:
            return
        if self._dirty:
            self.report = current
            self.form.rebase(msgspec.structs.replace(self.form.event_typed(), version=current.version))
        else:
            self.show_event(current)

    def keep(self) -> None:
        """Make what was typed durable."""
        self._timer.stop()
        if self._dirty:
            self._desk.store.drafts.put(draft_key(self.report), to_bytes(self.form.event_typed()))

    def save(self) -> bool:
        """Save what was added (Ctrl+Enter). It never needs to be complete."""
        if not self._dirty or not self.report.running:
            return True
        if unread := self.form.unread():
            self.form.show_faults(unread)
            return False
        typed = msgspec.structs.replace(self.form.event_typed(), version=self.report.version)
        try:
            saved = save_event(self._desk.store, typed)
        except Refused as refused:
            rest = self.form.show_faults(refused.faults)
            self._said.set_text(" ".join(fault.message for fault in rest) or "Not saved yet.")
            return False
        except LiaisonError as error:
            self._said.set_text(str(error))
            return False
        self._moved(saved)
        return True

    # ---- within

    def _moved(self, saved: SafetyEvent) -> None:
        self._timer.stop()
        self._desk.store.drafts.drop(draft_key(saved))
        self.show_event(saved)
        self.changed.emit(saved)

    def _kept(self) -> SafetyEvent | None:
        content = self._desk.store.drafts.get(draft_key(self.report))
        try:
            return from_bytes(SafetyEvent, content) if content is not None else None
        except msgspec.MsgspecError:
            return None

    def _typed(self) -> None:
        if not self._showing:
            self._dirty = True
            self._timer.start()

    def _hand_over(self) -> None:
        if not self.save():
            return
        try:
            may_leave(self._desk.store, self.report)
        except Refused as refused:
            # Here the words are marked, and F7 writes the proposal in their place.
            self.form.show_faults(refused.faults)
            self._said.set_text("Press F7 to reword, then hand over.")
            return
        self.hand_over.emit(self.report)

    def _show_top(self) -> None:
        if not self.report.running:
            refill(self._top)
            return
        top = ClockCard(self._desk, self.report, complete=self._complete)
        refill(self._top, column(top, margins=(24, 12, 24, 0)))

    def _complete(self) -> None:
        missing = next((one.name for one in criteria(self.report) if not one.present), "")
        self.form.focus_missing(missing)

    def _say_missing(self) -> None:
        missing = missing_faults(self.report, policy_of(self._desk.store)) if self.report.running else ()
        self._said.set_text(missing[0].message if missing else "")
