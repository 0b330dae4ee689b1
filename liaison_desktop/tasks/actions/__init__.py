"""What can be done with a task, and the time that clocks count with. The only writers of the kind."""

from liaison_desktop.tasks.actions.ticking import accept_clock, look_at_clock
from liaison_desktop.tasks.actions.working import (
    accept_task,
    cancel_task,
    change_task,
    complete_task,
    fail_task,
    hand_over_task,
    make_task,
    postpone_task,
    reopen_task,
)

__all__ = [
    "accept_clock",
    "accept_task",
    "cancel_task",
    "change_task",
    "complete_task",
    "fail_task",
    "hand_over_task",
    "look_at_clock",
    "make_task",
    "postpone_task",
    "reopen_task",
]
