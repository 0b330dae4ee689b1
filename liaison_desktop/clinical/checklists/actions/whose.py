"""Whose answers leave the store, who wrote them down and who gave them, as FHIR R4 says it.

The references name no server, because there is none: each is by a business identifier, as R4 provides for that. A
patient is known by the record number, else by the identifier of the record; a nurse by the one under which the journal
knows her.
"""

from __future__ import annotations

import uuid
from typing import Any

from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.patients.record import IdentifierSystem, Patient, full_name
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.store import Store

_URI = "urn:ietf:rfc:3986"  # the system of identifiers that are themselves a URI
_SORTS = "http://terminology.hl7.org/CodeSystem/v2-0203"
_CODES = {
    IdentifierSystem.MRN: "MR",
    IdentifierSystem.REFERRING_MRN: "MR",
    IdentifierSystem.MBI: "MC",
    IdentifierSystem.MEDICAID: "MA",
    IdentifierSystem.PAYER_ID: "MB",
}
_FROM = "A3"  # who gave the information, in the pre-admission checklist; the next names those who are no patient
_NAMED = "A4"


def stated(store: Store, checklist: Checklist, sheet: Sheet) -> dict[str, Any]:
    """The response with identifier, subject, author, authored and source. What came with an imported one stays."""
    raw = sheet.write(status=checklist.status.value)
    items = raw.pop("item", None)
    patient = store.find(Patient, checklist.patient)
    author = _author(store, checklist)
    raw.setdefault("identifier", _own(checklist.id))
    if patient is not None:
        raw["subject"] = _subject(patient)
    at = checklist.completed_at or checklist.started_at
    if at is not None:
        raw.setdefault("authored", at.isoformat(timespec="seconds"))
    if author:
        raw.setdefault("author", author)
        raw.setdefault("source", _source(sheet, raw.get("subject"), author))
    if items is not None:
        raw["item"] = items
    return raw


def _own(id: uuid.UUID) -> dict[str, str]:
    return {"system": _URI, "value": f"urn:uuid:{id}"}


def _subject(patient: Patient) -> dict[str, Any]:
    return {"type": "Patient", "identifier": _number(patient), "display": full_name(patient)}


def _number(patient: Patient) -> dict[str, Any]:
    for system, code in _CODES.items():
        for one in patient.identifiers:
            if one.system is system and one.value:
                sort = {"coding": [{"system": _SORTS, "code": code}], "text": system.label}
                return {"type": sort, "value": one.value}
    return _own(patient.id)


def _author(store: Store, checklist: Checklist) -> dict[str, Any]:
    """Who finished it, or began it: the journal knows that person's identifier."""
    if not checklist.author:
        return {}
    known = [one for one in store.versions(checklist.id) if one.actor == checklist.author]
    made: dict[str, Any] = {"type": "Practitioner", "display": checklist.author}
    if known:
        made["identifier"] = _own(known[0].actor_id)
    return made


def _source(sheet: Sheet, subject: Any, author: dict[str, Any]) -> dict[str, Any]:
    """Who gave the answers, where the form asks that; else the person who wrote them down."""
    said = sheet.codes(_FROM) if _FROM in sheet.definition.index else ()
    if "patient" in said and subject:
        return dict(subject)
    if {"family", "caregiver"} & set(said):
        named = next((node.value for node in sheet.nodes(_NAMED) if node.enabled), None)
        return {"type": "RelatedPerson", "display": str(named or "Family or caregiver")}
    return author
