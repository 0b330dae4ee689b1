"""How exactly a number or moment is known: its precision, and the least and the greatest that it could be."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import Any

from liaison_desktop.questionnaires.fhirpath.collections import argument
from liaison_desktop.questionnaires.fhirpath.kinds import Amount, ExpressionFault, Items, Moment, moment
from liaison_desktop.questionnaires.fhirpath.running import Run, Step, single, whole_of
from liaison_desktop.questionnaires.fhirpath.sameness import is_number
from liaison_desktop.questionnaires.fhirpath.units import converted

Steps = tuple[Step, ...]
Function = Callable[[Run, Items, Steps], Items]

_MOST_PLACES = 28
_NUMBERS = Context(prec=80)
# How many digits are written, for each number of parts that are known.
_DIGITS: Mapping[str, tuple[int, ...]] = {
    "Date": (4, 6, 8),
    "DateTime": (4, 6, 8, 10, 12, 17),
    "Time": (2, 4, 9),
}
_LAST_MICRO = 59_999_000
# The zones in which a moment comes first and last.
_FIRST_ZONE, _LAST_ZONE = "+14:00", "-12:00"


def _places(number: int | Decimal) -> int:
    exponent = Decimal(number).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _of_number(number: int | Decimal, places: int | None, high: bool) -> Decimal | None:
    wanted = 8 if places is None else places
    if not 0 <= wanted <= _MOST_PLACES:
        return None
    half = Decimal(5).scaleb(-_places(number) - 1)
    edge = _NUMBERS.add(Decimal(number), half if high else -half)
    return edge.quantize(Decimal(1).scaleb(-wanted), ROUND_CEILING if high else ROUND_FLOOR, _NUMBERS)


def _filled(held: Moment, count: int, high: bool) -> list[int]:
    parts = list(held.parts[:count])
    clock = held.kind == "Time"
    while len(parts) < count:
        at = len(parts) + (3 if clock else 0)
        if at == 2:
            parts.append(monthrange(parts[0], parts[1])[1] if high else 1)
        else:
            parts.append((0, 12, 0, 23, 59, _LAST_MICRO)[at] if high else (1, 1, 1, 0, 0, 0)[at])
    return parts


def _of_moment(held: Moment, digits: int | None, high: bool) -> Moment | None:
    known = _DIGITS[held.kind]
    wanted = known[-1] if digits is None else digits
    if wanted not in known:
        return None
    parts = _filled(held, known.index(wanted) + 1, high)
    clock = parts if held.kind == "Time" else parts[3:]
    day = "" if held.kind == "Time" else "-".join(f"{one:0{2 if at else 4}d}" for at, one in enumerate(parts[:3]))
    told = [f"{one:02d}" for one in clock[:2]]
    told += [f"{one // 1_000_000:02d}.{one // 1000 % 1000:03d}" for one in clock[2:]]
    zone = ""
    if held.kind == "DateTime" and clock:
        zone = _FIRST_ZONE if not high else _LAST_ZONE
        if held.zone is not None:
            zone = "Z" if held.text.endswith("Z") else held.text[-6:]
    return moment(f"{day}{'T' if day and clock else ''}{':'.join(told)}{zone}", held.kind)


def _boundary(high: bool) -> Function:
    def edge(run: Run, items: Items, steps: Steps) -> Items:
        item = single(items)
        wanted = whole_of(argument(run, items, steps[0])) if steps else None
        found: Any = None
        if is_number(item):
            found = _of_number(item, wanted, high)
        elif isinstance(item, Amount):
            value = _of_number(item.value, wanted, high)
            found = None if value is None else Amount(value, item.unit, item.system)
        elif isinstance(item, Moment):
            found = _of_moment(item, wanted, high)
        elif item is not None:
            raise ExpressionFault("The expression asks how exactly something is known that is no number and no moment.")
        return [] if found is None else [found]

    return edge


def _precision(run: Run, items: Items, steps: Steps) -> Items:
    item = single(items)
    if is_number(item):
        return [_places(item)]
    if isinstance(item, Moment):
        digits = _DIGITS[item.kind][len(item.parts) - 1]
        whole_second = digits in (9, 17) and "." not in item.text
        return [digits - 3 if whole_second else digits]
    return []


def _comparable(run: Run, items: Items, steps: Steps) -> Items:
    first, second = single(items), single(argument(run, items, steps[0]))
    if not isinstance(first, Amount) or not isinstance(second, Amount):
        return []
    return [converted(first, second.unit) is not None]


KNOWN: Mapping[str, tuple[Function, int, int]] = {
    "lowBoundary": (_boundary(False), 0, 1), "highBoundary": (_boundary(True), 0, 1),
    "precision": (_precision, 0, 0), "comparable": (_comparable, 1, 1),
}  # fmt: skip
