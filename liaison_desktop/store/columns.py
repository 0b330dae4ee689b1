"""How a field's value becomes a column value and comes back. STRICT tables: INTEGER, REAL, TEXT and BLOB only."""

from __future__ import annotations

import datetime as dt
import enum
import functools
import uuid
from collections.abc import Callable
from typing import Any

import msgspec
import sqlalchemy as sa

from liaison_desktop.records import Spec, fields_of, to_bytes
from liaison_desktop.records.moments import moment_of, moment_text


class Moment(sa.types.TypeDecorator[dt.datetime]):
    """An aware moment as text that sorts by UTC and keeps its zone offset: `2026-11-19T20:00:00.000000Z-06:00`."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> str | None:
        """Refuses naive moments: a time without its offset cannot be told from another zone's."""
        return None if value is None else moment_text(value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> dt.datetime | None:
        """The moment in the offset it was recorded in."""
        return None if value is None else moment_of(value)


class Id(sa.types.TypeDecorator[uuid.UUID]):
    """A UUID as its 16 bytes."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: uuid.UUID | None, dialect: sa.Dialect) -> bytes | None:
        """The 16 bytes."""
        return None if value is None else value.bytes

    def process_result_value(self, value: bytes | None, dialect: sa.Dialect) -> uuid.UUID | None:
        """The id again."""
        return None if value is None else uuid.UUID(bytes=value)


class Day(sa.types.TypeDecorator[dt.date]):
    """A day as ISO text."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: dt.date | None, dialect: sa.Dialect) -> str | None:
        """`2026-11-19`."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> dt.date | None:
        """The day again."""
        return None if value is None else dt.date.fromisoformat(value)


def _nested(spec: Spec) -> bool:
    return spec.many or (isinstance(spec.type, type) and issubclass(spec.type, msgspec.Struct))


_PLAIN: dict[type, type[sa.types.TypeEngine[Any]]] = {
    str: sa.Text,
    int: sa.Integer,
    bool: sa.Integer,
    float: sa.REAL,
    bytes: sa.LargeBinary,
    uuid.UUID: Id,
    dt.datetime: Moment,
    dt.date: Day,
}


def column_type(spec: Spec) -> sa.types.TypeEngine[Any]:
    """The column type of a field, from its type alone."""
    if _nested(spec) or issubclass(spec.type, enum.Enum):
        return sa.Text()
    return _PLAIN[spec.type]()


def column_value(spec: Spec, value: Any) -> Any:
    """A field's value as the column takes it."""
    if value is None:
        return None
    if _nested(spec):
        return to_bytes(value).decode()
    if spec.type is bool:
        return int(value)
    if isinstance(value, enum.Enum):
        return value.value
    return value


@functools.cache
def _decoder(kind: Any, many: bool) -> msgspec.json.Decoder[Any]:
    # Making a decoder costs more than decoding a row with it, and a list of visits decodes thousands.
    return msgspec.json.Decoder(tuple[kind, ...] if many else kind)


def _reader(spec: Spec) -> Callable[[Any], Any] | None:
    """What makes a field's value of a column's; None where they are the same."""
    if _nested(spec):
        decode = _decoder(spec.type, spec.many).decode
        # Most rows hold none of most of their lists, and comparing two letters is quicker than reading them.
        return (lambda text: () if text == "[]" else decode(text)) if spec.many else decode
    if spec.type is bool:
        return bool
    return spec.type if issubclass(spec.type, enum.Enum) else None


@functools.cache
def readers_of(kind: Any) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    """Each field of a kind with what reads its column; worked out once, because a list reads fifty columns a row."""
    return tuple((spec.name, _reader(spec)) for spec in fields_of(kind))
