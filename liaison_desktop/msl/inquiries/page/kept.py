"""What is being typed and not saved yet, kept in the store's drafts so that a crash loses nothing."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, TypeVar

import msgspec

from liaison_desktop.records import Record, from_bytes, to_bytes
from liaison_desktop.records.record import storable

if TYPE_CHECKING:
    from liaison_desktop.store import Store

R = TypeVar("R", bound=Record)


def keep(store: Store, record: Record) -> None:
    """Make it durable."""
    store.drafts.put(f"{record.kind}/{record.id}", to_bytes(record))


def kept(store: Store, kind: type[R], record_id: uuid.UUID) -> R | None:
    """What was typed into this record and not saved."""
    content = store.drafts.get(f"{kind.kind}/{record_id}")
    try:
        return from_bytes(kind, content) if content is not None else None
    except msgspec.MsgspecError:
        return None  # Another version of the application wrote it; the saved record is the truth.


def forget(store: Store, record: Record) -> None:
    """It was saved, or is not wanted."""
    store.drafts.drop(f"{record.kind}/{record.id}")


def newest(store: Store, kind: type[R]) -> R | None:
    """What was typed last and not saved."""
    for key in store.drafts.keys(f"{kind.kind}/"):
        found = kept(store, kind, uuid.UUID(key.rpartition("/")[2]))
        if found is not None:
            return found
    return None


def clean(record: R) -> R:
    """The record without characters that cannot be kept."""
    texts = {
        name: storable(getattr(record, name)) for name in record.__struct_fields__ if type(getattr(record, name)) is str
    }
    return msgspec.structs.replace(record, **texts)
