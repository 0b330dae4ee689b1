"""Someone who explains a procedure, performs it or orders it."""

from __future__ import annotations

import uuid
from typing import Annotated, ClassVar

from liaison_desktop.records import Code, Field, Merging, Record


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


class Practitioner(Record, frozen=True, kw_only=True):
    """Someone who explains a procedure, performs it or orders it. Never the liaison."""

    kind: ClassVar[str] = "practitioner"
    merging: ClassVar[Merging] = Merging.SERVER_WINS

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
