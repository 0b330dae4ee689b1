"""One row of the comparison: what is taken beside what is ordered, what was found, and the prescriber's answer."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

from liaison_desktop.clinical.medications.record.codes import Action, Discrepancy, Intent, MedicineList, Told
from liaison_desktop.errors import Fault
from liaison_desktop.records import Field, Record

ANSWER = ("answered_by", "answered_at", "answer")


class Reconciliation(Record, frozen=True, kw_only=True):
    """What is done with one medicine. A difference stays open until a prescriber answered it: name, time and answer."""

    kind: ClassVar[str] = "reconciliation"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("episode",),)

    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    episode: Annotated[uuid.UUID | None, Field("Episode", required=True, refers_to="episode")] = None
    taken: Annotated[uuid.UUID | None, Field("Taken at home", refers_to="medicine")] = None
    ordered: Annotated[uuid.UUID | None, Field("Ordered", refers_to="medicine")] = None
    against: Annotated[MedicineList, Field("Compared with")] = MedicineList.ORDER
    as_compared: Annotated[str, Field("As it stood when it was compared", most=600)] = ""
    action: Annotated[Action | None, Field("What is done")] = None
    action_reason: Annotated[str, Field("Reason", most=300, free=True)] = ""
    discrepancy: Annotated[Discrepancy | None, Field("Difference")] = None
    intent: Annotated[Intent | None, Field("Meant so")] = None
    note: Annotated[str, Field("Note", lines=2, most=1000)] = ""
    told_to: Annotated[str, Field("Prescriber told", most=200)] = ""
    told_how: Annotated[Told | None, Field("How")] = None
    told_at: Annotated[datetime.datetime | None, Field("Told at")] = None
    answer: Annotated[str, Field("Prescriber's answer", lines=2, most=1000)] = ""
    answered_by: Annotated[str, Field("Answered by (prescriber)", most=200)] = ""
    answered_at: Annotated[datetime.datetime | None, Field("Answered at")] = None
    read_back: Annotated[bool | None, Field("Read back to the prescriber")] = None
    opened_again: Annotated[str, Field("Why it was opened again", most=500, free=True)] = ""
    decided_by: Annotated[str, Field("Compared by", most=200)] = ""
    decided_at: Annotated[datetime.datetime | None, Field("Compared at")] = None

    def title(self) -> str:
        """What is done, in a word."""
        return self.action.label if self.action is not None else "Unanswered"

    @property
    def answered(self) -> bool:
        """Whether a prescriber's answer is there: name, time and answer, all three (V23)."""
        return bool(self.answer.strip() and self.answered_by.strip() and self.answered_at is not None)

    @property
    def compared(self) -> bool:
        """Whether somebody said what is done and whether there is a difference."""
        return self.action is not None and self.discrepancy is not None

    @property
    def differs(self) -> bool:
        """Whether there is something for a prescriber to answer."""
        return self.discrepancy not in (None, Discrepancy.NONE) or self.action is Action.CLARIFY

    @property
    def open(self) -> bool:
        """Whether it waits for a prescriber's answer."""
        return self.differs and not self.answered

    @property
    def told(self) -> bool:
        """Whether the prescriber knows of it: who, how and when."""
        return bool(self.told_to.strip() and self.told_how is not None and self.told_at is not None)

    def faults(self) -> tuple[Fault, ...]:
        """The needed fields, and that it is about a medicine at all."""
        found = super().faults()
        if self.taken is None and self.ordered is None:
            found = (*found, Fault(field="taken", message="A comparison is about a medicine."))
        return found

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """V23: what a prescriber answered is not written over, and a difference once found does not go without an answer.

        It is opened again with a reason; the answer before stays in the journal.
        """
        now, before = ([getattr(one, name) for name in ANSWER] for one in (self, previous))
        reopened = not any(now) and self.opened_again.strip() and self.opened_again != previous.opened_again
        if previous.answered and now != before and not reopened:
            return (Fault(field="answer", rule="V23-CLOSED", message="A prescriber's answer is not written over."),)
        if any(now) and not self.answered:
            return (Fault(field="answer", rule="V23", message="An answer is name, time and words, all three."),)
        if previous.told and previous.open and not self.differs:
            return (Fault(field="discrepancy", rule="V23-SENT", message="Only a prescriber's answer closes this."),)
        return ()
