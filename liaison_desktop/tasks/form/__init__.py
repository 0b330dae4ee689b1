"""Clocks and tasks as they are seen: a row with its bar, a line for a name, the form of a task, and what is done with one."""

from liaison_desktop.tasks.form.clock_row import ClockRow, clock_card
from liaison_desktop.tasks.form.task_form import TaskForm
from liaison_desktop.tasks.form.task_pane import TaskPane
from liaison_desktop.tasks.form.who import WhoLine
from liaison_desktop.tasks.form.words import due_chip, left_words, length_spoken, task_icon

__all__ = [
    "ClockRow",
    "TaskForm",
    "TaskPane",
    "WhoLine",
    "clock_card",
    "due_chip",
    "left_words",
    "length_spoken",
    "task_icon",
]
