"""An entry of the communication log, and a session with an interpreter. Neither is changed once it is over."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

import msgspec

from liaison_desktop.clinical.patients.record import InterpreterModality, language_name
from liaison_desktop.errors import Fault
from liaison_desktop.records import Code, Field, Merging, Record, Row, Seal


class Direction(Code):
    """Who began it."""

    OUT = "out", "We called"
    IN = "in", "They called"


class Channel(Code):
    """By which way."""

    PHONE = "phone", "Phone"
    IN_PERSON = "in_person", "In person"
    SECURE_MESSAGE = "secure_msg", "Secure message"
    FAX = "fax", "Fax"
    EMAIL = "email", "E-mail"
    VIDEO = "video", "Video"


class Topic(Code):
    """What it was about."""

    REFERRAL = "referral", "Referral"
    CLINICAL = "clinical", "Clinical update"
    MEDICINES = "medicines", "Medicines"
    COVERAGE = "coverage", "Coverage"
    CONSENT = "consent", "Consent"
    FAMILY = "family", "Family"
    HANDOVER = "handover", "Hand-over"
    DISCHARGE = "discharge", "Discharge"
    FOLLOW_UP = "follow_up", "Follow-up"
    OTHER = "other", "Other"


class ReadBack(Code):
    """Whether the other side said back what it heard."""

    YES = "yes", "Read back"
    NO = "no", "Not read back"
    NOT_NEEDED = "n/a", "Not needed"


class Party(Row, frozen=True, kw_only=True):
    """One person who took part. `relation` is a job or a place in the family."""

    name: Annotated[str, Field("Name", required=True, most=200)] = ""
    relation: Annotated[str, Field("Who they are", most=200)] = ""
    contact: Annotated[str, Field("Phone or address", most=200)] = ""

    def text(self) -> str:
        """Name and relation."""
        return ", ".join(part for part in (self.name, self.relation) if part)


class Sbar(Row, frozen=True, kw_only=True):
    """Situation, background, assessment, recommendation: how one nurse tells another."""

    situation: Annotated[str, Field("Situation", lines=3, most=2000)] = ""
    background: Annotated[str, Field("Background", lines=6, most=4000)] = ""
    assessment: Annotated[str, Field("Assessment", lines=4, most=2000)] = ""
    recommendation: Annotated[str, Field("Recommendation", lines=3, most=2000)] = ""

    def parts(self) -> Iterator[tuple[str, str]]:
        """Each part with its name, those that say something."""
        for name in ("situation", "background", "assessment", "recommendation"):
            if words := getattr(self, name).strip():
                yield name.capitalize(), words


class LogEntry(Record, frozen=True, kw_only=True):
    """One talk or message. `at` is when it took place, `recorded_at` the clock when it was written down.

    It is written once. What was wrong in it is set right by an entry that names it in `corrects`.
    """

    kind: ClassVar[str] = "log_entry"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("patient",), ("episode",))
    merging: ClassVar[Merging] = Merging.IMMUTABLE

    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    episode: Annotated[uuid.UUID | None, Field("Episode", refers_to="episode")] = None
    at: Annotated[datetime.datetime | None, Field("When", required=True)] = None
    direction: Annotated[Direction | None, Field("Who began it", required=True)] = None
    channel: Annotated[Channel | None, Field("By which way", required=True)] = None
    topic: Annotated[Topic | None, Field("About", required=True)] = None
    parties: Annotated[tuple[Party, ...], Field("With whom", required=True)] = ()
    summary: Annotated[str, Field("What was said", lines=4, most=8000, search=True)] = ""
    action_required: Annotated[str, Field("What has to be done now", lines=2, most=1000)] = ""
    sbar: Annotated[Sbar | None, Field("SBAR")] = None
    read_back: Annotated[ReadBack | None, Field("Read back", required=True)] = None
    corrects: Annotated[uuid.UUID | None, Field("Corrects", refers_to="log_entry")] = None
    recorded_at: Annotated[datetime.datetime | None, Field("Written down")] = None
    recorded_by: Annotated[str, Field("Written down by", most=200)] = ""
    policy_version: Annotated[str, Field("Policy it was checked with", most=50)] = ""

    def title(self) -> str:
        """With whom, and about what."""
        who = self.parties[0].text() if self.parties else "Somebody"
        return f"{who}: {self.topic.label.lower()}" if self.topic is not None else who

    def facts(self) -> str:
        """Way and who began it."""
        return " · ".join(code.label for code in (self.channel, self.direction) if code is not None)

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """A log is not written over."""
        words = "What stands in the log stays. Write a correction beside it."
        return (Fault(field="", message=words, rule="SEAL"),)

    def guard_removal(self) -> tuple[Fault, ...]:
        """Nor taken out of."""
        return (Fault(field="", message="What stands in the log stays.", rule="SEAL"),)


class InterpreterException(Code):
    """The only two reasons for going on without a qualified interpreter (45 CFR 92.201(e); V10)."""

    EMERGENCY_TEMPORARY = "emergency_temporary", "Emergency, for the time being"
    PATIENT_REQUEST_DOCUMENTED = "patient_request_documented", "Patient asked for an accompanying adult, documented"


class UsedFor(Code):
    """What was interpreted."""

    SCREENING = "screening", "Screening"
    MEDICINES = "medicines", "Medicines"
    CONSENT = "consent", "Consent talk"
    TEACH_BACK = "teach_back", "Teach-back"
    COVERAGE = "coverage", "Coverage and cost"
    DISCHARGE = "discharge", "Discharge"
    FAMILY = "family", "Family meeting"
    OTHER = "other", "Other"


class InterpreterSession(Record, frozen=True, kw_only=True):
    """Somebody interpreted, from then to then. It is open until `ended_at` is said, and stays as it is afterwards."""

    kind: ClassVar[str] = "interpreter_session"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("patient",), ("episode",))
    merging: ClassVar[Merging] = Merging.IMMUTABLE
    seals: ClassVar[tuple[Seal, ...]] = (Seal(field="ended_at", may_change=("used_for",)),)

    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    episode: Annotated[uuid.UUID | None, Field("Episode", refers_to="episode")] = None
    language: Annotated[str, Field("Language", required=True, most=35)] = ""
    modality: Annotated[InterpreterModality | None, Field("How", required=True)] = None
    interpreter_name: Annotated[str, Field("Interpreter", most=200)] = ""
    interpreter_number: Annotated[str, Field("Interpreter's number", most=60)] = ""
    company: Annotated[str, Field("Company", most=200)] = ""
    qualified: Annotated[bool | None, Field("Qualified", required=True)] = None
    adult: Annotated[bool | None, Field("Adult")] = None
    exception: Annotated[InterpreterException | None, Field("Exception")] = None
    waiver: Annotated[str, Field("Where the patient's request is documented", most=400)] = ""
    started_at: Annotated[datetime.datetime | None, Field("From", required=True)] = None
    ended_at: Annotated[datetime.datetime | None, Field("To")] = None
    used_for: Annotated[tuple[UsedFor, ...], Field("Used for")] = ()
    recorded_by: Annotated[str, Field("Written down by", most=200)] = ""
    policy_version: Annotated[str, Field("Policy it was checked with", most=50)] = ""

    def title(self) -> str:
        """Language and who interpreted."""
        who = self.interpreter_name or (f"ID {self.interpreter_number}" if self.interpreter_number else "interpreter")
        return f"{language_name(self.language) or 'Interpreting'}: {who}"

    def facts(self) -> str:
        """How, and whether by a qualified interpreter."""
        how = self.modality.label if self.modality is not None else ""
        return " · ".join(filter(None, (how, "" if self.qualified else "not qualified")))

    @property
    def open(self) -> bool:
        """Whether it still goes on."""
        return self.ended_at is None

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """While it goes on it may be completed; once it is over only what it was used for may grow."""
        if previous.open:
            return ()
        grown = msgspec.structs.replace(self, version=previous.version, used_for=previous.used_for)
        if grown == previous and set(previous.used_for) <= set(self.used_for):
            return ()
        return (Fault(field="", message="A session that is over cannot be changed.", rule="SEAL"),)

    def guard_removal(self) -> tuple[Fault, ...]:
        """A session stays: a consent may stand on it."""
        return (Fault(field="", message="A session with an interpreter stays in the record.", rule="SEAL"),)
