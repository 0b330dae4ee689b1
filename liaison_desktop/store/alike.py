"""Records that may say the same as a text: the full-text index finds a few, and whoever asks compares those.

Reading every match of a common word would be slow among twenty thousand records, so each word gives its newest matches
only: a rare word gives all of its, and a common one tells little anyway.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter

import sqlalchemy as sa

_WORD = re.compile(r"[^\W\d_]{4,}|\d{2,}")
_PLAIN = frozenset(
    "about after also because been before does each every from have here into less more most much only other over "
    "said same says should some such than that their them then there these they this those very were what when where "
    "which while will with would your patient patients doctor doctors".split()
)
_WORDS, _PER_WORD, _COMPARED = 8, 300, 60


def key_words(text: str) -> tuple[str, ...]:
    """The words that tell what a text is about, the longest first."""
    words = dict.fromkeys(word for word in _WORD.findall(text.casefold()[:2000]) if word not in _PLAIN)
    return tuple(sorted(words, key=len, reverse=True)[:_WORDS])


def likely(connection: sa.Connection, kind: str, words: tuple[str, ...], mark: str) -> list[uuid.UUID]:
    """The ids of at most 60 records of a kind in which most of these words occur, the likeliest first.

    `mark` is a word that stands in every record that is wanted and in few others, such as the first word of its number.
    """
    seen: Counter[int] = Counter()
    query = sa.text(
        "SELECT i.rowid FROM search_index i WHERE search_index MATCH :match ORDER BY i.rowid DESC LIMIT :most"
    )
    for word in words:
        match = f'("{word}") AND "{mark}"'
        for (rowid,) in connection.execute(query, {"match": match, "most": _PER_WORD}):
            seen[rowid] += 1
    if not seen:
        return []
    best = [rowid for rowid, _count in seen.most_common(_COMPARED * 5)]
    marks = ",".join(str(int(rowid)) for rowid in best)
    kept = list(
        connection.exec_driver_sql(f"SELECT rid, id FROM search_entry WHERE kind = ? AND rid IN ({marks})", (kind,))
    )
    kept.sort(key=lambda row: (-seen[row[0]], -row[0]))
    return [uuid.UUID(bytes=row[1]) for row in kept[:_COMPARED]]
