"""What came back about insights, what they are about, and the questions to listen for."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.insights.record import Category, Insight, InsightFeedback, ListeningPriority
from liaison_desktop.msl.materials.record import ScientificTopic

if TYPE_CHECKING:
    from liaison_desktop.store import Store


class Receipt(msgspec.Struct, frozen=True):
    """One word that came back, the insight it is about, and the name of who said it."""

    feedback: InsightFeedback
    insight: Insight
    name: str


class Theme(msgspec.Struct, frozen=True):
    """What insights are about: how many in the span, and in the span before it."""

    label: str
    count: int
    before: int


def feedback_of(store: Store, insight_id: uuid.UUID) -> tuple[InsightFeedback, ...]:
    """What came back about one insight, newest first."""
    table = store.table(InsightFeedback)
    query = sa.select(table).where(table.c.insight_id == insight_id).order_by(table.c.at.desc(), table.c.rid.desc())
    with store.reading() as connection:
        return tuple(store.load(InsightFeedback, row) for row in connection.execute(query).mappings())


def receipts(store: Store, author_id: uuid.UUID | None = None, *, limit: int = 3) -> tuple[Receipt, ...]:
    """What came back last about insights; with `author_id` about this person's own only."""
    back, heard, people = store.table(InsightFeedback), store.table(Insight), store.table(Person)
    query = (
        sa.select(back.c.id.label("feedback_key"), heard.c.id.label("insight_key"))
        .join(heard, heard.c.id == back.c.insight_id)
        .order_by(back.c.at.desc(), back.c.rid.desc())
        .limit(limit)
    )
    if author_id is not None:
        query = query.where(heard.c.author_id == author_id)
    with store.reading() as connection:
        pairs = connection.execute(query).all()
        backs = connection.execute(sa.select(back).where(back.c.id.in_([one[0] for one in pairs]))).mappings()
        words = {one.id: one for one in (store.load(InsightFeedback, row) for row in backs)}
        held = connection.execute(sa.select(heard).where(heard.c.id.in_([one[1] for one in pairs]))).mappings()
        insights = {one.id: one for one in (store.load(Insight, row) for row in held)}
        wanted = [one.person_id for one in insights.values() if one.person_id]
        rows = connection.execute(sa.select(people).where(people.c.id.in_(wanted))).mappings()
        names = {one.id: one.title() for one in (store.load(Person, row) for row in rows)}
    found = [(words[back_id], insights[insight_id]) for back_id, insight_id in pairs]
    return tuple(
        Receipt(one, insight, names.get(insight.person_id, "") if insight.person_id else "") for one, insight in found
    )


def themes(store: Store, now: datetime.datetime, *, days: int = 90, most: int = 6) -> tuple[Theme, ...]:
    """What was heard most often in the last days: the topic of an insight, else its category."""
    counted: dict[str, int] = {}
    before: dict[str, int] = {}
    for label, late, early in _by_theme(store, now, datetime.timedelta(days=days)):
        counted[label], before[label] = counted.get(label, 0) + late, before.get(label, 0) + early
    found = sorted((one for one in counted.items() if one[1]), key=lambda one: (-one[1], one[0]))
    return tuple(Theme(label, count, before[label]) for label, count in found[:most])


def _by_theme(store: Store, now: datetime.datetime, span: datetime.timedelta) -> list[tuple[str, int, int]]:
    """Label, how many in the span until now, and in the one before it."""
    heard, topics = store.table(Insight), store.table(ScientificTopic)
    held = (
        # Counted in an index alone, and only then named: one topic for hundreds of insights.
        sa.select(
            heard.c.topic_id,
            heard.c.category,
            sa.func.count(sa.case((heard.c.heard_at >= now - span, 1))).label("late"),
            sa.func.count(sa.case((heard.c.heard_at <= now - span, 1))).label("early"),
        )
        .where((heard.c.heard_at >= now - 2 * span) & (heard.c.heard_at <= now))
        .group_by(heard.c.topic_id, heard.c.category)
        .subquery()
    )
    query = sa.select(topics.c.label, held.c.category, held.c.late, held.c.early).select_from(
        held.join(topics, topics.c.id == held.c.topic_id, isouter=True)
    )
    with store.reading() as connection:
        return [
            (topic or (Category(category).label if category else "No category yet"), late, early)
            for topic, category, late, early in connection.execute(query)
        ]


def priorities(store: Store) -> tuple[ListeningPriority, ...]:
    """Every question, in the order of its rank."""
    return tuple(sorted(store.all(ListeningPriority), key=lambda one: (one.rank, one.question.casefold())))


def priorities_on(store: Store, day: datetime.date) -> tuple[ListeningPriority, ...]:
    """The questions asked on a day, in the order of their rank."""
    return tuple(one for one in priorities(store) if one.asked_on(day))


def heard_of(store: Store) -> dict[uuid.UUID, int]:
    """How many insights answer each question."""
    table = store.table(Insight)
    query = (
        sa.select(table.c.priority_id, sa.func.count())
        .where(table.c.priority_id.is_not(None))
        .group_by(table.c.priority_id)
    )
    with store.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(query)}
