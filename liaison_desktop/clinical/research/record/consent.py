"""The consent to take part in a study: everything that was given, asked, said and signed."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

import msgspec

from liaison_desktop.clinical.communication.record import InterpreterException
from liaison_desktop.clinical.consents.record import Choice, DecidedBy, TeachBack, sealing_faults
from liaison_desktop.clinical.directives.record import Concern
from liaison_desktop.clinical.patients.record import AuthorityBasis, InterpreterModality
from liaison_desktop.clinical.research.record.codes import (
    Again,
    Assent,
    Authorisation,
    Outcome,
    Regulation,
    ResearchState,
)
from liaison_desktop.clinical.research.record.words import AuthorisationLine, KeyPoint, StudyPart
from liaison_desktop.errors import Fault
from liaison_desktop.records import Field, Merging, Record, Seal, to_bytes
from liaison_desktop.signing import Role, Signature, fingerprint_of

# What may still be added between the first signature and the last, and after it: that the copy was given.
ADDED_WHILE_SIGNING = frozenset({"signatures", "state", "active_at", "fingerprint", "version"})
ADDED_AFTER = frozenset({"version", "copy_given_at", "copy_given_by"})
ENDED = (ResearchState.ACTIVE, ResearchState.DECLINED, ResearchState.NOT_ELIGIBLE, ResearchState.ENTERED_IN_ERROR)


class ResearchConsent(Record, frozen=True, kw_only=True):
    """One person's consent to one study, on one approved version of its form.

    `shown_...`, study and form are as printed and signed. Times are the device clock with its offset. `fingerprint`
    is set once, when the last needed signature makes the consent active.
    """

    kind: ClassVar[str] = "research_consent"
    merging: ClassVar[Merging] = Merging.IMMUTABLE
    seals: ClassVar[tuple[Seal, ...]] = (
        Seal(field="signatures", may_change=tuple(sorted(ADDED_WHILE_SIGNING | ADDED_AFTER))),
        Seal(field="state", values=tuple(sorted(ENDED)), may_change=tuple(sorted(ADDED_AFTER))),
    )
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("patient_id",), ("study_id",), ("state",))

    patient_id: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    study_id: Annotated[uuid.UUID | None, Field("Study", required=True, refers_to="research_study")] = None
    state: Annotated[ResearchState, Field("State")] = ResearchState.DRAFT
    document_number: Annotated[str, Field("Document number", search=True, most=40)] = ""
    fingerprint: Annotated[str, Field("Fingerprint", most=64)] = ""
    supersedes: Annotated[uuid.UUID | None, Field("Replaces", refers_to="research_consent")] = None
    replaces: Annotated[str, Field("Replaces, as printed", most=200)] = ""
    again: Annotated[Again | None, Field("Why again")] = None
    begun_at: Annotated[datetime.datetime | None, Field("Begun")] = None
    begun_by: Annotated[str, Field("Begun by", most=200)] = ""
    begun_by_id: Annotated[uuid.UUID | None, Field("Begun by, id")] = None
    ready_at: Annotated[datetime.datetime | None, Field("Ready")] = None
    active_at: Annotated[datetime.datetime | None, Field("Complete")] = None

    # The person, the study and the form as shown.
    shown_name: Annotated[str, Field("Name", required=True, most=200)] = ""
    shown_birth_date: Annotated[str, Field("Date of birth", most=10)] = ""
    shown_record_number: Annotated[str, Field("Record number", most=60)] = ""
    facility: Annotated[str, Field("Hospital", most=200)] = ""
    unit: Annotated[str, Field("Unit", most=200)] = ""
    study_name: Annotated[str, Field("Study", search=True, most=300)] = ""
    study_short: Annotated[str, Field("Short name of the study", search=True, most=60)] = ""
    protocol: Annotated[str, Field("Protocol number", most=60)] = ""
    sponsor: Annotated[str, Field("Sponsor", most=200)] = ""
    board: Annotated[str, Field("Review board", most=200)] = ""
    board_number: Annotated[str, Field("Number at the board", most=60)] = ""
    investigator: Annotated[str, Field("Principal investigator", most=200)] = ""
    study_phone: Annotated[str, Field("Telephone of the study", most=60)] = ""
    regulated: Annotated[Regulation | None, Field("Regulated by")] = None
    form_version: Annotated[str, Field("Form version", most=60)] = ""
    form_language: Annotated[str, Field("Language of the form", most=60)] = ""
    form_sha256: Annotated[str, Field("Fingerprint of the form given", most=64)] = ""
    approved_from: Annotated[datetime.date | None, Field("Form approved from")] = None
    approved_to: Annotated[datetime.date | None, Field("Form approved until")] = None
    words_code: Annotated[str, Field("Words", most=60)] = ""
    words_version: Annotated[str, Field("Version of the words", most=40)] = ""
    words_sha256: Annotated[str, Field("Fingerprint of the words", most=64)] = ""
    lead: Annotated[str, Field("In one sentence", lines=2)] = ""
    agree_question: Annotated[str, Field("Question to the person", most=200)] = ""
    sign_words: Annotated[str, Field("Words beside the question", most=600)] = ""
    key_points: Annotated[tuple[KeyPoint, ...], Field("Key information")] = ()
    parts: Annotated[tuple[StudyPart, ...], Field("What you are told")] = ()
    authorisation_lines: Annotated[tuple[AuthorisationLine, ...], Field("Use of your health information")] = ()

    # 1 The form, and who obtains the consent.
    given_at: Annotated[datetime.datetime | None, Field("Form given")] = None
    obtained_by: Annotated[str, Field("Obtains the consent", most=200)] = ""
    obtained_by_id: Annotated[uuid.UUID | None, Field("Obtains the consent, id", refers_to="staff_member")] = None
    short_form: Annotated[bool | None, Field("Short form")] = None
    told_aloud: Annotated[bool | None, Field("Everything was told aloud")] = None
    summary_approved: Annotated[bool | None, Field("The board approved the summary")] = None
    impartial_witness: Annotated[str, Field("Impartial witness", most=200)] = ""
    witness_impartial: Annotated[bool | None, Field("Independent of the study and not related")] = None

    # 2 Who decides, in what language, in what condition.
    decided_by: Annotated[DecidedBy | None, Field("Who decides")] = None
    representative_id: Annotated[uuid.UUID | None, Field("Representative, id")] = None
    representative_name: Annotated[str, Field("Representative", most=200)] = ""
    representative_relationship: Annotated[str, Field("Relation to the patient", most=120)] = ""
    authority_basis: Annotated[AuthorityBasis | None, Field("Right to decide on research")] = None
    authority_law: Annotated[str, Field("By which law or paper", most=200)] = ""
    document_seen: Annotated[bool | None, Field("Document seen")] = None
    assent: Annotated[Assent | None, Field("What the person themselves says")] = None
    language: Annotated[str, Field("Language", most=60)] = "English"
    interpreter_needed: Annotated[bool | None, Field("Interpreter needed")] = None
    interpreter_name: Annotated[str, Field("Interpreter", most=200)] = ""
    interpreter_number: Annotated[str, Field("Interpreter's number", most=60)] = ""
    interpreter_qualified: Annotated[bool | None, Field("Qualified")] = None
    interpreter_adult: Annotated[bool | None, Field("Adult")] = None
    interpreter_modality: Annotated[InterpreterModality | None, Field("How")] = None
    interpreter_exception: Annotated[InterpreterException | None, Field("Exception")] = None
    interpreter_waiver: Annotated[str, Field("Where the request is documented", most=400)] = ""
    capacity_concern: Annotated[Concern | None, Field("Concern about deciding")] = None
    capacity_words: Annotated[str, Field("What you noticed", lines=2, most=1000)] = ""

    # 3 The talk, 4 what was understood and chosen.
    enough_time: Annotated[bool | None, Field("Had enough time, without pressure")] = None
    questions_answered: Annotated[bool | None, Field("All questions were answered")] = None
    authorisation: Annotated[Authorisation | None, Field("Authorisation to use health information")] = None
    comprehension: Annotated[tuple[TeachBack, ...], Field("In their own words")] = ()
    choices: Annotated[tuple[Choice, ...], Field("Choices you made")] = ()
    outcome: Annotated[Outcome | None, Field("What came of it")] = None
    outcome_words: Annotated[str, Field("In their words", lines=2, most=1000)] = ""
    home_at: Annotated[datetime.datetime | None, Field("Taken home")] = None
    confirmed: Annotated[tuple[str, ...], Field("Rules confirmed with a reason")] = ()
    confirm_reason: Annotated[str, Field("Reason for going on", lines=2, most=1000)] = ""

    # 5 Who signed, and that the copy was given.
    signatures: Annotated[tuple[Signature, ...], Field("Signatures")] = ()
    copy_given_at: Annotated[datetime.datetime | None, Field("Copy given")] = None
    copy_given_by: Annotated[str, Field("Copy given by", most=200)] = ""

    def title(self) -> str:
        """The person's name as on the document."""
        return self.shown_name or "Research consent"

    def facts(self) -> str:
        """Study, and the number once there is one."""
        return " · ".join(part for part in (self.study_short, self.document_number) if part)

    @property
    def signed_at(self) -> datetime.datetime | None:
        """When the person or their representative signed."""
        given = self.signature(Role.PATIENT) or self.signature(Role.REPRESENTATIVE)
        return given.signed_at if given is not None else None

    @property
    def minutes(self) -> int | None:
        """Whole minutes between giving the form and signing it (R38)."""
        if self.given_at is None or self.signed_at is None:
            return None
        return int((self.signed_at - self.given_at).total_seconds() // 60)

    def signature(self, role: Role) -> Signature | None:
        """The signature given in this role, if any."""
        return next((signature for signature in self.signatures if signature.role is role), None)

    def sealed(self) -> bool:
        """Whether the content can no longer change: somebody has signed, or it has come to an end."""
        return bool(self.signatures) or self.state in ENDED

    def canonical(self) -> bytes:
        """The record without its lifecycle, as the bytes that its fingerprint is taken of."""
        bare = msgspec.structs.replace(
            self,
            fingerprint="",
            version=None,
            state=ResearchState.DRAFT,
            active_at=None,
            copy_given_at=None,
            copy_given_by="",
        )
        return to_bytes(bare)

    def content_fingerprint(self) -> str:
        """SHA-256 of the canonical record: the same content always gives the same 64 digits."""
        return fingerprint_of(self.canonical())

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """Refuse any change to what was signed; afterwards only a signature may come, and that the copy was given."""
        free = ADDED_AFTER if previous.state in ENDED else ADDED_WHILE_SIGNING
        return sealing_faults(previous, self, free) if previous.sealed() else ()
