"""The operators of numbers, texts, amounts and moments."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Mapping
from decimal import Decimal, DecimalException
from typing import Any

from liaison_desktop.questionnaires.fhirpath.kinds import Amount, ExpressionFault, Items, Moment, amount_of, moment
from liaison_desktop.questionnaires.fhirpath.running import NUMBERS, bounded_text, single
from liaison_desktop.questionnaires.fhirpath.sameness import is_number
from liaison_desktop.questionnaires.fhirpath.units import apart, converted, multiplied, unit_word

_MONTHS = {"year": 12, "years": 12, "month": 1, "months": 1}
_SECONDS: Mapping[str, int | Decimal] = {"wk": 604800, "d": 86400, "h": 3600, "min": 60, "s": 1, "ms": Decimal("0.001")}
# A mean year and a mean month have no place in a calendar; years and months, by their words, do.
_UNSURE = ("a", "mo")
# How many parts a moment must have for a step of that unit to be seen.
_SEEN = {"wk": 3, "d": 3, "h": 4, "min": 5, "s": 6, "ms": 6}


def number(value: Any) -> Items:
    """A number as a collection: whole ones within 32 bits, decimals that are finite; else nothing."""
    if isinstance(value, int):
        return [value] if -(2**31) <= value < 2**31 else []
    return [value] if value.is_finite() else []


def shifted(start: Moment, by: Amount, sign: int) -> Items:
    """A moment later or earlier; as precise as it was."""
    if by.unit in _UNSURE:
        raise ExpressionFault("The expression adds a year or month of fixed length: say 1 year, not 1 'a'.")
    steps = int(by.value) * sign
    parts = list(start.parts)
    unit = by.unit if by.unit in _MONTHS else unit_word(by.unit)
    if abs(steps) > 4_000_000_000:
        return []
    if start.kind != "Time" and unit in _MONTHS:
        months = steps * _MONTHS[unit]
        if len(parts) < 2:
            parts[0] += int(months / 12)
        else:
            years, month = divmod(parts[1] - 1 + months, 12)
            parts[0], parts[1] = parts[0] + years, month + 1
            if len(parts) > 2 and 0 < parts[0] < 10000:
                parts[2] = min(parts[2], monthrange(parts[0], parts[1])[1])
        return _made(start, parts)
    if unit not in _SECONDS:
        raise ExpressionFault("The expression adds something to a moment that is no time.")
    if start.kind == "Time":
        micro = sum(p * f for p, f in zip(parts, (3_600_000_000, 60_000_000, 1), strict=False))
        micro = (micro + int(steps * _SECONDS[unit] * 1_000_000)) % 86_400_000_000
        hour, rest = divmod(micro, 3_600_000_000)
        return _made(start, [hour, *divmod(rest, 60_000_000)][: len(parts)])
    # What the moment does not tell is cut off: 25 hours more than a day is a day later.
    whole = {1: 31_536_000, 2: 2_592_000, 3: 86_400, 4: 3600, 5: 60}.get(len(parts))
    seconds = steps * _SECONDS[unit]
    if whole and len(parts) < _SEEN[unit]:
        count = int(seconds / whole)
        if len(parts) < 3:
            return shifted(start, Amount(Decimal(count), "year" if len(parts) == 1 else "month"), 1)
        seconds = count * whole
    try:
        at = start.instant + dt.timedelta(microseconds=int(seconds * 1_000_000))
    except OverflowError:
        return []
    micro = at.second * 1_000_000 + at.microsecond
    return _made(start, [at.year, at.month, at.day, at.hour, at.minute, micro][: len(parts)])


def _made(start: Moment, parts: list[int]) -> Items:
    day = "" if start.kind == "Time" else "-".join(f"{p:0{4 if at == 0 else 2}d}" for at, p in enumerate(parts[:3]))
    clock = parts if start.kind == "Time" else parts[3:]
    told = [f"{p:02d}" for p in clock[:2]]
    if len(clock) > 2:
        second, micro = divmod(clock[2], 1_000_000)
        fraction = f".{micro:06d}".rstrip("0") if micro else ""
        if "." in start.text and len(fraction) < 4:
            fraction = f".{micro // 1000:03d}"
        told.append(f"{second:02d}{fraction}")
    zone = "" if start.zone is None else start.text[-1:] if start.text.endswith("Z") else start.text[-6:]
    mark = "T" if "T" in start.text else ""
    text = ":".join(told) if start.kind == "Time" else day + mark + ":".join(told) + zone
    made = moment(text, start.kind)
    return [made] if made is not None else []


def add(first: Any, second: Any) -> Items:
    """`+`."""
    if is_number(first) and is_number(second):
        return number(
            first + second if isinstance(first, int) and isinstance(second, int) else NUMBERS.add(first, second)
        )
    if isinstance(first, Moment) and isinstance(second, Amount):
        return shifted(first, second, 1)
    if isinstance(first, str) and isinstance(second, Amount) and (at := moment(first)) is not None:
        return shifted(at, second, 1)
    if isinstance(first, str | Moment) and isinstance(second, str | Moment):
        return bounded_text(_told(first) + _told(second))
    return _amounts(first, second, 1)


def subtract(first: Any, second: Any) -> Items:
    """`-`."""
    if is_number(first) and is_number(second):
        if isinstance(first, int) and isinstance(second, int):
            return number(first - second)
        return number(NUMBERS.subtract(Decimal(first), Decimal(second)))
    if isinstance(first, str):
        first = moment(first) or first
    if isinstance(first, Moment) and isinstance(second, Amount):
        return shifted(first, second, -1)
    return _amounts(first, second, -1)


def _told(item: str | Moment) -> str:
    return item if isinstance(item, str) else item.text


def _amounts(first: Any, second: Any, sign: int) -> Items:
    one, other = amount_of(first), amount_of(second)
    if one is None or other is None:
        raise ExpressionFault("The expression adds or subtracts things that do not go together.")
    other = converted(other, one.unit)
    return [] if other is None else [Amount(one.value + sign * other.value, one.unit, one.system)]


def times(first: Any, second: Any) -> Items:
    """`*`."""
    if is_number(first) and is_number(second):
        if isinstance(first, int) and isinstance(second, int):
            return number(first * second)
        return number(NUMBERS.multiply(Decimal(first), Decimal(second)))
    if is_number(first):
        first, second = second, first
    amount, by = amount_of(first), amount_of(second)
    if amount is not None and by is not None:
        return [multiplied(amount, by)]
    if amount is not None and is_number(second):
        return [Amount(NUMBERS.multiply(amount.value, Decimal(second)), amount.unit, amount.system)]
    raise ExpressionFault("The expression multiplies things that are no numbers.")


def divided(first: Any, second: Any) -> Items:
    """`/`: nothing when it is by nought."""
    amount, by = amount_of(first), amount_of(second)
    if amount is not None and by is not None:
        if not by.value:
            return []
        other = converted(by, amount.unit)
        return [apart(amount, by)] if other is None else number(NUMBERS.divide(amount.value, other.value))
    if amount is not None and is_number(second):
        return [Amount(NUMBERS.divide(amount.value, Decimal(second)), amount.unit, amount.system)] if second else []
    if not is_number(first) or not is_number(second):
        raise ExpressionFault("The expression divides things that are no numbers.")
    return number(NUMBERS.divide(Decimal(first), Decimal(second))) if second else []


def _whole(first: Any, second: Any, act: Callable[[Decimal, Decimal], Decimal]) -> Items:
    if not is_number(first) or not is_number(second):
        raise ExpressionFault("The expression divides things that are no numbers.")
    if not second:
        return []
    found = act(Decimal(first), Decimal(second))
    return number(int(found)) if isinstance(first, int) and isinstance(second, int) else number(found)


def div(first: Any, second: Any) -> Items:
    """`div`: how often it goes in, as a whole number."""
    found = _whole(first, second, NUMBERS.divide_int)
    return number(int(found[0])) if found else []


def mod(first: Any, second: Any) -> Items:
    """`mod`: what is left over."""
    return _whole(first, second, NUMBERS.remainder)


_ACTS: Mapping[str, Callable[[Any, Any], Items]] = {
    "+": add, "-": subtract, "*": times, "/": divided, "div": div, "mod": mod,
}  # fmt: skip


def worked_out(operator: str, first: Items, second: Items) -> Items:
    """One operator over two collections of one item each; nothing where one is empty, or the number has no end."""
    one, other = single(first), single(second)
    if one is None or other is None:
        return []
    try:
        return _ACTS[operator](one, other)
    except DecimalException:
        return []
