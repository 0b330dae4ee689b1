"""Leaving a study is its own record: what was signed stays as it was."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

import msgspec

from liaison_desktop.clinical.consents.record import Answer, Ending
from liaison_desktop.errors import Fault
from liaison_desktop.records import Field, Merging, Record, to_bytes
from liaison_desktop.signing import fingerprint_of


class ResearchWithdrawal(Record, frozen=True, kw_only=True):
    """Why and when a research consent stopped holding, and what becomes of what was collected. Never changes.

    Cites the consent by document number and fingerprint. `told` are the study's own words on what follows.
    """

    kind: ClassVar[str] = "research_withdrawal"
    merging: ClassVar[Merging] = Merging.IMMUTABLE
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("consent_id",),)

    consent_id: Annotated[uuid.UUID | None, Field("Consent", required=True, refers_to="research_consent")] = None
    patient_id: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    document_number: Annotated[str, Field("Document number", search=True, most=40)] = ""
    fingerprint: Annotated[str, Field("Fingerprint of the consent", most=64)] = ""
    ending: Annotated[Ending, Field("Why it ends")] = Ending.PATIENT
    withdrawn_at: Annotated[datetime.datetime | None, Field("When", required=True)] = None
    zone: Annotated[str, Field("Time zone", most=60)] = ""
    said_by: Annotated[str, Field("Who said so", required=True, most=200)] = ""
    reason: Annotated[str, Field("In their words", help="No reason is needed.", lines=3, most=2000)] = ""
    told: Annotated[str, Field("What they were told about what was collected", lines=4, most=2000)] = ""
    look_on: Annotated[Answer | None, Field("The study may still look into the chart")] = None
    destroy_samples: Annotated[Answer | None, Field("Samples that are left are to be destroyed")] = None
    team_told: Annotated[str, Field("Study team told: who and when", most=200)] = ""
    recorded_by: Annotated[str, Field("Recorded by", most=200)] = ""
    recorded_by_id: Annotated[uuid.UUID | None, Field("Recorded by, id")] = None
    second_person: Annotated[str, Field("Second person", most=200)] = ""

    def title(self) -> str:
        """The document it ends."""
        return f"Withdrawal of {self.document_number}" if self.document_number else "Withdrawal from a study"

    def facts(self) -> str:
        """Why."""
        return self.ending.label

    def canonical(self) -> bytes:
        """The record without its version, as the bytes that its fingerprint is taken of."""
        return to_bytes(msgspec.structs.replace(self, version=None))

    def content_fingerprint(self) -> str:
        """SHA-256 of the canonical record: the same content always gives the same 64 digits."""
        return fingerprint_of(self.canonical())

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """A withdrawal is written once."""
        return (Fault(field="", message="A withdrawal cannot be changed.", rule="SEAL"),)
