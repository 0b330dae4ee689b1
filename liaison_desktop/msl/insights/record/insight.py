"""An insight: one thing that was said and should change what we do."""

from __future__ import annotations

import datetime
import uuid
from typing import Annotated, ClassVar, Self

import msgspec

from liaison_desktop.errors import Fault
from liaison_desktop.msl.insights.record.codes import (
    Attribution,
    Audience,
    Category,
    Confidence,
    EvidenceBasis,
    InsightStatus,
    LinkKind,
    SourceKind,
    Urgency,
)
from liaison_desktop.msl.insights.record.life import may_follow
from liaison_desktop.records import Field, Record, Row


class Link(Row, frozen=True, kw_only=True):
    """How this insight stands to another one."""

    insight_id: Annotated[uuid.UUID | None, Field("Insight", refers_to="insight", required=True)] = None
    link_kind: Annotated[LinkKind, Field("How")] = LinkKind.SIMILAR


class Vote(Row, frozen=True, kw_only=True):
    """Somebody heard the same (+1) or the contrary (-1); the person and the visit they heard it in, if known."""

    by_id: Annotated[uuid.UUID | None, Field("By")] = None
    by: Annotated[str, Field("Name", most=200)] = ""
    at: Annotated[datetime.datetime | None, Field("When")] = None
    score: Annotated[int, Field("Vote")] = 1
    person_id: Annotated[uuid.UUID | None, Field("Heard from", refers_to="person")] = None
    visit_id: Annotated[uuid.UUID | None, Field("Visit", refers_to="visit")] = None
    note: Annotated[str, Field("Note", most=1000, free=True)] = ""


class Answer(Row, frozen=True, kw_only=True):
    """A rule that asked for a reason, and the reason given; or the record that was made of what it asked about."""

    rule: Annotated[str, Field("Rule", most=20)] = ""
    about: Annotated[str, Field("About", most=400)] = ""
    answer: Annotated[str, Field("Answer", required=True, most=400, free=True)] = ""
    record_kind: Annotated[str, Field("Made", most=40)] = ""
    record_id: Annotated[uuid.UUID | None, Field("Which")] = None


class Insight(Record, frozen=True, kw_only=True):
    """One insight. `number` is given offline by the action that first saves it."""

    kind: ClassVar[str] = "insight"
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("heard_at",),
        ("heard_at", "topic_id", "category"),  # what was heard most is counted in the index alone
        ("status", "heard_at"),
        ("status", "id"),
        ("number",),
        ("visit_id",),
        ("person_id", "heard_at"),
        ("priority_id",),
    )

    number: Annotated[str, Field("Number", search=True, most=20)] = ""
    status: Annotated[InsightStatus, Field("Status")] = InsightStatus.DRAFT
    headline: Annotated[str, Field("Headline", help="One sentence", search=True, most=140, free=True)] = ""
    detail: Annotated[str, Field("Detail", lines=3, search=True)] = ""
    so_what: Annotated[str, Field("Why it matters", lines=2, search=True, most=1000)] = ""
    suggested_action: Annotated[str, Field("What we could do", lines=2, search=True, most=1000)] = ""
    category: Annotated[Category | None, Field("Category", required=True)] = None
    priority_id: Annotated[uuid.UUID | None, Field("Question we ask", refers_to="listening_priority")] = None
    product_id: Annotated[uuid.UUID | None, Field("Product", refers_to="product")] = None
    therapeutic_area: Annotated[str, Field("Therapeutic area", most=120)] = ""
    indication: Annotated[str, Field("Indication", most=200)] = ""
    topic_id: Annotated[uuid.UUID | None, Field("Topic", refers_to="scientific_topic")] = None
    source_kind: Annotated[SourceKind, Field("Source")] = SourceKind.HCP_CONVERSATION
    visit_id: Annotated[uuid.UUID | None, Field("Visit", refers_to="visit")] = None
    event: Annotated[str, Field("Congress or event", most=200, free=True)] = ""
    publication_ref: Annotated[str, Field("Publication", most=400, free=True)] = ""
    person_id: Annotated[uuid.UUID | None, Field("Heard from", refers_to="person")] = None
    attribution: Annotated[Attribution, Field("May be named")] = Attribution.ROLE_ONLY
    verbatim: Annotated[bool, Field("Word for word")] = False
    quote: Annotated[str, Field("Quote", help="No patient names", lines=2, search=True, most=1000)] = ""
    evidence_basis: Annotated[EvidenceBasis | None, Field("Rests on")] = None
    confidence: Annotated[Confidence | None, Field("Confidence")] = None
    urgency: Annotated[Urgency, Field("To be read within")] = Urgency.ROUTINE
    clear: Annotated[bool, Field("Clear")] = False
    actionable: Annotated[bool, Field("Actionable")] = False
    relevant: Annotated[bool, Field("Relevant")] = False
    timely: Annotated[bool, Field("Timely")] = False
    audience: Annotated[tuple[Audience, ...], Field("For")] = ()
    heard_at: Annotated[datetime.datetime | None, Field("Heard", required=True)] = None
    similar_to_id: Annotated[uuid.UUID | None, Field("Same as", refers_to="insight")] = None
    links: Annotated[tuple[Link, ...], Field("Linked with")] = ()
    votes: Annotated[tuple[Vote, ...], Field("Heard again")] = ()
    answers: Annotated[tuple[Answer, ...], Field("Confirmed")] = ()
    author_id: Annotated[uuid.UUID | None, Field("Author")] = None
    author: Annotated[str, Field("Author's name", most=200)] = ""
    submitted_at: Annotated[datetime.datetime | None, Field("Sent at")] = None
    amendment: Annotated[int, Field("Amendment", help="0 for the insight as first sent")] = 0
    amend_reason: Annotated[str, Field("Why it was amended", most=400, free=True)] = ""
    policy_version: Annotated[str, Field("Policy", most=40)] = ""

    @property
    def locked(self) -> bool:
        """Whether its words change only by amendment."""
        return self.status is not InsightStatus.DRAFT

    @property
    def heard_again(self) -> int:
        """How many more times it was heard, less the times the contrary was."""
        return sum(vote.score for vote in self.votes)

    def title(self) -> str:
        """The headline, else the beginning of the quote."""
        return self.headline.strip() or self.quote.strip()[:80] or "New insight"

    def facts(self) -> str:
        """Number, category and day."""
        day = f"{self.heard_at.day} {self.heard_at:%b %Y}" if self.heard_at else ""
        return ", ".join(part for part in (self.number, self.category.label if self.category else "", day) if part)

    def guard(self, previous: Self) -> tuple[Fault, ...]:
        """Once sent, the words stay as they are unless they are amended, and the state only goes on."""
        if not may_follow(previous.status, self.status):
            words = f"An insight that is {previous.status.label.lower()} cannot become {self.status.label.lower()}."
            return (Fault(field="status", message=words, rule="LOCK-1"),)
        if not previous.locked or _words(self) == _words(previous):
            return ()
        if self.amendment != previous.amendment + 1:
            words = "This insight was sent. Amend it instead: the old version is kept."
            return (Fault(field="status", message=words, rule="LOCK-1"),)
        if not self.amend_reason.strip():
            words = "State the reason. The old version is kept and shown."
            return (Fault(field="amend_reason", message=words, rule="LOCK-1"),)
        return ()


def _words(insight: Insight) -> Insight:
    """What may not change silently: all but the state and what others add to it."""
    return msgspec.structs.replace(
        insight, version=None, status=InsightStatus.SUBMITTED, links=(), votes=(), similar_to_id=None
    )
