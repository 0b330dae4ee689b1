"""The concern: the patient's own words, who is to answer by when, the answer, and what the patient said to it."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

from liaison_desktop.errors import Fault
from liaison_desktop.records import Code, Field, Merging, Record, Row


class ConcernKind(Code):
    """What sort of concern it is."""

    MATTERS = "matters", "What matters to me"
    QUESTION = "question", "Question"
    FEAR = "fear", "Fear"
    PREFERENCE = "preference", "Wish"
    DISAGREEMENT = "disagreement", "Disagreement"
    COMPLAINT = "complaint", "Complaint"
    BARRIER = "barrier", "Something in the way"
    SAFETY = "safety", "Safety"


class RaisedBy(Code):
    """Whose words they are."""

    PATIENT = "patient", "Patient"
    FAMILY = "family", "Family"
    NURSE = "nurse", "Nurse, for the patient"


class ConcernState(Code):
    """How far a concern is. Handing over closes nothing: it says who goes on with it."""

    OPEN = "open", "Open"
    WITH_PROVIDER = "with_provider", "Asked"
    ANSWERED = "answered", "Answered"
    ESCALATED = "unresolved_escalated", "Escalated"
    HANDED_OVER = "handed_over", "Handed over"
    CLOSED = "closed_by_patient", "Closed by the patient"


class ConcernAct(Code):
    """What was done with a concern."""

    RAISED = "raised", "Told"
    ADDRESSED = "addressed", "Asked"
    ANSWERED = "answered", "Answered"
    NOT_CLEAR = "not_clear", "Read back, not settled for the patient"
    ESCALATED = "escalated", "Escalated"
    HANDED_OVER = "handed_over", "Handed over"
    CONFIRMED = "confirmed", "Read back, and the patient says it is settled"


class ConcernStep(Row, frozen=True, kw_only=True):
    """One line of a concern's history: what was done, when, by whom, who was asked, and the words."""

    act: Annotated[ConcernAct, Field("What")]
    at: Annotated[datetime.datetime, Field("When")]
    by: Annotated[str, Field("By", most=200)] = ""
    to: Annotated[str, Field("To", most=200)] = ""
    words: Annotated[str, Field("Words", lines=2, most=2000)] = ""


class Concern(Record, frozen=True, kw_only=True):
    """One concern. `about` is the record it arose from, such as a consent. `steps` only ever grow."""

    kind: ClassVar[str] = "concern"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("patient",), ("episode",), ("state", "due_at"), ("about",))
    merging: ClassVar[Merging] = Merging.KEEP_BOTH

    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    episode: Annotated[uuid.UUID | None, Field("Episode", refers_to="episode")] = None
    words: Annotated[str, Field("What the patient says", lines=3, required=True, search=True, most=2000)] = ""
    concern_kind: Annotated[ConcernKind, Field("What it is")] = ConcernKind.QUESTION
    raised_by: Annotated[RaisedBy, Field("Said by")] = RaisedBy.PATIENT
    raised_at: Annotated[datetime.datetime | None, Field("Told")] = None
    told_to: Annotated[str, Field("Told to", most=200)] = ""
    about_kind: Annotated[str, Field("Kind of the record it arose from", most=60)] = ""
    about: Annotated[uuid.UUID | None, Field("Arose from")] = None
    addressed_to: Annotated[str, Field("Who is to answer", most=200)] = ""
    due_at: Annotated[datetime.datetime | None, Field("Answer wanted by")] = None
    state: Annotated[ConcernState, Field("State")] = ConcernState.OPEN
    answer: Annotated[str, Field("Answer", lines=3, most=2000)] = ""
    answered_by: Annotated[str, Field("Who answered", most=200)] = ""
    answered_at: Annotated[datetime.datetime | None, Field("Answered")] = None
    confirmed: Annotated[bool | None, Field("Settled for the patient")] = None
    patient_said: Annotated[str, Field("What the patient says to it", lines=2, most=2000)] = ""
    closed_at: Annotated[datetime.datetime | None, Field("Closed")] = None
    handed_over_to: Annotated[str, Field("Who goes on with it", most=200)] = ""
    steps: Annotated[tuple[ConcernStep, ...], Field("What happened")] = ()

    def title(self) -> str:
        """The words."""
        return self.words

    def facts(self) -> str:
        """Kind, and who is to answer."""
        return " · ".join(filter(None, (self.concern_kind.label, self.addressed_to)))

    @property
    def open(self) -> bool:
        """Whether the patient still waits: neither closed by them, nor in the hands of those who come after."""
        return self.state not in (ConcernState.CLOSED, ConcernState.HANDED_OVER)

    @property
    def waiting(self) -> bool:
        """Whether an answer is wanted from somebody."""
        return self.state in (ConcernState.OPEN, ConcernState.WITH_PROVIDER, ConcernState.ESCALATED)

    def faults(self) -> tuple[Fault, ...]:
        """The needed fields; and closed without the patient's own yes to an answer is not closed."""
        return (*super().faults(), *self._closing_faults())

    def _closing_faults(self) -> tuple[Fault, ...]:
        read = bool(self.steps) and self.steps[-1].act is ConcernAct.CONFIRMED
        if self.state is not ConcernState.CLOSED or (self.confirmed and self.answer.strip() and read):
            return ()
        words = "Only the patient closes a concern: read the answer back and ask."
        return (Fault(field="confirmed", message=words, rule="CON-CLOSE"),)

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """The patient's words stay as they were said, what happened stays, and a closed concern is not touched."""
        if previous.state is ConcernState.CLOSED:
            words = "The patient closed this concern. A new one is told anew."
            return (Fault(field="state", message=words, rule="CON-CLOSED"),)
        if (self.words, self.patient, self.raised_by) != (previous.words, previous.patient, previous.raised_by):
            words = "What the patient said stays as it was said. Add another concern."
            return (Fault(field="words", message=words, rule="CON-WORDS"),)
        if self.steps[: len(previous.steps)] != previous.steps:
            return (Fault(field="steps", message="What happened to a concern is never taken out.", rule="CON-STEPS"),)
        return self._closing_faults()

    def guard_removal(self) -> tuple[Fault, ...]:
        """Nobody takes a patient's words away."""
        return (Fault(field="", message="A concern is never taken away.", rule="CON-KEPT"),)
