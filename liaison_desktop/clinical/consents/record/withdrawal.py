"""The end of a consent is its own record: what was signed stays as it was."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

import msgspec

from liaison_desktop.clinical.consents.record.codes import Ending
from liaison_desktop.errors import Fault
from liaison_desktop.records import Field, Merging, Record, to_bytes
from liaison_desktop.signing import fingerprint_of


class ConsentWithdrawal(Record, frozen=True, kw_only=True):
    """Why and when a consent stopped holding. Cites the consent by document number and fingerprint; never changes."""

    kind: ClassVar[str] = "consent_withdrawal"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("consent_id",),)
    merging: ClassVar[Merging] = Merging.IMMUTABLE

    consent_id: Annotated[uuid.UUID | None, Field("Consent", required=True, refers_to="consent")] = None
    patient_id: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    document_number: Annotated[str, Field("Document number", search=True, most=40)] = ""
    fingerprint: Annotated[str, Field("Fingerprint of the consent", most=64)] = ""
    ending: Annotated[Ending, Field("Who ends it")] = Ending.PATIENT
    withdrawn_at: Annotated[datetime.datetime | None, Field("When", required=True)] = None
    zone: Annotated[str, Field("Time zone", most=60)] = ""
    said_by: Annotated[str, Field("Who said so", required=True, most=200)] = ""
    reason: Annotated[str, Field("In their words", lines=3, most=2000)] = ""
    practitioner_told: Annotated[str, Field("Practitioner told: who and when", most=200)] = ""
    recorded_by: Annotated[str, Field("Recorded by", most=200)] = ""
    recorded_by_id: Annotated[uuid.UUID | None, Field("Recorded by, id")] = None
    second_person: Annotated[str, Field("Second person", most=200)] = ""

    def title(self) -> str:
        """The document it ends."""
        return f"Withdrawal of {self.document_number}" if self.document_number else "Withdrawal of a consent"

    def facts(self) -> str:
        """Why."""
        return self.ending.label

    def stays_put(self) -> bool:
        """It stays with the consent it ends."""
        return True

    def content_fingerprint(self) -> str:
        """SHA-256 of the canonical record without its version: the same content always gives the same 64 digits."""
        return fingerprint_of(to_bytes(msgspec.structs.replace(self, version=None)))

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """A withdrawal is written once."""
        return (Fault(field="", message="A withdrawal cannot be changed.", rule="SEAL"),)
