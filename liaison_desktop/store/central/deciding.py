"""What is written when two versions became one: in sight of both, so that it syncs, is in the journal and cannot recur."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, TypeVar

import msgspec

from liaison_desktop.records import Record, new_id

if TYPE_CHECKING:
    from liaison_desktop.store.store import Store

R = TypeVar("R", bound=Record)


def write_decided(store: Store, record: R, side: uuid.UUID, *, reason: str) -> R:
    """Save what both versions became. Raises Refused, Stale as `Transaction.save` does."""
    with store.transaction(reason) as transaction:
        return transaction.save(record, decides=(side,))


def write_apart(store: Store, stays: Record, other: Record, side: uuid.UUID) -> None:
    """Let a record stand as it is and save the version beside it as a record of its own, both or neither."""
    with store.transaction("kept as two records") as transaction:
        transaction.save(stays, decides=(side,))
        transaction.save(msgspec.structs.replace(other, id=new_id(), version=None))
