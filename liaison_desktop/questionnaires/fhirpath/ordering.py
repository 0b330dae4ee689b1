"""`sort()`: a collection by its own values, or by keys; a key with a minus before it sorts from the greatest down."""

from __future__ import annotations

import functools
from typing import Any

from liaison_desktop.questionnaires.fhirpath.collections import each
from liaison_desktop.questionnaires.fhirpath.kinds import Items
from liaison_desktop.questionnaires.fhirpath.running import Run, Step, single
from liaison_desktop.questionnaires.fhirpath.sameness import order

Key = tuple[Step, bool]  # what to sort by, and whether the greatest comes first


def sorted_by(target: Step, keys: tuple[Key, ...]) -> Step:
    """The items of the target in order; what has no value under a key counts as greater than all that have one."""

    def sort(run: Run, focus: Items) -> Items:
        items = target(run, focus)
        held: list[list[Any]] = [[] for _ in items]
        for step, _ in keys:
            for number, (_, told) in enumerate(each(run, items, step)):
                held[number].append(single(told))
        if not keys:
            held = [[item] for item in items]

        def compare(first: int, second: int) -> int:
            run.spend(1)
            downs = [down for _, down in keys] or [False]
            for one, other, down in zip(held[first], held[second], downs, strict=True):
                told = (one is None) - (other is None) if one is None or other is None else order(one, other) or 0
                if told:
                    return -told if down else told
            return 0

        return [items[at] for at in sorted(range(len(items)), key=functools.cmp_to_key(compare))]

    return sort
