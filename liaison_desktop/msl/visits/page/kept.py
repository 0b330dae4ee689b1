"""What is being typed into a visit, kept in the store's drafts so that a crash loses nothing."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.msl.visits.record import Visit

if TYPE_CHECKING:
    from liaison_desktop.store import Store

PREFIX = "visit/"


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A visit under the keys: the values, the field the keyboard was in, and the reason of an amendment."""

    visit: Visit
    field: str = ""
    amending: bool = False
    reason: str = ""


def keep(store: Store, kept: Kept) -> None:
    """Make it durable."""
    store.drafts.put(f"{PREFIX}{kept.visit.id}", msgspec.json.encode(kept))


def kept_of(store: Store, visit_id: uuid.UUID) -> Kept | None:
    """What was typed into this visit and not saved."""
    content = store.drafts.get(f"{PREFIX}{visit_id}")
    if content is None:
        return None
    try:
        return msgspec.json.decode(content, type=Kept)
    except msgspec.MsgspecError:
        return None  # Written by another version of the application; the saved visit is the truth.


def forget(store: Store, visit_id: uuid.UUID) -> None:
    """It was saved, or is not wanted."""
    store.drafts.drop(f"{PREFIX}{visit_id}")


def newest(store: Store) -> uuid.UUID | None:
    """The visit that was typed into last and not saved."""
    keys = store.drafts.keys(PREFIX)
    return uuid.UUID(keys[0].removeprefix(PREFIX)) if keys else None
