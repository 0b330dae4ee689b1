"""Insights that say the same as what is being typed: the full-text index finds a few, rapidfuzz compares those.

Reading every match of a common word would be slow among twenty thousand insights, so each word gives its newest
matches only: a rare word gives all of its, and a common one tells little anyway.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from liaison_desktop.msl.insights.queries.lists import marked
from liaison_desktop.msl.insights.record import Insight

if TYPE_CHECKING:
    from liaison_desktop.store import Store

_WORD = re.compile(r"[^\W\d_]{4,}|\d{2,}")
_PLAIN = frozenset(
    "about after also because been before does each every from have here into less more most much only other over "
    "said same says should some such than that their them then there these they this those very were what when where "
    "which while will with would your patient patients doctor doctors".split()
)
_WORDS, _PER_WORD, _COMPARED = 8, 300, 60


class Similar(msgspec.Struct, frozen=True):
    """One insight that is like the text, and how much: 0 to 100."""

    insight: Insight
    score: float


def key_words(text: str) -> tuple[str, ...]:
    """The words that tell what a text is about, the longest first."""
    words = dict.fromkeys(word for word in _WORD.findall(text.casefold()[:2000]) if word not in _PLAIN)
    return tuple(sorted(words, key=len, reverse=True)[:_WORDS])


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
        found = _candidates(connection, words)
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


def _candidates(connection: sa.Connection, words: tuple[str, ...]) -> list[uuid.UUID]:
    """The ids of the records in which most of the words occur."""
    seen: Counter[int] = Counter()
    query = sa.text(
        "SELECT i.rowid FROM search_index i WHERE search_index MATCH :match ORDER BY i.rowid DESC LIMIT :most"
    )
    for word in words:
        for (rowid,) in connection.execute(query, {"match": marked(f'"{word}"'), "most": _PER_WORD}):
            seen[rowid] += 1
    if not seen:
        return []
    best = [rowid for rowid, _count in seen.most_common(_COMPARED * 5)]
    marks = ",".join(str(int(rowid)) for rowid in best)
    kept = list(
        connection.exec_driver_sql(f"SELECT rid, id FROM search_entry WHERE kind = 'insight' AND rid IN ({marks})")
    )
    kept.sort(key=lambda row: (-seen[row[0]], -row[0]))
    return [uuid.UUID(bytes=row[1]) for row in kept[:_COMPARED]]
