"""The three-way merge: what two versions of a record become that began from the same one. Pure; names no kind.

Values are JSON as decoded. A field that one side left alone takes the other side's; a set takes what each side added
and loses what each removed; rows with an `id` are merged one by one; a list that both sides only added to takes both.
What is left is a clash, and then nothing is merged: both versions are kept for a person. Texts are never spliced.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from liaison_desktop.records import Merging, Seal

Body = Mapping[str, Any]
_OWN = frozenset({"id", "version"})  # what a version says of itself
_ABSENT = object()


class Shape(enum.StrEnum):
    """What a field holds, as far as merging it goes."""

    ONE = "one"  # a value, a text, a struct
    SET = "set"  # many codes, ids or words
    ROWS = "rows"  # many structs


class Merged(msgspec.Struct, frozen=True):
    """The record both became; `took` are the fields that are the head's and not ours. Empty `clashes` says it holds."""

    body: dict[str, Any]
    took: tuple[str, ...] = ()
    clashes: tuple[str, ...] = ()


def merge(base: Body, head: Body, ours: Body, shapes: Mapping[str, Shape]) -> Merged:
    """Merge two versions field by field. A field that `shapes` does not know is one value.

    A field that is absent on a side was not known there, and counts as left alone.
    """
    body, took, clashes = dict(head), [], []
    for name in sorted({*base, *head, *ours} - _OWN):
        before, theirs, mine = (side.get(name, _ABSENT) for side in (base, head, ours))
        if mine is _ABSENT or mine == theirs:
            continue
        if theirs is _ABSENT:
            body[name] = mine
            continue
        if before is _ABSENT:
            clashes.append(name)
            continue
        value = _field(before, theirs, mine, shapes.get(name, Shape.ONE))
        if value is _ABSENT:
            clashes.append(name)
            continue
        body[name] = value
        if value != mine:
            took.append(name)
    return Merged(body=body, took=tuple(took), clashes=tuple(clashes))


def differing(first: Body, second: Body) -> tuple[str, ...]:
    """The fields in which two versions differ, what a version says of itself aside."""
    names = {*first, *second} - _OWN
    return tuple(sorted(name for name in names if first.get(name, _ABSENT) != second.get(name, _ABSENT)))


def broken_seals(previous: Body, new: Body, merging: Merging, seals: Sequence[Seal]) -> tuple[str, ...]:
    """The fields of a sealed version that a new one changes all the same; empty if it may follow."""
    if not seals and merging is Merging.IMMUTABLE:
        seals = (Seal(),)
    changed = differing(previous, new)
    found: set[str] = set()
    for seal in seals:
        if not _holds(seal, previous):
            continue
        for name in changed:
            if seal.stands:
                if name in seal.stands:
                    found.add(name)
            elif name not in seal.may_change or not _grew(previous.get(name), new.get(name)):
                found.add(name)
    return tuple(sorted(found))


def is_sealed(body: Body, merging: Merging, seals: Sequence[Seal]) -> bool:
    """Whether a version stands as it is."""
    if not seals:
        return merging is Merging.IMMUTABLE
    return any(_holds(seal, body) for seal in seals)


def _holds(seal: Seal, body: Body) -> bool:
    if not seal.field:
        return True
    value = body.get(seal.field)
    return value in seal.values if seal.values else bool(value)


def _grew(before: Any, after: Any) -> bool:
    """A list that may change after a seal only grows; any other value may become what it likes."""
    if isinstance(before, list) and isinstance(after, list):
        return after[: len(before)] == before or _held(before, after)
    return True


def _held(before: list[Any], after: list[Any]) -> bool:
    scalars = not any(isinstance(one, dict | list) for one in (*before, *after))
    return scalars and set(before) <= set(after)


def _field(before: Any, theirs: Any, mine: Any, shape: Shape) -> Any:
    """The merged value of a field, or `_ABSENT` if it clashes."""
    if mine == before:
        return theirs
    if theirs == before:
        return mine
    lists = all(isinstance(side, list) for side in (before, theirs, mine))
    if lists and shape is Shape.SET:
        return _set(before, theirs, mine)
    if lists and shape is Shape.ROWS:
        return _rows(before, theirs, mine)
    return _ABSENT


def _set(before: list[Any], theirs: list[Any], mine: list[Any]) -> list[Any]:
    removed = [one for one in before if one not in mine]
    kept = [one for one in theirs if one not in removed]
    return kept + [one for one in mine if one not in before and one not in kept]


def _rows(before: list[Any], theirs: list[Any], mine: list[Any]) -> Any:
    sides = (before, theirs, mine)
    if all(isinstance(row, dict) and row.get("id") for side in sides for row in side):
        old, head, ours = ({row["id"]: row for row in side} for side in sides)
        if len(old) == len(before) and len(head) == len(theirs) and len(ours) == len(mine):
            return _keyed(old, head, ours)
    if theirs[: len(before)] == before and mine[: len(before)] == before:
        return theirs + [row for row in mine[len(before) :] if row not in theirs]
    return _ABSENT


def _keyed(before: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any]) -> Any:
    rows: list[Any] = []
    for key in [*theirs, *(key for key in mine if key not in theirs)]:
        old, head, ours = before.get(key, _ABSENT), theirs.get(key, _ABSENT), mine.get(key, _ABSENT)
        if head == ours or ours == old:
            row = head
        elif head == old:
            row = ours
        elif _ABSENT in (old, head, ours):
            return _ABSENT
        else:
            merged = merge(old, head, ours, {})
            if merged.clashes:
                return _ABSENT
            row = merged.body
        if row is not _ABSENT:
            rows.append(row)
    return rows
