"""Insights that say the same as what is being typed: the full-text index finds a few, rapidfuzz compares those."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from liaison_desktop.msl.insights.queries.lists import MARK
from liaison_desktop.msl.insights.record import Insight
from liaison_desktop.store.alike import key_words, likely

if TYPE_CHECKING:
    from liaison_desktop.store import Store


class Similar(msgspec.Struct, frozen=True):
    """One insight that is like the text, and how much: 0 to 100."""

    insight: Insight
    score: float


def similar_insights(
    store: Store, text: str, *, but: uuid.UUID | None = None, least: float = 60, limit: int = 3
) -> tuple[Similar, ...]:
    """The insights most like a text, likeness first. Safe on a worker's thread; no text makes it raise."""
    from rapidfuzz import fuzz, utils

    words = key_words(text)
    if len(words) < 2:
        return ()  # One word is like everything it stands in.
    table = store.table(Insight)
    with store.reading() as connection:
        found = likely(connection, Insight.kind, words, MARK)
        rows = connection.execute(sa.select(table).where(table.c.id.in_(found))).mappings().all() if found else []
        insights = [store.load(Insight, row) for row in rows]
    plain = utils.default_process(text)
    scored = [
        Similar(
            insight,
            max(
                fuzz.token_set_ratio(plain, utils.default_process(one))
                for one in (insight.headline, insight.quote, f"{insight.headline} {insight.quote}")
            ),
        )
        for insight in insights
        if insight.id != but
    ]
    near = [one for one in scored if one.score >= least]
    return tuple(sorted(near, key=lambda one: (-one.score, str(one.insight.id)))[:limit])
