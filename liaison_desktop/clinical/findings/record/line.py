"""A line, drain or device in or on the patient."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar

from liaison_desktop.clinical.findings.record.codes import Device, FindingSource, stays
from liaison_desktop.clinical.patients.record import partial_fits
from liaison_desktop.errors import Fault
from liaison_desktop.records import Field, Record


class LineDevice(Record, frozen=True, kw_only=True):
    """One line, drain or device, from the day it went in. `inserted_on` is a partial date."""

    kind: ClassVar[str] = "line_device"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("patient",),)

    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    episode: Annotated[uuid.UUID | None, Field("Episode", refers_to="episode")] = None
    device: Annotated[Device | None, Field("What", required=True)] = None
    site: Annotated[str, Field("Site", most=100)] = ""
    inserted_on: Annotated[str, Field("In since", most=10)] = ""
    indication: Annotated[str, Field("What for", free=True, most=200)] = ""
    detail: Annotated[str, Field("Detail", free=True, most=200)] = ""
    source: Annotated[FindingSource | None, Field("Who says so", required=True)] = None
    removed_on: Annotated[datetime.date | None, Field("Taken out on")] = None
    mistake: Annotated[str, Field("Why it was entered in error", most=300)] = ""
    noted_at: Annotated[datetime.datetime | None, Field("Recorded at")] = None
    noted_by: Annotated[str, Field("Recorded by", most=200)] = ""

    @property
    def current(self) -> bool:
        """Whether it is in place, as far as is known."""
        return self.removed_on is None and not self.mistake

    def title(self) -> str:
        """What, and where: "PICC, left arm"."""
        return ", ".join(filter(None, (self.device.label if self.device is not None else "", self.site)))

    def facts(self) -> str:
        """What for, and the detail."""
        return " · ".join(filter(None, (self.indication, self.detail)))

    def faults(self) -> tuple[Fault, ...]:
        """A day that exists."""
        found = list(super().faults())
        if self.inserted_on and not partial_fits(self.inserted_on):
            found.append(Fault(field="inserted_on", message="Write a day, such as 2026-11-14, or only month or year."))
        return tuple(found)

    def guard_removal(self) -> tuple[Fault, ...]:
        """A finding is taken back, never taken away."""
        return stays("mistake")
