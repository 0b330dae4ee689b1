"""The operators between two collections."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

from liaison_desktop.questionnaires.fhirpath import arithmetic
from liaison_desktop.questionnaires.fhirpath.kinds import Items
from liaison_desktop.questionnaires.fhirpath.running import Run, Step, bounded_text, said, single, text_of, truth
from liaison_desktop.questionnaires.fhirpath.sameness import all_alike, all_same, distinct, holds, order


def decided(steps: tuple[Step, ...], stop: bool) -> Step:
    """`and` (stop is false) or `or` (stop is true) over operands."""

    # `and` ends at the first false, `or` at the first true; something unknown leaves the rest to decide.
    def decide(run: Run, focus: Items) -> Items:
        run.spend(1)
        unknown = False
        for step in steps:
            told = truth(step(run, focus))
            if told is stop:
                return [stop]
            unknown = unknown or told is None
        return [] if unknown else [not stop]

    return decide


def _xor(first: Items, second: Items) -> Items:
    one, other = truth(first), truth(second)
    return said(None if one is None or other is None else one is not other)


def _implies(first: Items, second: Items) -> Items:
    one, other = truth(first), truth(second)
    if one is False or other is True:
        return [True]
    return [False] if one is True and other is False else []


def _not(told: bool | None) -> Items:
    return said(None if told is None else not told)


def _ordered(test: Callable[[int], bool]) -> Callable[[Items, Items], Items]:
    def compare(first: Items, second: Items) -> Items:
        one, other = single(first), single(second)
        if one is None or other is None:
            return []
        found = order(one, other)
        return [] if found is None else [test(found)]

    return compare


def _joined(first: Items, second: Items) -> Items:
    return bounded_text((text_of(first) or "") + (text_of(second) or ""))


def _among(item: Items, items: Items) -> Items:
    one = single(item)
    return [] if one is None else [holds(items, one)]


OPERATORS: Mapping[str, Callable[[Items, Items], Items]] = {
    **{
        sign: functools.partial(arithmetic.worked_out, sign)
        for sign in ("+", "-", "*", "/", "div", "mod")
    },
    "&": _joined,
    "|": lambda first, second: distinct([*first, *second]),
    "=": lambda first, second: said(all_same(first, second)),
    "!=": lambda first, second: _not(all_same(first, second)),
    "~": lambda first, second: [all_alike(first, second)],
    "!~": lambda first, second: [not all_alike(first, second)],
    ">": _ordered(lambda found: found > 0),
    "<": _ordered(lambda found: found < 0),
    ">=": _ordered(lambda found: found >= 0),
    "<=": _ordered(lambda found: found <= 0),
    "in": _among,
    "contains": lambda first, second: _among(second, first),
    "xor": _xor,
    "implies": _implies,
}  # fmt: skip
