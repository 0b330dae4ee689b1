"""Functions that make one kind of another, and tell what a moment holds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from liaison_desktop.questionnaires.fhirpath.arithmetic import number
from liaison_desktop.questionnaires.fhirpath.collections import argument
from liaison_desktop.questionnaires.fhirpath.grammar import CALENDAR
from liaison_desktop.questionnaires.fhirpath.kinds import Amount, ExpressionFault, Items, Moment, amount_of, moment
from liaison_desktop.questionnaires.fhirpath.running import Run, Step, single, text_of
from liaison_desktop.questionnaires.fhirpath.units import converted

Steps = tuple[Step, ...]
Function = Callable[[Run, Items, Steps], Items]

_TRUE = frozenset("true t yes y 1 1.0".split())
_FALSE = frozenset("false f no n 0 0.0".split())
_AMOUNT = re.compile(r"([+-]?\d{1,40}(?:\.\d{1,40})?)\s*(?:'([^']+)'|([a-z]+))?\Z", re.ASCII)


def _boolean(item: Any) -> Items:
    if isinstance(item, bool):
        return [item]
    word = str(item).lower() if isinstance(item, str | int | Decimal) else ""
    if isinstance(item, int | Decimal):
        word = {Decimal(1): "1", Decimal(0): "0"}.get(Decimal(item), "")
    return [True] if word in _TRUE else [False] if word in _FALSE else []


def _integer(item: Any) -> Items:
    if isinstance(item, bool | int):
        return [int(item)]
    if isinstance(item, str) and re.fullmatch(r"[+-]?[0-9]{1,12}", item):
        return number(int(item))
    return []


def _decimal(item: Any) -> Items:
    if isinstance(item, bool | int | Decimal):
        return [Decimal(item)]
    if isinstance(item, str) and re.fullmatch(r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?", item):
        return [Decimal(item)]
    return []


def _string(item: Any) -> Items:
    if isinstance(item, bool):
        return ["true" if item else "false"]
    if isinstance(item, int | str):
        return [str(item)]
    if isinstance(item, Decimal):
        return [f"{item:f}"]
    if isinstance(item, Moment):
        return [item.text]
    if (amount := amount_of(item)) is not None:
        unit = amount.unit if amount.unit.removesuffix("s") in CALENDAR else f"'{amount.unit}'"
        return [f"{amount.value:f} {unit}" if amount.unit else f"{amount.value:f}"]
    return []


def _date(item: Any) -> Items:
    text = item.text if isinstance(item, Moment) and item.kind != "Time" else item
    found = moment(text.partition("T")[0], "Date") if isinstance(text, str) else None
    return [found] if found else []


def _date_time(item: Any) -> Items:
    text = item.text if isinstance(item, Moment) and item.kind != "Time" else item
    found = moment(text, "DateTime") if isinstance(text, str) else None
    return [found] if found else []


def _time(item: Any) -> Items:
    text = item.text if isinstance(item, Moment) and item.kind == "Time" else item
    found = moment(text.removeprefix("T"), "Time") if isinstance(text, str) else None
    return [found] if found else []


def _quantity(item: Any) -> Items:
    if isinstance(item, bool | int | Decimal):
        return [Amount(Decimal(item), "1")]
    if isinstance(item, str):
        match = _AMOUNT.match(item)
        if match is None or (match[3] and match[3].removesuffix("s") not in CALENDAR):
            return []
        return [Amount(Decimal(match[1]), match[2] or match[3] or "1")]
    amount = amount_of(item)
    return [] if amount is None else [amount]


_MAKES: Mapping[str, Callable[[Any], Items]] = {
    "Boolean": _boolean, "Integer": _integer, "Long": _integer, "Decimal": _decimal, "String": _string,
    "Date": _date, "DateTime": _date_time, "Time": _time, "Quantity": _quantity,
}  # fmt: skip


def _to(make: Callable[[Any], Items]) -> Function:
    def convert(run: Run, items: Items, steps: Steps) -> Items:
        item = single(items)
        made = [] if item is None else make(item)
        unit = text_of(argument(run, items, steps[0])) if steps else None
        if unit is None or not made or not isinstance(made[0], Amount):
            return made
        other = converted(made[0], unit)
        return [] if other is None else [other]

    return convert


def _converts(make: Callable[[Any], Items]) -> Function:
    return lambda run, items, steps: [] if single(items) is None else [bool(_to(make)(run, items, steps))]


def _moment_of(items: Items) -> Moment | None:
    item = single(items)
    found = moment(item) if isinstance(item, str) else item
    if found is not None and not isinstance(found, Moment):
        raise ExpressionFault("The expression expects a date or time where there is something else.")
    return found


def _now(run: Run, items: Items, steps: Steps) -> Items:
    return [moment(run.now.isoformat(timespec="milliseconds"), "DateTime")]


def _today(run: Run, items: Items, steps: Steps) -> Items:
    return [moment(run.now.date().isoformat(), "Date")]


def _time_of_day(run: Run, items: Items, steps: Steps) -> Items:
    return [moment(run.now.strftime("%H:%M:%S.000"), "Time")]


_SECONDS = {"week": 604_800, "day": 86_400, "hour": 3600, "minute": 60, "second": 1}


def _zoned(held: Moment, run: Run) -> dt.datetime:
    zone = run.now.tzinfo if held.zone is None else dt.timezone(dt.timedelta(minutes=held.zone))
    return held.instant.replace(tzinfo=zone)


def _duration(run: Run, items: Items, steps: Steps) -> Items:
    """How many whole periods lie from this moment to the other; a day is its midnight."""
    first, last = _moment_of(items), _moment_of(argument(run, items, steps[0]))
    unit = (text_of(argument(run, items, steps[1])) or "").removesuffix("s")
    if first is None or last is None:
        return []
    if min(len(first.parts), len(last.parts)) < (3 if "Time" not in (first.kind, last.kind) else 99):
        return []
    if first.zone is None or last.zone is None:
        seconds = (last.instant - first.instant).total_seconds()
    else:
        seconds = (_zoned(last, run) - _zoned(first, run)).total_seconds()
    if unit in _SECONDS:
        return number(int(seconds / _SECONDS[unit]))
    if unit not in ("year", "month"):
        raise ExpressionFault("The expression asks for a length of time that is none.")
    sign, early, late = (1, first, last) if seconds >= 0 else (-1, last, first)
    months = (late.parts[0] - early.parts[0]) * 12 + late.parts[1] - early.parts[1]
    months -= late.parts[2:] < early.parts[2:]
    return number(sign * (months if unit == "month" else months // 12))


def _part(place: int, of_time: int | None) -> Function:
    def take(run: Run, items: Items, steps: Steps) -> Items:
        held = _moment_of(items)
        at = of_time if held is not None and held.kind == "Time" else place
        if held is None or at is None or len(held.parts) <= at:
            return []
        return [held.parts[at] // 1_000_000 if place == 5 else held.parts[at]]

    return take


KNOWN: Mapping[str, tuple[Function, int, int]] = {
    **{f"to{name}": (_to(make), 0, 1 if name == "Quantity" else 0) for name, make in _MAKES.items()},
    **{f"convertsTo{name}": (_converts(make), 0, 1 if name == "Quantity" else 0) for name, make in _MAKES.items()},
    "now": (_now, 0, 0), "today": (_today, 0, 0), "timeOfDay": (_time_of_day, 0, 0),
    "duration": (_duration, 2, 2), "difference": (_duration, 2, 2),
    "yearOf": (_part(0, None), 0, 0), "monthOf": (_part(1, None), 0, 0), "dayOf": (_part(2, None), 0, 0),
    "hourOf": (_part(3, 0), 0, 0), "minuteOf": (_part(4, 1), 0, 0), "secondOf": (_part(5, 2), 0, 0),
}  # fmt: skip
