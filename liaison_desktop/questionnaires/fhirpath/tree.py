"""The parts an expression is made of. Values only; `grammar` makes them and `engine` turns them into closures."""

from __future__ import annotations

from typing import Any, TypeAlias

import msgspec


class Literal(msgspec.Struct, frozen=True):
    """A constant: a boolean, number, text, moment or quantity; `empty` is written {}."""

    value: Any
    empty: bool = False


class Variable(msgspec.Struct, frozen=True):
    """`%name`."""

    name: str


class Special(msgspec.Struct, frozen=True):
    """`$this`, `$index` or `$total`."""

    name: str


class Member(msgspec.Struct, frozen=True):
    """`target.name`; without a target it starts from what is looked at."""

    target: Tree | None
    name: str


class Call(msgspec.Struct, frozen=True):
    """`target.name(arguments)`."""

    target: Tree | None
    name: str
    arguments: tuple[Tree, ...]


class Index(msgspec.Struct, frozen=True):
    """`target[place]`."""

    target: Tree
    place: Tree


class Sign(msgspec.Struct, frozen=True):
    """`-target` or `+target`."""

    sign: str
    target: Tree


class Chain(msgspec.Struct, frozen=True):
    """Operands joined by one operator, from the left; a long row of `or` is one chain and not a deep tree."""

    operator: str
    operands: tuple[Tree, ...]


class TypeTest(msgspec.Struct, frozen=True):
    """`target is name`, `target as name`."""

    operator: str
    target: Tree
    name: str


Tree: TypeAlias = "Literal | Variable | Special | Member | Call | Index | Sign | Chain | TypeTest"
