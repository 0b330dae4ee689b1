"""A sealed document: of which record it was made, whose seal it carries, and the names of the bytes."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Annotated, ClassVar, Self

from liaison_desktop.errors import Fault
from liaison_desktop.records import Field, Merging, Record

MOST_BYTES = 32 * 1024 * 1024


class SealedDocument(Record, frozen=True, kw_only=True):
    """One document of one record as it was sealed on this laptop. Written once and never changed.

    `record_sha256` is the fingerprint printed on the pages, `file` the SHA-256 of the PDF and its name among the
    attachments; `device_signature` is a detached Ed25519 signature over both (`security/certificates/identity`).
    """

    kind: ClassVar[str] = "sealed_document"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("about", "variant"),)
    merging: ClassVar[Merging] = Merging.IMMUTABLE

    about: Annotated[uuid.UUID | None, Field("Record", required=True)] = None
    about_kind: Annotated[str, Field("Kind of record", most=60)] = ""
    about_version: Annotated[uuid.UUID | None, Field("Version of the record")] = None
    variant: Annotated[str, Field("Which document, on which paper", most=120)] = ""
    document_number: Annotated[str, Field("Document number", most=60)] = ""
    pages: Annotated[int, Field("Pages")] = 0
    file: Annotated[str, Field("SHA-256 of the file", required=True, most=64)] = ""
    record_sha256: Annotated[str, Field("Fingerprint of the record", required=True, most=64)] = ""
    sealed_at: Annotated[dt.datetime | None, Field("Sealed", required=True)] = None
    sealed_by: Annotated[str, Field("Sealed by", most=120)] = ""
    certificate_sha256: Annotated[str, Field("Fingerprint of the certificate", most=64)] = ""
    authority_sha256: Annotated[str, Field("Fingerprint of the authority", most=64)] = ""
    device_key: Annotated[str, Field("Public key of the laptop", most=64)] = ""
    device_signature: Annotated[str, Field("Signature of the laptop", most=128)] = ""

    def title(self) -> str:
        """Its number."""
        return self.document_number or "Sealed document"

    def facts(self) -> str:
        """Which document it is, and whose seal it carries."""
        return " · ".join(part for part in (self.variant, f"sealed by {self.sealed_by}") if part)

    def stays_put(self) -> bool:
        """It stays with the record it was made of."""
        return True

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """A sealed document is written once."""
        return (Fault(field="", message="A sealed document cannot be changed.", rule="SEAL"),)

    def guard_removal(self) -> tuple[Fault, ...]:
        """It stays as long as the record it was made of."""
        return (Fault(field="", message="A sealed document is never taken away.", rule="SEAL"),)
