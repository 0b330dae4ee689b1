"""A patient in a stay, and medicines to judge."""

from __future__ import annotations

import uuid
from typing import Any

from liaison_desktop.clinical.episodes.actions import open_episode
from liaison_desktop.clinical.episodes.record import Episode, ServiceLine
from liaison_desktop.clinical.medications.queries import known_medicines
from liaison_desktop.clinical.medications.record import (
    Adherence,
    Frequency,
    LastTaken,
    MedicationHistory,
    Medicine,
    MedicineList,
    Reconciliation,
    Route,
    Says,
    Source,
)
from liaison_desktop.clinical.medications.rules.comparing import Pair, pairs_of
from liaison_desktop.clinical.medications.rules.entry import Around, marked
from liaison_desktop.clinical.patients.record import Allergy, AllergyAssertion, Patient
from liaison_desktop.policies import load_policy
from liaison_desktop.store import Store
from tests.fakes import TODAY

POLICY = load_policy("clinical")
KNOWN = known_medicines()
PATIENT, STAY = uuid.UUID(int=1), uuid.UUID(int=2)


def a_stay(store: Store, service: ServiceLine = ServiceLine.IRF, **patient: Any) -> Episode:
    """A new patient with an episode."""
    who = store.save(Patient(**({"family": "Marlow", "given": "Ada", "birth_date": "1950-02-01"} | patient)))
    with store.transaction("test") as transaction:
        return open_episode(store, transaction, who.id, service)


def a_medicine(name: str = "lisinopril", dose: str = "10 mg", **values: Any) -> Medicine:
    """A medicine taken at home once a day by mouth, marked by the table."""
    held = {"patient": PATIENT, "episode": STAY, "route": Route.PO, "frequency": Frequency.DAILY}
    return marked(Medicine(name=name, dose=dose, **(held | values)), KNOWN)


def asked_through(medicine: Medicine) -> dict[str, Any]:
    """What has to be asked beside the line itself."""
    return {
        "strength": "not known",
        "purpose": "blood pressure",
        "last_taken": LastTaken.TODAY,
        "adherence": Adherence.AS_PRESCRIBED,
    }


def ordered(name: str = "lisinopril", dose: str = "10 mg", **values: Any) -> Medicine:
    """An admission order."""
    return a_medicine(name, dose, list=MedicineList.ORDER, **values)


def says(source: Source, dose: str = "", **values: Any) -> Says:
    """What a source says."""
    return Says(source=source, dose=dose, **values)


def around(*others: Medicine, **values: Any) -> Around:
    """What a medicine is judged by."""
    return Around(now=TODAY, known=KNOWN, others=others, **values)


def allergic(*substances: str) -> tuple[Allergy, ...]:
    """Allergies to these."""
    return tuple(Allergy(substance=each) for each in substances)


def with_allergy(*substances: str) -> dict[str, Any]:
    """Fields of a patient allergic to these."""
    return {"allergies": allergic(*substances), "allergy_assertion": AllergyAssertion.HAS_ALLERGIES}


def pair(
    home: Medicine | None, order: Medicine | None, *rows: Reconciliation, allergies: tuple[Allergy, ...] = ()
) -> Pair:
    """The row of the comparison that these two make."""
    held = [each for each in (home, order) if each is not None]
    return pairs_of(held, rows, MedicineList.ORDER, KNOWN, allergies)[0]


def a_row(home: Medicine | None, order: Medicine | None, **values: Any) -> Reconciliation:
    """A row of the comparison."""
    return Reconciliation(
        patient=PATIENT,
        episode=STAY,
        taken=home.id if home else None,
        ordered=order.id if order else None,
        **values,
    )


def a_history(**values: Any) -> MedicationHistory:
    """An interview."""
    return MedicationHistory(patient=PATIENT, episode=STAY, **values)
