"""Writing a capacity note, and adding the practitioner's determination to it."""

from __future__ import annotations

import datetime
import uuid

import msgspec

from liaison_desktop.clinical.directives.actions.common import RECORD, ask_for, episode_of, settle, stop_if
from liaison_desktop.clinical.directives.queries import capacity_notes_of
from liaison_desktop.clinical.directives.record import CapacityNote, Concern, Determination
from liaison_desktop.clinical.directives.rules import determination_faults, note_faults, noted_concern
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store
from liaison_desktop.tasks.record import Priority, TaskKind

replace = msgspec.structs.replace
DETERMINE = "Ask the practitioner for a determination of capacity"


def write_capacity_note(store: Store, note: CapacityNote) -> CapacityNote:
    """Keep what was seen for one decision. A marked concern is a task for the practitioner until it is determined.

    Raises Refused (CAP-...).
    """
    require(store, RECORD)
    now = store.clock()
    stamped = replace(
        note,
        episode=note.episode or episode_of(store, note.patient),
        at=note.at or now,
        by=store.actor.name,
        by_id=store.actor.id,
        referred_at=note.referred_at or (now if note.referred_to.strip() else None),
        determination=None,
        determined_by="",
        determined_at=None,
        determination_words="",
    )
    stop_if(note_faults(stamped, policy_of(store), now=now))
    with store.transaction("Capacity note") as transaction:
        kept = transaction.save(stamped)
        if kept.concern is Concern.MARKED:
            ask_for(
                store,
                transaction,
                DETERMINE,
                "V11",
                kind=TaskKind.ESCALATE,
                patient=kept.patient,
                about=(CapacityNote.kind, kept.id),
                priority=Priority.URGENT,
            )
    return kept


def record_determination(
    store: Store,
    note: CapacityNote,
    determination: Determination | None,
    by: str,
    at: datetime.datetime | None,
    words: str = "",
) -> CapacityNote:
    """Add what the practitioner determined, by name and time. Raises Refused (CAP-DET...), Stale."""
    require(store, RECORD)
    said = replace(
        note, determination=determination, determined_by=by.strip(), determined_at=at, determination_words=words.strip()
    )
    stop_if(determination_faults(said, policy_of(store), nurse=store.actor.name, now=store.clock()))
    with store.transaction("Capacity determined") as transaction:
        kept = transaction.save(said)
        settle(store, transaction, "V11", patient=kept.patient, about=kept.id, outcome="The practitioner determined.")
    return kept


def capacity_for(
    store: Store, patient: uuid.UUID | None, about: uuid.UUID | None, since: datetime.datetime | None
) -> CapacityNote | None:
    """The capacity note that speaks to a decision, such as a consent begun at `since`; None if there is none."""
    return noted_concern(capacity_notes_of(store, patient), about, since) if patient is not None else None
