"""Clocks and tasks as they are seen: the tones of a clock, a due time as a chip, the icon of each sort of work."""

from __future__ import annotations

import datetime as dt

from liaison_desktop.tasks.record import Task, TaskKind
from liaison_desktop.tasks.rules import Clock, ClockState
from liaison_desktop.tasks.rules.saying import due_said, left_spoken, left_words, length_spoken
from liaison_desktop.ui.chips import ChipSpec

__all__ = ["clock_tone", "due_chip", "left_spoken", "left_words", "length_spoken", "task_icon"]

_ICONS = {
    TaskKind.CALL: "phone",
    TaskKind.VERIFY: "shield-check",
    TaskKind.OBTAIN_DOC: "file-text",
    TaskKind.SIGN: "pen-line",
    TaskKind.REVIEW: "list-checks",
    TaskKind.VISIT: "user-round",
    TaskKind.TEACH: "messages-square",
    TaskKind.RECHECK: "rotate-ccw",
    TaskKind.ESCALATE: "siren",
    TaskKind.PRINT: "printer",
}


def clock_tone(clock: Clock) -> tuple[str, str]:
    """The colours of a clock's number and of its bar."""
    return {
        ClockState.OVERDUE: ("red", "red_fill"),
        ClockState.WARNED: ("amber", "amber_fill"),
        ClockState.RUNNING: ("ink", "accent"),
        ClockState.STOPPED: ("ink3", "green_fill"),
    }[clock.state]


def due_chip(due_at: dt.datetime | None, now: dt.datetime) -> ChipSpec | None:
    """When something is due, as a chip: red when it is late, amber today, else the day."""
    if due_at is None:
        return None
    text, tone = due_said(due_at, now)
    return ChipSpec(text, tone, "" if tone == "neutral" else "clock")


def task_icon(task: Task) -> str:
    """The icon of what sort of work it is."""
    return _ICONS[task.task_kind]
