"""When two items are the same, and which is more: equality, equivalence and order as FHIRPath means them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from liaison_desktop.questionnaires.fhirpath.kinds import (
    Amount,
    Element,
    ExpressionFault,
    Items,
    Moment,
    amount_of,
    moment,
    plain,
    wrapped,
)
from liaison_desktop.questionnaires.fhirpath.units import converted, scaled

# Years and months of a calendar, which are of no one length.
_LONG = ("year", "years", "month", "months")


def is_number(item: Any) -> bool:
    """Whether it is a whole or decimal number."""
    return isinstance(item, int | Decimal) and not isinstance(item, bool)


def moments_order(first: Moment, second: Moment) -> int | None:
    """-1, 0 or 1; None where it depends on a part that one of them does not have."""
    if "Time" in (first.kind, second.kind) and first.kind != second.kind:
        return None
    # Whether a clock without a zone is earlier than one with a zone depends on where it hangs.
    if (first.zone is None) is not (second.zone is None) and min(len(first.parts), len(second.parts)) > 3:
        return None
    one, other = _zoned(first, second)
    shared = min(len(one), len(other))
    if one[:shared] != other[:shared]:
        return 1 if one[:shared] > other[:shared] else -1
    return 0 if len(one) == len(other) else None


def _zoned(first: Moment, second: Moment) -> tuple[tuple[int, ...], tuple[int, ...]]:
    # Two zones are brought to one; a day without a zone is compared as it stands.
    if first.zone is None or second.zone is None or len(first.parts) < 4 or len(second.parts) < 4:
        return first.parts, second.parts
    return _in_utc(first), _in_utc(second)


def _in_utc(held: Moment) -> tuple[int, ...]:
    try:
        at = held.instant - dt.timedelta(minutes=held.zone or 0)
    except OverflowError:
        return held.parts
    micro = at.second * 1_000_000 + at.microsecond
    return (at.year, at.month, at.day, at.hour, at.minute, micro)[: len(held.parts)]


def _as_moment(item: Any, beside: Any) -> Any:
    # A date in plain JSON is a text; beside a moment it is read as one.
    return (moment(item) or item) if isinstance(item, str) and isinstance(beside, Moment) else item


def pair(first: Any, second: Any) -> tuple[Any, Any]:
    """Two items brought to kinds that can be compared."""
    first, second = _as_moment(first, second), _as_moment(second, first)
    if isinstance(first, Amount) or isinstance(second, Amount):
        one, other = amount_of(first), amount_of(second)
        if is_number(first):
            one = Amount(Decimal(first), "1")
        if is_number(second):
            other = Amount(Decimal(second), "1")
        return (one, other) if one is not None and other is not None else (first, second)
    if isinstance(first, Element) and isinstance(second, Element) and first.type == second.type == "Quantity":
        one, other = amount_of(first), amount_of(second)
        if one is not None and other is not None:
            return one, other
    return first, second


def same(first: Any, second: Any) -> bool | None:
    """Whether two items are equal; None where it cannot be said."""
    first, second = pair(first, second)
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    if is_number(first) and is_number(second):
        return bool(first == second)
    if isinstance(first, Moment) and isinstance(second, Moment):
        if "Time" in (first.kind, second.kind) and first.kind != second.kind:
            return False
        order = moments_order(first, second)
        return None if order is None else order == 0
    if isinstance(first, Amount) and isinstance(second, Amount):
        if _calendar_beside_fixed(first, second):
            return None
        one, other = scaled(first), scaled(second)
        return one[0] == other[0] if one[1] == other[1] else None
    if isinstance(first, str) and isinstance(second, str):
        return first == second
    if isinstance(first, int | Decimal | str | Moment | Amount) or isinstance(second, int | Decimal | str | Moment | Amount):  # fmt: skip
        return False
    return bool(plain(first) == plain(second))


def _calendar_beside_fixed(first: Amount, second: Amount) -> bool:
    # A year or month of the calendar is not as long as the mean one that UCUM has; nobody can say they are equal.
    units = (first.unit, second.unit)
    return any(one in ("a", "mo") for one in units) and any(one in _LONG for one in units)


def all_same(first: Sequence[Any], second: Sequence[Any]) -> bool | None:
    """Whether two collections hold the same items in the same order; None if one is empty."""
    if not first or not second:
        return None
    if len(first) != len(second):
        return False
    told = [same(one, other) for one, other in zip(first, second, strict=True)]
    return None if None in told and False not in told else all(told)


def alike(first: Any, second: Any) -> bool:
    """Whether two items are equivalent: texts without case and spacing, numbers to the lesser precision."""
    first, second = pair(first, second)
    if isinstance(first, str) and isinstance(second, str):
        return " ".join(first.lower().split()) == " ".join(second.lower().split())
    if is_number(first) and is_number(second):
        return _alike_numbers(first, second)
    if isinstance(first, Amount) and isinstance(second, Amount):
        return _alike_amounts(first, second)
    if isinstance(first, Moment) and isinstance(second, Moment):
        return moments_order(first, second) == 0
    if isinstance(first, Element) and isinstance(second, Element):
        one, other = dict(first.raw), dict(second.raw)
        if first.type == second.type == "Coding":
            return (one.get("system"), one.get("code")) == (other.get("system"), other.get("code"))
        one.pop("id", None)
        other.pop("id", None)
        return one.keys() == other.keys() and all(all_alike(_items(one[key]), _items(other[key])) for key in one)
    return same(first, second) is True


def _items(raw: Any) -> Items:
    return list(wrapped(raw))


def _alike_numbers(first: Any, second: Any) -> bool:
    places = min(_places(first), _places(second))
    return bool(round(Decimal(first), places) == round(Decimal(second), places))


def _alike_amounts(first: Amount, second: Amount) -> bool:
    # In the unit of the one that is told less exactly, so that 4 g and 4040 mg are alike.
    one, other = converted(second, first.unit), converted(first, second.unit)
    if one is None or other is None:
        return False
    return _alike_numbers(first.value, one.value) or _alike_numbers(second.value, other.value)


def _places(number: Any) -> int:
    exponent = Decimal(number).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def all_alike(first: Sequence[Any], second: Sequence[Any]) -> bool:
    """Whether two collections hold equivalent items, in any order."""
    if len(first) != len(second):
        return False
    left = list(second)
    for one in first:
        place = next((at for at, other in enumerate(left) if alike(one, other)), None)
        if place is None:
            return False
        del left[place]
    return True


def order(first: Any, second: Any) -> int | None:
    """-1, 0 or 1; None where it cannot be said. Raises ExpressionFault for kinds that have no order."""
    first, second = pair(first, second)
    if is_number(first) and is_number(second):
        return int(first > second) - int(first < second)
    if isinstance(first, Moment) and isinstance(second, Moment):
        return moments_order(first, second)
    if isinstance(first, Amount) and isinstance(second, Amount):
        one, other = scaled(first), scaled(second)
        return int(one[0] > other[0]) - int(one[0] < other[0]) if one[1] == other[1] else None
    if isinstance(first, str) and isinstance(second, str):
        return int(first > second) - int(first < second)
    raise ExpressionFault("The expression asks which is more of two things that have no order.")


def _key(item: Any) -> Any:
    if isinstance(item, bool):
        return ("b", item)
    if isinstance(item, int | Decimal):
        return ("n", Decimal(item))
    if isinstance(item, str):
        return ("t", item)
    return None


def distinct(items: Items) -> Items:
    """The items without those that were there before."""
    found: Items = []
    seen: set[Any] = set()
    others: Items = []
    for item in items:
        key = _key(item)
        if key is not None:
            if key not in seen:
                seen.add(key)
                found.append(item)
        elif not any(other is item or same(item, other) is True for other in others):
            others.append(item)
            found.append(item)
    return found


def holds(items: Items, item: Any) -> bool:
    """Whether the item is among these."""
    return any(same(one, item) is True for one in items)
