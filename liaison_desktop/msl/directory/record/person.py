"""A physician, pharmacist, nurse or researcher an MSL meets as a peer."""

from __future__ import annotations

import datetime
import unicodedata
import uuid
from typing import Annotated, ClassVar

import msgspec

from liaison_desktop.msl.directory.record.codes import (
    ContactChannel,
    ContactPermission,
    CoveredRecipient,
    Credential,
    KnownOrNot,
    PersonStatus,
    PersonType,
    ScientificRole,
    ScientificTier,
    Verification,
)
from liaison_desktop.records import Field, Merging, Record


def plain(text: str) -> str:
    """The text in small letters without accents, for sorting and comparing: `Álvarez` sorts beside `Alvarez`."""
    parts = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(mark for mark in parts if not unicodedata.combining(mark)).split())


def is_npi(text: str) -> bool:
    """Whether the text is ten digits whose Luhn check digit holds with the prefix 80840 (ISO/IEC 7812, CMS)."""
    if len(text) != 10 or not (text.isascii() and text.isdigit()):
        return False
    total = 24  # What the prefix 80840 adds to the sum.
    for place, digit in enumerate(int(mark) for mark in reversed(text)):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


class Person(Record, frozen=True, kw_only=True):
    """Somebody in the scientific community. Facts only: they may ask to read what is stored about them."""

    kind: ClassVar[str] = "person"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("sort_name",), ("npi",))
    merging: ClassVar[Merging] = Merging.SERVER_WINS

    prefix: Annotated[str, Field("Title", most=40)] = ""
    first_name: Annotated[str, Field("First name", required=True, search=True, most=120)] = ""
    middle_name: Annotated[str, Field("Middle name", search=True, most=120)] = ""
    last_name: Annotated[str, Field("Last name", required=True, search=True, most=120)] = ""
    suffix: Annotated[str, Field("Suffix", most=40)] = ""
    credential: Annotated[tuple[Credential, ...], Field("Credentials")] = ()
    person_type: Annotated[PersonType | None, Field("Profession", required=True)] = None
    specialty: Annotated[str, Field("Specialty", required=True, search=True, most=120)] = ""
    subspecialty: Annotated[str, Field("Subspecialty", search=True, most=120)] = ""
    npi: Annotated[str, Field("NPI", help="Ten digits", search=True, most=20)] = ""
    state_license_no: Annotated[str, Field("State licence", most=40)] = ""
    license_state: Annotated[str, Field("Licence state", most=40)] = ""
    country: Annotated[str, Field("Country", help="Two letters", required=True, most=2)] = "US"
    other_national_id: Annotated[str, Field("Other national id", most=60)] = ""
    orcid: Annotated[str, Field("ORCID", most=40)] = ""
    email: Annotated[str, Field("E-mail", search=True, most=254)] = ""
    phone: Annotated[str, Field("Phone", most=60)] = ""
    preferred_channel: Annotated[ContactChannel | None, Field("Prefers")] = None
    best_times: Annotated[str, Field("Best times", most=200, free=True)] = ""
    language: Annotated[str, Field("Language", most=60)] = ""
    kol_tier: Annotated[ScientificTier | None, Field("Scientific reach")] = None
    kol_roles: Annotated[tuple[ScientificRole, ...], Field("Scientific roles")] = ()
    is_investigator: Annotated[bool, Field("Trial investigator")] = False
    is_formulary_member: Annotated[KnownOrNot, Field("Formulary member")] = KnownOrNot.UNKNOWN
    is_guideline_author: Annotated[KnownOrNot, Field("Guideline author")] = KnownOrNot.UNKNOWN
    covered_recipient_type: Annotated[CoveredRecipient, Field("Open Payments recipient")] = CoveredRecipient.UNKNOWN
    contact_permission: Annotated[ContactPermission, Field("Contact")] = ContactPermission.ALLOWED
    do_not_contact_reason: Annotated[str, Field("Reason", most=400, free=True)] = ""
    do_not_contact_on: Annotated[datetime.date | None, Field("Asked on")] = None
    verification: Annotated[Verification, Field("Verification")] = Verification.UNVERIFIED
    merged_into_id: Annotated[uuid.UUID | None, Field("Merged into", refers_to="person")] = None
    status: Annotated[PersonStatus, Field("Status")] = PersonStatus.ACTIVE
    privacy_notice_given_at: Annotated[datetime.datetime | None, Field("Privacy notice given")] = None
    scientific_summary: Annotated[str, Field("Scientific summary", lines=4, search=True)] = ""
    sort_name: Annotated[str, Field("Sorts as", most=400)] = ""

    def __post_init__(self) -> None:
        """The sorting name always follows the name, whoever makes the value."""
        msgspec.structs.force_setattr(self, "sort_name", plain(f"{self.last_name} {self.first_name}"))

    def title(self) -> str:
        """The name as one says it: `Dr. Hannah Okonkwo`."""
        parts = (self.prefix, self.first_name, self.last_name, self.suffix)
        return " ".join(part.strip() for part in parts if part.strip()) or "No name yet"

    def short_name(self) -> str:
        """Title and last name, for a sentence: `Dr. Okonkwo`."""
        return " ".join(part.strip() for part in (self.prefix, self.last_name) if part.strip()) or self.title()

    def facts(self) -> str:
        """Specialty and credentials."""
        letters = " ".join(one.label for one in self.credential if one is not Credential.OTHER)
        return ", ".join(part for part in (self.specialty.strip(), letters) if part)
