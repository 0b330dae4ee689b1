"""What the chart knows of coverage stands beside the questions of the insurance verification, and answers none of them."""

from __future__ import annotations

import pytest

from liaison_desktop.clinical.checklists.actions.offering_coverage import known_coverage, known_payer
from liaison_desktop.clinical.coverage.actions import fill_practice_coverage
from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.store import Store


@pytest.fixture
def patients(clinical_store: Store) -> dict[str, Patient]:
    """The practice patients by family name, two of them covered."""
    fill_practice_patients(clinical_store)
    fill_practice_coverage(clinical_store)
    return {patient.family: patient for patient in clinical_store.all(Patient)}


def test_the_insurance_verification_is_offered_what_the_chart_knows(
    clinical_store: Store, patients: dict[str, Patient]
) -> None:
    offered = {link: (value, source) for link, value, source in known_coverage(clinical_store, patients["Álvarez"])}
    assert offered["I1.payer"] == (("valueString", "Riverbend Advantage"), "Coverage")
    assert offered["I1.plan"][0] == "PPO"
    assert offered["I6"] == (("valueString", "C-559201"), "Coverage, verified 9 d ago")
    assert (offered["I8"][0], offered["I9"][0], offered["I21"][0], offered["I24"][0]) == (
        "active",
        "in",
        "yes",
        "approved",
    )
    assert offered["I25"][0] == ("valueString", "A-22817")


def test_the_screening_is_offered_payer_and_authorisation(clinical_store: Store, patients: dict[str, Patient]) -> None:
    offered = {link: value for link, value, _source in known_payer(clinical_store, patients["Álvarez"])}
    assert offered == {"S9a": ("valueString", "Riverbend Advantage"), "S9b": "approved"}
    assert not list(known_payer(clinical_store, patients["Hassan"]))
    assert not list(known_coverage(clinical_store, patients["Hassan"]))
