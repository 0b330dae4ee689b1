"""Where the latest seen time of a running clock is kept: beside the journal, durable, one mark for each report."""

from __future__ import annotations

import datetime
import functools
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.msl.safety.record import SafetyEvent
from liaison_desktop.msl.safety.rules import Mark, later

if TYPE_CHECKING:
    from liaison_desktop.store import Store

_BOOT = Path("/proc/sys/kernel/random/boot_id")


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


def ticks() -> float:
    """Seconds that nobody can set, those asleep included where the system counts them."""
    asleep_too = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(asleep_too) if asleep_too is not None else time.monotonic()


def _key(event_id: uuid.UUID) -> str:
    return f"safety_clock/{event_id}"


def _mark(store: Store, event_id: uuid.UUID) -> Mark | None:
    content = store.drafts.get(_key(event_id))
    try:
        return msgspec.json.decode(content, type=Mark) if content is not None else None
    except msgspec.MsgspecError:
        return None


def now_for(store: Store, event: SafetyEvent) -> datetime.datetime:
    """The time a report's clock counts with, kept so that the next question never hears an earlier one."""
    moment, count, start = store.clock(), ticks(), boot()
    mark = _mark(store, event.id)
    seen = later(mark, moment, count, start)
    # After another start of the laptop the counter begins anew, and with it what is counted from now on.
    if mark is None or seen > mark.seen or mark.boot != start:
        store.drafts.put(_key(event.id), msgspec.json.encode(Mark(seen, count, start)))
    return seen


def forget_clock(store: Store, event: SafetyEvent) -> None:
    """The clock stopped."""
    store.drafts.drop(_key(event.id))
