"""The consent itself: everything that was asked, shown, said and signed, so that its document can always be re-made."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

import msgspec

from liaison_desktop.clinical.communication.record import InterpreterException
from liaison_desktop.clinical.consents.record.codes import (
    Answer,
    ConsentState,
    ConsentStep,
    ConsentType,
    DecidedBy,
    Decision,
    Explainer,
    Laterality,
    SecondLanguage,
)
from liaison_desktop.clinical.consents.record.rows import (
    Choice,
    ElementCheck,
    MedicineNote,
    SpecialRelease,
    Statement,
    TeachBack,
    Topic,
    TranslatedText,
)
from liaison_desktop.clinical.consents.record.sealed import sealing_faults
from liaison_desktop.clinical.directives.record import Concern, Determination
from liaison_desktop.clinical.patients.record import AuthorityBasis, InterpreterModality
from liaison_desktop.errors import Fault
from liaison_desktop.records import Field, Merging, Record, Seal, to_bytes
from liaison_desktop.signing import Role, Signature, fingerprint_of

# What may still be added between the first signature and the last. Everything else is fixed by the first signature.
ADDED_WHILE_SIGNING = frozenset({"signatures", "state", "active_at", "fingerprint", "version"})
FINAL = frozenset(
    {
        ConsentState.ACTIVE,
        ConsentState.REFUSED,
        ConsentState.WITHDRAWN_BY_PRACTITIONER,
        ConsentState.REVOKED,
        ConsentState.EXPIRED,
        ConsentState.SUPERSEDED,
        ConsentState.ENTERED_IN_ERROR,
    }
)


class Consent(Record, frozen=True, kw_only=True):
    """A patient's consent to one procedure.

    `shown_...` fields are the patient as printed and signed. Times are the device clock with its offset.
    `fingerprint` is set once, when the last needed signature makes the consent active.
    """

    kind: ClassVar[str] = "consent"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("patient_id",), ("state",))
    merging: ClassVar[Merging] = Merging.IMMUTABLE
    seals: ClassVar[tuple[Seal, ...]] = (
        Seal(field="signatures", may_change=tuple(sorted(ADDED_WHILE_SIGNING))),
        Seal(field="state", values=tuple(sorted(FINAL))),
    )

    patient_id: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    state: Annotated[ConsentState, Field("State")] = ConsentState.DRAFT
    document_number: Annotated[str, Field("Document number", search=True, most=40)] = ""
    fingerprint: Annotated[str, Field("Fingerprint", most=64)] = ""
    supersedes: Annotated[uuid.UUID | None, Field("Replaces", refers_to="consent")] = None
    replaces: Annotated[str, Field("Replaces, as printed", most=200)] = ""
    begun_at: Annotated[datetime.datetime | None, Field("Begun")] = None
    begun_by: Annotated[str, Field("Begun by", most=200)] = ""
    begun_by_id: Annotated[uuid.UUID | None, Field("Begun by, id")] = None
    ready_at: Annotated[datetime.datetime | None, Field("Ready")] = None
    active_at: Annotated[datetime.datetime | None, Field("Complete")] = None
    valid_until: Annotated[datetime.date | None, Field("Valid until")] = None

    # The patient as shown.
    shown_name: Annotated[str, Field("Name", required=True, most=200)] = ""
    shown_birth_date: Annotated[str, Field("Date of birth", most=10)] = ""
    shown_record_number: Annotated[str, Field("Record number", most=60)] = ""
    shown_visit: Annotated[str, Field("Visit", most=60)] = ""
    shown_allergies: Annotated[str, Field("Allergies", most=1000)] = ""
    allergies_recorded: Annotated[bool, Field("Allergies were asked")] = False
    facility: Annotated[str, Field("Hospital", most=200)] = ""
    unit: Annotated[str, Field("Unit", most=200)] = ""
    facility_phone: Annotated[str, Field("Telephone", most=60)] = ""

    # The template, and its words as they were shown.
    template_code: Annotated[str, Field("Form", most=40)] = ""
    template_version: Annotated[str, Field("Form version", most=40)] = ""
    template_sha256: Annotated[str, Field("Form fingerprint", most=64)] = ""
    template_effective: Annotated[datetime.date | None, Field("In effect from")] = None
    title_as_signed: Annotated[str, Field("Title", search=True, most=200)] = ""
    procedure_text: Annotated[str, Field("Procedure", search=True, most=400)] = ""
    agree_question: Annotated[str, Field("Question to the patient", most=200)] = ""
    sign_words: Annotated[str, Field("Words beside the question", most=600)] = ""
    plain_words: Annotated[str, Field("In plain words", lines=4)] = ""
    sedation: Annotated[bool, Field("With sedation or anaesthesia")] = False
    needs_side: Annotated[bool, Field("Has a side")] = False
    topics: Annotated[tuple[Topic, ...], Field("What we talked about")] = ()
    statements: Annotated[tuple[Statement, ...], Field("Your rights")] = ()

    type: Annotated[ConsentType, Field("Type")] = ConsentType.PROCEDURE
    steps: Annotated[tuple[ConsentStep, ...], Field("Steps of the form")] = ()
    signers: Annotated[tuple[Role, ...], Field("Who signs besides")] = ()
    explained_by: Annotated[Explainer, Field("Who may explain it")] = Explainer.PRACTITIONER

    # 1 Does it match?
    site: Annotated[str, Field("Site", most=200)] = ""
    laterality: Annotated[Laterality | None, Field("Side")] = None
    procedure_on_order: Annotated[str, Field("On the order", most=400)] = ""
    side_on_order: Annotated[Laterality | None, Field("Side on the order")] = None
    procedure_on_form: Annotated[str, Field("On the form", most=400)] = ""
    procedure_as_patient_says: Annotated[str, Field("As the patient says", most=400)] = ""
    side_as_patient_says: Annotated[Laterality | None, Field("Side as the patient says")] = None
    procedure_matches: Annotated[bool | None, Field("All three are the same procedure")] = None

    # 2 Who explained, and when.
    practitioner_responsible: Annotated[str, Field("Practitioner who performs it", most=200)] = ""
    practitioner_credential: Annotated[str, Field("Credential", most=60)] = ""
    discussed_by: Annotated[str, Field("Explained by", most=200)] = ""
    discussed_by_credential: Annotated[str, Field("Credential", most=60)] = ""
    discussed_at: Annotated[datetime.datetime | None, Field("Explained at")] = None
    present: Annotated[str, Field("Also present", most=400)] = ""
    others_performing: Annotated[str, Field("Others who take part", most=400)] = ""
    anaesthesia_type: Annotated[str, Field("Sleep medicine", most=200)] = ""
    stopped_at: Annotated[datetime.datetime | None, Field("Stopped")] = None
    stop_reason: Annotated[str, Field("Why it was stopped", lines=2, most=1000)] = ""
    questions_for_practitioner: Annotated[str, Field("Questions for the practitioner", lines=3, most=2000)] = ""

    # 3 Who decides, in what language, in what condition.
    decided_by: Annotated[DecidedBy | None, Field("Who decides")] = None
    representative_id: Annotated[uuid.UUID | None, Field("Representative")] = None
    representative_name: Annotated[str, Field("Representative's name", most=200)] = ""
    representative_relationship: Annotated[str, Field("Relation to the patient", most=120)] = ""
    authority_basis: Annotated[AuthorityBasis | None, Field("Right to decide")] = None
    document_seen: Annotated[bool | None, Field("Document seen")] = None
    patient_objects: Annotated[bool | None, Field("The patient objects")] = None
    emergency_by: Annotated[str, Field("Emergency declared by", most=200)] = ""
    language: Annotated[str, Field("Language", most=60)] = "English"
    second_language: Annotated[SecondLanguage | None, Field("Also print the paper in")] = None
    translation: Annotated[tuple[TranslatedText, ...], Field("Words of the second language")] = ()
    translation_reviewed: Annotated[bool | None, Field("The translation was reviewed")] = None
    translation_sha256: Annotated[str, Field("Fingerprint of the translation", most=64)] = ""
    interpreter_needed: Annotated[bool | None, Field("Interpreter needed")] = None
    interpreter_session: Annotated[uuid.UUID | None, Field("Session", refers_to="interpreter_session")] = None
    interpreter_name: Annotated[str, Field("Interpreter", most=200)] = ""
    interpreter_number: Annotated[str, Field("Interpreter's number", most=60)] = ""
    interpreter_qualified: Annotated[bool | None, Field("Qualified")] = None
    interpreter_adult: Annotated[bool | None, Field("Adult")] = None
    interpreter_modality: Annotated[InterpreterModality | None, Field("How")] = None
    interpreter_from: Annotated[datetime.datetime | None, Field("From")] = None
    interpreter_to: Annotated[datetime.datetime | None, Field("To")] = None
    interpreter_exception: Annotated[InterpreterException | None, Field("Exception")] = None
    interpreter_waiver: Annotated[str, Field("Where the patient's request is documented", most=400)] = ""
    capacity_concern: Annotated[Concern | None, Field("Concern about deciding")] = None
    capacity_words: Annotated[str, Field("What you noticed", lines=2, most=1000)] = ""
    determination: Annotated[Determination | None, Field("The practitioner's determination")] = None
    determined_by: Annotated[str, Field("Determined by", most=200)] = ""
    sedated_recently: Annotated[bool | None, Field("Sedating medicine in the last 4 hours")] = None
    sedating_medicine: Annotated[str, Field("Which, and when", most=200)] = ""
    confirmed: Annotated[tuple[str, ...], Field("Rules confirmed with a reason")] = ()
    confirm_reason: Annotated[str, Field("Reason for going on", lines=2, most=1000)] = ""

    # What is released, to whom and for what: a release of information (45 CFR 164.508).
    release_description: Annotated[str, Field("What may be sent", lines=3, most=1000)] = ""
    release_from: Annotated[str, Field("Who may send it", most=400)] = ""
    release_to: Annotated[str, Field("Who may receive it", most=400)] = ""
    release_purpose: Annotated[str, Field("What it is for", most=400)] = ""
    release_until: Annotated[datetime.date | None, Field("Until this day")] = None
    release_event: Annotated[str, Field("Or until this happens", most=200)] = ""
    release_special: Annotated[tuple[SpecialRelease, ...], Field("Specially protected kinds")] = ()
    release_part2_to: Annotated[str, Field("Who receives the substance use records", most=400)] = ""
    release_part2_purpose: Annotated[str, Field("What the substance use records are for", most=400)] = ""

    # 4 and 5 What was understood and chosen.
    elements: Annotated[tuple[ElementCheck, ...], Field("Elements")] = ()
    teach_back: Annotated[tuple[TeachBack, ...], Field("Checking that it was clear")] = ()
    teach_back_from: Annotated[datetime.datetime | None, Field("Teach-back from")] = None
    teach_back_to: Annotated[datetime.datetime | None, Field("Teach-back to")] = None
    medicines: Annotated[tuple[MedicineNote, ...], Field("Medicines that matter for this procedure")] = ()
    free_to_refuse: Annotated[bool | None, Field("Knows they are free to refuse")] = None
    choices: Annotated[tuple[Choice, ...], Field("Choices you made")] = ()
    decision: Annotated[Decision | None, Field("Decision")] = None
    refused_at: Annotated[datetime.datetime | None, Field("Refused")] = None
    refused_reason: Annotated[str, Field("Reason, in the patient's words", lines=2, most=1000)] = ""
    refusal_understood: Annotated[str, Field("What may follow, in the patient's words", lines=2, most=1000)] = ""
    practitioner_told: Annotated[str, Field("Practitioner told: who and when", most=200)] = ""

    # 7 Who signed.
    signatures: Annotated[tuple[Signature, ...], Field("Signatures")] = ()

    def title(self) -> str:
        """The patient's name as on the document."""
        return self.shown_name or "Consent"

    def facts(self) -> str:
        """Procedure, and its number once it has one."""
        return " · ".join(part for part in (self.procedure_text, self.document_number) if part)

    def agreed(self) -> Answer | None:
        """The answer to the main question; None while unanswered."""
        return next((choice.answer for choice in self.choices if choice.code == "agree"), None)

    def signature(self, role: Role) -> Signature | None:
        """The signature given in this role, if any."""
        return next((signature for signature in self.signatures if signature.role is role), None)

    def sealed(self) -> bool:
        """Whether the content can no longer change: somebody has signed, or it has come to an end."""
        return bool(self.signatures) or self.state in FINAL

    def stays_put(self) -> bool:
        """Whose consent it is belongs to what was signed."""
        return self.sealed()

    def has(self, step: ConsentStep) -> bool:
        """Whether the form asks for this step. A consent from before forms said so has all but the release."""
        return step in self.steps if self.steps else step is not ConsentStep.RELEASE

    def canonical(self) -> bytes:
        """The record without its lifecycle, as JSON with sorted keys: what the fingerprint is taken of.

        A field that was added to consents later is left out while nothing stands in it, so that what was signed before
        keeps its fingerprint.
        """
        bare = msgspec.structs.replace(self, fingerprint="", version=None, state=ConsentState.DRAFT, active_at=None)
        held = msgspec.to_builtins(bare)
        for name, blank in _ADDED_LATER:
            if getattr(bare, name) == blank:
                del held[name]
        for check in held["elements"]:
            for name in _ADDED_TO_CHECKS:
                if not check[name]:
                    del check[name]
        for given in held["signatures"]:
            for name in _ADDED_TO_SIGNATURES:
                if given[name] in (None, "", (), []):
                    del given[name]
        for said in held["statements"]:
            if not said["code"]:
                del said["code"]
        return to_bytes(held)

    def content_fingerprint(self) -> str:
        """SHA-256 of the canonical record: the same content always gives the same 64 digits."""
        return fingerprint_of(self.canonical())

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """Refuse any change to what was signed; between signatures only a further signature may be added.

        A signature counts for the record it was given on and for no other: its fingerprint has to be that of the
        version before it (21 CFR 11.70).
        """
        added = self.signatures[len(previous.signatures) :]
        if len(added) > 1 or any(not given.binds(previous.content_fingerprint()) for given in added):
            message = "This signature was given on something else. Show the document, and have it signed again."
            return (Fault(field="signatures", message=message, rule="SIGN-BOUND"),)
        if not previous.sealed():
            return ()
        return sealing_faults(
            previous, self, frozenset({"version"}) if previous.state in FINAL else ADDED_WHILE_SIGNING
        )


# What consents had when the first of them were signed is part of every fingerprint; these came later.
_LATER = (
    "type", "steps", "signers", "explained_by", "release_description", "release_from", "release_to", "release_purpose",
    "release_until", "release_event", "release_special", "release_part2_to", "release_part2_purpose", "replaces",
    "refused_at",
    "second_language", "translation", "translation_reviewed", "translation_sha256",
)  # fmt: skip
_ADDED_LATER = tuple((name, getattr(Consent(), name)) for name in _LATER)
_ADDED_TO_CHECKS = ("says", "reason")
_ADDED_TO_SIGNATURES = (
    "typed", "adopted", "spoken_how", "given_at", "scan", "adult", "shown_content", "shown_as", "ink_sha256",
)  # fmt: skip
