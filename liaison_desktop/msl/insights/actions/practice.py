"""Invented insights, receipts and questions for a practice store, their days counted back from the store's clock."""

from __future__ import annotations

import datetime
import tomllib
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from liaison_desktop.msl.insights.actions.returns import record_feedback, save_priority, tell_source
from liaison_desktop.msl.insights.actions.verbs import (
    hear_again,
    link_insights,
    move_insight,
    save_insight,
    send_insight,
)
from liaison_desktop.msl.insights.record import (
    Audience,
    Category,
    Confidence,
    Decision,
    EvidenceBasis,
    Insight,
    InsightFeedback,
    InsightStatus,
    LinkKind,
    ListeningPriority,
    Urgency,
)
from liaison_desktop.paths import resource

if TYPE_CHECKING:
    from liaison_desktop.store import Store


def fill_insights(store: Store, people: Mapping[str, uuid.UUID], topics: Mapping[str, uuid.UUID]) -> None:
    """Save the practice records of `resources/practice/msl_insights.toml`. People by last name, topics by short name."""
    content = tomllib.loads(resource("practice", "msl_insights.toml").read_text(encoding="utf-8"))
    today = store.clock().date()
    asked = {}
    for rank, one in enumerate(content["questions"], 1):
        span = datetime.timedelta(days=one["since"]), datetime.timedelta(days=one["for"])
        asked[one["key"]] = save_priority(
            store,
            ListeningPriority(
                question=one["question"],
                owner_function=Audience(one["asks"]),
                rank=rank,
                active_from=today - span[0],
                active_to=today + span[1],
            ),
        ).id
    held: dict[str, uuid.UUID] = {}
    for one in sorted(content["insights"], key=lambda insight: -insight["days_ago"]):
        held[one.get("key", "")] = _record(store, one, people, topics, asked, held)


def _record(
    store: Store,
    one: dict[str, Any],
    people: Mapping[str, uuid.UUID],
    topics: Mapping[str, uuid.UUID],
    asked: Mapping[str, uuid.UUID],
    held: Mapping[str, uuid.UUID],
) -> uuid.UUID:
    heard = store.clock().replace(second=0, microsecond=0) - datetime.timedelta(days=one["days_ago"])
    insight = Insight(
        headline=one["headline"],
        so_what=one["so_what"],
        quote=one.get("quote", ""),
        verbatim=bool(one.get("quote")),
        category=Category(one["category"]),
        topic_id=topics[one["topic"]] if one.get("topic") else None,
        priority_id=asked[one["answers"]] if one.get("answers") else None,
        person_id=people[one["person"]],
        evidence_basis=EvidenceBasis(one.get("basis", "stated_opinion")),
        confidence=Confidence.MEDIUM,
        urgency=Urgency(one.get("urgency", "routine")),
        audience=tuple(Audience(name) for name in one.get("for", ())),
        heard_at=heard,
        author_id=store.actor.id,
        author=store.actor.name,
    )
    if one["state"] == "draft":
        return save_insight(store, insight).id
    sent = send_insight(store, insight)
    for name in one.get("again", ()):
        hear_again(store, sent.id, person_id=people[name], note="The same, in other words")
    for link in one.get("links", ()):
        link_insights(store, sent.id, held[link["to"]], LinkKind(link["how"]))
    if one["state"] not in ("submitted", "back"):
        move_insight(store, sent.id, InsightStatus(one["state"]))
    for back in one.get("back", ()):
        _come_back(store, sent, back)
    return sent.id


def _come_back(store: Store, insight: Insight, back: dict[str, Any]) -> None:
    day = store.clock().date() - datetime.timedelta(days=back["days_ago"])
    saved = record_feedback(
        store,
        InsightFeedback(
            insight_id=insight.id,
            from_function=Audience(back["by"]),
            status=InsightStatus(back["state"]),
            decision=Decision(back["decision"]),
            action_text=back["text"],
            outcome=back.get("outcome", ""),
            reference=back.get("reference", ""),
            at=day,
        ),
    )
    if "told" in back:
        told = tell_source(store, saved.id)
        at = store.clock() - datetime.timedelta(days=back["told"])
        store.save(msgspec.structs.replace(told, told_at=at))
