"""The patient, and how the parts of one read on a banner or on paper."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from typing import Annotated, ClassVar

import msgspec

from liaison_desktop.clinical.patients.record.allergy import Allergy, AllergyAssertion, AllergyBand, AllergyQuestion
from liaison_desktop.clinical.patients.record.communication import Communication, InterpreterNeed
from liaison_desktop.clinical.patients.record.language import language_name, language_tag_fits
from liaison_desktop.clinical.patients.record.partial import birth_text, partial_fits
from liaison_desktop.clinical.patients.record.related import RelatedPerson
from liaison_desktop.errors import Fault
from liaison_desktop.records import Code, Field, Record, Row, fields_of

STRIPES = 6


class SexAdmin(Code):
    """Administrative sex (FHIR)."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class IdentifierSystem(Code):
    """Who gave the number."""

    MRN = "mrn", "Record number"
    REFERRING_MRN = "referring_mrn", "Referring record number"
    MBI = "mbi", "Medicare (MBI)"
    MEDICAID = "medicaid"
    PAYER_ID = "payer_id", "Payer member number"
    STUDY_ID = "study_id", "Study number"


class CodeStatus(Code):
    """Code status as somebody reported it. Only a practitioner sets one."""

    FULL = "full", "Full code"
    DNR = "dnr", "DNR"
    DNI = "dni", "DNI"
    DNR_DNI = "dnr_dni", "DNR and DNI"
    COMFORT = "comfort", "Comfort measures"
    LIMITED = "limited"
    UNKNOWN = "unknown"


class Organism(Code):
    """What is being kept from spreading."""

    MRSA = "mrsa", "MRSA"
    VRE = "vre", "VRE"
    C_DIFF = "c_diff", "C. difficile"
    CRE = "cre", "CRE"
    ESBL = "esbl", "ESBL"
    COVID_19 = "covid_19", "COVID-19"
    INFLUENZA = "influenza"
    TB = "tb", "Tuberculosis"
    SCABIES = "scabies"
    SHINGLES = "shingles"
    OTHER = "other"


class Precaution(Code):
    """How it is kept from spreading."""

    STANDARD = "standard"
    CONTACT = "contact"
    CONTACT_PLUS = "contact_plus", "Contact plus"
    DROPLET = "droplet"
    AIRBORNE = "airborne"


class IsolationStatus(Code):
    """Whether it holds today."""

    ACTIVE = "active"
    CLEARED = "cleared"
    HISTORY = "history"


class Identifier(Row, frozen=True, kw_only=True):
    """A number by which somebody knows the patient."""

    system: Annotated[IdentifierSystem, Field("Kind of number")] = IdentifierSystem.MRN
    value: Annotated[str, Field("Number", required=True, search=True, most=60)] = ""
    facility: Annotated[uuid.UUID | None, Field("Facility", refers_to="facility")] = None


class Isolation(Row, frozen=True, kw_only=True):
    """One reason for precautions. `since` is a partial date."""

    organism: Annotated[Organism, Field("Organism")] = Organism.OTHER
    precaution: Annotated[Precaution, Field("Precaution")] = Precaution.CONTACT
    status: Annotated[IsolationStatus, Field("Status")] = IsolationStatus.ACTIVE
    since: Annotated[str, Field("Since", most=10)] = ""
    noted_by: Annotated[str, Field("Recorded by", most=200)] = ""
    noted_at: Annotated[datetime.datetime | None, Field("Recorded at")] = None


class Patient(Record, frozen=True, kw_only=True):
    """A person in our care, from before admission to discharge. `birth_date` is a partial ISO date."""

    kind: ClassVar[str] = "patient"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("birth_date",),
        ("merged_into",),
        ("merged_into", "allergy_assertion"),
        ("merged_into", "family", "given"),  # everybody's name is read in the index alone
    )

    family: Annotated[str, Field("Family name", required=True, search=True, most=200)] = ""
    given: Annotated[str, Field("Given names", search=True, most=200)] = ""
    preferred_name: Annotated[str, Field("Likes to be called", search=True, most=200)] = ""
    birth_date: Annotated[str, Field("Birth date", required=True, most=10)] = ""
    sex_admin: Annotated[SexAdmin | None, Field("Administrative sex")] = None
    gender_identity: Annotated[str, Field("Gender identity", most=100)] = ""
    pronouns: Annotated[str, Field("Pronouns", most=60)] = ""
    identifiers: Annotated[tuple[Identifier, ...], Field("Numbers")] = ()
    address: Annotated[str, Field("Address", lines=3, most=600)] = ""
    phones: Annotated[tuple[str, ...], Field("Phones", search=True, most=60)] = ()
    email: Annotated[str, Field("E-mail", most=200)] = ""
    communication: Annotated[Communication, Field("Communication")] = msgspec.field(default_factory=Communication)
    related: Annotated[tuple[RelatedPerson, ...], Field("People around the patient")] = ()
    allergy_assertion: Annotated[AllergyAssertion | None, Field("Allergies")] = None
    allergy_note: Annotated[str, Field("Why allergies could not be obtained", lines=2, most=600)] = ""
    allergy_asserted_by: Annotated[str, Field("Allergies asked by", most=200)] = ""
    allergy_asserted_at: Annotated[datetime.datetime | None, Field("Allergies asked at")] = None
    allergies: Annotated[tuple[Allergy, ...], Field("Allergy list")] = ()
    allergy_questions: Annotated[tuple[AllergyQuestion, ...], Field("Asked about by name")] = ()
    allergy_band: Annotated[AllergyBand | None, Field("Allergy band")] = None
    allergy_band_by: Annotated[str, Field("Band seen by", most=200)] = ""
    allergy_band_at: Annotated[datetime.datetime | None, Field("Band seen at")] = None
    code_status: Annotated[CodeStatus | None, Field("Code status, as reported")] = None
    code_status_by: Annotated[str, Field("Reported by", most=200)] = ""
    code_status_limits: Annotated[str, Field("Limits of treatment", lines=2, most=600)] = ""
    isolation: Annotated[tuple[Isolation, ...], Field("Isolation")] = ()
    deceased_at: Annotated[datetime.datetime | None, Field("Died at")] = None
    vip: Annotated[bool, Field("Restricted attention", help="Extra care with who looks at this chart")] = False

    other_names: Annotated[tuple[str, ...], Field("Other names", search=True, most=200)] = ()
    merged_into: Annotated[uuid.UUID | None, Field("Merged into", refers_to="patient")] = None

    def title(self) -> str:
        """The full name."""
        return full_name(self)

    def facts(self) -> str:
        """Birth date, record number and language; of one that was merged, that it was."""
        if self.merged_into is not None:
            return f"{birth_text(self.birth_date)} · Merged into another record"
        number = record_number(self)
        parts = (birth_text(self.birth_date), number, language_text(self))
        return " · ".join(part for part in parts if part)

    def stands(self) -> bool:
        """Nothing new is recorded of one that was merged into another."""
        return self.merged_into is None

    def faults(self) -> tuple[Fault, ...]:
        """The needed fields, dates that exist, language tags, an e-mail address that can be one."""
        return (*super().faults(), *_form_faults(self))


def _form_faults(patient: Patient) -> Iterator[Fault]:
    if patient.birth_date and not partial_fits(patient.birth_date):
        yield Fault(
            field="birth_date", message="This is not a date. Write it as 1961-03-14, or only the month or year."
        )
    for name in ("spoken", "written"):
        tag = getattr(patient.communication, name)
        if tag and not language_tag_fits(tag):
            yield Fault(
                field=f"communication.{name}", message="Choose a language from the list, or write its tag, such as es."
            )
    if patient.email and ("@" not in patient.email.strip("@") or any(mark.isspace() for mark in patient.email)):
        yield Fault(field="email", message="This is not an e-mail address.")
    for number, allergy in enumerate(patient.allergies):
        if allergy.since and not partial_fits(allergy.since):
            yield Fault(field=f"allergies.{number}.since", message="Write a year, such as 2014, or a date.")
    for number, row in enumerate(patient.isolation):
        if row.since and not partial_fits(row.since):
            yield Fault(field=f"isolation.{number}.since", message="Write a year, such as 2014, or a date.")


def full_name(patient: Patient) -> str:
    """Given names, then family name, as on the banner: "María L. Álvarez"."""
    return " ".join(part for part in (patient.given.strip(), patient.family.strip()) if part)


def record_number(patient: Patient) -> str:
    """The number the banner shows: our record number, else the referring one, else none."""
    for system in (IdentifierSystem.MRN, IdentifierSystem.REFERRING_MRN):
        for identifier in patient.identifiers:
            if identifier.system is system and identifier.value:
                return identifier.value
    return ""


def agent_of(patient: Patient) -> RelatedPerson | None:
    """Who decides beside the patient, or is named as such: one with a recorded right before one who is only named."""
    named = [person for person in patient.related if person.decides or person.authority_basis is not None]
    return min(named, key=lambda person: person.authority_basis is None, default=None)


def stripe_number(patient: Patient) -> int:
    """Which of the six stripe colours is this patient's, 0 to 5; the same on every laptop, for good."""
    return patient.id.int % STRIPES


def language_text(patient: Patient) -> str:
    """Spoken language with the interpreter: "Spanish, interpreter"; empty if nobody asked."""
    needs = patient.communication
    words = [language_name(needs.spoken)] if needs.spoken else []
    if needs.interpreter is InterpreterNeed.YES:
        words.append("interpreter")
    elif needs.interpreter is InterpreterNeed.DECLINED:
        words.append("interpreter declined")
    text = ", ".join(words)
    return text[:1].upper() + text[1:]


def isolation_text(patient: Patient) -> str:
    """Precautions that hold today: "Contact (MRSA)"; empty if there are none."""
    active = [row for row in patient.isolation if row.status is IsolationStatus.ACTIVE]
    return ", ".join(f"{row.precaution.label} ({row.organism.label})" for row in active)


def changed_labels(before: Patient, after: Patient) -> tuple[str, ...]:
    """The labels of the fields in which two versions of a patient differ."""
    return tuple(
        spec.field.label
        for spec in fields_of(Patient)
        if spec.name not in ("id", "version") and getattr(before, spec.name) != getattr(after, spec.name)
    )
