"""A patient in the house, as the tests of discharge need one."""

from __future__ import annotations

from typing import Any

import msgspec

from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.clinical.consents.record import TeachBackState
from liaison_desktop.clinical.discharge.record import Area, AreaCode, DischargePlan, Ready
from liaison_desktop.clinical.episodes.actions import open_episode
from liaison_desktop.clinical.episodes.record import Disposition, Episode, EpisodeState, ServiceLine
from liaison_desktop.clinical.medications.actions import give_list
from liaison_desktop.clinical.medications.record import MedicationHistory
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.questionnaires.library import newest
from liaison_desktop.store import Store


def a_patient(store: Store) -> Patient:
    """Somebody invented."""
    return store.save(Patient(family="Example", given="Ada", birth_date="1950-02-03"))


def a_stay(store: Store, patient: Patient, state: EpisodeState = EpisodeState.ADMITTED) -> Episode:
    """A stay in this state, without its history."""
    with store.transaction() as transaction:
        made = open_episode(store, transaction, patient.id, ServiceLine.IRF)
    return store.save(msgspec.structs.replace(made, state=state, admitted_at=store.clock()))


def a_plan(episode: Episode, **changes: Any) -> DischargePlan:
    """A plan that nothing is missing in."""
    clear = tuple(Area(area=code, state=TeachBackState.OK_FIRST, attempts=1, words="Said back") for code in AreaCode)
    values: dict[str, Any] = {
        "patient": episode.patient,
        "episode": episode.id,
        "goals": "Walk to the mailbox",
        "caregiver": "Sample Daughter",
        "destination": Disposition.HOME,
        "areas": clear,
        "transport": "Daughter drives",
        "contact_name": "Sample Nurse",
        "contact_phone": "(555) 010-0100",
        "contact_hours": "8 to 20",
        "ready": Ready.YES,
    }
    return DischargePlan(**(values | changes))


def the_list_is_given(store: Store, stay: Episode) -> None:
    """The patient takes no medicine, was asked, and has that in writing."""
    now = store.clock()
    history = store.save(
        MedicationHistory(
            patient=stay.patient,
            episode=stay.id,
            open_question=True,
            takes_none=True,
            why_one_source="The patient takes none and the pharmacy knows of none",
            collected_at=now,
            reconciled_at=now,
        )
    )
    give_list(store, history, "The patient", "English")


def a_finished_checklist(store: Store, stay: Episode) -> Checklist:
    """The discharge checklist of this stay, finished."""
    return Checklist(
        patient=stay.patient,
        form_url=newest("dc").url,
        status=ChecklistStatus.COMPLETED,
        completed_at=store.clock(),
        content="{}",
    )
