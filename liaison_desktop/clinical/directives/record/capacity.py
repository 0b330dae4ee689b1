"""A capacity note: for one decision, at one time, what the nurse saw in the patient's words. Never a score.

The nurse notes a concern and refers; whether the patient can decide is the practitioner's determination.
"""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

import msgspec

from liaison_desktop.errors import Fault
from liaison_desktop.records import Code, Field, Merging, Record, Row, Seal


class Concern(Code):
    """What the nurse noticed about deciding capacity. A cue, never a verdict."""

    NONE = "none", "No concern"
    SOME = "some", "Some concern"
    MARKED = "marked", "Marked concern"


class Determination(Code):
    """What the practitioner determined about capacity for this decision."""

    HAS_CAPACITY = "has_capacity", "Can make this decision"
    LACKS_CAPACITY = "lacks_capacity", "Cannot make this decision"


class AbilityState(Code):
    """How far an ability showed itself."""

    DEMONSTRATED = "demonstrated", "Shown"
    PARTIAL = "partial", "In part"
    NOT_DEMONSTRATED = "not_demonstrated", "Not shown"
    NOT_ASSESSED = "not_assessed", "Not asked"


class Factor(Code):
    """What may pass and weighs on deciding today."""

    SEDATED = "sedated"
    DELIRIUM = "delirium"
    PAIN = "pain"
    LANGUAGE = "language"
    HEARING = "hearing"
    FATIGUE = "fatigue"
    PSYCH = "psych", "Mental illness"
    INTOX = "intox", "Alcohol or drugs"


class SameChoice(Code):
    """Whether the choice was the same when it was asked again."""

    SAME = "same", "The same"
    DIFFERENT = "different", "Another"
    NOT_ASKED = "not_asked", "Not asked again"


class Ability(Row, frozen=True, kw_only=True):
    """One of the four abilities, with what the patient said."""

    state: Annotated[AbilityState | None, Field("Did it show?")] = None
    quote: Annotated[str, Field("In the patient's words", lines=2, most=1000)] = ""


ABILITIES = ("understand", "appreciate", "reason", "choice")
_LATER = frozenset({"determination", "determined_by", "determined_at", "determination_words", "version"})


class CapacityNote(Record, frozen=True, kw_only=True):
    """What was seen for one decision. `about` is the consent or other record the decision is in, if there is one."""

    kind: ClassVar[str] = "capacity_note"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("patient",),)
    merging: ClassVar[Merging] = Merging.IMMUTABLE
    seals: ClassVar[tuple[Seal, ...]] = (Seal(may_change=tuple(sorted(_LATER))),)

    patient: Annotated[uuid.UUID | None, Field("Patient", required=True, refers_to="patient")] = None
    episode: Annotated[uuid.UUID | None, Field("Episode", refers_to="episode")] = None
    decision: Annotated[str, Field("Which decision", required=True, most=300, free=True)] = ""
    about: Annotated[uuid.UUID | None, Field("About")] = None
    understand: Annotated[Ability, Field("Understands")] = msgspec.field(default_factory=Ability)
    appreciate: Annotated[Ability, Field("Sees that it is about them")] = msgspec.field(default_factory=Ability)
    reason: Annotated[Ability, Field("Weighs")] = msgspec.field(default_factory=Ability)
    choice: Annotated[Ability, Field("Says a choice")] = msgspec.field(default_factory=Ability)
    asked_again: Annotated[SameChoice | None, Field("Asked again, the choice is")] = None
    asked_again_words: Annotated[str, Field("In the patient's words, the second time", lines=2, most=1000)] = ""
    factors: Annotated[tuple[Factor, ...], Field("What weighs on it today")] = ()
    disagrees: Annotated[bool, Field("The patient disagrees with what was advised")] = False
    seen: Annotated[str, Field("What else you saw", lines=2, most=1000)] = ""
    concern: Annotated[Concern | None, Field("Your concern", required=True)] = None
    referred_to: Annotated[str, Field("Referred to", most=200)] = ""
    referred_at: Annotated[datetime.datetime | None, Field("Referred at")] = None
    at: Annotated[datetime.datetime | None, Field("Seen at", required=True)] = None
    by: Annotated[str, Field("Seen by", most=200)] = ""
    by_id: Annotated[uuid.UUID | None, Field("Seen by, id")] = None
    determination: Annotated[Determination | None, Field("The practitioner's determination")] = None
    determined_by: Annotated[str, Field("Determined by", most=200)] = ""
    determined_at: Annotated[datetime.datetime | None, Field("Determined at")] = None
    determination_words: Annotated[str, Field("What the practitioner said", lines=2, most=1000)] = ""

    def title(self) -> str:
        """The decision it is about."""
        return self.decision or "Capacity note"

    def facts(self) -> str:
        """The concern."""
        return self.concern.label if self.concern is not None else ""

    @property
    def determined(self) -> bool:
        """Whether a practitioner said, by name, whether the patient can decide this."""
        return self.determination is not None and bool(self.determined_by.strip())

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """What was seen stays as it was written; only the practitioner's determination is added, once."""
        changed = [name for name in self.__struct_fields__ if getattr(self, name) != getattr(previous, name)]
        if previous.determined and set(changed) - {"version"}:
            return (Fault(field="determination", message="This was determined. Write a new note.", rule="SEAL"),)
        if set(changed) - _LATER:
            return (Fault(field=changed[0], message="What was seen cannot be changed. Write a new note.", rule="SEAL"),)
        return ()

    def guard_removal(self) -> tuple[Fault, ...]:
        """Nor taken away."""
        return (Fault(field="", message="A capacity note cannot be taken away.", rule="SEAL"),)
