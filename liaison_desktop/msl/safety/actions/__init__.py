"""The verbs of a safety report. Drafting never waits for anything; the clock stops only at the hand-over."""

from liaison_desktop.msl.safety.actions.capturing import capture_event, dismiss, named, save_event
from liaison_desktop.msl.safety.actions.handing_over import (
    acknowledge,
    answer,
    ask_more,
    captured_in_error,
    close_event,
    hand_over,
    may_leave,
    remove_event,
)
from liaison_desktop.msl.safety.actions.ticking import forget_clock, now_for

__all__ = [
    "acknowledge",
    "answer",
    "ask_more",
    "capture_event",
    "captured_in_error",
    "close_event",
    "dismiss",
    "forget_clock",
    "hand_over",
    "may_leave",
    "named",
    "now_for",
    "remove_event",
    "save_event",
]
