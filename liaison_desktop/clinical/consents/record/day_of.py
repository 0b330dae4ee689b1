"""The verification on the day (PC25): what two people checked before the procedure, against the consent it cites."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

import msgspec

from liaison_desktop.clinical.consents.record.codes import Laterality
from liaison_desktop.clinical.consents.record.sealed import sealing_faults
from liaison_desktop.errors import Fault
from liaison_desktop.records import Code, Field, Merging, Record, Row, Seal, to_bytes
from liaison_desktop.signing import Role, Signature, fingerprint_of

_ADDED = frozenset({"signatures", "fingerprint", "completed_at", "version"})


class DayAnswer(Code):
    """What became of one item."""

    DONE = "done"
    NOT_DONE = "not_done", "Not done"
    NA = "na", "Does not apply"


class DayItem(Row, frozen=True, kw_only=True):
    """One item of the verification. One that was not done says why."""

    code: Annotated[str, Field("Item", most=40)]
    words: Annotated[str, Field("What is checked", most=200)]
    answer: Annotated[DayAnswer | None, Field("Checked")] = None
    reason: Annotated[str, Field("Why not done", most=400, free=True)] = ""


class DayCheck(Record, frozen=True, kw_only=True):
    """One verification on the day of a procedure. It cites its consent by number and fingerprint, and has two signers.

    What the patient says is written down beside what the consent says, so that the two can be compared.
    """

    kind: ClassVar[str] = "consent_day_check"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("consent_id",), ("patient_id",))
    merging: ClassVar[Merging] = Merging.IMMUTABLE
    seals: ClassVar[tuple[Seal, ...]] = (Seal(field="signatures", may_change=tuple(sorted(_ADDED))),)

    consent_id: Annotated[uuid.UUID | None, Field("Consent", required=True, refers_to="consent")] = None
    patient_id: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    document_number: Annotated[str, Field("Document number", search=True, most=40)] = ""
    consent_fingerprint: Annotated[str, Field("Fingerprint of the consent", most=64)] = ""
    fingerprint: Annotated[str, Field("Fingerprint", most=64)] = ""
    begun_at: Annotated[datetime.datetime | None, Field("Begun")] = None
    completed_at: Annotated[datetime.datetime | None, Field("Complete")] = None
    name_said: Annotated[str, Field("Full name, as the patient says it", most=200)] = ""
    birth_date_said: Annotated[str, Field("Date of birth, as the patient says it", most=10)] = ""
    procedure_said: Annotated[str, Field("Procedure, as the patient says it", most=400, free=True)] = ""
    procedure_matches: Annotated[bool | None, Field("The same procedure as in the consent")] = None
    side_said: Annotated[Laterality | None, Field("Side, as the patient says it")] = None
    side_marked: Annotated[Laterality | None, Field("Side that is marked")] = None
    items: Annotated[tuple[DayItem, ...], Field("Checked")] = ()
    second_person: Annotated[str, Field("Second person", most=200)] = ""
    confirm_reason: Annotated[str, Field("Reason for going on", lines=2, most=1000)] = ""
    signatures: Annotated[tuple[Signature, ...], Field("Signatures")] = ()

    def title(self) -> str:
        """The document it belongs to."""
        return f"Day of {self.document_number}" if self.document_number else "Verification on the day"

    def facts(self) -> str:
        """When it was begun."""
        return self.begun_at.date().isoformat() if self.begun_at is not None else ""

    def signature(self, role: Role) -> Signature | None:
        """The signature given in this role, if any."""
        return next((signature for signature in self.signatures if signature.role is role), None)

    def canonical(self) -> bytes:
        """The record without its lifecycle, as the bytes that its fingerprint is taken of."""
        return to_bytes(msgspec.structs.replace(self, fingerprint="", version=None, completed_at=None))

    def content_fingerprint(self) -> str:
        """SHA-256 of the canonical record: the same content always gives the same 64 digits."""
        return fingerprint_of(self.canonical())

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """Once the first has signed, only the second signature may come."""
        return sealing_faults(previous, self, _ADDED) if previous.signatures else ()
