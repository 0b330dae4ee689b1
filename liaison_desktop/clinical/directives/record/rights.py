"""That written information on rights was given: to whom, when, by whom. Written once."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

from liaison_desktop.errors import Fault
from liaison_desktop.records import Code, Field, Merging, Record


class GivenTo(Code):
    """Who took it. Where the patient cannot, family or representative do, and the patient gets it when able."""

    PATIENT = "patient", "The patient"
    REPRESENTATIVE = "representative", "The representative"
    FAMILY = "family", "Family"


class RightsGiven(Record, frozen=True, kw_only=True):
    """The written information of 42 CFR 489.102(a)(1), given once. It is never made to depend on a directive."""

    kind: ClassVar[str] = "rights_given"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("patient",),)
    merging: ClassVar[Merging] = Merging.IMMUTABLE

    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    episode: Annotated[uuid.UUID | None, Field("Episode", refers_to="episode")] = None
    given_to: Annotated[GivenTo | None, Field("Given to", required=True)] = None
    given_name: Annotated[str, Field("Their name", most=200)] = ""
    language: Annotated[str, Field("Language of the paper", most=60)] = ""
    at: Annotated[datetime.datetime | None, Field("Given at", required=True)] = None
    by: Annotated[str, Field("Given by", required=True, most=200)] = ""
    note: Annotated[str, Field("Note", lines=2, most=600)] = ""
    recorded_by: Annotated[str, Field("Recorded by", most=200)] = ""
    recorded_at: Annotated[datetime.datetime | None, Field("Recorded at")] = None

    def title(self) -> str:
        """What was given."""
        return "Written information on rights"

    def facts(self) -> str:
        """To whom."""
        return self.given_to.label if self.given_to is not None else ""

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """It was given, and stays so."""
        return (Fault(field="", message="This was written down once and cannot be changed.", rule="SEAL"),)

    def guard_removal(self) -> tuple[Fault, ...]:
        """Nor taken away."""
        return (Fault(field="", message="This cannot be taken away.", rule="SEAL"),)
