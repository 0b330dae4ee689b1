"""The time that clocks count with, and the mark it is held against: beside the journal, durable."""

from __future__ import annotations

import datetime as dt
import functools
import time
import uuid
from pathlib import Path

import msgspec

from liaison_desktop.store import Act, Store
from liaison_desktop.tasks.rules.moments import Mark, Now, judged

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_KEY = "clock/seen"
_OFTEN = dt.timedelta(minutes=5)  # a newer mark than this is kept as it is: each one is a write


@functools.cache
def _this_run() -> str:
    return uuid.uuid4().hex


@functools.cache
def boot() -> str:
    """Which start of the laptop `ticks` counts from; where the system does not say, this process alone."""
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return _this_run()


def counts_sleep() -> bool:
    """Whether `ticks` goes on while the laptop sleeps."""
    return hasattr(time, "CLOCK_BOOTTIME")


def ticks() -> float:
    """Seconds that nobody can set, those asleep included where the system counts them."""
    asleep_too = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(asleep_too) if asleep_too is not None else time.monotonic()


def _mark(store: Store) -> Mark | None:
    content = store.drafts.get(_KEY)
    try:
        return msgspec.json.decode(content, type=Mark) if content is not None else None
    except msgspec.MsgspecError:
        return None


def look_at_clock(store: Store) -> Now:
    """The time now. One look keeps a mark for the next, so that a clock that was set in between is noticed."""
    mark, count, start, shown = _mark(store), ticks(), boot(), store.clock()
    lines = store.lines(limit=1)
    now = judged(mark, lines[0].when if lines else None, shown, count, start, sleeps=counts_sleep())
    if mark is None or mark.boot != start or (not now.off and now.at - mark.seen > _OFTEN):
        # After another start of the laptop the counter begins anew, and with it what is counted from now on.
        store.drafts.put(_KEY, msgspec.json.encode(Mark(now.at, count, start)))
    return now


def accept_clock(store: Store) -> Now:
    """Somebody says that the clock is right as it is: the journal has a line for it, and times count with it again."""
    store.note(Act.CLOCK_ACCEPTED)
    store.drafts.put(_KEY, msgspec.json.encode(Mark(store.clock(), ticks(), boot())))
    return look_at_clock(store)
