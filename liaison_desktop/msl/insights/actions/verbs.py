"""The verbs of one insight: keep, send, amend, move on, hear again, link."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.errors import Fault, Refused
from liaison_desktop.msl.insights.queries import MARK, last_number
from liaison_desktop.msl.insights.record import (
    Insight,
    InsightStatus,
    Link,
    LinkKind,
    Vote,
)
from liaison_desktop.msl.insights.rules import Context, blocking, insight_faults
from liaison_desktop.msl.materials.queries import products
from liaison_desktop.policies import policy_of

if TYPE_CHECKING:
    from liaison_desktop.store import Store


def context_of(store: Store) -> Context:
    """What the rules need to know."""
    names = tuple(sorted(one.name for one in products(store).values()))
    return Context(now=store.clock(), policy=policy_of(store), products=names)


def check_insight(store: Store, insight: Insight) -> tuple[Fault, ...]:
    """Everything that is wrong or doubtful about an insight."""
    return insight_faults(insight, context_of(store))


def begin_insight(
    store: Store, *, quote: str = "", person_id: uuid.UUID | None = None, visit_id: uuid.UUID | None = None
) -> Insight:
    """A new insight of whoever works here, heard now. Nothing is saved yet."""
    now, actor = store.clock(), store.actor
    return Insight(
        quote=quote,
        verbatim=False,
        person_id=person_id,
        visit_id=visit_id,
        heard_at=now.replace(second=0, microsecond=0),
        author_id=actor.id,
        author=actor.name,
    )


def save_insight(store: Store, insight: Insight) -> Insight:
    """Keep an insight that is not sent, whatever it lacks; the first time it gets its number. Raises Stale or Refused."""
    if insight.locked:
        raise Refused((Fault(field="status", message="This insight was sent. Amend it instead.", rule="LOCK-1"),))
    return store.save(_numbered(store, insight))


def send_insight(store: Store, insight: Insight) -> Insight:
    """Send an insight; its words are locked from then on. Raises Refused with every fault that stands in the way."""
    context = context_of(store)
    if faults := blocking(insight_faults(insight, context)):
        raise Refused(faults)
    sent = msgspec.structs.replace(
        _numbered(store, insight),
        status=InsightStatus.SUBMITTED,
        submitted_at=context.now,
        policy_version=context.policy.version,
    )
    return store.save(sent, reason="sent")


def amend_insight(store: Store, insight: Insight, reason: str) -> Insight:
    """Put new words in place of those sent; the old version stays in the journal. Raises Refused.

    One that needed detail goes back to those that wait to be read.
    """
    context = context_of(store)
    needed = insight.status is InsightStatus.NEEDS_DETAIL
    amended = msgspec.structs.replace(
        insight,
        status=InsightStatus.SUBMITTED if needed else insight.status,
        amendment=insight.amendment + 1,
        amend_reason=reason.strip(),
        submitted_at=context.now,
        policy_version=context.policy.version,
    )
    faults = blocking(insight_faults(amended, context))
    if not reason.strip():
        words = "State the reason. The old version is kept and shown."
        faults = (Fault(field="amend_reason", message=words, rule="LOCK-1"), *faults)
    if faults:
        raise Refused(faults)
    return store.save(amended, reason="amended")


def move_insight(store: Store, insight_id: uuid.UUID, status: InsightStatus) -> Insight:
    """Take an insight on to a later state. Raises Refused if that state may not follow."""
    insight = store.get(Insight, insight_id)
    if insight.status is InsightStatus.DRAFT:
        raise Refused((Fault(field="status", message="This insight was not sent yet."),))
    same = insight.similar_to_id
    if status is InsightStatus.DUPLICATE:
        # The one it was linked with as similar is the one it is the same as.
        same = same or next((one.insight_id for one in insight.links if one.link_kind is LinkKind.SIMILAR), None)
    return store.save(msgspec.structs.replace(insight, status=status, similar_to_id=same), reason=status.label.lower())


def remove_insight(store: Store, insight: Insight) -> None:
    """Take away an insight that was never sent. Raises Refused otherwise."""
    if insight.locked:
        raise Refused((Fault(field="status", message="An insight that was sent is kept.", rule="LOCK-1"),))
    store.remove(insight, reason="removed by its author")


def hear_again(
    store: Store,
    insight_id: uuid.UUID,
    *,
    score: int = 1,
    person_id: uuid.UUID | None = None,
    visit_id: uuid.UUID | None = None,
    note: str = "",
) -> Insight:
    """Record that somebody else said the same (+1), or the contrary (-1), instead of writing it down twice."""
    if score not in (1, -1):
        raise ValueError("a vote is +1 or -1")
    insight = store.get(Insight, insight_id)
    vote = Vote(
        by_id=store.actor.id,
        by=store.actor.name,
        at=store.clock(),
        score=score,
        person_id=person_id,
        visit_id=visit_id,
        note=note.strip(),
    )
    return store.save(msgspec.structs.replace(insight, votes=(*insight.votes, vote)), reason="heard again")


def take_back_vote(store: Store, insight_id: uuid.UUID, vote: Vote) -> Insight:
    """Undo a vote given by mistake."""
    insight = store.get(Insight, insight_id)
    kept = tuple(one for one in insight.votes if one != vote)
    return store.save(msgspec.structs.replace(insight, votes=kept), reason="vote taken back")


def link_insights(store: Store, insight_id: uuid.UUID, other_id: uuid.UUID, how: LinkKind) -> Insight:
    """Say how one insight stands to another; said again, the later word counts. Raises Refused for itself."""
    if insight_id == other_id:
        raise Refused((Fault(field="links", message="An insight cannot be linked with itself."),))
    store.get(Insight, other_id)
    insight = store.get(Insight, insight_id)
    kept = tuple(one for one in insight.links if one.insight_id != other_id)
    links = (*kept, Link(insight_id=other_id, link_kind=how))
    return store.save(msgspec.structs.replace(insight, links=links), reason="linked")


def unlink_insights(store: Store, insight_id: uuid.UUID, other_id: uuid.UUID) -> Insight:
    """Take a link away."""
    insight = store.get(Insight, insight_id)
    kept = tuple(one for one in insight.links if one.insight_id != other_id)
    return store.save(msgspec.structs.replace(insight, links=kept), reason="link taken away")


def _numbered(store: Store, insight: Insight) -> Insight:
    if insight.number:
        return insight
    prefix = f"{MARK}-{store.device.prefix}-"
    last = last_number(store, prefix).removeprefix(prefix)
    return msgspec.structs.replace(insight, number=f"{prefix}{int(last or 0) + 1:04}")
