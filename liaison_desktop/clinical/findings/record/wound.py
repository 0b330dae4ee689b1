"""A wound, and each look at it: measures in cm, treatment, photos."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

from liaison_desktop.clinical.findings.record.codes import FindingSource, WoundType, stays
from liaison_desktop.clinical.patients.record import partial_fits
from liaison_desktop.errors import Fault
from liaison_desktop.records import AttachedFile, Field, Record, Row


class WoundLook(Row, frozen=True, kw_only=True):
    """What one look at a wound found. Lengths in cm."""

    at: Annotated[datetime.datetime | None, Field("Seen at")] = None
    by: Annotated[str, Field("Seen by", most=200)] = ""
    source: Annotated[FindingSource | None, Field("Who says so", required=True)] = None
    length: Annotated[float | None, Field("Length, cm")] = None
    width: Annotated[float | None, Field("Width, cm")] = None
    depth: Annotated[float | None, Field("Depth, cm")] = None
    treatment: Annotated[str, Field("Treatment", free=True, most=300)] = ""
    note: Annotated[str, Field("What it looks like", lines=2, most=600)] = ""
    photos: Annotated[tuple[AttachedFile, ...], Field("Photos")] = ()

    def size(self) -> str:
        """The measures in words: "4.5 × 3 × 0.5 cm"; empty if nobody measured."""
        sides = [f"{side:g}" for side in (self.length, self.width, self.depth) if side is not None]
        return f"{' × '.join(sides)} cm" if sides else ""


class Wound(Record, frozen=True, kw_only=True):
    """One wound. Its looks stand oldest first, and each stays as it was written."""

    kind: ClassVar[str] = "wound"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("patient",),)

    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    episode: Annotated[uuid.UUID | None, Field("Episode", refers_to="episode")] = None
    site: Annotated[str, Field("Where", required=True, free=True, most=100)] = ""
    type: Annotated[WoundType | None, Field("Sort of wound", required=True)] = None
    since: Annotated[str, Field("Since", most=10)] = ""
    looks: Annotated[tuple[WoundLook, ...], Field("Looks")] = ()
    healed_on: Annotated[datetime.date | None, Field("Healed on")] = None
    mistake: Annotated[str, Field("Why it was entered in error", most=300)] = ""

    def faults(self) -> tuple[Fault, ...]:
        """A day that exists."""
        found = list(super().faults())
        if self.since and not partial_fits(self.since):
            found.append(Fault(field="since", message="Write a day, such as 2026-11-14, or only month or year."))
        return tuple(found)

    @property
    def current(self) -> bool:
        """Whether it is a wound still, as far as is known."""
        return self.healed_on is None and not self.mistake

    @property
    def last(self) -> WoundLook | None:
        """The newest look."""
        return self.looks[-1] if self.looks else None

    def title(self) -> str:
        """Where and what sort: "Sacrum: pressure, stage 2"."""
        sort = self.type.label[:1].lower() + self.type.label[1:] if self.type is not None else ""
        return ": ".join(filter(None, (self.site, sort)))

    def facts(self) -> str:
        """The last measures and the treatment."""
        return " · ".join(filter(None, (self.last.size(), self.last.treatment))) if self.last is not None else ""

    def guard_removal(self) -> tuple[Fault, ...]:
        """A finding is taken back, never taken away."""
        return stays("mistake")

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """A look stays as it was written; more are added behind it."""
        return () if self.looks[: len(previous.looks)] == previous.looks else stays("looks")
