"""The coverage, each verification of it, and what was authorised under it."""

from liaison_desktop.clinical.coverage.record.authorisation import (
    Authorisation,
    AuthorisationStatus,
    AuthorisationStep,
    AuthorisedUnit,
    SubmittedBy,
)
from liaison_desktop.clinical.coverage.record.codes import (
    AmountsFor,
    Asked,
    Benefit,
    CopayPer,
    Financial,
    Method,
    MspScreen,
    Network,
    Outcome,
    PlanType,
    PriorStay,
    SubscriberIs,
)
from liaison_desktop.clinical.coverage.record.coverage import Coverage, Subscriber
from liaison_desktop.clinical.coverage.record.verification import BenefitDays, CoverageVerification

__all__ = [
    "AmountsFor",
    "Asked",
    "Authorisation",
    "AuthorisationStatus",
    "AuthorisationStep",
    "AuthorisedUnit",
    "Benefit",
    "BenefitDays",
    "CopayPer",
    "Coverage",
    "CoverageVerification",
    "Financial",
    "Method",
    "MspScreen",
    "Network",
    "Outcome",
    "PlanType",
    "PriorStay",
    "SubmittedBy",
    "Subscriber",
    "SubscriberIs",
]
