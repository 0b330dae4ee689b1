"""Moments among the answers: which came first, and how much time lies between them."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

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
