"""The facility a patient comes from or goes to, and the practitioner who explains and performs."""

from __future__ import annotations

import uuid
import zoneinfo
from typing import Annotated, ClassVar

from liaison_desktop.errors import Fault
from liaison_desktop.records import Code, Field, Record


class Credential(Code):
    """What a practitioner is licensed as."""

    MD = "md", "MD"
    DO = "do", "DO"
    DPM = "dpm", "DPM"
    DDS = "dds", "DDS"
    NP = "np", "NP"
    PA = "pa", "PA"
    CRNA = "crna", "CRNA"
    CNM = "cnm", "CNM"
    OTHER = "other", "Other"


class Facility(Record, frozen=True, kw_only=True):
    """A hospital, unit or clinic. `own` marks the one this laptop works for."""

    kind: ClassVar[str] = "facility"

    name: Annotated[str, Field("Name", required=True, search=True, most=200)] = ""
    unit: Annotated[str, Field("Unit", search=True, most=200)] = ""
    address: Annotated[str, Field("Address", lines=3, most=600)] = ""
    phone: Annotated[str, Field("Phone", most=60)] = ""
    zone: Annotated[str, Field("Time zone", help="Such as America/Chicago", most=60)] = ""
    own: Annotated[bool, Field("Our facility")] = False

    def title(self) -> str:
        """The facility's name."""
        return self.name

    def facts(self) -> str:
        """Unit and phone."""
        return " · ".join(part for part in (self.unit, self.phone) if part)

    def faults(self) -> tuple[Fault, ...]:
        """The needed fields, and a time zone that exists."""
        found = list(super().faults())
        if self.zone:
            try:
                zoneinfo.ZoneInfo(self.zone)
            except (ValueError, zoneinfo.ZoneInfoNotFoundError, OSError):
                found.append(
                    Fault(field="zone", message="This time zone is not known. Write one such as America/Chicago.")
                )
        return tuple(found)


class Practitioner(Record, frozen=True, kw_only=True):
    """Someone who explains a procedure, performs it or orders it. Never the liaison."""

    kind: ClassVar[str] = "practitioner"

    name: Annotated[str, Field("Name", required=True, search=True, most=200)] = ""
    credential: Annotated[Credential | None, Field("Credential")] = None
    service: Annotated[str, Field("Service", search=True, most=200)] = ""
    phone: Annotated[str, Field("Phone", most=60)] = ""
    facility: Annotated[uuid.UUID | None, Field("Facility", refers_to="facility")] = None
    active: Annotated[bool, Field("Works here now")] = True

    def title(self) -> str:
        """Name and credential: "Wei Chen, MD"."""
        shown = "" if self.credential in (None, Credential.OTHER) else f", {self.credential.label}"
        return f"{self.name}{shown}"

    def facts(self) -> str:
        """Service and phone."""
        return " · ".join(part for part in (self.service, self.phone) if part)
