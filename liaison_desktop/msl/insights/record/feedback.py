"""What came back about an insight, and the questions the company asks its liaisons to listen for."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

import msgspec

from liaison_desktop.errors import Fault
from liaison_desktop.msl.insights.record.codes import ArrivedAs, Audience, Decision, InsightStatus, PriorityStatus
from liaison_desktop.records import Field, Merging, Record, Seal


class InsightFeedback(Record, frozen=True, kw_only=True):
    """One word about an insight from the function that read it. `told_at`: when its source was told."""

    kind: ClassVar[str] = "insight_feedback"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("insight_id", "decision"), ("at",))
    merging: ClassVar[Merging] = Merging.IMMUTABLE
    seals: ClassVar[tuple[Seal, ...]] = (Seal(may_change=("told_at",)),)

    insight_id: Annotated[uuid.UUID | None, Field("Insight", refers_to="insight", required=True)] = None
    from_function: Annotated[Audience | None, Field("From", required=True)] = None
    status: Annotated[InsightStatus | None, Field("The insight is now")] = None
    decision: Annotated[Decision | None, Field("Decision", required=True)] = None
    action_text: Annotated[str, Field("What was done or decided", required=True, search=True, lines=2, most=400)] = ""
    outcome: Annotated[str, Field("What came of it", search=True, lines=2, most=400)] = ""
    reference: Annotated[
        str, Field("Reference", help="Such as protocol amendment 3", search=True, most=120, free=True)
    ] = ""
    at: Annotated[datetime.date | None, Field("On", required=True)] = None
    told_at: Annotated[datetime.datetime | None, Field("Source told")] = None
    arrived_as: Annotated[ArrivedAs, Field("Came in")] = ArrivedAs.TYPED

    def title(self) -> str:
        """What changed, in a few words."""
        return self.action_text.strip() or "No words yet"

    def facts(self) -> str:
        """Who says so, and where it is written."""
        where = self.from_function.label if self.from_function else ""
        return ", ".join(part for part in (where, self.reference.strip()) if part)

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """What came back stays as it came; only that the source was told is added."""
        if msgspec.structs.replace(self, version=None, told_at=None) == msgspec.structs.replace(
            previous, version=None, told_at=None
        ):
            return ()
        return (Fault(field="action_text", message="A receipt is kept as it came. Add another one.", rule="LOCK-1"),)


class ListeningPriority(Record, frozen=True, kw_only=True):
    """One question to listen for, while it is asked."""

    kind: ClassVar[str] = "listening_priority"
    merging: ClassVar[Merging] = Merging.SERVER_WINS

    question: Annotated[
        str, Field("Question", help="A plain sentence", required=True, search=True, most=200, free=True)
    ] = ""
    owner_function: Annotated[Audience | None, Field("Asked by", required=True)] = None
    product_id: Annotated[uuid.UUID | None, Field("Product", refers_to="product")] = None
    rank: Annotated[int, Field("Rank", help="1 stands first")] = 1
    active_from: Annotated[datetime.date | None, Field("From")] = None
    active_to: Annotated[datetime.date | None, Field("Until")] = None
    status: Annotated[PriorityStatus, Field("Status")] = PriorityStatus.ACTIVE

    def title(self) -> str:
        """The question."""
        return self.question.strip() or "No question yet"

    def facts(self) -> str:
        """Who asks."""
        return self.owner_function.label if self.owner_function else ""

    def asked_on(self, day: datetime.date) -> bool:
        """Whether it is asked on that day."""
        begun = self.active_from is None or self.active_from <= day
        ended = self.active_to is not None and self.active_to < day
        return self.status is PriorityStatus.ACTIVE and begun and not ended

    def faults(self) -> tuple[Fault, ...]:
        """The days stand in their order, and the rank is a place."""
        found = list(super().faults())
        if self.active_from and self.active_to and self.active_to < self.active_from:
            found.append(Fault(field="active_to", message="This day is before the first one."))
        if not 1 <= self.rank <= 99:
            found.append(Fault(field="rank", message="A rank is between 1 and 99."))
        return tuple(found)
