"""Medicines of the chart that matter before a procedure, offered to a consent and never put into it by themselves."""

from __future__ import annotations

import uuid

from liaison_desktop.clinical.consents.record import MedicineNote
from liaison_desktop.clinical.episodes.queries import current_episode
from liaison_desktop.clinical.medications.actions.listing import plain_how, plain_often
from liaison_desktop.clinical.medications.queries import medicines_of
from liaison_desktop.clinical.medications.record import Medicine, MedicineList
from liaison_desktop.store import Store


def charted_medicines(store: Store, patient: uuid.UUID | None) -> tuple[MedicineNote, ...]:
    """The high-alert medicines taken at home, and those for which a prescriber gave a plan; the plan in their words."""
    stay = current_episode(store, patient) if patient is not None else None
    if stay is None:
        return ()
    held = (each for each in medicines_of(store, stay.id) if each.list is MedicineList.HOME and each.current)
    return tuple(_note(each) for each in held if each.alert or each.plan.strip())


def _note(medicine: Medicine) -> MedicineNote:
    taken = ", ".join(filter(None, (medicine.dose, plain_how(medicine), plain_often(medicine))))
    plan = f"{medicine.plan.strip()} ({medicine.plan_by.strip()})" if medicine.plan_by.strip() else ""
    return MedicineNote(name=medicine.name, how_taken=taken, what_to_do=plan[:300], alert=medicine.alert)
