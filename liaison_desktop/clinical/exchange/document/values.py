"""The small parts of FHIR: references, codes, moments, quantities. What is not known is left out, never written empty."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

HL7 = "http://terminology.hl7.org/CodeSystem/"
ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm"
UCUM = "http://unitsofmeasure.org"
OWN_CODES = "https://liaison-desktop.example/fhir/CodeSystem/"
OWN_PARTS = "https://liaison-desktop.example/fhir/StructureDefinition/"


def without_blanks(value: Mapping[str, Any]) -> Json:
    """The same without what says nothing: None, an empty text, list or object."""
    return {key: held for key, held in value.items() if held not in (None, "", [], {}, ())}


def urn(id: uuid.UUID) -> str:
    """How an entry of the Bundle is called."""
    return f"urn:uuid:{id}"


def refer(id: uuid.UUID | None, display: str = "") -> Json:
    """A reference into the Bundle, or by words alone."""
    return without_blanks({"reference": urn(id) if id is not None else None, "display": display})


def coding(system: str, code: str, display: str = "") -> Json:
    """One code of a code system."""
    return without_blanks({"system": system, "code": code, "display": display})


def concept(text: str, *codings: Json) -> Json:
    """A concept in words and codes."""
    return without_blanks({"coding": list(codings), "text": text})


def moment(at: datetime.datetime | None) -> str | None:
    """A moment with its offset, to the second."""
    return at.replace(microsecond=0).isoformat() if at is not None else None


def day(on: datetime.date | None) -> str | None:
    """A day."""
    return on.isoformat() if on is not None else None


def period(start: str | None, end: str | None) -> Json:
    """From and to, of which either may be open."""
    return without_blanks({"start": start, "end": end})


def extension(name: str, **value: Any) -> Json:
    """An extension of ours, with one value."""
    return {"url": OWN_PARTS + name, **value}


def resource(kind: str, id: uuid.UUID, **fields: Any) -> Json:
    """A resource under its own id."""
    return without_blanks({"resourceType": kind, "id": str(id), **fields})
