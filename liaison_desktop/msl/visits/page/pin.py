"""The brief that is pinned to Today: one at a time, kept in the store, so that a lock does not lose it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from liaison_desktop.msl.visits.record import Visit

if TYPE_CHECKING:
    from liaison_desktop.store import Store

KEY = "brief/pinned"


def pin(store: Store, visit_id: uuid.UUID) -> None:
    """Pin the brief of a visit, in place of the one that was."""
    store.drafts.put(KEY, str(visit_id).encode())


def unpin(store: Store) -> None:
    """Take the pinned brief off."""
    store.drafts.drop(KEY)


def pinned_visit(store: Store) -> Visit | None:
    """The visit whose brief is pinned; None if none is, or if the visit is gone."""
    content = store.drafts.get(KEY)
    try:
        return store.find(Visit, uuid.UUID(content.decode())) if content is not None else None
    except ValueError:
        return None
