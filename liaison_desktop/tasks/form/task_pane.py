"""One task with what can be done with it: done with an outcome, handed over, put off, cancelled, opened again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.records.record import storable
from liaison_desktop.tasks.actions import (
    accept_task,
    cancel_task,
    complete_task,
    fail_task,
    hand_over_task,
    postpone_task,
    reopen_task,
)
from liaison_desktop.tasks.form.who import Known, WhoLine
from liaison_desktop.tasks.form.words import due_chip
from liaison_desktop.tasks.record import Priority, Task, TaskState, TaskStep
from liaison_desktop.ui.buttons import Button, button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import Chip, ChipSpec
from liaison_desktop.ui.date_editors import MomentEditor
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.inputs import TextArea
from liaison_desktop.ui.layout import Item, card, column, refill, row, scroll
from liaison_desktop.ui.text import label, wrapped


class TaskPane(QWidget):
    """Shows one task. `change_asked` wants its form. `whom` says whom it is for, with the way there."""

    change_asked = Signal()

    def __init__(
        self,
        desk: Desk,
        people: Known,
        whom: Callable[[Task], tuple[str, Callable[[], object]] | None],
    ) -> None:
        super().__init__()
        self.desk, self._people, self._whom = desk, people, whom
        self.task: Task | None = None
        self._field: dict[str, LabelledField] = {}
        self._body = column(gap=16, margins=(24, 12, 24, 24))
        self._body.setMaximumWidth(728)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll(row((self._body, 8), None, gap=0)))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.complete, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_task(self, task: Task) -> None:
        """Show this one; what was typed about it and not done is there again."""
        if self.task == task:
            return
        self.save_draft()
        self.task = task
        self._fill(task)

    def start(self) -> None:
        """Give the keyboard to the outcome, or to opening it again."""
        if "outcome" in self._field:
            self._field["outcome"].editor.setFocus()
        else:
            self._again.setFocus()

    def _fill(self, task: Task, ask: str = "") -> None:
        now = self.desk.clock()
        self._field = {}
        chip = due_chip(task.due_at, now) if task.open else ChipSpec(task.state.label, "neutral", "check")
        marks: list[Item] = [Chip(*chip)] if chip is not None else []
        if task.priority is not Priority.ROUTINE and task.open:
            marks.append(Chip(task.priority.label, "red" if task.priority is Priority.STAT else "amber"))
        head = column(wrapped(task.what, "title"), row(*marks, label(task.task_kind.label, "sec"), None), gap=8)
        items: list[Item] = [head, *(self._asking(task, ask) if task.open else self._ended(task)), self._facts(task)]
        if task.steps:
            steps = [_step_row(step) for step in reversed(task.steps)]
            items.append(list_card("What happened", *steps))
        refill(self._body, *items, None)
        self._take_up(task)

    def _facts(self, task: Task) -> QWidget:
        rows: list[QWidget] = []
        whom = self._whom(task)
        if whom is not None:
            rows.append(CardRow(whom[0], "For", "user-round", on_click=whom[1]))
        if task.about is not None and task.about_kind in self.desk.store.kinds and task.about != task.subject:
            about, kind = task.about, task.about_kind
            record = self.desk.store.find(self.desk.store.kinds[kind], about)
            if record is not None:
                rows.append(CardRow(record.title(), "About", "link", on_click=lambda: self.desk.open(kind, about)))
        rows.append(CardRow(task.owner, "Who does it", "user-round"))
        if task.due_at is not None:
            rows.append(CardRow(show_moment(task.due_at.astimezone(self.desk.clock().tzinfo)), "Due", "clock"))
        made = " · ".join(filter(None, (show_moment(task.made_at) if task.made_at else "", task.made_by)))
        rows.append(CardRow(made, f"Made by the rule {task.rule}" if task.rule else "Made", "history"))
        return list_card("The task", *rows)

    # ---- an open task

    def _asking(self, task: Task, ask: str) -> list[Item]:
        self._add("outcome", "What came of it", TextArea(2, "What came of it", "She comes at four."))
        done = button("Done", "primary", "check", on_click=self.complete)
        done.setToolTip("Ctrl+Enter")
        failed = button("Could not be done", on_click=self._fail)
        take = () if self._mine(task) else (button("I take it on", icon="user-round", on_click=self._accept),)
        ways = {
            "hand": button("Hand over", "quiet", "send", on_click=lambda: self._ask("hand")),
            "later": button("Put off", "quiet", "clock", on_click=lambda: self._ask("later")),
            "cancel": button("Cancel it", "quiet", "x", on_click=lambda: self._ask("cancel")),
            "change": button("Change", "quiet", "pencil", on_click=self.change_asked.emit),
        }
        items: list[Item] = [
            card(self._field["outcome"], row(done, failed, *take, None)),
            row(*ways.values(), None, gap=4),
        ]
        if ask:
            items.append(self._panel(task, ask))
        return items

    def _panel(self, task: Task, ask: str) -> QWidget:
        """What has to be said before it is handed over, put off or cancelled."""
        act: Button
        if ask == "hand":
            self._add("owner", "Who does it from now on", WhoLine(self._people, "Type a name"))
            act = button("Hand over", "primary", "send", on_click=self._hand_over)
        elif ask == "later":
            later = MomentEditor(clock=self.desk.clock)
            later.set_value(task.due_at if not task.overdue(self.desk.clock()) else None)
            self._add("due_at", "Due then", later)
            act = button("Put off", "primary", "clock", on_click=self._postpone)
        else:
            act = button("Cancel the task", "danger", "x", on_click=self._cancel)
        self._add("reason", "Why", TextArea(2, "Why"))
        fields = [field for name, field in self._field.items() if name != "outcome"]
        away = button("Not now", "quiet", on_click=lambda: self._ask(""))
        return card(*fields, row(act, away, None), gap=12)

    def _add(self, name: str, text: str, editor: QWidget) -> None:
        self._field[name] = LabelledField(text, editor)

    def _ask(self, what: str) -> None:
        if self.task is not None:
            self.save_draft()
            self._fill(self.task, what)
            first = next((field for name, field in self._field.items() if name != "outcome"), None)
            (first or self._field["outcome"]).editor.setFocus()

    def _ended(self, task: Task) -> list[Item]:
        when = show_moment(task.ended_at) if task.ended_at else ""
        rows = [CardRow(f"{task.state.label}, {when}", task.ended_by, "circle-check", tone="green")]
        if task.state is not TaskState.COMPLETED:
            rows = [CardRow(f"{task.state.label}, {when}", task.ended_by, "circle-x")]
        self._again = button("Open it again", icon="rotate-ccw", on_click=self._reopen)
        said: tuple[Item, ...] = (card(wrapped(task.outcome, "body")),) if task.outcome else ()
        return [list_card("How it ended", *rows), *said, row(self._again, None)]

    def _mine(self, task: Task) -> bool:
        actor = self.desk.store.actor
        return task.owner_id == actor.id or (task.owner_id is None and task.owner == actor.name)

    # ---- what is done

    def _text(self, name: str) -> str:
        editor = self._field[name].editor
        return storable(editor.text().strip()) if isinstance(editor, (TextArea, WhoLine)) else ""

    def complete(self) -> None:
        """It is done."""
        if self.task is not None and self.task.open:
            task = self.task
            self._do(lambda: complete_task(self.desk.store, task, self._text("outcome")), "Done.")

    def _fail(self) -> None:
        if (task := self.task) is not None:
            self._do(lambda: fail_task(self.desk.store, task, self._text("outcome")), "Kept as not done.")

    def _accept(self) -> None:
        if (task := self.task) is not None:
            self._do(lambda: accept_task(self.desk.store, task), "It is yours now.")

    def _hand_over(self) -> None:
        line = self._field["owner"].editor
        if (task := self.task) is not None and isinstance(line, WhoLine):
            to, to_id, why = line.value(), line.chosen_id(), self._text("reason")
            self._do(lambda: hand_over_task(self.desk.store, task, storable(to), to_id, why), "Handed over.")

    def _postpone(self) -> None:
        moment = self._field["due_at"].editor
        if (task := self.task) is not None and isinstance(moment, MomentEditor):
            due = moment.value() or task.due_at or self.desk.clock()
            self._do(lambda: postpone_task(self.desk.store, task, due, self._text("reason")), "Put off.")

    def _cancel(self) -> None:
        if (task := self.task) is not None:
            self._do(lambda: cancel_task(self.desk.store, task, self._text("reason")), "Cancelled.")

    def _reopen(self) -> None:
        if (task := self.task) is not None:
            self._do(lambda: reopen_task(self.desk.store, task), "Open again.")

    def _do(self, act: Callable[[], Task], said: str) -> None:
        """Do it and say so, or say beside the field what is missing."""
        for field in self._field.values():
            field.clear_fault()
        before = self.task
        try:
            done = act()
        except Refused as refusal:
            others = []
            for fault in reversed(refusal.faults):
                if fault.field in self._field:
                    self._field[fault.field].show_fault(fault.message)
                    self._field[fault.field].editor.setFocus()
                else:
                    others.append(fault.message)
            if others:
                self.desk.toast(" ".join(others))
            return
        except LiaisonError as error:
            self.desk.trouble(error)
            return
        if before is not None:
            self.desk.store.drafts.drop(_draft_key(before))
        ended = before is not None and before.open and not done.open
        self.task = None
        self.show_task(done)
        self.desk.toast(said, self._back(done) if ended else None)

    def _back(self, done: Task) -> Callable[[], None]:
        def back() -> None:
            try:
                reopen_task(self.desk.store, done)
            except LiaisonError as error:
                self.desk.trouble(error)

        return back

    # ---- what is typed

    def _take_up(self, task: Task) -> None:
        kept = self.desk.store.drafts.get(_draft_key(task))
        editor = self._field["outcome"].editor if "outcome" in self._field else None
        if kept is not None and isinstance(editor, TextArea):
            editor.set_text(kept.decode("utf-8", "replace"))

    def save_draft(self) -> None:
        """Keep the outcome that is being typed; durable when it returns."""
        if self.task is None or "outcome" not in self._field:
            return
        typed, key = self._text("outcome"), _draft_key(self.task)
        if typed:
            self.desk.store.drafts.put(key, typed.encode())
        elif self.desk.store.drafts.get(key) is not None:
            self.desk.store.drafts.drop(key)


def _draft_key(task: Task) -> str:
    return f"task_outcome/{task.id}"


def _step_row(step: TaskStep) -> CardRow:
    facts = [show_moment(step.at), step.by, step.reason, f"before: {step.owner_before}" if step.owner_before else ""]
    return CardRow(step.step.label, " · ".join(filter(None, facts)), "rotate-ccw")
