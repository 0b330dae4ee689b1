"""Moments among the answers: which came first, and how much time lies between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from liaison_desktop.questionnaires.definition import Calculation

if TYPE_CHECKING:
    from liaison_desktop.questionnaires.response import Sheet


def moment(value: Any) -> dt.datetime | None:
    """The moment of an answer; a day is its midnight. None for what is no whole day."""
    if not isinstance(value, str):
        return None
    try:
        return dt.datetime.fromisoformat(value)
    except ValueError:
        return None


def moments(sheet: Sheet, link_id: str) -> list[tuple[dt.datetime, bool]]:
    """The moments answered to an item that is asked; true: only the day is known."""
    found = ((node.value, moment(node.value)) for node in sheet.nodes(link_id) if node.enabled)
    return [(at, len(str(value)) <= 10) for value, at in found if at is not None]


def hours(first: dt.datetime, last: dt.datetime) -> Decimal:
    """From the first to the last, in hours with one decimal; below zero where the order is the other way."""
    if (first.tzinfo is None) != (last.tzinfo is None):
        first, last = first.replace(tzinfo=None), last.replace(tzinfo=None)
    return (Decimal((last - first).total_seconds()) / 3600).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _latest(found: Iterable[tuple[dt.datetime, bool]]) -> tuple[dt.datetime, bool] | None:
    # A moment without an offset is compared by the clock on the wall.
    return max(found, key=lambda one: one[0].replace(tzinfo=None), default=None)


def hours_between(sheet: Sheet, spec: Calculation) -> tuple[str, Any] | None:
    """Hours from the latest answer of the first question to the answer of the second."""
    if len(spec.of) != 2:
        return None
    first, last = _latest(moments(sheet, spec.of[0])), _latest(moments(sheet, spec.of[1]))
    return ("valueDecimal", hours(first[0], last[0])) if first and last else None


def minutes_between(sheet: Sheet, spec: Calculation) -> tuple[str, Any] | None:
    """Whole minutes from the first question's answer to the second's."""
    if len(spec.of) != 2:
        return None
    first, last = _latest(moments(sheet, spec.of[0])), _latest(moments(sheet, spec.of[1]))
    if first is None or last is None:
        return None
    begin, end = first[0], last[0]
    if (begin.tzinfo is None) != (end.tzinfo is None):
        begin, end = begin.replace(tzinfo=None), end.replace(tzinfo=None)
    return "valueInteger", int((end - begin).total_seconds() // 60)


def later(sheet: Sheet, spec: Calculation) -> tuple[str, Any] | None:
    """Whether the first question's answer is later than every answer of the others.

    None while one of them is blank, and where only the day is known and it is the same day.
    """
    if len(spec.of) < 2:
        return None
    first = _latest(moments(sheet, spec.of[0]))
    last = _latest(one for link_id in spec.of[1:] for one in moments(sheet, link_id))
    if first is None or last is None:
        return None
    (at, only_day), (other, other_day) = first, last
    if only_day or other_day:
        return None if at.date() == other.date() else ("valueBoolean", at.date() > other.date())
    if (at.tzinfo is None) != (other.tzinfo is None):
        at, other = at.replace(tzinfo=None), other.replace(tzinfo=None)
    return "valueBoolean", at > other
