"""A capacity note, a report and a representative that nothing stands in the way of."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import msgspec

from liaison_desktop.clinical.directives.record import (
    Ability,
    AbilityState,
    CapacityNote,
    CodeStatusReport,
    Concern,
    ReportedBy,
    SameChoice,
)
from liaison_desktop.clinical.patients.record import AuthorityBasis, CodeStatus, RelatedPerson, Relationship
from tests.fakes import TODAY

PATIENT = uuid.UUID(int=1)
DOCTOR = "Dr. Grace Lin, MD"
SHOWN = Ability(state=AbilityState.DEMONSTRATED, quote="They take a look with a camera.")


def a_note(**changes: Any) -> CapacityNote:
    """A note without a concern."""
    plain = CapacityNote(
        patient=PATIENT,
        decision="The colonoscopy on Monday",
        understand=SHOWN,
        appreciate=SHOWN,
        reason=SHOWN,
        choice=SHOWN,
        asked_again=SameChoice.SAME,
        concern=Concern.NONE,
        at=TODAY,
    )
    return msgspec.structs.replace(plain, **changes)


WEAK = Ability(state=AbilityState.NOT_DEMONSTRATED, quote="I don't know, something with my foot?")


def a_marked_note(**changes: Any) -> CapacityNote:
    """A marked concern that rests on what was seen, and was referred."""
    return a_note(understand=WEAK, concern=Concern.MARKED, referred_to=DOCTOR, **changes)


def a_report(**changes: Any) -> CodeStatusReport:
    """Full code, as the patient says, and as the chart has it."""
    plain = CodeStatusReport(
        patient=PATIENT,
        status=CodeStatus.FULL,
        source=ReportedBy.PATIENT,
        reported_by="The patient",
        at=TODAY,
        in_chart=CodeStatus.FULL,
    )
    return msgspec.structs.replace(plain, **changes)


def an_agent(**changes: Any) -> RelatedPerson:
    """A daughter with a power of attorney that was seen."""
    plain = RelatedPerson(
        name="Lucía Álvarez",
        relationship=Relationship.DAU,
        authority_basis=AuthorityBasis.HCPOA,
        authority_seen_on=TODAY.date(),
        authority_seen_by="Renee Okafor RN",
        patient_objects=False,
    )
    return msgspec.structs.replace(plain, **changes)


HOUR = dt.timedelta(hours=1)
