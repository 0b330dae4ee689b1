"""Who sends patients: a place, and the people there."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Annotated, ClassVar

from liaison_desktop.clinical.outreach.record.codes import VisitFrequency
from liaison_desktop.clinical.people.record import FacilityType
from liaison_desktop.clinical.people.record.places import npi_fits
from liaison_desktop.errors import Fault
from liaison_desktop.records import Field, Merging, Record

_BEST = 5


class SourcePlace(Record, frozen=True, kw_only=True):
    """A hospital, clinic or agency that sends patients, or may."""

    kind: ClassVar[str] = "source_place"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("name",),)
    merging: ClassVar[Merging] = Merging.SERVER_WINS

    name: Annotated[str, Field("Place", required=True, search=True, most=200)] = ""
    type: Annotated[FacilityType | None, Field("Kind of place")] = None
    npi: Annotated[str, Field("NPI", help="Ten digits", search=True, most=20)] = ""
    address: Annotated[str, Field("Address", lines=2, most=600)] = ""
    phone: Annotated[str, Field("Phone", most=60)] = ""
    active: Annotated[bool, Field("We still work with them")] = True

    def title(self) -> str:
        """The name of the place."""
        return self.name

    def facts(self) -> str:
        """Kind and phone."""
        return " · ".join(part for part in (self.type.label if self.type else "", self.phone) if part)

    def faults(self) -> tuple[Fault, ...]:
        """The needed fields, and an NPI that can be one."""
        return (*super().faults(), *_npi_faults(self.npi))


class SourceContact(Record, frozen=True, kw_only=True):
    """Somebody at a source: a case manager, a discharge planner, a physician. `rating` is 1 to 5, what they send."""

    kind: ClassVar[str] = "source_contact"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("place_id",), ("name",))
    merging: ClassVar[Merging] = Merging.SERVER_WINS

    name: Annotated[str, Field("Name", required=True, search=True, most=200)] = ""
    place_id: Annotated[uuid.UUID | None, Field("Place", refers_to="source_place")] = None
    role: Annotated[str, Field("Role", search=True, most=120)] = ""
    npi: Annotated[str, Field("NPI", help="Ten digits", most=20)] = ""
    phone: Annotated[str, Field("Phone", search=True, most=60)] = ""
    email: Annotated[str, Field("E-mail", most=200)] = ""
    visit_frequency: Annotated[VisitFrequency | None, Field("How often")] = None
    rating: Annotated[int | None, Field("Rating")] = None
    targeted: Annotated[bool, Field("On my list to win")] = False
    notes: Annotated[str, Field("Notes", lines=3, most=2000, help="About the source. Never about a patient.")] = ""
    active: Annotated[bool, Field("Works there now")] = True

    def title(self) -> str:
        """The name."""
        return self.name

    def facts(self) -> str:
        """Role and phone; the place is known by id only."""
        return " · ".join(part for part in (self.role, self.phone) if part)

    def faults(self) -> tuple[Fault, ...]:
        """The needed fields, an NPI and an e-mail address that can be one, a rating between one and five."""
        return (*super().faults(), *_npi_faults(self.npi), *_contact_faults(self))


def _npi_faults(npi: str) -> Iterator[Fault]:
    if npi and not npi_fits(npi):
        yield Fault(field="npi", message="This is no NPI: it has ten digits, and the last one checks the others.")


def _contact_faults(contact: SourceContact) -> Iterator[Fault]:
    if contact.email and ("@" not in contact.email.strip("@") or any(mark.isspace() for mark in contact.email)):
        yield Fault(field="email", message="This is not an e-mail address.")
    if contact.rating is not None and not 1 <= contact.rating <= _BEST:
        yield Fault(field="rating", message=f"A rating is between 1 and {_BEST}.")
