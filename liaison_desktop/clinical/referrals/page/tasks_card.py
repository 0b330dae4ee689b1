"""What is still to do about a referral: its open tasks, what is due first at the top."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.referrals.record import Referral
from liaison_desktop.tasks.queries import tasks_for
from liaison_desktop.tasks.record import Task, TaskKind
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import near_day, show_time
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import column, refill

_MOST = 6
_ICONS = {TaskKind.CALL: "phone", TaskKind.OBTAIN_DOC: "file-warning", TaskKind.VERIFY: "shield-check",
          TaskKind.VISIT: "stethoscope", TaskKind.SIGN: "pen-line"}  # fmt: skip


class TasksCard(QWidget):
    """Each row opens its task."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: tuple[Task, ...] | None = None
        self._box = column(gap=0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._box)

    def show_referral(self, referral: Referral) -> None:
        """Show the open tasks of its episode."""
        found = tasks_for(self._desk.store, episode=referral.episode) if referral.episode is not None else ()
        if found == self._shown:
            return
        self._shown = found
        rows = [self._row(task) for task in found[:_MOST]]
        nothing = CardRow("Nothing is waiting", "", "circle-check", tone="green")
        refill(self._box, list_card("Still to do", *(rows or [nothing]), right=str(len(found)) if found else ""))

    def _row(self, task: Task) -> CardRow:
        now, chip = self._desk.store.clock(), None
        if task.due_at is not None:
            late, day = task.due_at < now, near_day(task.due_at.date(), now.date())
            words = show_time(task.due_at) if task.due_at.date() == now.date() else day
            chip = ChipSpec(words, "red" if late else "neutral", "clock")
        return CardRow(
            task.what, task.owner, _ICONS.get(task.task_kind, "list-todo"), chip, on_click=self._opener(task.id)
        )

    def _opener(self, id: uuid.UUID) -> Callable[[], None]:
        return lambda: self._desk.open(Task.kind, id)
