"""Allergies, and the assertion without which a list of allergies says nothing."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING, Annotated

import msgspec

from liaison_desktop.records import Code, Field, Row, new_id

if TYPE_CHECKING:
    from liaison_desktop.clinical.patients.record.patient import Patient


class AllergyAssertion(Code):
    """What was found out about allergies. No rows never means none: somebody has to say so."""

    NKA = "nka", "No known allergies"
    NKDA = "nkda", "No known drug allergies"
    HAS_ALLERGIES = "has_allergies", "Has allergies"
    UNABLE = "unable_to_obtain", "Unable to obtain"


class AllergyType(Code):
    """Immune reaction, or intolerance (FHIR)."""

    ALLERGY = "allergy"
    INTOLERANCE = "intolerance"


class AllergyCategory(Code):
    """What kind of thing the substance is (FHIR)."""

    FOOD = "food"
    MEDICATION = "medication", "Medicine"
    ENVIRONMENT = "environment", "Latex, environment"
    BIOLOGIC = "biologic"


class Criticality(Code):
    """How dangerous a next exposure may be (FHIR)."""

    LOW = "low"
    HIGH = "high"
    UNABLE = "unable-to-assess", "Unable to assess"


class ReactionSeverity(Code):
    """How bad a reaction was (FHIR)."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


class ClinicalStatus(Code):
    """Whether the allergy is still one (FHIR)."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    RESOLVED = "resolved"


class Verification(Code):
    """How sure it is (FHIR)."""

    UNCONFIRMED = "unconfirmed"
    PRESUMED = "presumed"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    ENTERED_IN_ERROR = "entered-in-error", "Entered in error"


class AllergyTopic(Code):
    """What is asked about one by one, because a patient rarely thinks of it as an allergy."""

    LATEX = "latex", "Latex"
    CONTRAST = "contrast", "Contrast or iodine"
    ADHESIVE = "adhesive", "Adhesive or skin preparation"
    FOOD = "food", "Food: egg, soy, peanut, shellfish"
    BLOOD = "blood", "Blood products"


class AllergyAnswer(Code):
    """What was answered about one of them."""

    YES = "yes", "Reaction"
    NO = "no", "No reaction"
    UNABLE = "unable", "Unable to say"


class AllergyBand(Code):
    """Whether the patient wears the allergy band."""

    APPLIED = "applied", "On the wrist"
    NOT_DONE = "not_done", "Not yet"
    NOT_APPLICABLE = "not_applicable", "Not for this patient"


class AllergySource(Code):
    """Who or what says so."""

    PATIENT = "patient"
    FAMILY = "family"
    CHART = "chart", "Chart or packet"
    PHARMACY = "pharmacy"
    OTHER = "other"


class Reaction(Row, frozen=True, kw_only=True):
    """What happened."""

    manifestation: Annotated[str, Field("Reaction", required=True, most=200)] = ""
    severity: Annotated[ReactionSeverity | None, Field("Severity")] = None


class Allergy(Row, frozen=True, kw_only=True):
    """One substance the patient does not tolerate. `since` is a partial date, mostly a year."""

    id: Annotated[uuid.UUID, Field("Id")] = msgspec.field(default_factory=new_id)
    substance: Annotated[str, Field("Substance", required=True, most=200)] = ""
    type: Annotated[AllergyType | None, Field("Type")] = None
    category: Annotated[AllergyCategory | None, Field("Category")] = None
    criticality: Annotated[Criticality | None, Field("Danger of a next exposure")] = None
    reactions: Annotated[tuple[Reaction, ...], Field("Reactions")] = ()
    since: Annotated[str, Field("Year", most=10)] = ""
    clinical: Annotated[ClinicalStatus, Field("Status")] = ClinicalStatus.ACTIVE
    verification: Annotated[Verification, Field("Verification")] = Verification.UNCONFIRMED
    source: Annotated[AllergySource | None, Field("Source")] = None
    verified_by: Annotated[str, Field("Confirmed or refuted by", most=200)] = ""
    verified_at: Annotated[datetime.datetime | None, Field("Confirmed or refuted at")] = None

    @property
    def current(self) -> bool:
        """Whether it still has to be shown: active, and neither refuted nor a mistake."""
        gone = (Verification.REFUTED, Verification.ENTERED_IN_ERROR)
        return self.clinical is ClinicalStatus.ACTIVE and self.verification not in gone

    @property
    def confirmed(self) -> bool:
        """Whether somebody verified it."""
        return self.verification is Verification.CONFIRMED

    def text(self) -> str:
        """The allergy in one phrase: "Penicillin (hives, 2014)"."""
        told = [reaction.manifestation for reaction in self.reactions if reaction.manifestation]
        told = [word[:1].lower() + word[1:] if not word[:2].isupper() else word for word in told]
        inside = ", ".join((*told, self.since[:4])) if self.since else ", ".join(told)
        return f"{self.substance} ({inside})" if inside else self.substance


class AllergyQuestion(Row, frozen=True, kw_only=True):
    """One thing asked about by name, and the answer; a no here is worth as much as a yes."""

    topic: Annotated[AllergyTopic, Field("Asked about")] = AllergyTopic.LATEX
    answer: Annotated[AllergyAnswer, Field("Answer")] = AllergyAnswer.NO
    by: Annotated[str, Field("Asked by", most=200)] = ""
    at: Annotated[datetime.datetime | None, Field("Asked at")] = None


class AllergyStatement(msgspec.Struct, frozen=True, kw_only=True):
    """What a banner or a paper says about allergies.

    `headline` stands alone when there is no list ("No known allergies"). `alarming` asks for the red block: there are
    allergies, or nobody knows. `text` is the whole statement in one line.
    """

    headline: str
    confirmed: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    alarming: bool = True

    @property
    def text(self) -> str:
        """One line for paper and for screen readers."""
        doubtful = tuple(f"{phrase}: reported, not confirmed" for phrase in self.unconfirmed)
        return "; ".join(part for part in (self.headline, *self.confirmed, *doubtful) if part)


def allergy_statement(patient: Patient) -> AllergyStatement:
    """The allergies of a patient as they must be shown. Rows without an assertion are shown, and called unfinished."""
    current = [allergy for allergy in patient.allergies if allergy.current]
    assertion = patient.allergy_assertion
    if assertion is None:
        headline = "Allergies not recorded"
    elif assertion is AllergyAssertion.UNABLE:
        headline = "Unable to obtain allergies"
    elif assertion is AllergyAssertion.HAS_ALLERGIES:
        headline = "" if current else "Allergies reported, none listed"
    else:
        headline = assertion.label
    return AllergyStatement(
        headline=headline,
        confirmed=tuple(allergy.text() for allergy in current if allergy.confirmed),
        unconfirmed=tuple(allergy.text() for allergy in current if not allergy.confirmed),
        alarming=bool(current) or assertion not in (AllergyAssertion.NKA, AllergyAssertion.NKDA),
    )
