"""Allergies, the band and isolation at the bedside. They live on the patient, where the banner reads them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

import msgspec

from liaison_desktop.clinical.patients.actions import assert_allergies, change_patient
from liaison_desktop.clinical.patients.record import (
    Allergy,
    AllergyAssertion,
    AllergyBand,
    AllergyQuestion,
    Isolation,
    Patient,
    Verification,
)
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.errors import Missing
from liaison_desktop.store import Store

replace = msgspec.structs.replace


def keep_allergies(
    store: Store,
    patient: Patient,
    assertion: AllergyAssertion | None,
    allergies: tuple[Allergy, ...],
    questions: Iterable[AllergyQuestion],
    *,
    note: str = "",
    band: AllergyBand | None = None,
) -> Patient:
    """What was found out about allergies, all of it. Raises Refused: nothing is said without an assertion (V13)."""
    require(store, "record_clinical")
    by, now = store.actor.name, store.clock()
    before = {(one.topic, one.answer): one for one in patient.allergy_questions}
    asked = tuple(before.get((one.topic, one.answer), replace(one, by=by, at=now)) for one in questions)
    # Asked again with the same answer: it is known as of now, not as of nine days ago.
    whole = replace(patient, allergy_questions=asked, allergy_asserted_by=by, allergy_asserted_at=now)
    if band is not patient.allergy_band:
        whole = replace(whole, allergy_band=band, allergy_band_by=by, allergy_band_at=now)
    return assert_allergies(store, whole, assertion, allergies, note=note)


def verify_allergy(store: Store, patient: Patient, allergy_id: uuid.UUID, verification: Verification) -> Patient:
    """Somebody confirmed or refuted an allergy; who and when stay with it. Raises Missing, Refused.

    When the last one is refuted the list is empty, and it is asked what is known now: `unable` is never guessed.
    """
    require(store, "record_clinical")
    by, now = store.actor.name, store.clock()
    if all(one.id != allergy_id for one in patient.allergies):
        raise Missing("This allergy is no longer on the list.")
    rows = tuple(
        replace(one, verification=verification, verified_by=by, verified_at=now) if one.id == allergy_id else one
        for one in patient.allergies
    )
    return assert_allergies(store, patient, patient.allergy_assertion, rows, note=patient.allergy_note)


def see_band(store: Store, patient: Patient, band: AllergyBand) -> Patient:
    """The allergy band was looked for. Raises Refused."""
    require(store, "record_clinical")
    by = store.actor.name
    seen = replace(patient, allergy_band=band, allergy_band_by=by, allergy_band_at=store.clock())
    return change_patient(store, seen, reason="Allergy band")


def set_isolation(store: Store, patient: Patient, rows: Iterable[Isolation]) -> Patient:
    """What precautions hold; a row that is new or changed says who noted it, and when. Raises Refused."""
    require(store, "record_clinical")
    by, now = store.actor.name, store.clock()
    kept = tuple(row if row in patient.isolation else replace(row, noted_by=by, noted_at=now) for row in rows)
    return change_patient(store, replace(patient, isolation=kept), reason="Isolation")
