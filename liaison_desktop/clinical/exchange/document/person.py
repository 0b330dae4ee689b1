"""The patient and the people around: Patient, RelatedPerson; and allergies, which live in the patient's record."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from liaison_desktop.clinical.exchange.document.values import (
    HL7,
    Json,
    coding,
    concept,
    extension,
    moment,
    refer,
    resource,
    without_blanks,
)
from liaison_desktop.clinical.patients.record import (
    Allergy,
    AllergyAssertion,
    Identifier,
    IdentifierSystem,
    InterpreterNeed,
    Patient,
    RelatedPerson,
    language_name,
)
from liaison_desktop.clinical.people.record import Facility

# Kinds of number (HL7 table 0203): record number, Medicare, Medicaid, member number.
_NUMBERS = {
    IdentifierSystem.MRN: "MR",
    IdentifierSystem.REFERRING_MRN: "MR",
    IdentifierSystem.MBI: "MC",
    IdentifierSystem.MEDICAID: "MA",
    IdentifierSystem.PAYER_ID: "MB",
}
_INTERPRETER = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"


def patient_resource(patient: Patient, ours: Facility | None) -> Json:
    """Patient. A birth date known in part is written in part."""
    needs = patient.communication
    contacts: list[Json] = [{"system": "phone", "value": phone} for phone in patient.phones]
    contacts += [{"system": "email", "value": patient.email}] if patient.email else []
    needed = needs.interpreter in (InterpreterNeed.YES, InterpreterNeed.DECLINED)
    languages = [
        {"language": concept(language_name(tag), coding("urn:ietf:bcp:47", tag)), "preferred": tag == needs.spoken}
        for tag in dict.fromkeys(filter(None, (needs.spoken, needs.written)))
    ]
    return resource(
        "Patient",
        patient.id,
        extension=[{"url": _INTERPRETER, "valueBoolean": needed}] if needs.interpreter is not None else None,
        identifier=[_number(one, ours) for one in patient.identifiers],
        name=_names(patient),
        telecom=contacts,
        gender=patient.sex_admin.value if patient.sex_admin is not None else None,
        birthDate=patient.birth_date or None,
        deceasedDateTime=moment(patient.deceased_at),
        address=[{"text": patient.address}] if patient.address else None,
        communication=languages,
        managingOrganization=refer(ours.id, ours.name) if ours is not None else None,
    )


def _names(patient: Patient) -> list[Json]:
    given = patient.given.split()
    names = [without_blanks({"use": "official", "family": patient.family, "given": given})]
    return [*names, {"use": "usual", "text": patient.preferred_name}] if patient.preferred_name else names


def _number(one: Identifier, ours: Facility | None) -> Json:
    code = _NUMBERS.get(one.system)
    kind = concept(one.system.label, coding(HL7 + "v2-0203", code)) if code else concept(one.system.label)
    by = {"display": ours.name} if ours is not None and one.system is IdentifierSystem.MRN else None
    return without_blanks({"type": kind, "value": one.value, "assigner": by})


def related_resources(patient: Patient) -> Iterator[Json]:
    """RelatedPerson, each with what they may be told as an extension."""
    for person in patient.related:
        yield resource(
            "RelatedPerson",
            person.id,
            extension=_told(person),
            active=True,
            patient=refer(patient.id),
            relationship=[_relation(person), *(concept(role.label) for role in person.roles)],
            name=[{"text": person.name}] if person.name else None,
            telecom=[{"system": "phone", "value": phone} for phone in person.phones],
        )


def _relation(person: RelatedPerson) -> Json:
    if person.relationship is None:
        return concept("Not recorded")
    code = {"DAU": "DAU", "SON": "SON", "OTH": "O"}.get(person.relationship.value, person.relationship.value)
    system = HL7 + ("v2-0131" if code == "O" else "v3-RoleCode")
    return concept(person.relationship.label, coding(system, code))


def _told(person: RelatedPerson) -> list[Json]:
    may = person.may_discuss
    return [extension("may-discuss", valueCode=may.value)] if may is not None else []


def allergy_resources(patient: Patient) -> Iterator[Json]:
    """AllergyIntolerance. What was asserted is told in words when there is no list; no rows never means none."""
    asserted = patient.allergy_assertion
    if asserted is not None and asserted is not AllergyAssertion.HAS_ALLERGIES:
        yield _allergy(patient, "assertion", _asserted(patient, asserted))
    for allergy in patient.allergies:
        yield _allergy(patient, allergy, _listed(allergy))


def _allergy(patient: Patient, which: Allergy | str, fields: dict[str, Any]) -> Json:
    id = which.id if isinstance(which, Allergy) else uuid.uuid5(patient.id, which)
    return resource("AllergyIntolerance", id, patient=refer(patient.id), **fields)


def _state(clinical: str | None, verification: str) -> dict[str, Any]:
    said = concept("", coding(HL7 + "allergyintolerance-clinical", clinical)) if clinical else None
    return {
        "clinicalStatus": said,
        "verificationStatus": concept("", coding(HL7 + "allergyintolerance-verification", verification)),
    }


def _asserted(patient: Patient, asserted: AllergyAssertion) -> dict[str, Any]:
    sure = "unconfirmed" if asserted is AllergyAssertion.UNABLE else "confirmed"
    notes = [{"text": patient.allergy_note}] if patient.allergy_note else None
    return {
        **_state("active", sure),
        "code": concept(asserted.label),
        "recordedDate": moment(patient.allergy_asserted_at),
        "note": notes,
    }


def _listed(allergy: Allergy) -> dict[str, Any]:
    # FHIR invariant ait-2: an entry made in error has no clinical status. R4 has no "presumed" (R5 brought it).
    verified = {"presumed": "unconfirmed"}.get(allergy.verification.value, allergy.verification.value)
    reactions = [
        without_blanks(
            {
                "manifestation": [concept(reaction.manifestation)],
                "severity": reaction.severity.value if reaction.severity is not None else None,
            }
        )
        for reaction in allergy.reactions
    ]
    return {
        **_state(None if verified == "entered-in-error" else allergy.clinical.value, verified),
        "type": allergy.type.value if allergy.type is not None else None,
        "category": [allergy.category.value] if allergy.category is not None else None,
        "criticality": allergy.criticality.value if allergy.criticality is not None else None,
        "code": concept(allergy.substance),
        "onsetDateTime": allergy.since or None,
        "reaction": reactions,
    }
