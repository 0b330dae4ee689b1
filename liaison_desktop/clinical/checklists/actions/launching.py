"""The chart's patient as a FHIR resource, for the expressions of a form from elsewhere. Values in, JSON out."""

from __future__ import annotations

from typing import Any

from liaison_desktop.clinical.patients.record import Patient


def patient_resource(patient: Patient) -> dict[str, Any]:
    """A FHIR R4 Patient with what a form may start from: names, birth date, sex, numbers, phones, address."""
    name = {"use": "official", "family": patient.family, "given": patient.given.split()}
    telecom = [{"system": "phone", "value": phone} for phone in patient.phones]
    if patient.email:
        telecom.append({"system": "email", "value": patient.email})
    held: dict[str, Any] = {
        "resourceType": "Patient",
        "id": str(patient.id),
        "name": [{key: value for key, value in name.items() if value}],
        "birthDate": patient.birth_date,
        "gender": patient.sex_admin.value if patient.sex_admin is not None else "",
        "identifier": [{"type": {"text": one.system.value}, "value": one.value} for one in patient.identifiers],
        "telecom": telecom,
        "address": [{"text": patient.address}] if patient.address else [],
    }
    return {key: value for key, value in held.items() if value}
