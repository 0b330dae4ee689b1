"""From the rows of somebody's file to feedback and to questions. A row with a fault says what is wrong with it."""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import msgspec

from liaison_desktop.errors import Fault
from liaison_desktop.interop import Table
from liaison_desktop.msl.insights.record import (
    ArrivedAs,
    Audience,
    Decision,
    Insight,
    InsightFeedback,
    InsightStatus,
    ListeningPriority,
)
from liaison_desktop.msl.insights.rules.submit import feedback_faults
from liaison_desktop.records import Code
from liaison_desktop.records.record import storable

C = TypeVar("C", bound=Code)

# What a column may be called, after its letters are lowered and its signs are blanks.
_FEEDBACK: Mapping[str, tuple[str, ...]] = {
    "insight": ("insight", "insight number", "number", "insight id", "id"),
    "from_function": ("from", "from function", "function", "by"),
    "status": ("status", "state"),
    "decision": ("decision", "decided"),
    "action_text": ("action", "action text", "what was done", "what changed", "text"),
    "outcome": ("outcome", "result"),
    "reference": ("reference", "ref"),
    "at": ("at", "on", "date", "day"),
}
_PRIORITY: Mapping[str, tuple[str, ...]] = {
    "question": ("question", "listening priority", "priority", "text"),
    "owner_function": ("owner function", "owner", "asked by", "function"),
    "product": ("product", "product name"),
    "rank": ("rank", "order", "no"),
    "active_from": ("active from", "from", "start"),
    "active_to": ("active to", "to", "until", "end"),
}


class FeedbackRow(msgspec.Struct, frozen=True):
    """One row as feedback: the number it was matched by, and what stands against it."""

    number: int
    said: str
    feedback: InsightFeedback
    insight: Insight | None
    faults: tuple[Fault, ...]


class PriorityRow(msgspec.Struct, frozen=True):
    """One row as a question, and what stands against it."""

    number: int
    priority: ListeningPriority
    faults: tuple[Fault, ...]


class _Cells:
    """The cells of one row by what they hold; what cannot be read becomes a fault."""

    def __init__(self, cells: Sequence[str], places: Mapping[str, int], odd: str) -> None:
        self._cells, self._places = cells, places
        self.faults = [Fault(field="", message=odd)] if odd else []

    def text(self, name: str) -> str:
        """The text, empty if there is no such column."""
        place = self._places.get(name)
        return storable(self._cells[place]).strip() if place is not None and place < len(self._cells) else ""

    def code(self, name: str, codes: type[C]) -> C | None:
        """One of a code list, by its code or its label."""
        said = _plain(self.text(name))
        found = next((one for one in codes if said in (_plain(one.value), _plain(one.label))), None)
        if said and found is None:
            self.faults.append(Fault(field=name, message=f"The {name.split('_')[0]} in this row is not one we know."))
        return found

    def day(self, name: str) -> datetime.date | None:
        """A day as 2026-11-19."""
        said = self.text(name)
        try:
            return datetime.date.fromisoformat(said) if said else None
        except ValueError:
            self.faults.append(Fault(field=name, message="Write days as 2026-11-19."))
            return None


def feedback_rows(table: Table, find: Callable[[str], Insight | None]) -> tuple[FeedbackRow, ...]:
    """Each row of a table as feedback. `find` gives the insight of a number or an id."""
    places, made = _places(table.headers, _FEEDBACK), []
    for row in table.rows:
        cells = _Cells(row.cells, places, row.fault)
        said = cells.text("insight")
        insight = find(said) if said else None
        feedback = InsightFeedback(
            insight_id=insight.id if insight else None,
            from_function=cells.code("from_function", Audience),
            status=cells.code("status", InsightStatus),
            decision=cells.code("decision", Decision),
            action_text=cells.text("action_text"),
            outcome=cells.text("outcome"),
            reference=cells.text("reference"),
            at=cells.day("at"),
            arrived_as=ArrivedAs.FILE,
        )
        # What could not be read is said once, not again as missing.
        unread = {fault.field for fault in cells.faults}
        rest = [
            one
            for one in feedback_faults(feedback, insight)
            if one.field not in unread
            and not (insight is None and one.field == "insight_id" and "needed" in one.message)
        ]
        made.append(FeedbackRow(row.number, said, feedback, insight, (*cells.faults, *rest)))
    return tuple(made)


def priority_rows(table: Table, product: Callable[[str], uuid.UUID | None]) -> tuple[PriorityRow, ...]:
    """Each row of a table as a question. `product` gives the id of a product by its name."""
    places, made = _places(table.headers, _PRIORITY), []
    for number, row in enumerate(table.rows, 1):
        cells = _Cells(row.cells, places, row.fault)
        named = cells.text("product")
        product_id = product(named) if named else None
        if named and product_id is None:
            cells.faults.append(Fault(field="product_id", message="The product in this row is not in this store."))
        rank = cells.text("rank")
        if rank and not re.fullmatch(r"[0-9]{1,2}", rank):
            cells.faults.append(Fault(field="rank", message="A rank is a number between 1 and 99."))
            rank = ""
        priority = ListeningPriority(
            question=cells.text("question"),
            owner_function=cells.code("owner_function", Audience),
            product_id=product_id,
            rank=int(rank) if rank else min(number, 99),
            active_from=cells.day("active_from"),
            active_to=cells.day("active_to"),
        )
        unread = {fault.field for fault in cells.faults}
        rest = [one for one in priority.faults() if one.field not in unread]
        made.append(PriorityRow(row.number, priority, (*cells.faults, *rest)))
    return tuple(made)


def _places(headers: Sequence[str], names: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, called in names.items():
        for place, header in enumerate(headers):
            if _plain(header) in called and place not in found.values():
                found[key] = place
                break
    return found


def _plain(text: str) -> str:
    return " ".join(re.split(r"[\W_]+", text.casefold())).strip()
