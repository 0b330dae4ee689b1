"""A directive of the patient: what kind, whether it was made, where the paper is and who has seen it."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from typing import Annotated, ClassVar

from liaison_desktop.clinical.patients.record import partial_fits
from liaison_desktop.errors import Fault
from liaison_desktop.records import AttachedFile, Code, Field, Record


class DirectiveKind(Code):
    """What kind of directive, or that there is none or nobody knows: that too is written down (42 CFR 489.102)."""

    LIVING_WILL = "living_will", "Living will"
    HCPOA = "HCPOA", "Health-care power of attorney"
    POLST = "POLST", "POLST or MOLST"
    DNR_ORDER = "DNR_order", "DNR order"
    MENTAL_HEALTH = "mental_health_AD", "Mental health directive"
    NONE_STATED = "none_stated", "None, as the patient says"
    UNKNOWN = "unknown", "Not known"


class Executed(Code):
    """Whether it was signed as the law asks."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown", "Not known"


class CopyOnFile(Code):
    """Where the paper is."""

    YES = "yes", "On file"
    REQUESTED = "requested", "Asked for"
    NO = "no", "Not here"


ORDERS = (DirectiveKind.POLST, DirectiveKind.DNR_ORDER)  # orders of a practitioner, not wishes alone
ABSENT = (DirectiveKind.NONE_STATED, DirectiveKind.UNKNOWN)


class Directive(Record, frozen=True, kw_only=True):
    """One directive. `executed_on` is a partial ISO date. `agent` is the id of a person around the patient."""

    kind: ClassVar[str] = "directive"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("patient",),)

    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    directive_kind: Annotated[DirectiveKind | None, Field("What is it?", required=True)] = None
    executed: Annotated[Executed | None, Field("Signed as the law asks")] = None
    executed_on: Annotated[str, Field("Signed on", most=10)] = ""
    copy: Annotated[CopyOnFile | None, Field("Copy")] = None
    asked_of: Annotated[str, Field("Copy asked of", most=200)] = ""
    asked_at: Annotated[datetime.datetime | None, Field("Asked at")] = None
    seen_by: Annotated[str, Field("Paper seen by", most=200)] = ""
    seen_at: Annotated[datetime.datetime | None, Field("Paper seen at")] = None
    in_force: Annotated[bool | None, Field("In force, as the paper says")] = None
    paper: Annotated[tuple[AttachedFile, ...], Field("Copy of the paper")] = ()
    says: Annotated[str, Field("What it says", lines=3, most=2000)] = ""
    agent: Annotated[uuid.UUID | None, Field("Agent it names")] = None
    told_by: Annotated[str, Field("Who told us", most=200)] = ""
    recorded_by: Annotated[str, Field("Recorded by", most=200)] = ""
    recorded_at: Annotated[datetime.datetime | None, Field("Recorded at")] = None
    ended_at: Annotated[datetime.datetime | None, Field("No longer counts since")] = None
    ended_reason: Annotated[str, Field("Why it no longer counts", lines=2, most=600)] = ""

    def title(self) -> str:
        """What kind it is."""
        return self.directive_kind.label if self.directive_kind is not None else "Directive"

    def facts(self) -> str:
        """Where the paper is."""
        return self.copy.label if self.copy is not None else ""

    @property
    def counts(self) -> bool:
        """Whether it is a directive that still counts, as far as anybody said."""
        absent = self.directive_kind is None or self.directive_kind in ABSENT
        return not absent and self.ended_at is None and self.in_force is not False

    def faults(self) -> tuple[Fault, ...]:
        """The needed fields, a date that is one, and a copy that was asked of somebody."""
        return (*super().faults(), *_faults(self))


def _faults(directive: Directive) -> Iterator[Fault]:
    if directive.executed_on and not partial_fits(directive.executed_on):
        yield Fault(field="executed_on", message="Write a date such as 3 Feb 2022, or only the month or year.")
    if directive.copy is CopyOnFile.REQUESTED and not directive.asked_of.strip():
        yield Fault(field="asked_of", message="Say of whom the copy was asked.")
