"""The study: what the review board approved, and who may obtain a consent for it."""

from __future__ import annotations

import datetime
import uuid
from collections import Counter
from typing import Annotated, ClassVar

from liaison_desktop.clinical.research.record.codes import Again, Regulation
from liaison_desktop.errors import Fault
from liaison_desktop.records import AttachedFile, Field, Record, Row


class FormVersion(Row, frozen=True, kw_only=True):
    """One version of the consent form as the board approved it, with the days between which it may be signed.

    `approved_sha256` is the fingerprint of the approved file, from the approval letter or of the file itself;
    `statement` is the sentence on ClinicalTrials.gov as it stands in that file.
    """

    version: Annotated[str, Field("Version", required=True, most=60)] = ""
    language: Annotated[str, Field("Language", most=60)] = "English"
    approved_from: Annotated[datetime.date | None, Field("Approved from", required=True)] = None
    approved_to: Annotated[datetime.date | None, Field("Approved until")] = None
    stamped: Annotated[bool | None, Field("Bears the board's stamp")] = None
    words: Annotated[str, Field("Our words for it", most=60)] = ""
    file: Annotated[AttachedFile | None, Field("The approved file")] = None
    approved_sha256: Annotated[
        str, Field("Fingerprint of the approved file (SHA-256)", help="As on the approval, or of the file.", most=64)
    ] = ""
    statement: Annotated[
        str, Field("Its sentence on ClinicalTrials.gov", help="As it stands in the form.", lines=3, most=1000)
    ] = ""
    again: Annotated[
        Again | None,
        Field("Ask again those who are in the study", help="Why, when the board wants them asked; else leave it."),
    ] = None


class Delegate(Row, frozen=True, kw_only=True):
    """One line of the delegation log: who may obtain a consent for this study, from when until when."""

    name: Annotated[str, Field("Name", required=True, most=200)] = ""
    staff: Annotated[uuid.UUID | None, Field("On the staff", refers_to="staff_member")] = None
    since: Annotated[datetime.date | None, Field("From", required=True)] = None
    until: Annotated[datetime.date | None, Field("Until")] = None


class Study(Record, frozen=True, kw_only=True):
    """A study in which patients of this house may take part. Times are calendar days of the facility."""

    kind: ClassVar[str] = "research_study"

    name: Annotated[str, Field("Title", required=True, search=True, lines=2, most=300)] = ""
    short: Annotated[str, Field("Short name", required=True, search=True, most=60)] = ""
    protocol: Annotated[str, Field("Protocol number", required=True, search=True, most=60)] = ""
    sponsor: Annotated[str, Field("Sponsor", required=True, most=200)] = ""
    board: Annotated[str, Field("Review board", required=True, most=200)] = ""
    board_number: Annotated[str, Field("Number at the board", required=True, most=60)] = ""
    phase: Annotated[str, Field("Phase", most=40)] = ""
    regulated: Annotated[Regulation | None, Field("Regulated by", required=True)] = None
    applicable_trial: Annotated[
        bool | None,
        Field("Applicable clinical trial", help="42 CFR 11.22: then the form holds the FDA's sentence word for word."),
    ] = None
    investigator: Annotated[str, Field("Principal investigator", required=True, most=200)] = ""
    phone: Annotated[str, Field("Telephone of the study", required=True, most=60)] = ""
    open: Annotated[bool, Field("Open for consent")] = True
    versions: Annotated[tuple[FormVersion, ...], Field("Approved forms")] = ()
    delegates: Annotated[tuple[Delegate, ...], Field("Delegation log")] = ()

    def title(self) -> str:
        """Its short name."""
        return self.short or self.name

    def facts(self) -> str:
        """Protocol and sponsor."""
        return " · ".join(part for part in (self.protocol, self.sponsor) if part)

    @property
    def under_fda(self) -> bool:
        """Whether 21 CFR 50 holds."""
        return self.regulated in (Regulation.FDA, Regulation.BOTH)

    def version_named(self, version: str) -> FormVersion | None:
        """The version of this name; None if the study has none."""
        return next((one for one in self.versions if one.version == version), None)

    def faults(self) -> tuple[Fault, ...]:
        """The needed fields; a drug trial says whether it is an applicable one; windows and versions make sense."""
        found = [*super().faults()]
        if self.under_fda and self.applicable_trial is None:
            found.append(Fault(field="applicable_trial", message="Say whether it is an applicable clinical trial."))
        twice = {name for name, times in Counter(one.version.strip() for one in self.versions).items() if times > 1}
        for place, one in enumerate(self.versions):
            if one.version.strip() in twice:
                found.append(Fault(field=f"versions.{place}.version", message="Two forms bear this version."))
            if one.approved_from and one.approved_to and one.approved_to < one.approved_from:
                found.append(
                    Fault(field=f"versions.{place}.approved_to", message="The approval ends before it begins.")
                )
            digits = one.approved_sha256.strip()
            if digits and (len(digits) != 64 or set(digits.lower()) - set("0123456789abcdef")):
                message = "A SHA-256 has 64 digits from 0 to 9 and a to f."
                found.append(Fault(field=f"versions.{place}.approved_sha256", message=message))
        for place, who in enumerate(self.delegates):
            if who.since and who.until and who.until < who.since:
                found.append(Fault(field=f"delegates.{place}.until", message="The delegation ends before it begins."))
        return tuple(found)
