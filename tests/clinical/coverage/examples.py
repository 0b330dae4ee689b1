"""A coverage, a call and an authorisation that nothing stands in the way of."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import msgspec

from liaison_desktop.clinical.coverage.record import (
    Asked,
    Authorisation,
    AuthorisationStatus,
    AuthorisedUnit,
    Coverage,
    CoverageVerification,
    Method,
    MspScreen,
    Outcome,
    PlanType,
)
from tests.fakes import TODAY

PATIENT = uuid.UUID(int=1)
DAY = dt.timedelta(days=1)


def a_coverage(**changes: Any) -> Coverage:
    """A Medicare Advantage plan."""
    plain = Coverage(
        patient=PATIENT, payer="Riverbend Advantage", plan_type=PlanType.PPO, member_id="RBA-1", msp_screen=MspScreen.NA
    )
    return msgspec.structs.replace(plain, **changes)


def a_call(coverage: Coverage | None = None, **changes: Any) -> CoverageVerification:
    """A call with its reference, in which the payer said that it is active."""
    plain = CoverageVerification(
        coverage=coverage.id if coverage is not None else uuid.UUID(int=2),
        patient=coverage.patient if coverage is not None else PATIENT,
        method=Method.PHONE,
        representative="Dana",
        call_reference="C-1",
        at=TODAY,
        outcome=Outcome.ACTIVE,
    )
    return msgspec.structs.replace(plain, **changes)


def an_approval(coverage: Coverage | None = None, **changes: Any) -> Authorisation:
    """An approval for five days from tomorrow."""
    plain = Authorisation(
        coverage=coverage.id if coverage is not None else uuid.UUID(int=2),
        patient=coverage.patient if coverage is not None else PATIENT,
        service="Rehabilitation",
        status=AuthorisationStatus.APPROVED,
        number="A-1",
        approved_from=(TODAY + DAY).date(),
        approved_to=(TODAY + 5 * DAY).date(),
        units=5,
        unit=AuthorisedUnit.DAYS,
    )
    return msgspec.structs.replace(plain, **changes)


NEEDED, NOT_NEEDED = Asked.YES, Asked.NO
