"""Answers that follow from other answers: a few named calculations, so that no form carries a program.

`bmi` of weight (kg) and height (cm); `contains`: whether a multiple choice holds a code; `count` of answers, or of those
codes; `answered`: how many fields of groups; `rows`, `rows-not` and `open-rows`: over the rows of a repeating group; `days-since`
of a day, up to another day; `hours-between`, `minutes-between` and `later` of moments; `sum` of whole numbers; `left`: what
remains of an amount; `more`: whether one amount is above another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from liaison_desktop.questionnaires.definition import Calculation
from liaison_desktop.questionnaires.elapsed import hours_between, later, minutes_between
from liaison_desktop.questionnaires.nodes import Answer
from liaison_desktop.questionnaires.values import convert, is_number, unit_of

if TYPE_CHECKING:
    from liaison_desktop.questionnaires.response import Sheet

_Result = tuple[str, Any] | None


def _amount(sheet: Sheet, link_id: str, unit: str) -> Decimal | None:
    node = sheet.first(link_id)
    value = node.value if node is not None and node.enabled else None
    if isinstance(value, dict) and is_number(value.get("value")):
        return convert(Decimal(value["value"]), unit_of(value) or unit, unit)
    return None


def _bmi(sheet: Sheet, spec: Calculation) -> _Result:
    if len(spec.of) != 2:
        return None
    weight, height = _amount(sheet, spec.of[0], "kg"), _amount(sheet, spec.of[1], "cm")
    if weight is None or height is None or height <= 0:
        return None
    bmi = (weight / (height / 100) ** 2).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return "valueDecimal", bmi


def _contains(sheet: Sheet, spec: Calculation) -> _Result:
    return "valueBoolean", any(code in sheet.codes(link_id) for link_id in spec.of for code in spec.codes)


def _count(sheet: Sheet, spec: Calculation) -> _Result:
    held = [code for link_id in spec.of for code in sheet.codes(link_id)]
    return "valueInteger", sum(code in spec.codes for code in held) if spec.codes else len(held)


def _answered(sheet: Sheet, spec: Calculation) -> _Result:
    groups = (node for link_id in spec.of for node in sheet.nodes(link_id) if node.enabled)
    return "valueInteger", sum(bool(below.answers) and below.enabled for group in groups for below in group.below())


def _rows(sheet: Sheet, spec: Calculation) -> _Result:
    found = (node for link_id in spec.of for node in sheet.nodes(link_id))
    return "valueInteger", sum(node.enabled and bool(node.answers) for node in found)


def _rows_not(sheet: Sheet, spec: Calculation) -> _Result:
    return "valueInteger", sum(bool(code) and code not in spec.codes for one in spec.of for code in sheet.codes(one))


def _open_rows(sheet: Sheet, spec: Calculation) -> _Result:
    """Occurrences whose first field says something else than the code, and whose second field is blank."""
    if len(spec.of) != 2:
        return None
    rows = [node for node in sheet.nodes(spec.of[0]) if node.enabled and node.codes and node.codes[0] not in spec.codes]
    count = 0
    for node in rows:
        beside = node.parent.children.get(spec.of[1], []) if node.parent is not None else []
        count += not any(one.answers for one in beside)
    return "valueInteger", count


def _number(sheet: Sheet, link_id: str) -> Decimal | None:
    node = sheet.first(link_id)
    value = node.value if node is not None and node.enabled else None
    return Decimal(value) if value is not None and is_number(value) else None


def _left(sheet: Sheet, spec: Calculation) -> _Result:
    if len(spec.of) != 2:
        return None
    total, met = _number(sheet, spec.of[0]), _number(sheet, spec.of[1])
    return ("valueDecimal", max(Decimal(0), total - met)) if total is not None and met is not None else None


def _more(sheet: Sheet, spec: Calculation) -> _Result:
    if len(spec.of) != 2:
        return None
    one, other = _number(sheet, spec.of[0]), _number(sheet, spec.of[1])
    return ("valueBoolean", one > other) if one is not None and other is not None else None


def _day(sheet: Sheet, link_id: str) -> dt.date | None:
    node = sheet.first(link_id)
    if node is None or not isinstance(node.value, str):
        return None
    try:
        return dt.date.fromisoformat(node.value[:10])
    except ValueError:
        return None


def _days_since(sheet: Sheet, spec: Calculation) -> _Result:
    if len(spec.of) != 2:
        return None
    first, last = _day(sheet, spec.of[0]), _day(sheet, spec.of[1])
    return ("valueInteger", (last - first).days) if first and last else None


def _sum(sheet: Sheet, spec: Calculation) -> _Result:
    values = [node.value for link_id in spec.of for node in sheet.nodes(link_id) if node.enabled]
    numbers = [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
    return ("valueInteger", sum(numbers)) if numbers else None


NAMED: Mapping[str, Callable[[Sheet, Calculation], _Result]] = {
    "bmi": _bmi,
    "answered": _answered,
    "contains": _contains,
    "count": _count,
    "hours-between": hours_between,
    "later": later,
    "left": _left,
    "minutes-between": minutes_between,
    "more": _more,
    "open-rows": _open_rows,
    "rows": _rows,
    "rows-not": _rows_not,
    "days-since": _days_since,
    "sum": _sum,
}


def calculate(sheet: Sheet, changed: str) -> list[str]:
    """Works out the calculations that read `changed` (blank: all of them); returns the linkIds whose answer changed."""
    moved = []
    group = sheet.definition.parents.get(changed, "")
    for link_id in sheet.plan.calculated:
        spec = sheet.definition.index[link_id].calculation
        if spec is None or spec.name not in NAMED or (changed and changed not in spec.of and group not in spec.of):
            continue
        result = NAMED[spec.name](sheet, spec)
        for node in sheet.nodes(link_id):
            before = [(answer.key, answer.value) for answer in node.answers]
            if before != ([result] if result else []):
                node.answers = [Answer(*result)] if result else []
                moved.append(link_id)
    return moved
