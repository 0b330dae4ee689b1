"""Functions over numbers, and sums over collections."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, DecimalException
from typing import Any

from liaison_desktop.questionnaires.fhirpath.arithmetic import number, worked_out
from liaison_desktop.questionnaires.fhirpath.collections import argument
from liaison_desktop.questionnaires.fhirpath.kinds import Amount, ExpressionFault, Items
from liaison_desktop.questionnaires.fhirpath.running import NUMBERS, Run, Step, single, whole_of
from liaison_desktop.questionnaires.fhirpath.sameness import is_number, order

_FINE = Context(prec=40, Emax=999, Emin=-999)
Steps = tuple[Step, ...]
Function = Callable[[Run, Items, Steps], Items]


def _number(items: Items) -> Any:
    item = single(items)
    if item is not None and not is_number(item) and not isinstance(item, Amount):
        raise ExpressionFault("The expression expects a number where there is something else.")
    return item


def _of_one(act: Callable[[Decimal], Decimal | int], keeps_unit: bool = True) -> Function:
    def work(run: Run, items: Items, steps: Steps) -> Items:
        item = _number(items)
        if item is None:
            return []
        try:
            if isinstance(item, Amount):
                found = number(act(item.value))
                return [Amount(Decimal(found[0]), item.unit, item.system)] if found and keeps_unit else found
            return number(act(Decimal(item)))
        except DecimalException:
            return []

    return work


def _abs(run: Run, items: Items, steps: Steps) -> Items:
    item = _number(items)
    if isinstance(item, Amount):
        return [Amount(abs(item.value), item.unit, item.system)]
    return [] if item is None else number(abs(item))


def _round(run: Run, items: Items, steps: Steps) -> Items:
    places = whole_of(argument(run, items, steps[0])) if steps else 0
    if places is None or places < 0:
        raise ExpressionFault("The expression rounds to a number of places that is none.")
    step = Decimal(1).scaleb(-min(places, 27))
    return _of_one(lambda held: held.quantize(step, ROUND_HALF_UP))(run, items, ())


def _rounded(way: str) -> Function:
    return _of_one(lambda held: int(held.to_integral_value(way)) if abs(held) < 10**20 else Decimal("NaN"))


def _log(run: Run, items: Items, steps: Steps) -> Items:
    base = _number(argument(run, items, steps[0]))
    if base is None or isinstance(base, Amount):
        return []
    # Worked out finer than it is told, so that 16.log(2) is 4 and nothing beside it.
    return _of_one(lambda held: NUMBERS.plus(_FINE.divide(_FINE.ln(held), _FINE.ln(Decimal(base)))))(run, items, ())


def _power(run: Run, items: Items, steps: Steps) -> Items:
    base, exponent = _number(items), _number(argument(run, items, steps[0]))
    if base is None or exponent is None or isinstance(base, Amount) or isinstance(exponent, Amount):
        return []
    try:
        found = NUMBERS.power(Decimal(base), Decimal(exponent))
    except DecimalException:
        return []
    if isinstance(base, int) and isinstance(exponent, int) and exponent >= 0:
        return number(int(found)) if found.is_finite() and abs(found) < 2**31 else []
    return number(found)


def _sum(run: Run, items: Items, steps: Steps) -> Items:
    total: Items = items[:1]
    for item in items[1:]:
        run.spend(1)
        total = worked_out("+", total, [item])
    return total


def _average(run: Run, items: Items, steps: Steps) -> Items:
    return worked_out("/", _sum(run, items, ()), [len(items)]) if items else []


def _extreme(sign: int) -> Function:
    def most(run: Run, items: Items, steps: Steps) -> Items:
        found: Items = items[:1]
        for item in items[1:]:
            run.spend(1)
            told = order(item, found[0])
            if told is None:
                return []
            found = [item] if told == sign else found
        return found

    return most


KNOWN: Mapping[str, tuple[Function, int, int]] = {
    "abs": (_abs, 0, 0), "round": (_round, 0, 1), "power": (_power, 1, 1), "log": (_log, 1, 1),
    "ceiling": (_rounded(ROUND_CEILING), 0, 0), "floor": (_rounded(ROUND_FLOOR), 0, 0),
    "truncate": (_rounded(ROUND_DOWN), 0, 0),
    "exp": (_of_one(NUMBERS.exp), 0, 0), "ln": (_of_one(NUMBERS.ln), 0, 0), "sqrt": (_of_one(NUMBERS.sqrt), 0, 0),
    "sum": (_sum, 0, 0), "avg": (_average, 0, 0), "min": (_extreme(-1), 0, 0), "max": (_extreme(1), 0, 0),
}  # fmt: skip
