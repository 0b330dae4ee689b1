"""The form of a new task, or of one that is changed; what is typed is kept until it is saved or thrown away."""

from __future__ import annotations

import uuid

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.records import from_bytes, to_bytes
from liaison_desktop.records.record import storable
from liaison_desktop.tasks.actions import change_task, make_task
from liaison_desktop.tasks.form.who import Known, WhoLine
from liaison_desktop.tasks.record import Priority, Task, TaskKind
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.date_editors import MomentEditor
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import ChoiceEditor, ComboEditor
from liaison_desktop.ui.frames import action_bar, title_line
from liaison_desktop.ui.layout import card, column, hairline, scroll
from liaison_desktop.ui.picker import Picker
from liaison_desktop.ui.record_form import FormRow, RecordForm
from liaison_desktop.ui.text import elided, icon_label

_PAUSE = 500  # ms
NEW_DRAFT = "task/new"


class TaskForm(QWidget):
    """Ctrl+Enter saves. `saved` carries the id; `left` says that it was put aside.

    `subjects` is the kind a task may be for, such as a patient's; where the person is known the task says so itself.
    """

    saved = Signal(uuid.UUID)
    left = Signal()

    def __init__(self, desk: Desk, task: Task, people: Known, subjects: str = "") -> None:
        super().__init__()
        self.desk, self._task = desk, task
        self.key = f"task/{task.id}" if task.version else NEW_DRAFT
        self._owner = WhoLine(people, "Type a name")
        editors: dict[str, QWidget] = {
            "task_kind": ComboEditor(TaskKind),
            "priority": ChoiceEditor(Priority, clears=False),
            "owner": self._owner,
            "due_at": MomentEditor(clock=desk.clock),
        }
        rows: list[FormRow] = ["what", ("task_kind", "due_at"), "owner", "priority"]
        if subjects:
            editors["subject"] = Picker(desk.store, subjects, "Nobody, or type a name")
            rows.insert(1, "subject")
        self.form = RecordForm(Task, *rows, store=desk.store, editors=editors)
        self._dirty = False
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self.save_draft)
        self._said, self._mark = elided("", "sec", "ink2"), icon_label("circle-alert", "red", 16)
        self._lay_out()
        self._show(task)
        self._take_up()
        self.form.changed.connect(self._heard)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _lay_out(self) -> None:
        self._mark.hide()
        title = "Change the task" if self._task.version else "New task"
        keep = button("Save task", "primary", "check", on_click=self.save)
        keep.setToolTip("Ctrl+Enter")
        away = button("Discard", "quiet", on_click=self.discard)
        box = card(self.form)
        box.setMaximumWidth(680)
        body = scroll(column(box, None, margins=(24, 16, 24, 24)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(0)
        head = column(title_line(elided(title, "title"), margins=(24, 0, 16, 0)), 8, gap=0)
        foot = action_bar(self._mark, (self._said, 1), away, keep)
        for part in (head, hairline(), body, hairline(), foot):
            layout.addWidget(part, 1 if part is body else 0)

    def _show(self, task: Task) -> None:
        self.form.set_values(task)
        self._owner.show_chosen(task.owner, task.owner_id)

    def _take_up(self) -> None:
        content = self.desk.store.drafts.get(self.key)
        try:
            kept = from_bytes(Task, content) if content is not None else None
        except msgspec.MsgspecError:
            kept = None
        if kept is not None:
            self._show(kept)
            self._dirty = True
            self._task = msgspec.structs.replace(kept, version=self._task.version, steps=self._task.steps)
            self._say("Taken up where you left it")

    def record(self) -> Task:
        """The task as it stands in the form."""
        typed = {name: storable(value) if type(value) is str else value for name, value in self.form.values().items()}
        return msgspec.structs.replace(self._task, **typed, owner_id=self._owner.chosen_id())

    def start(self) -> None:
        """Give the keyboard to the first field."""
        self.form.editor("what").setFocus()

    def _heard(self, _name: str) -> None:
        self._dirty = True
        self._mark.hide()
        if not self._pause.isActive():
            self._pause.start()

    def save_draft(self) -> None:
        """Keep what was typed; durable when it returns."""
        self._pause.stop()
        if self._dirty:
            self.desk.store.drafts.put(self.key, to_bytes(self.record()))
            if self._mark.isHidden():
                self._say("Draft kept")

    def _end_draft(self) -> None:
        self._pause.stop()
        self._dirty = False
        self.desk.store.drafts.drop(self.key)

    def discard(self) -> None:
        """Put it aside; the toast gives it back."""
        self.save_draft()
        kept = self.desk.store.drafts.get(self.key)
        self._end_draft()
        self.left.emit()
        if kept is not None:
            self.desk.toast("Draft discarded.", lambda: self.desk.store.drafts.put(self.key, kept))

    def save(self) -> None:
        """Save, or say beside each field what is wrong."""
        task = self.record()
        try:
            if faults := self.form.unread():
                raise Refused(faults)
            done = change_task(self.desk.store, task) if task.version else make_task(self.desk.store, task)
        except Refused as refusal:
            self.save_draft()
            self.form.show_faults(refusal.faults)
            wrong = len({fault.field for fault in refusal.faults})
            self._say(f"{wrong} to mend. What you typed is kept.", wrong=True)
            return
        except LiaisonError as error:
            self.save_draft()
            self._say(str(error), wrong=True)
            return
        self._end_draft()
        self.desk.toast("Task saved.")
        self.saved.emit(done.id)

    def _say(self, words: str, wrong: bool = False) -> None:
        self._mark.setVisible(wrong)
        self._said.set_text(words)
        self._said.set_tone("red" if wrong else "ink2")
