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

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Callable[[Any], Any]:
        """What reads a column, with nothing around it: a page of lists asks ten thousand times."""
        return lambda value: None if value is None else moment_of(value)


class Id(sa.types.TypeDecorator[uuid.UUID]):
    """A UUID as its 16 bytes."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: uuid.UUID | None, dialect: sa.Dialect) -> bytes | None:
        """The 16 bytes."""
        return None if value is None else value.bytes

    def process_result_value(self, value: bytes | None, dialect: sa.Dialect) -> uuid.UUID | None:
        """The id again."""
        return _id_of(value)

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Callable[[Any], Any]:
        """What reads a column, with nothing around it."""
        return _id_of


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


_NEW, _SET, _UNKNOWN = object.__new__, object.__setattr__, uuid.SafeUUID.unknown


def _id_of(value: bytes | None) -> uuid.UUID | None:
    """The id of its 16 bytes, made without the checks of a UUID from outside, which take longer than the rest of it."""
    if value is None:
        return None
    made = _NEW(uuid.UUID)
    _SET(made, "int", int.from_bytes(value, "big"))
    _SET(made, "is_safe", _UNKNOWN)
    return made


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


class _Members(dict[Any, Any]):
    """The members of an enumeration by their values; looking one up is many times quicker than calling it."""

    def __init__(self, kind: type[enum.Enum]) -> None:
        super().__init__((member.value, member) for member in kind)
        self._kind = kind

    def __missing__(self, value: Any) -> Any:
        """What the enumeration itself says: ValueError for no member of it."""
        return self._kind(value)


def _reader(spec: Spec) -> Callable[[Any], Any] | None:
    """What makes a field's value of a column's; None where they are the same."""
    if _nested(spec):
        decode = _decoder(spec.type, spec.many).decode
        # Most rows hold none of most of their lists, and comparing two letters is quicker than reading them.
        return (lambda text: () if text == "[]" else decode(text)) if spec.many else decode
    if spec.type is bool:
        return bool
    return _Members(spec.type).__getitem__ if issubclass(spec.type, enum.Enum) else None


@functools.cache
def readers_of(kind: Any) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    """Each field of a kind with what reads its column; worked out once, because a list reads fifty columns a row."""
    return tuple((spec.name, _reader(spec)) for spec in fields_of(kind))
