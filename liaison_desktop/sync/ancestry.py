"""Which version came from which: the common ancestor that a merge begins from."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

Parents = Mapping[uuid.UUID, Sequence[uuid.UUID]]


def ancestors(parents: Parents, version: uuid.UUID) -> set[uuid.UUID]:
    """A version and every known one before it."""
    found: set[uuid.UUID] = set()
    waiting = [version]
    while waiting:
        one = waiting.pop()
        if one in found or one not in parents:
            continue
        found.add(one)
        waiting += parents[one]
    return found


def common_ancestor(parents: Parents, first: Sequence[uuid.UUID], second: uuid.UUID) -> uuid.UUID | None:
    """The nearest version that both the versions `first` and `second` came from, or None if none is known.

    Where several are equally near (two branches that were merged crosswise) the choice is the same every time.
    """
    shared = ancestors(parents, second) & set().union(*(ancestors(parents, one) for one in first))
    older: set[uuid.UUID] = set()
    for one in shared:
        for parent in parents[one]:
            older |= ancestors(parents, parent)
    return min(shared - older, key=lambda one: one.bytes, default=None)
