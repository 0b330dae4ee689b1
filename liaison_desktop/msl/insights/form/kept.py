"""What is being typed into an insight, kept in the store's drafts so that a crash loses nothing."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.msl.insights.record import Insight

if TYPE_CHECKING:
    from liaison_desktop.store import Store

PREFIX = "insight/"
CAPTURE = "insight-of-visit/"  # the panel beside a visit; the visit's id follows


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """An insight under the keys: the values, the field the keyboard was in, and the reason of an amendment."""

    insight: Insight
    field: str = ""
    amending: bool = False
    reason: str = ""


def keep(store: Store, key: str, kept: Kept) -> None:
    """Make it durable."""
    store.drafts.put(key, msgspec.json.encode(kept))


def kept_of(store: Store, key: str) -> Kept | None:
    """What was typed and not saved."""
    content = store.drafts.get(key)
    if content is None:
        return None
    try:
        return msgspec.json.decode(content, type=Kept)
    except msgspec.MsgspecError:
        return None  # Written by another version of the application; what was saved is the truth.


def newest(store: Store) -> uuid.UUID | None:
    """The insight that was typed into last and not saved."""
    keys = store.drafts.keys(PREFIX)
    return uuid.UUID(keys[0].removeprefix(PREFIX)) if keys else None
