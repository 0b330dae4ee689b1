"""What must hold of tasks, and the clocks: worked out of rules that are policy and moments that features give."""

from liaison_desktop.tasks.rules.clocks import Clock, ClockState, Event, clocks, running
from liaison_desktop.tasks.rules.ending import due_faults, ending_faults, reason_faults
from liaison_desktop.tasks.rules.moments import Now

__all__ = [
    "Clock",
    "ClockState",
    "Event",
    "Now",
    "clocks",
    "due_faults",
    "ending_faults",
    "reason_faults",
    "running",
]
