"""Long columns, read at once: a hundred thousand row numbers as one text, where a row each would cost four times as much."""

from __future__ import annotations

from array import array
from typing import Any

import msgspec
import sqlalchemy as sa

_NUMBERS, _WORDS = msgspec.json.Decoder(list[int]), msgspec.json.Decoder(list[str])


def numbers_at_once(connection: sa.Connection, query: sa.Select[Any]) -> array[int]:
    """The one column of whole numbers of a query, in its order."""
    (numbers,) = _texts(connection, query)
    return array("q", _NUMBERS.decode(numbers))


def numbers_and_words_at_once(connection: sa.Connection, query: sa.Select[Any]) -> tuple[list[int], list[str]]:
    """The two columns of a query, whole numbers and texts of which none is missing, each in its order."""
    numbers, words = _texts(connection, query)
    return _NUMBERS.decode(numbers), _WORDS.decode(words)


def _texts(connection: sa.Connection, query: sa.Select[Any]) -> Any:
    # SQLite keeps the order of a subquery where the aggregate over it depends on it (select.c, "omit the ORDER BY").
    held = query.subquery()
    return connection.execute(sa.select(*(sa.func.json_group_array(one, type_=sa.Text) for one in held.c))).one()
