"""Places, and who works where."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar

from liaison_desktop.msl.directory.record.codes import (
    AffiliationRole,
    Confidence,
    InstitutionKind,
    InstitutionStatus,
    KnownOrNot,
)
from liaison_desktop.records import Field, Merging, Record


class Institution(Record, frozen=True, kw_only=True):
    """A hospital, department, clinic, society or other place people belong to."""

    kind: ClassVar[str] = "institution"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("name",),)
    merging: ClassVar[Merging] = Merging.SERVER_WINS

    name: Annotated[str, Field("Name", required=True, search=True, most=200)] = ""
    parent_id: Annotated[uuid.UUID | None, Field("Part of", refers_to="institution")] = None
    institution_kind: Annotated[InstitutionKind | None, Field("Kind", required=True)] = None
    is_teaching_hospital: Annotated[KnownOrNot, Field("Teaching hospital")] = KnownOrNot.UNKNOWN
    ccn: Annotated[str, Field("CCN", help="CMS certification number", most=20)] = ""
    street: Annotated[str, Field("Street", most=200)] = ""
    city: Annotated[str, Field("City", search=True, most=120)] = ""
    region: Annotated[str, Field("State or region", most=80)] = ""
    postcode: Annotated[str, Field("Postcode", most=20)] = ""
    country: Annotated[str, Field("Country", help="Two letters", most=2)] = "US"
    latitude: Annotated[float | None, Field("Latitude")] = None
    longitude: Annotated[float | None, Field("Longitude")] = None
    access_policy: Annotated[str, Field("Access policy", most=400, free=True)] = ""
    access_note: Annotated[str, Field("Access note", lines=2, most=400)] = ""
    status: Annotated[InstitutionStatus, Field("Status")] = InstitutionStatus.ACTIVE

    def title(self) -> str:
        """The name of the place."""
        return self.name.strip() or "No name yet"

    def facts(self) -> str:
        """Kind and city."""
        kind = self.institution_kind.label if self.institution_kind else ""
        return ", ".join(part for part in (kind, self.city.strip()) if part)


class Affiliation(Record, frozen=True, kw_only=True):
    """One person's work at one place. At most one for each person, place, role and first day."""

    kind: ClassVar[str] = "affiliation"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("person_id",), ("institution_id",))
    merging: ClassVar[Merging] = Merging.SERVER_WINS

    person_id: Annotated[uuid.UUID | None, Field("Person", refers_to="person", required=True)] = None
    institution_id: Annotated[uuid.UUID | None, Field("Institution", refers_to="institution", required=True)] = None
    role: Annotated[AffiliationRole | None, Field("Role")] = None
    is_primary: Annotated[bool, Field("Main place of work")] = False
    start_on: Annotated[datetime.date | None, Field("From")] = None
    end_on: Annotated[datetime.date | None, Field("Until")] = None
    source: Annotated[str, Field("Learned from", most=200, free=True)] = ""
    confidence: Annotated[Confidence | None, Field("How sure")] = None

    def title(self) -> str:
        """The role; person and place are known by id only."""
        return self.role.label if self.role else "Works here"
