"""The page of tasks: mine, everybody's, what is late, what is done; one of them beside the list."""

from __future__ import annotations

import datetime
import enum
import uuid
from collections.abc import Callable, Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison_desktop.clinical.patients.queries import patients
from liaison_desktop.clinical.patients.record import Patient, full_name
from liaison_desktop.clinical.people.queries import people_to_ask
from liaison_desktop.clinical.today.rules import by_due
from liaison_desktop.records.record import storable
from liaison_desktop.tasks.form import TaskForm, TaskPane, due_chip
from liaison_desktop.tasks.form.task_form import NEW_DRAFT
from liaison_desktop.tasks.queries import count_open, ended_tasks, open_tasks
from liaison_desktop.tasks.record import Task, TaskState
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import ChipSpec, FilterChip
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.frames import title_line
from liaison_desktop.ui.inputs import line_edit
from liaison_desktop.ui.layout import hairline, panel, row
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.multi_chips import Flow
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.workspace import Command

_LIST = 360
_KINDS = frozenset({Task.kind, Patient.kind})


class Wanted(enum.Enum):
    """Which tasks the list shows."""

    MINE = "Mine"
    ALL = "All open"
    LATE = "Late"
    DONE = "Done"


_COUNTED = (Wanted.MINE, Wanted.ALL, Wanted.LATE)


class TasksPage(Page):
    """Arrows choose, Enter goes into what came of it, Ctrl+Enter is done, Ctrl+N writes a new one."""

    key = "tasks"
    title = "Tasks"
    icon = "list-todo"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form: TaskForm | None = None
        self._wanted = Wanted.MINE
        self.search = line_edit(placeholder="Search tasks", icon="search", quiet=True)
        self.search.textChanged.connect(lambda _text: self._fill())
        self.view = RowsView("Tasks")
        self.view.chosen.connect(self._choose)
        self.view.opened.connect(lambda _key: self._into())
        self._filters = {wanted: FilterChip(wanted.value) for wanted in Wanted}
        for wanted, chip in self._filters.items():
            chip.clicked.connect(lambda _on=False, w=wanted: self._filter(w))
        self.pane = TaskPane(desk, lambda: people_to_ask(desk.store), self._whom)
        self.pane.change_asked.connect(self._change)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._left())
        self._layout.addWidget(hairline(vertical=True))
        self._nothing = EmptyState(
            "Nothing is left to do.",
            "Referrals, coverage and medicines put tasks here by themselves; you may add your own.",
            "New task",
            "plus",
            self.new,
            "Ctrl+N",
        )
        for part in (self.pane, self._nothing):
            self._layout.addWidget(part, 1)
        self._fill()
        self._just_made = True

    def _left(self) -> QWidget:
        new = button("New", "primary", "plus", on_click=self.new)
        new.setToolTip("Ctrl+N")
        head = title_line("Tasks", new, margins=(20, 0, 16, 0))
        chips = QWidget()
        flow = Flow(chips, gap=6)
        flow.setContentsMargins(0, 0, 0, 0)
        for chip in self._filters.values():
            flow.addWidget(chip)
        line = row((self.search, 1), margins=(16, 8, 16, 0))
        left = panel(12, head, line, row((chips, 1), margins=(16, 8, 16, 6)), (self.view, 1), gap=0)
        left.setFixedWidth(_LIST)
        self.view.set_empty(EmptyState("No task here.", "Try another filter."))
        return left

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard begins in the list; a due time may have passed meanwhile."""
        super().showEvent(event)
        if not self._just_made:
            self._fill()
        self._just_made = False
        if self.form is None:
            self.view.setFocus()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Query again when a task or a patient changed; a page that is not seen does so when it is shown."""
        if kinds & _KINDS and self.isVisible():
            self._fill()
        elif kinds & _KINDS:
            self._just_made = False

    # ---- the list

    def _read(self, wanted: Wanted) -> tuple[Task, ...]:
        store, now = self.desk.store, self.desk.clock()
        if wanted is Wanted.DONE:
            return ended_tasks(store)
        if wanted is Wanted.MINE:
            return open_tasks(store, mine=True)
        return open_tasks(store, due_before=now if wanted is Wanted.LATE else None)

    def _count(self, wanted: Wanted, now: datetime.datetime) -> int:
        mine = True if wanted is Wanted.MINE else None
        return count_open(self.desk.store, mine=mine, due_before=now if wanted is Wanted.LATE else None)

    def _fill(self) -> None:
        now, current = self.desk.clock(), self.view.current_key()
        for wanted, chip in self._filters.items():
            chip.setChecked(wanted is self._wanted)
            if wanted in _COUNTED:
                chip.set_text(f"{wanted.value} {self._count(wanted, now)}")
        words = self.search.text().casefold().split()
        found = self._read(self._wanted)
        names = {one.id: full_name(one) for one in patients(self.desk.store, _subjects(found))}
        shown = [task for task in found if _matches(task, names, words)]
        self._tasks = {task.id: task for task in shown}
        rows: list[ListRow | str] = []
        if self.desk.store.drafts.get(NEW_DRAFT) is not None:
            rows.append(ListRow("New task", "Not saved yet", ChipSpec("Draft", "amber", "pencil"), key=NEW_DRAFT))
        for caption, some in by_due(shown, now) if self._wanted is not Wanted.DONE else (("Ended", shown),):
            rows += [caption, *(self._row(task, names) for task in some)] if some else []
        blocked = self.view.blockSignals(True)
        self.view.rows.set_rows(rows)
        if not self.view.select(current):
            self.view.select_first()
        self.view.blockSignals(blocked)
        if self.form is None:
            self._choose(self.view.current_key())

    def _row(self, task: Task, names: dict[uuid.UUID, str]) -> ListRow:
        whose = names.get(task.subject, "") if task.subject is not None else ""
        mine = task.owner_id == self.desk.store.actor.id
        facts = " · ".join(filter(None, (whose, task.task_kind.label, "" if mine else task.owner)))
        if task.open:
            chip = due_chip(task.due_at, self.desk.clock())
        else:
            done = task.state is TaskState.COMPLETED
            chip = ChipSpec(task.state.label, "green" if done else "neutral", "check" if done else "x")
        return ListRow(task.what, facts, chip, key=task.id)

    def _filter(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._fill()
        self.view.setFocus()

    def _choose(self, key: object) -> None:
        if key == NEW_DRAFT:
            self._open_form(Task())
            return
        self._close_form()
        task = self._tasks.get(key) if isinstance(key, uuid.UUID) else None
        self.pane.setVisible(task is not None)
        self._nothing.setVisible(task is None)
        if task is not None:
            self.pane.show_task(task)

    def _into(self) -> None:
        if self.form is not None:
            self.form.start()
        elif self.pane.isVisible():
            self.pane.start()

    def _whom(self, task: Task) -> tuple[str, Callable[[], object]] | None:
        patient = self.desk.store.find(Patient, task.subject)
        if patient is None:
            return None
        return full_name(patient), lambda: self.desk.open(Patient.kind, patient.id)

    # ---- what can be done

    def new(self) -> None:
        """Write a new task (Ctrl+N)."""
        self._open_form(Task(owner=self.desk.store.actor.name, owner_id=self.desk.store.actor.id))
        self._into()

    def _change(self) -> None:
        if self.pane.task is not None:
            self._open_form(self.pane.task)
            self._into()

    def _open_form(self, task: Task) -> None:
        self._close_form()
        self.pane.save_draft()
        self.form = TaskForm(self.desk, task, lambda: people_to_ask(self.desk.store), Patient.kind)
        self.form.saved.connect(self._saved)
        self.form.left.connect(self._leave)
        self.pane.hide()
        self._nothing.hide()
        self._layout.addWidget(self.form, 1)
        self.form.show()

    def _close_form(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            form.save_draft()
            form.hide()
            self._layout.removeWidget(form)
            form.deleteLater()

    def _leave(self) -> None:
        self._close_form()
        self._fill()
        self.view.setFocus()

    def _saved(self, id: uuid.UUID) -> None:
        self._close_form()
        self.show_record(id)

    def show_record(self, id: uuid.UUID) -> None:
        """Show this task beside the list, whatever the filter was."""
        task = self.desk.store.find(Task, id)
        if task is None:
            return
        self._close_form()
        if id not in self._tasks:
            self.search.clear()
            self._wanted = Wanted.ALL if task.open else Wanted.DONE
        self._fill()
        self.view.select(id)
        self.view.setFocus()

    def subject(self) -> tuple[str, uuid.UUID] | None:
        """The patient of the task that is shown."""
        task = self.pane.task if self.form is None and self.pane.isVisible() else None
        return (Patient.kind, task.subject) if task is not None and task.subject is not None else None

    def save_draft(self) -> None:
        """Keep what is being typed."""
        self.pane.save_draft()
        if self.form is not None:
            self.form.save_draft()

    def commands(self) -> tuple[Command, ...]:
        """A new one."""
        return (Command("New task", self.new, "Something that has to be done", "plus", "Ctrl+N"),)


def _subjects(tasks: Sequence[Task]) -> tuple[uuid.UUID, ...]:
    return tuple({task.subject for task in tasks if task.subject is not None})


def _matches(task: Task, names: dict[uuid.UUID, str], words: Sequence[str]) -> bool:
    name = names.get(task.subject, "") if task.subject is not None else ""
    held = storable(f"{task.what} {name} {task.owner}").casefold().split()
    return all(any(part.startswith(word) for part in held) for word in words)
