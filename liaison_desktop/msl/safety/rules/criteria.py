"""The four minimum criteria of a report: what is there, and the question to ask for what is not. They never block."""

from __future__ import annotations

import msgspec

from liaison_desktop.errors import Fault
from liaison_desktop.msl.safety.record import AgeGroup, Qualification, SafetyEvent, Sex
from liaison_desktop.policies import Policy


class Criterion(msgspec.Struct, frozen=True):
    """One of the four: its name, whether it is met, and what to ask when it is not."""

    name: str
    present: bool
    question: str


def criteria(event: SafetyEvent) -> tuple[Criterion, ...]:
    """Patient, reporter, product, event."""
    patient = (
        bool(event.initials.strip())
        or event.age_value is not None
        or event.age_group not in (None, AgeGroup.UNKNOWN)
        or event.sex not in (None, Sex.UNKNOWN)
    )
    reporter = (
        event.reporter_hcp_id is not None
        or bool(event.reporter_name.strip())
        or event.reporter_qualification not in (None, Qualification.UNKNOWN)
    )
    product = event.product_id is not None or bool(event.product_name.strip())
    return (
        Criterion("Patient", patient, "ask age group, sex or initials"),
        Criterion("Reporter", reporter, "ask who saw it, and what they are"),
        Criterion("Product", product, "ask which medicine was taken"),
        Criterion("Event", bool(event.description.strip()), "ask what happened"),
    )


def missing_faults(event: SafetyEvent, policy: Policy) -> tuple[Fault, ...]:
    """AE-2: what is still missing; a warning and never more."""
    missing = [one.name.lower() for one in criteria(event) if not one.present]
    return (policy.fault("AE-2", field="", missing=", ".join(missing)),) if missing else ()
