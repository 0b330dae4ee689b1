"""Units: those of one kind brought to one base, and units made of others, such as kg/m2."""

from __future__ import annotations

import functools
import re
from collections import Counter
from decimal import Context, Decimal

from liaison_desktop.questionnaires.fhirpath.kinds import Amount
from liaison_desktop.questionnaires.values import in_base

_DIGITS, _FINE = Context(prec=15), Context(prec=28)
# A calendar's word -> its UCUM code, where they are the same length.
_CALENDAR = {"week": "wk", "day": "d", "hour": "h", "minute": "min", "second": "s", "millisecond": "ms", "year": "a", "month": "mo"}  # fmt: skip
_JOINS = re.compile(r"[./]")
_TERM = re.compile(r"([^0-9./]+)([1-9])?\Z", re.ASCII)
# Degrees start elsewhere than at nothing: a square degree or a degree a day is no multiple of another.
_SCALES_OF_THEIR_OWN = ("Cel", "[degF]")


def unit_word(unit: str) -> str:
    """The UCUM code of a calendar's word; another unit as it is."""
    return _CALENDAR.get(unit.removesuffix("s"), unit)


def scaled(amount: Amount) -> tuple[Decimal, str]:
    """The amount in the base unit of its kind."""
    unit = unit_word(amount.unit)
    joined = _joined(unit) if _JOINS.search(unit) or unit[-1:].isdigit() else None
    if joined is not None:
        return _DIGITS.multiply(amount.value, joined[0]), joined[1]
    return in_base(amount.value, unit)


def converted(amount: Amount, unit: str) -> Amount | None:
    """The amount in another unit of the same kind, or None."""
    if unit_word(unit) == unit_word(amount.unit):
        return Amount(amount.value, unit, amount.system)
    held, base = scaled(amount)
    one, other = scaled(Amount(Decimal(1), unit))
    zero, _ = scaled(Amount(Decimal(0), unit))
    # A scale such as Fahrenheit starts elsewhere: what one step is and where zero lies are told apart.
    if base != other:
        return None
    # Fifteen digits, so that a factor without an end (5/9) leaves no dust behind.
    return Amount(_DIGITS.divide(held - zero, one - zero).normalize(), unit, amount.system)


@functools.lru_cache(maxsize=256)
def _joined(unit: str) -> tuple[Decimal, str] | None:
    """The factor and the base of a unit made of others; None if it is not made of such as are known."""
    factor, powers, sign = Decimal(1), Counter[str](), 1
    for piece in re.split(r"([./])", unit):
        if piece in (".", "/"):
            sign = 1 if piece == "." else -1
            continue
        if piece in ("", "1"):
            continue
        term = _TERM.match(piece)
        if term is None or term[1] in _SCALES_OF_THEIR_OWN:
            return None
        size, base = scaled(Amount(Decimal(1), term[1]))
        power = sign * int(term[2] or 1)
        factor = _FINE.multiply(factor, _FINE.power(size, power))
        powers[base] += power
    told = [f"{base}{power if power != 1 else ''}" for base, power in sorted(powers.items()) if power]
    return factor, ".".join(told) or "1"


def multiplied(first: Amount, second: Amount) -> Amount:
    """One amount times another: metres by metres are m2."""
    if not second.unit.strip("1") or not first.unit.strip("1"):
        return Amount(_DIGITS.multiply(first.value, second.value), first.unit.strip("1") or second.unit, first.system)
    alike = converted(second, first.unit)
    one, other = unit_word(first.unit), unit_word(second.unit)
    if alike is not None and _TERM.match(one) and not one[-1].isdigit():
        return Amount(_DIGITS.multiply(first.value, alike.value), f"{one}2", first.system)
    return Amount(_DIGITS.multiply(first.value, second.value), f"{one}.{other}", first.system)


def apart(first: Amount, second: Amount) -> Amount:
    """One amount by another of another kind: kilograms by m2 are kg/m2."""
    below = unit_word(second.unit).translate(str.maketrans("./", "/."))
    return Amount(_DIGITS.divide(first.value, second.value), f"{unit_word(first.unit)}/{below}", first.system)
