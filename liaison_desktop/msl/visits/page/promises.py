"""A promise as a row: a box to tick, and a way to drop it; both can be taken back from the toast."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from liaison_desktop.errors import LiaisonError
from liaison_desktop.msl.visits.actions import settle_follow_up
from liaison_desktop.msl.visits.form import due_words
from liaison_desktop.msl.visits.queries import Promise
from liaison_desktop.msl.visits.record import FollowUpStatus, Visit
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import FollowUpRow
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import row

_SAID = {FollowUpStatus.DONE: "Done", FollowUpStatus.DROPPED: "Dropped", FollowUpStatus.OPEN: "Open again"}


class _PromiseRow(FollowUpRow):
    dropped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.dropped.emit()
        else:
            super().keyPressEvent(event)


def promise_row(desk: Desk, promise: Promise, note: str = "") -> QWidget:
    """A promise with a box to tick and a cross to drop it; on the row itself, Space ticks and Delete drops."""
    words, tone = due_words(promise.row.due_on, desk.today())
    icon = "clock" if tone in ("red", "amber") else ""
    made = _PromiseRow(promise.row.text, ChipSpec(words, tone, icon), note)

    def drop() -> None:
        settle(desk, promise.visit_id, promise.number, FollowUpStatus.DROPPED)

    made.toggled.connect(lambda done: tick(desk, promise, done=done))
    made.setToolTip("Space: done. Delete: drop it.")
    made.dropped.connect(drop)
    cross = button("", "quiet", "x", small=True, name=f"Drop: {promise.row.text}", on_click=drop)
    return row((made, 1), cross, gap=0, margins=(0, 0, 8, 0))


def tick(desk: Desk, promise: Promise, *, done: bool) -> None:
    """Mark a promise as done, or open again."""
    settle(desk, promise.visit_id, promise.number, FollowUpStatus.DONE if done else FollowUpStatus.OPEN)


def settle(desk: Desk, visit_id: uuid.UUID, number: int, status: FollowUpStatus) -> None:
    """Mark a follow-up as done, dropped or open; what it was before is one undo away."""
    try:
        before = settled_as(desk, visit_id, number)
        settle_follow_up(desk.store, visit_id, number, status)
    except LiaisonError as error:
        desk.trouble(error)
        return

    def back() -> None:
        try:
            settle_follow_up(desk.store, visit_id, number, before)
        except LiaisonError as error:
            desk.trouble(error)

    desk.toast(_SAID[status], back)


def settled_as(desk: Desk, visit_id: uuid.UUID, number: int) -> FollowUpStatus:
    """How a follow-up stands. Raises Missing if the visit is gone."""
    return desk.store.get(Visit, visit_id).follow_ups[number].status
