"""Where the sources of one medicine differ, and what of it nobody has asked yet."""

from __future__ import annotations

import enum
from collections.abc import Iterable

from liaison_desktop.clinical.medications.record import (
    Adherence,
    Frequency,
    LastTaken,
    MedicationHistory,
    Medicine,
    MedicineList,
    Says,
    Source,
)
from liaison_desktop.clinical.medications.rules.reading import same_dose, same_frequency, same_route

# The columns that every grid has; others stand there once they say something.
FIRST = (Source.PATIENT, Source.PHARMACY, Source.RECORD)


class Differs(enum.Enum):
    """In what a source is not what is held to be taken."""

    ABSENT = "Not named"
    DOSE = "Dose"
    ROUTE = "Route"
    FREQUENCY = "How often"


def differences(medicine: Medicine, said: Says) -> frozenset[Differs]:
    """In what this source is not what the medicine says. What a source leaves open is no difference."""
    if said.absent:
        return frozenset((Differs.ABSENT,))
    found = set()
    if said.dose and medicine.dose and not same_dose(said.dose, medicine.dose):
        found.add(Differs.DOSE)
    if said.route and medicine.route and not same_route(said.route, medicine.route):
        found.add(Differs.ROUTE)
    if said.frequency and medicine.frequency:
        held = (medicine.frequency, medicine.frequency_text)
        if not same_frequency(said.frequency, said.frequency_text, *held):
            found.add(Differs.FREQUENCY)
    return frozenset(found)


def lit(medicine: Medicine) -> bool:
    """Whether any of its sources differs."""
    return any(differences(medicine, said) for said in medicine.says)


def columns(medicines: Iterable[Medicine], used: Iterable[Source] = ()) -> tuple[Source, ...]:
    """The sources that a grid shows, in the order of the code list."""
    held = {said.source for medicine in medicines for said in medicine.says} | set(used) | set(FIRST)
    return tuple(source for source in Source if source in held)


def sources_used(history: MedicationHistory | None, medicines: Iterable[Medicine]) -> tuple[Source, ...]:
    """The sources somebody chose, and those that say anything of a medicine."""
    held = {said.source for medicine in medicines for said in medicine.says}
    held |= set(history.sources) if history is not None else set()
    return tuple(source for source in Source if source in held)


def unanswered(medicine: Medicine) -> bool:
    """Whether a row was taken over and nobody has asked about it in this stay: it never counts as taken."""
    return bool(medicine.prefilled) and medicine.adherence is None


def not_asked(medicine: Medicine) -> tuple[str, ...]:
    """What of a home medicine is still to be asked, by the name of its field in the order of the form.

    “Not known” is an answer.
    """
    if medicine.list is not MedicineList.HOME or not medicine.current:
        return ()
    held = {
        "dose": bool(medicine.dose.strip()),
        "route": medicine.route is not None,
        "frequency": medicine.frequency is not None,
        "frequency_text": medicine.frequency is not Frequency.OTHER or bool(medicine.frequency_text.strip()),
        "prn_reason": not _as_needed(medicine) or bool(medicine.prn_reason.strip()),
        "adherence": medicine.adherence is not None,
        "reason_not_taking": not _not_as_meant(medicine) or bool(medicine.reason_not_taking.strip()),
        "last_taken": medicine.last_taken is not None,
        "last_taken_at": medicine.last_taken is not LastTaken.EXACT or medicine.last_taken_at is not None,
        "strength": bool(medicine.strength.strip()),
        "purpose": bool(medicine.purpose.strip()),
    }
    return tuple(name for name, answered in held.items() if not answered)


def _as_needed(medicine: Medicine) -> bool:
    return medicine.prn or medicine.frequency is Frequency.PRN


def _not_as_meant(medicine: Medicine) -> bool:
    return medicine.adherence in (Adherence.PARTIAL, Adherence.NOT_TAKING)
