"""The interview: the open question first, then prompts and sources, and the word that the history is complete."""

from __future__ import annotations

import uuid

import msgspec

from liaison_desktop.clinical.episodes.actions import open_episode
from liaison_desktop.clinical.episodes.record import Episode, ServiceLine
from liaison_desktop.clinical.medications.queries import history_of, medicines_of
from liaison_desktop.clinical.medications.record import MedicationHistory
from liaison_desktop.clinical.medications.rules.life import collecting_faults
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.errors import Fault, Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store

replace = msgspec.structs.replace

_BY_APPOINTMENT = (ServiceLine.SURG_ELECTIVE, ServiceLine.PROC_ELECTIVE)


def history_for(store: Store, episode: Episode) -> MedicationHistory:
    """The interview of a stay, or a new one that is not saved yet; a planned procedure is named by the stay."""
    found = history_of(store, episode.id)
    if found is not None:
        return found
    planned = episode.admit_planned_at if episode.service in _BY_APPOINTMENT else None
    return MedicationHistory(
        patient=episode.patient, episode=episode.id, procedure_on=planned.date() if planned is not None else None
    )


def begin_stay(store: Store, patient: uuid.UUID, service: ServiceLine) -> Episode:
    """Begin a stay for somebody whose medicines are to be taken down before any referral came."""
    require(store, "record_clinical")
    with store.transaction("stay begun for its medicines") as transaction:
        return open_episode(store, transaction, patient, service)


def save_history(store: Store, history: MedicationHistory) -> MedicationHistory:
    """Keep what was asked so far. Nothing has to be complete. Raises Refused for what cannot be, Stale."""
    require(store, "record_clinical")
    if faults := history.faults():
        raise Refused(faults)
    before = store.find(MedicationHistory, history.id)
    if history.open_question is not None and (before is None or before.open_question is None):
        history = replace(history, asked_by=store.actor.name, asked_at=store.clock())
    return store.save(history)


def missing_for_collected(store: Store, history: MedicationHistory) -> tuple[Fault, ...]:
    """What is missing before the history may be called complete."""
    medicines = medicines_of(store, history.episode or uuid.UUID(int=0))
    return tuple(collecting_faults(history, medicines, policy_of(store), store.clock().date()))


def finish_history(store: Store, history: MedicationHistory) -> MedicationHistory:
    """Say that the history is complete: asked openly first, two sources or the reason, every medicine asked through.

    Raises Refused with what is missing (V30).
    """
    require(store, "record_clinical")
    if faults := missing_for_collected(store, history):
        raise Refused(faults)
    return store.save(replace(history, collected_by=store.actor.name, collected_at=store.clock()))
