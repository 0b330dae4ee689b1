"""A facility: the house this laptop works for, and those patients come from or go to."""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Iterator
from typing import Annotated, ClassVar

from liaison_desktop.clinical.people.record.capability import Capability
from liaison_desktop.errors import Fault
from liaison_desktop.records import Code, Field, Merging, Record

_NPI = 10  # digits


class FacilityType(Code):
    """What kind of house it is."""

    ACH = "ach", "Acute care hospital"
    CAH = "cah", "Critical access hospital"
    IRF = "irf", "Inpatient rehabilitation"
    LTACH = "ltach", "Long-term acute care"
    SNF = "snf", "Skilled nursing facility"
    HHA = "hha", "Home health agency"
    HOSPICE = "hospice"
    ALF = "alf", "Assisted living"
    PSYCH = "psych", "Psychiatric hospital"
    OUTPT = "outpt", "Outpatient clinic"
    OTHER = "other"


class LpnPolicy(Code):
    """What an LPN may do with a checklist at this facility (V7); states differ."""

    COLLECT_THEN_RN_REVIEW = "collect_then_rn_review", "Collects, an RN reviews"
    RN_ONLY = "rn_only", "Only an RN completes"
    FACILITY_DEFINED = "facility_defined", "As the facility's policy says"


class Facility(Record, frozen=True, kw_only=True):
    """A hospital, unit or clinic. `own` marks the one this laptop works for."""

    kind: ClassVar[str] = "facility"
    merging: ClassVar[Merging] = Merging.SERVER_WINS

    name: Annotated[str, Field("Name", required=True, search=True, most=200)] = ""
    unit: Annotated[str, Field("Unit", search=True, most=200)] = ""
    type: Annotated[FacilityType | None, Field("Kind of facility")] = None
    npi: Annotated[str, Field("NPI", help="Ten digits", search=True, most=20)] = ""
    address: Annotated[str, Field("Address", lines=3, most=600)] = ""
    phone: Annotated[str, Field("Phone", most=60)] = ""
    fax: Annotated[str, Field("Fax", most=60)] = ""
    state: Annotated[str, Field("State", help="Two letters, such as IL", most=2)] = ""
    zone: Annotated[str, Field("Time zone", help="Such as America/Chicago", most=60)] = ""
    own: Annotated[bool, Field("Our facility")] = False
    lpn_policy: Annotated[LpnPolicy | None, Field("What an LPN may do with a checklist")] = None
    capabilities: Annotated[tuple[Capability, ...], Field("What it can do")] = ()

    def title(self) -> str:
        """The facility's name."""
        return self.name

    def facts(self) -> str:
        """Unit and phone."""
        return " · ".join(part for part in (self.unit, self.phone) if part)

    def faults(self) -> tuple[Fault, ...]:
        """The needed fields, a time zone that exists, a state and an NPI that can be one, capabilities that make sense."""
        return (*super().faults(), *_place_faults(self), *_capability_faults(self.capabilities))


def npi_fits(npi: str) -> bool:
    """Whether a National Provider Identifier checks out: ten digits, the last by Luhn over 80840 and the rest."""
    if not (npi.isascii() and npi.isdigit() and len(npi) == _NPI):
        return False
    total = 0
    for place, digit in enumerate(reversed(f"80840{npi}")):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _place_faults(facility: Facility) -> Iterator[Fault]:
    if facility.zone:
        try:
            zoneinfo.ZoneInfo(facility.zone)
        except (ValueError, zoneinfo.ZoneInfoNotFoundError, OSError):
            yield Fault(field="zone", message="This time zone is not known. Write one such as America/Chicago.")
    if facility.state and not (len(facility.state) == 2 and facility.state.isascii() and facility.state.isalpha()):
        yield Fault(field="state", message="Write the state with two letters, such as IL.")
    if facility.npi and not npi_fits(facility.npi):
        yield Fault(field="npi", message="This is no NPI: it has ten digits, and the last one checks the others.")


def _capability_faults(rows: tuple[Capability, ...]) -> Iterator[Fault]:
    for number, row in enumerate(rows):
        if row.most is not None and row.most <= 0:
            yield Fault(field=f"capabilities.{number}.most", message="Write a number above zero, or leave it empty.")
        if row.effective_from and row.effective_to and row.effective_to < row.effective_from:
            yield Fault(field=f"capabilities.{number}.effective_to", message="It ends before it begins.")
        if row.code and any(other.code is row.code and _meet(other, row) for other in rows[:number]):
            yield Fault(
                field=f"capabilities.{number}.code",
                message="This stands here already for the same time. Change that one.",
            )


def _meet(one: Capability, other: Capability) -> bool:
    first, second = (
        (row.effective_from or datetime.date.min, row.effective_to or datetime.date.max) for row in (one, other)
    )
    return first[0] <= second[1] and second[0] <= first[1]
