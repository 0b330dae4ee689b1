"""Rules of a safety report: pure functions. Words, hours and severities come from the policy."""

from liaison_desktop.msl.safety.rules.beginning import about_record, begun_about
from liaison_desktop.msl.safety.rules.clock import (
    Alarm,
    Left,
    Mark,
    awareness_faults,
    clock_fault,
    due_after,
    later,
    left,
)
from liaison_desktop.msl.safety.rules.criteria import Criterion, criteria, missing_faults

__all__ = [
    "Alarm",
    "Criterion",
    "Left",
    "Mark",
    "about_record",
    "awareness_faults",
    "begun_about",
    "clock_fault",
    "criteria",
    "due_after",
    "later",
    "left",
    "missing_faults",
]
