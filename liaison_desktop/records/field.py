"""The one declaration of a field, and how the rest of the house reads it."""

from __future__ import annotations

import enum
import functools
import types
import typing

import msgspec


class Sync(enum.Enum):
    """Whether a field may leave this laptop."""

    SENT = "sent"
    STAYS = "stays"


class Field(msgspec.Struct, frozen=True):
    """Everything the house needs to know about one field beside its type.

    `lines` above 1 makes a text area. `search` puts its words into the full-text index.
    `refers_to` names the kind an id points at. `required` is asked by `Record.faults()`.
    `most` is the greatest number of characters of a text. `free` says that a short text holds somebody's own words, as
    a text area does: the guards of a workspace read it.
    """

    label: str
    help: str = ""
    lines: int = 1
    search: bool = False
    required: bool = False
    refers_to: str = ""
    most: int = 4000
    free: bool = False
    sync: Sync = Sync.SENT


class Spec(msgspec.Struct, frozen=True):
    """A field seen from outside: its name and type beside its declaration.

    `type` is the plain type: for `X | None` it is `X` with `optional` true; for `tuple[X, ...]` it is `X` with
    `many` true.
    """

    name: str
    type: typing.Any
    optional: bool
    many: bool
    field: Field


def _spec(name: str, hint: typing.Any, owner: type) -> Spec:
    if typing.get_origin(hint) is not typing.Annotated:
        raise TypeError(f"{owner.__name__}.{name} has no Field")
    declared = [note for note in hint.__metadata__ if isinstance(note, Field)]
    if len(declared) != 1:
        raise TypeError(f"{owner.__name__}.{name} needs exactly one Field")
    inner: typing.Any = hint.__origin__
    optional = False
    if typing.get_origin(inner) in (typing.Union, types.UnionType):
        choices = [choice for choice in typing.get_args(inner) if choice is not types.NoneType]
        if len(choices) != 1:
            raise TypeError(f"{owner.__name__}.{name} may be one type or None, nothing else")
        inner, optional = choices[0], True
    many = typing.get_origin(inner) is tuple
    if many:
        inner = typing.get_args(inner)[0]
    return Spec(name, inner, optional, many, declared[0])


@functools.cache
def fields_of(kind: type[msgspec.Struct]) -> tuple[Spec, ...]:
    """The declared fields of a record or row class, in the order they are written."""
    hints = typing.get_type_hints(kind, include_extras=True)
    return tuple(_spec(name, hints[name], kind) for name in kind.__struct_fields__)


def spec_of(kind: type[msgspec.Struct], name: str) -> Spec:
    """One declared field. Raises KeyError if there is none of that name."""
    for spec in fields_of(kind):
        if spec.name == name:
            return spec
    raise KeyError(name)
