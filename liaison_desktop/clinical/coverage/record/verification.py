"""One verification of a coverage: a call, a look at a portal, or only the card. Written once."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from liaison_desktop.clinical.coverage.record.codes import (
    AmountsFor,
    Asked,
    Benefit,
    CopayPer,
    Financial,
    Method,
    Network,
    Outcome,
    PriorStay,
)
from liaison_desktop.errors import Fault
from liaison_desktop.records import Field, Merging, Record, Row

WHOLE = 10_000  # hundredths of a percent


class BenefitDays(Row, frozen=True, kw_only=True):
    """Days or visits of one benefit: how many there are in all, and how many are used."""

    benefit: Annotated[Benefit, Field("Benefit")] = Benefit.PART_A
    total: Annotated[int | None, Field("In all")] = None
    used: Annotated[int | None, Field("Used")] = None


class CoverageVerification(Record, frozen=True, kw_only=True):
    """What the payer said at one time. Amounts are whole cents, `coinsurance` is hundredths of a percent."""

    kind: ClassVar[str] = "coverage_verification"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("coverage",), ("patient",))
    merging: ClassVar[Merging] = Merging.IMMUTABLE

    coverage: Annotated[uuid.UUID | None, Field("Coverage", required=True, refers_to="coverage")] = None
    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    episode: Annotated[uuid.UUID | None, Field("Episode", refers_to="episode")] = None
    method: Annotated[Method | None, Field("How", required=True)] = None
    # In call order: a call that drops still counts.
    representative: Annotated[str, Field("Who you spoke to", most=200)] = ""
    call_reference: Annotated[str, Field("Call reference", most=100)] = ""
    no_reference: Annotated[bool, Field("The payer gives none")] = False
    portal_reference: Annotated[str, Field("Portal reference", most=100)] = ""
    at: Annotated[datetime.datetime | None, Field("When", required=True)] = None
    outcome: Annotated[Outcome | None, Field("Coverage", required=True)] = None
    network: Annotated[Network | None, Field("Network")] = None
    service: Annotated[str, Field("Service you asked about", most=400, free=True)] = ""
    covered: Annotated[Asked | None, Field("Is it covered?")] = None
    exclusions: Annotated[str, Field("Exclusions and limits", lines=2, most=2000)] = ""
    amounts_for: Annotated[AmountsFor | None, Field("These amounts are for")] = None
    deductible_total: Annotated[int | None, Field("Deductible, in all")] = None
    deductible_met: Annotated[int | None, Field("Deductible, met")] = None
    limit_total: Annotated[int | None, Field("Out-of-pocket limit, in all")] = None
    limit_met: Annotated[int | None, Field("Out-of-pocket, met")] = None
    copay: Annotated[int | None, Field("Copay")] = None
    copay_per: Annotated[CopayPer | None, Field("Copay for")] = None
    coinsurance: Annotated[int | None, Field("Coinsurance")] = None
    days: Annotated[tuple[BenefitDays, ...], Field("Days and visits")] = ()
    prior_stay: Annotated[PriorStay | None, Field("Three midnights as an inpatient")] = None
    last_discharge: Annotated[datetime.date | None, Field("Last discharge in this benefit period")] = None
    authorisation: Annotated[Asked | None, Field("Authorisation needed")] = None
    referral: Annotated[Asked | None, Field("Referral by the family doctor needed")] = None
    referral_number: Annotated[str, Field("Referral number", most=100)] = ""
    financial: Annotated[tuple[Financial, ...], Field("Help with costs")] = ()
    allowed: Annotated[int | None, Field("Allowed amount for the stay")] = None
    expected_units: Annotated[int | None, Field("Expected days or visits")] = None
    estimate: Annotated[int | None, Field("Estimate for the patient")] = None
    disclaimer_given: Annotated[bool | None, Field("Told that this is no guarantee of payment")] = None
    patient_words: Annotated[str, Field("What it may cost, in the patient's words", lines=2, most=1000)] = ""
    note: Annotated[str, Field("Note", lines=2, most=2000)] = ""
    valid_until: Annotated[datetime.date | None, Field("Counts until")] = None
    by: Annotated[str, Field("Recorded by", most=200)] = ""
    by_id: Annotated[uuid.UUID | None, Field("Recorded by, id")] = None
    recorded_at: Annotated[datetime.datetime | None, Field("Recorded at")] = None
    policy_version: Annotated[str, Field("Policy it was judged with", most=50)] = ""

    def title(self) -> str:
        """What it said."""
        return self.outcome.label if self.outcome is not None else "Verification"

    def facts(self) -> str:
        """How it was asked."""
        return self.method.label if self.method is not None else ""

    @property
    def told(self) -> bool:
        """Whether the payer said anything: a dropped call and a card alone verify nothing."""
        answered = self.outcome not in (None, Outcome.DROPPED, Outcome.PENDING)
        return answered and self.method is not Method.CARD_ONLY

    def faults(self) -> tuple[Fault, ...]:
        """The needed fields, and numbers that can be."""
        return (*super().faults(), *_faults(self))

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """What a payer said is written once; another call is another verification."""
        return (Fault(field="", message="A verification cannot be changed. Verify again.", rule="SEAL"),)

    def guard_removal(self) -> tuple[Fault, ...]:
        """Nor taken away."""
        return (Fault(field="", message="A verification cannot be taken away.", rule="SEAL"),)


def _faults(said: CoverageVerification) -> Iterator[Fault]:
    amounts = ("deductible_total", "deductible_met", "limit_total", "limit_met", "copay", "allowed")
    for name in (*amounts, "expected_units"):
        if (getattr(said, name) or 0) < 0:
            yield Fault(field=name, message="This cannot be below zero.")
    if said.coinsurance is not None and not 0 <= said.coinsurance <= WHOLE:
        yield Fault(field="coinsurance", message="A share lies between 0 and 100 %.")
    for number, row in enumerate(said.days):
        for name in ("total", "used"):
            if (getattr(row, name) or 0) < 0:
                yield Fault(field=f"days.{number}.{name}", message="This cannot be below zero.")
