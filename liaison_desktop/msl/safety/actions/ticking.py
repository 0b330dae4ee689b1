"""Where the latest seen time of a running clock is kept: beside the journal, durable, one mark for each report."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.msl.safety.record import SafetyEvent
from liaison_desktop.msl.safety.rules import Mark, later
from liaison_desktop.tasks.actions.ticking import boot, ticks

if TYPE_CHECKING:
    from liaison_desktop.store import Store

__all__ = ["boot", "forget_clock", "now_for", "ticks"]


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
