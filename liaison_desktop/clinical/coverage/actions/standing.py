"""How a patient's coverage and authorisation stand on a day: what the chart shows and the guards of a step ask."""

from __future__ import annotations

import datetime
import uuid

import msgspec

from liaison_desktop.clinical.coverage.queries import authorisations_of, coverages_of, verifications_of
from liaison_desktop.clinical.coverage.record import Authorisation, PlanType
from liaison_desktop.clinical.coverage.rules import (
    Standing,
    StandingState,
    admission_faults,
    authorised,
    coverage_standing_of,
)
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store

NO_PAYER = (PlanType.SELF_PAY, PlanType.CHARITY)  # nobody there whom one could ask


class AuthorisationStanding(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an admission on a day is authorised, in words, and by which; V35 may be overridden with a reason."""

    holds: bool
    words: str
    authorisation: Authorisation | None = None


def standings(store: Store, patient: uuid.UUID, on: datetime.date) -> tuple[Standing, ...]:
    """How each coverage of a patient stands on a day, in the order in which they pay."""
    days = int(policy_of(store).number("insurance_valid_days"))
    said = verifications_of(store, patient)
    return tuple(
        coverage_standing_of(coverage, (one for one in said if one.coverage == coverage.id), on, days)
        for coverage in coverages_of(store, patient)
    )


def coverage_standing(store: Store, patient: uuid.UUID, on: datetime.date) -> Standing:
    """How the coverage that pays first stands on a day: verified, stale, unverified, inactive, or none recorded."""
    held = standings(store, patient, on)
    if not held:
        return Standing(state=StandingState.NONE, words="No coverage is recorded")
    first = held[0]
    if first.coverage is not None and first.coverage.plan_type in NO_PAYER:
        return msgspec.structs.replace(first, state=StandingState.VERIFIED, words=first.coverage.facts())
    return first


def authorisation_standing(store: Store, patient: uuid.UUID, on: datetime.date) -> AuthorisationStanding:
    """Whether an admission on that day is authorised under the coverage that pays first (V35)."""
    first = coverage_standing(store, patient, on)
    if first.coverage is None:
        return AuthorisationStanding(holds=False, words=first.words)
    if first.coverage.plan_type in NO_PAYER:
        return AuthorisationStanding(holds=True, words="Nobody has to authorise it")
    held = [one for one in authorisations_of(store, patient) if one.coverage == first.coverage.id]
    needed = first.said.authorisation if first.said is not None else None
    covering = authorised(held, on)
    faults = admission_faults(needed, held, on, policy_of(store))
    if faults:
        return AuthorisationStanding(holds=False, words=faults[0].message, authorisation=covering)
    words = "Authorised on that day" if covering is not None else "The payer asks for no authorisation"
    return AuthorisationStanding(holds=True, words=words, authorisation=covering)
