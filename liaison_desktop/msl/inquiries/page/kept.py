"""What is being typed and not saved yet, kept in the store's drafts so that a crash loses nothing."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, TypeVar

import msgspec

from liaison_desktop.msl.inquiries.record import Response
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


def keep_reply(store: Store, inquiry_id: uuid.UUID, reply: Response) -> None:
    """Make an answer that is being typed durable."""
    store.drafts.put(f"inquiry_reply/{inquiry_id}", to_bytes(reply))


def kept_reply(store: Store, inquiry_id: uuid.UUID, question_id: uuid.UUID) -> Response | None:
    """The answer to this question that was begun and not recorded."""
    content = store.drafts.get(f"inquiry_reply/{inquiry_id}")
    try:
        found = from_bytes(Response, content) if content is not None else None
    except msgspec.MsgspecError:
        return None
    return found if found is not None and found.question_id == question_id else None


def forget_reply(store: Store, inquiry_id: uuid.UUID) -> None:
    """The answer was recorded."""
    store.drafts.drop(f"inquiry_reply/{inquiry_id}")


def clean(record: R) -> R:
    """The record without characters that cannot be kept."""
    texts = {
        name: storable(getattr(record, name)) for name in record.__struct_fields__ if type(getattr(record, name)) is str
    }
    return msgspec.structs.replace(record, **texts)
