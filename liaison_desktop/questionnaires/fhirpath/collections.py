"""Functions over collections: existence, filtering, taking some, joining, walking a tree, adding up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from liaison_desktop.questionnaires.fhirpath.kinds import ExpressionFault, Items, RunsAway, plain
from liaison_desktop.questionnaires.fhirpath.running import (
    MOST_ITEMS,
    Run,
    Step,
    said,
    single,
    text_of,
    truth,
    whole_of,
)
from liaison_desktop.questionnaires.fhirpath.sameness import distinct, holds

Steps = tuple[Step, ...]


def itself(run: Run, items: Items, steps: Steps) -> Items:
    """The items as they are."""
    return items


def each(run: Run, items: Items, step: Step) -> Iterator[tuple[Any, Items]]:
    """Runs a step for each item, with $this and $index; afterwards they are what they were."""
    this, index, kept = run.this, run.index, run.locals
    try:
        for number, item in enumerate(items):
            run.spend(1)
            run.this, run.index, run.locals = [item], number, kept
            yield item, step(run, run.this)
    finally:
        run.this, run.index, run.locals = this, index, kept


def argument(run: Run, items: Items, step: Step) -> Items:
    """The value of an argument that looks at the whole, not at each item."""
    kept = run.locals
    value = step(run, run.this or items)
    run.locals = kept
    return value


def bounded(items: Items) -> Items:
    """The items. Raises RunsAway when they have grown beyond anything meant."""
    if len(items) > MOST_ITEMS:
        raise RunsAway("The expression gathers too many things.")
    return items


def _where(run: Run, items: Items, steps: Steps) -> Items:
    return [item for item, told in each(run, items, steps[0]) if truth(told) is True]


def _select(run: Run, items: Items, steps: Steps) -> Items:
    found: Items = []
    for _, told in each(run, items, steps[0]):
        found += told
        bounded(found)
    return found


def _identity(item: Any) -> Any:
    key = getattr(item, "key_of_place", None)
    return key() if key is not None else id(getattr(item, "raw", item))


def _repeat(run: Run, items: Items, steps: Steps) -> Items:
    found: Items = []
    seen: set[Any] = set()
    scalars: Items = []
    waiting = items
    while waiting:
        fresh: Items = []
        for _, told in each(run, waiting, steps[0]):
            for one in told:
                if hasattr(one, "member"):
                    known = _identity(one) in seen
                    seen.add(_identity(one))
                else:
                    known = holds(scalars, one)
                    scalars.append(one)
                    run.spend(len(scalars))
                if not known:
                    fresh.append(one)
        found = bounded(found + fresh)
        waiting = fresh
    return found


def _children(run: Run, items: Items, steps: Steps) -> Items:
    found: Items = []
    for item in items:
        if hasattr(item, "below"):
            found += item.below()
    run.spend(len(found))
    return bounded(found)


def _descendants(run: Run, items: Items, steps: Steps) -> Items:
    found: Items = []
    waiting = items
    while waiting:
        waiting = _children(run, waiting, ())
        found = bounded(found + waiting)
    return found


def _exists(run: Run, items: Items, steps: Steps) -> Items:
    if not steps:
        return [bool(items)]
    for _, told in each(run, items, steps[0]):
        if truth(told) is True:
            return [True]
    return [False]


def _all(run: Run, items: Items, steps: Steps) -> Items:
    return [all(truth(told) is True for _, told in each(run, items, steps[0]))]


def _truths(wanted: bool, every: bool) -> Callable[[Run, Items, Steps], Items]:
    def test(run: Run, items: Items, steps: Steps) -> Items:
        if not all(isinstance(item, bool) for item in items):
            raise ExpressionFault("The expression expects only true and false.")
        told = [item is wanted for item in items]
        return [all(told) if every else any(told)]

    return test


def _subset(of_other: bool) -> Callable[[Run, Items, Steps], Items]:
    def test(run: Run, items: Items, steps: Steps) -> Items:
        other = argument(run, items, steps[0])
        run.spend(len(items) * len(other))
        inner, outer = (items, other) if of_other else (other, items)
        return [all(holds(outer, one) for one in inner)]

    return test


def _first(run: Run, items: Items, steps: Steps) -> Items:
    return items[:1]


def _single(run: Run, items: Items, steps: Steps) -> Items:
    item = single(items)
    return [] if item is None else [item]


def _skip(run: Run, items: Items, steps: Steps) -> Items:
    return items[max(0, whole_of(argument(run, items, steps[0])) or 0) :]


def _take(run: Run, items: Items, steps: Steps) -> Items:
    return items[: max(0, whole_of(argument(run, items, steps[0])) or 0)]


def _intersect(run: Run, items: Items, steps: Steps) -> Items:
    other = argument(run, items, steps[0])
    run.spend(len(items) * len(other))
    return distinct([one for one in items if holds(other, one)])


def _exclude(run: Run, items: Items, steps: Steps) -> Items:
    other = argument(run, items, steps[0])
    run.spend(len(items) * len(other))
    return [one for one in items if not holds(other, one)]


def _union(run: Run, items: Items, steps: Steps) -> Items:
    return bounded(distinct([*items, *argument(run, items, steps[0])]))


def _combine(run: Run, items: Items, steps: Steps) -> Items:
    return bounded([*items, *argument(run, items, steps[0])])


def _coalesce(run: Run, items: Items, steps: Steps) -> Items:
    return next((held for held in (argument(run, items, step) for step in steps) if held), [])


def _iif(run: Run, items: Items, steps: Steps) -> Items:
    single(items)
    this, kept = run.this, run.locals
    run.this = items or this
    try:
        told = truth(steps[0](run, items))
        chosen = steps[1] if told is True else steps[2] if len(steps) > 2 else None
        return chosen(run, items) if chosen is not None else []
    finally:
        run.this, run.locals = this, kept


def _aggregate(run: Run, items: Items, steps: Steps) -> Items:
    total = run.total
    run.total = argument(run, items, steps[1]) if len(steps) > 1 else []
    for _, told in each(run, items, steps[0]):
        run.total = bounded(told)
    total, run.total = run.total, total
    return total


def _define(run: Run, items: Items, steps: Steps) -> Items:
    name = text_of(steps[0](run, items))
    if name is None or name in run.locals or name in ("resource", "context"):
        raise ExpressionFault("The expression defines a variable without a name, or one that is there.")
    value = argument(run, items, steps[1]) if len(steps) > 1 else items
    run.locals = {**run.locals, name: value}
    return items


def _trace(run: Run, items: Items, steps: Steps) -> Items:
    # Nothing of a form is ever written to a log.
    return items


def _is_distinct(run: Run, items: Items, steps: Steps) -> Items:
    run.spend(len(items))
    return [len(distinct(items)) == len(items)]


def _not(run: Run, items: Items, steps: Steps) -> Items:
    told = truth(items)
    return said(None if told is None else not told)


def _extension(run: Run, items: Items, steps: Steps) -> Items:
    url = text_of(argument(run, items, steps[0]))
    found: Items = []
    for item in items:
        if hasattr(item, "member"):
            found += [one for one in item.member("extension") if plain(one).get("url") == url]
    return found


def _has_value(run: Run, items: Items, steps: Steps) -> Items:
    return [len(items) == 1 and not hasattr(items[0], "member")]


def _get_value(run: Run, items: Items, steps: Steps) -> Items:
    return items if len(items) == 1 and not hasattr(items[0], "member") else []


KNOWN: Mapping[str, tuple[Callable[[Run, Items, Steps], Items], int, int]] = {
    "where": (_where, 1, 1), "select": (_select, 1, 1), "repeat": (_repeat, 1, 1),
    "children": (_children, 0, 0), "descendants": (_descendants, 0, 0),
    "exists": (_exists, 0, 1), "all": (_all, 1, 1), "empty": (lambda run, items, steps: [not items], 0, 0),
    "allTrue": (_truths(True, True), 0, 0), "anyTrue": (_truths(True, False), 0, 0),
    "allFalse": (_truths(False, True), 0, 0), "anyFalse": (_truths(False, False), 0, 0),
    "subsetOf": (_subset(True), 1, 1), "supersetOf": (_subset(False), 1, 1),
    "count": (lambda run, items, steps: [len(items)], 0, 0),
    "distinct": (lambda run, items, steps: distinct(items), 0, 0), "isDistinct": (_is_distinct, 0, 0),
    "single": (_single, 0, 0), "first": (_first, 0, 0), "last": (lambda run, items, steps: items[-1:], 0, 0),
    "tail": (lambda run, items, steps: items[1:], 0, 0), "skip": (_skip, 1, 1), "take": (_take, 1, 1),
    "intersect": (_intersect, 1, 1), "exclude": (_exclude, 1, 1), "union": (_union, 1, 1),
    "combine": (_combine, 1, 1), "coalesce": (_coalesce, 1, 20), "iif": (_iif, 2, 3),
    "aggregate": (_aggregate, 1, 2), "defineVariable": (_define, 1, 2), "trace": (_trace, 1, 2), "not": (_not, 0, 0),
    "extension": (_extension, 1, 1), "hasValue": (_has_value, 0, 0), "getValue": (_get_value, 0, 0),
}  # fmt: skip
