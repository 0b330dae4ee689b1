"""What the journal says of an episode that left for another system."""

from __future__ import annotations

import uuid

from liaison_desktop.clinical.episodes.record import Episode
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.people.record import Approval
from liaison_desktop.store import Act, Store


def note_exported(store: Store, episode_id: uuid.UUID, *, approval: Approval | None = None) -> None:
    """A line that a copy leaves. Raises Refused if whoever works here may not take one out."""
    require(store, "export", approval=approval)
    store.note(Act.EXPORTED, kind=Episode.kind, subject=episode_id, detail="FHIR R4")
