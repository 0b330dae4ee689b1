"""The clock of a report: how much is left of what was promised, and how it is said. Pure: `now` is given."""

from __future__ import annotations

import datetime
import enum

import msgspec

from liaison_desktop.errors import Fault
from liaison_desktop.msl.safety.record import SafetyEvent
from liaison_desktop.policies import Policy
from liaison_desktop.tasks.rules.moments import Mark, later

__all__ = ["Alarm", "Left", "Mark", "awareness_faults", "clock_fault", "due_after", "later", "left"]

_SATURDAY = 5


class Alarm(enum.Enum):
    """How a running clock is shown."""

    NONE = ""
    RUNNING = "neutral"
    SOON = "amber"
    OVERDUE = "red"


class Left(msgspec.Struct, frozen=True):
    """What is left: the time (negative when overdue), how loud, and the share of the window that is used up."""

    time: datetime.timedelta
    alarm: Alarm
    used: float

    @property
    def words(self) -> str:
        """Hours and minutes such as 05:42, left or, when overdue, past."""
        minutes = int(abs(self.time.total_seconds()) // 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"


def due_after(aware_at: datetime.datetime, policy: Policy) -> datetime.datetime:
    """When a report must be handed over: hours after awareness, or working days where the company counts those."""
    days = int(policy.number("safety_business_days"))
    if days < 1:
        return aware_at + datetime.timedelta(hours=max(1, int(policy.number("safety_hours"))))
    due = aware_at
    while days:
        due += datetime.timedelta(days=1)
        days -= due.weekday() < _SATURDAY
    return due


def left(event: SafetyEvent, now: datetime.datetime, policy: Policy) -> Left:
    """What is left at a moment."""
    if event.due_at is None or not event.running:
        return Left(datetime.timedelta(), Alarm.NONE, 0.0)
    rest = event.due_at - now
    window = datetime.timedelta(hours=max(1, event.window_hours))
    used = min(1.0, max(0.0, 1.0 - rest / window))
    soon = datetime.timedelta(hours=policy.number("safety_amber_hours"))
    if rest < datetime.timedelta():
        return Left(rest, Alarm.OVERDUE, 1.0)
    return Left(rest, Alarm.SOON if rest < soon else Alarm.RUNNING, used)


def clock_fault(event: SafetyEvent, now: datetime.datetime, policy: Policy) -> Fault | None:
    """AE-1: the sentence shown as long as a report is not handed over; None afterwards."""
    if not event.running or event.due_at is None:
        return None
    rest = left(event, now, policy)
    return policy.fault("AE-1-OVERDUE" if rest.alarm is Alarm.OVERDUE else "AE-1", no=event.number, left=rest.words)


def awareness_faults(
    aware_at: datetime.datetime | None, captured_at: datetime.datetime | None, policy: Policy
) -> tuple[Fault, ...]:
    """AE-3: awareness is never later than the first capture."""
    if aware_at is not None and captured_at is not None and aware_at > captured_at:
        return (policy.fault("AE-3", field="aware_at"),)
    return ()
