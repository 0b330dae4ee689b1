"""One coverage of a patient, in the order in which payers pay."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from typing import Annotated, ClassVar

import msgspec

from liaison_desktop.clinical.coverage.record.codes import MspScreen, PlanType, SubscriberIs
from liaison_desktop.errors import Fault
from liaison_desktop.records import AttachedFile, Field, Record, Row

ORDINALS = ("Primary", "Secondary", "Third", "Fourth", "Fifth", "Sixth")


class Subscriber(Row, frozen=True, kw_only=True):
    """Who holds the policy. Name and birth date only where it is not the patient. `birth_date` is a partial ISO date."""

    relation: Annotated[SubscriberIs | None, Field("Who holds the policy")] = None
    name: Annotated[str, Field("Their name", most=200)] = ""
    birth_date: Annotated[str, Field("Their birth date", most=10)] = ""
    employer: Annotated[str, Field("Employer", most=200)] = ""


class Coverage(Record, frozen=True, kw_only=True):
    """One payer of a patient's care. `rank` is 1 for who pays first; `plan_year_month` is when a plan year begins."""

    kind: ClassVar[str] = "coverage"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("patient",),)

    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    rank: Annotated[int, Field("Pays as number")] = 1
    payer: Annotated[str, Field("Payer", required=True, search=True, most=200)] = ""
    payer_phone: Annotated[str, Field("Payer's phone", most=60)] = ""
    plan_type: Annotated[PlanType | None, Field("Plan")] = None
    member_id: Annotated[str, Field("Member number", required=True, most=60)] = ""
    group_number: Annotated[str, Field("Group number", most=60)] = ""
    subscriber: Annotated[Subscriber, Field("Subscriber")] = msgspec.field(default_factory=Subscriber)
    effective_from: Annotated[datetime.date | None, Field("In effect from")] = None
    effective_to: Annotated[datetime.date | None, Field("In effect until")] = None
    plan_year_month: Annotated[int, Field("Plan year begins in month")] = 1
    msp_screen: Annotated[MspScreen | None, Field("Medicare second payer questions")] = None
    card_front: Annotated[tuple[AttachedFile, ...], Field("Front of the card")] = ()
    card_back: Annotated[tuple[AttachedFile, ...], Field("Back of the card")] = ()
    ended_reason: Annotated[str, Field("Why it is no longer used", lines=2, most=600)] = ""
    ended_at: Annotated[datetime.datetime | None, Field("No longer used since")] = None

    def title(self) -> str:
        """The payer."""
        return self.payer or "Coverage"

    def facts(self) -> str:
        """Place in the order and the plan."""
        plan = self.plan_type.label if self.plan_type is not None else ""
        return " · ".join(part for part in (self.ordinal, plan) if part)

    @property
    def ordinal(self) -> str:
        """Primary, secondary and so on."""
        return ORDINALS[self.rank - 1] if 1 <= self.rank <= len(ORDINALS) else f"Number {self.rank}"

    @property
    def used(self) -> bool:
        """Whether it still counts as one of the patient's coverages."""
        return self.ended_at is None

    def in_effect(self, on: datetime.date) -> bool:
        """Whether the plan runs on that day, as far as its dates are known."""
        begun = self.effective_from is None or self.effective_from <= on
        return begun and (self.effective_to is None or on <= self.effective_to)

    def faults(self) -> tuple[Fault, ...]:
        """The needed fields, an order that counts from 1, a month, and dates that follow each other."""
        return (*super().faults(), *_faults(self))


def _faults(coverage: Coverage) -> Iterator[Fault]:
    if coverage.rank < 1:
        yield Fault(field="rank", message="The first payer is number 1.")
    if not 1 <= coverage.plan_year_month <= 12:
        yield Fault(field="plan_year_month", message="Write the number of a month, 1 to 12.")
    if coverage.effective_from and coverage.effective_to and coverage.effective_to < coverage.effective_from:
        yield Fault(field="effective_to", message="This lies before the day from which it is in effect.")
