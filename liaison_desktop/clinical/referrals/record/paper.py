"""A document of the packet that came with a referral, or the place that it still has to fill."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar

from liaison_desktop.clinical.referrals.record.codes import DocumentKind
from liaison_desktop.errors import Fault
from liaison_desktop.records import Field, Record


class ReferralDocument(Record, frozen=True, kw_only=True):
    """Pages of a file that came in, or with `missing` a placeholder: asked for, not received.

    Several documents may be page ranges of one file; the file is kept once, encrypted, under its SHA-256.
    """

    kind: ClassVar[str] = "referral_document"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("referral",), ("patient",), ("chase_at",))

    referral: Annotated[uuid.UUID | None, Field("Referral", required=True, refers_to="referral")] = None
    patient: Annotated[uuid.UUID | None, Field("Patient", refers_to="patient")] = None
    document: Annotated[DocumentKind | None, Field("What it is", required=True)] = None
    dated_on: Annotated[datetime.date | None, Field("Dated")] = None
    note: Annotated[str, Field("Note", free=True, most=300)] = ""
    missing: Annotated[bool, Field("Not received yet")] = False
    requested_at: Annotated[datetime.datetime | None, Field("Asked for")] = None
    requested_from: Annotated[str, Field("Asked of", most=200)] = ""
    chase_at: Annotated[datetime.datetime | None, Field("Ask again")] = None
    received_at: Annotated[datetime.datetime | None, Field("Received")] = None
    file_sha256: Annotated[str, Field("Fingerprint of the file", most=64)] = ""
    first_page: Annotated[int | None, Field("From page")] = None
    last_page: Annotated[int | None, Field("To page")] = None
    pages: Annotated[int, Field("Pages")] = 0
    reviewed_by: Annotated[str, Field("Reviewed by", most=200)] = ""
    reviewed_at: Annotated[datetime.datetime | None, Field("Reviewed")] = None
    not_needed: Annotated[str, Field("Why it is not needed", most=300)] = ""

    @property
    def awaited(self) -> bool:
        """Whether it is still to come."""
        return self.missing and not self.not_needed

    @property
    def reviewed(self) -> bool:
        """Whether somebody read it."""
        return self.reviewed_at is not None

    def title(self) -> str:
        """What it is."""
        return self.document.label if self.document is not None else "Document"

    def facts(self) -> str:
        """Its pages, or that it is awaited."""
        if self.not_needed:
            return "Not needed"
        if self.missing:
            return "Not received yet"
        if self.first_page and self.last_page:
            return f"Page {self.first_page}" if self.pages == 1 else f"Pages {self.first_page} to {self.last_page}"
        return f"{self.pages} pages" if self.pages != 1 else "1 page"

    def faults(self) -> tuple[Fault, ...]:
        """A page range that can be one."""
        found = list(super().faults())
        if self.first_page is not None and self.last_page is not None:
            if not 1 <= self.first_page <= self.last_page:
                found.append(Fault(field="first_page", message="These pages do not follow one another."))
        return tuple(found)
