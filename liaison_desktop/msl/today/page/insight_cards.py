"""What became of the insights, and what they are about: two parts of Today, from what is recorded and nothing else."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from liaison_desktop.errors import LiaisonError
from liaison_desktop.msl.insights.actions import tell_source
from liaison_desktop.msl.insights.page import receipt_card
from liaison_desktop.msl.insights.queries import Receipt, Theme, receipts, themes
from liaison_desktop.msl.insights.record import Insight
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.charts import BarRow, Bars, ChartCard
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import Item, card, hairline, row
from liaison_desktop.ui.parts import Part
from liaison_desktop.ui.text import label

DAYS = 90


def show_receipts(desk: Desk, part: Part) -> bool:
    """What came back last about one's own insights; nothing, and False, if nothing did."""
    found = receipts(desk.store, desk.store.actor.id)
    part.show_facts((found, desk.today()), lambda: _receipts(desk, found))
    return bool(found)


def _receipts(desk: Desk, found: Sequence[Receipt]) -> tuple[Item, ...]:
    if not found:
        return ()
    zone, rows = desk.clock().tzinfo, list[Item]()
    for one in found:
        made = receipt_card(one, zone, _teller(desk, one.feedback.id), on_open=_opener(desk, one.insight.id))
        rows += [made] if not rows else [hairline(), made]
    every = button("All insights", "link", tall=24, on_click=lambda: desk.go("insights"))
    return row(label("What your insights changed", "section"), None, every), card(*rows, gap=0, margins=0)


def show_themes(desk: Desk, part: Part) -> bool:
    """What was heard in the last 90 days, with the change against the 90 before; nothing, and False, if nothing was."""
    found = themes(desk.store, desk.clock(), days=DAYS)
    part.show_facts(found, lambda: _themes(found))
    return bool(found)


def _themes(found: Sequence[Theme]) -> tuple[Item, ...]:
    if not found:
        return ()
    rows = [BarRow(one.label, one.count, _change(one.count, one.before)) for one in found]
    table = [(one.label, str(one.count), str(one.before)) for one in found]
    headers = ("Theme", f"Last {DAYS} days", f"{DAYS} days before")
    bars = Bars(rows, name=f"Insight themes, last {DAYS} days")
    return (ChartCard(f"Insight themes, {DAYS} days", bars, headers, table),)


def _change(count: int, before: int) -> str:
    if not before:
        return "new"
    change = count - before
    return f"{change:+}".replace("-", "−") if change else "same"


def _teller(desk: Desk, feedback_id: uuid.UUID) -> Callable[[], object]:
    def tell() -> None:
        try:
            tell_source(desk.store, feedback_id)
        except LiaisonError as error:
            desk.trouble(error)
            return
        desk.toast("Marked as told", lambda: _untell(desk, feedback_id))

    return tell


def _untell(desk: Desk, feedback_id: uuid.UUID) -> None:
    tell_source(desk.store, feedback_id, told=False)


def _opener(desk: Desk, insight_id: uuid.UUID) -> Callable[[], object]:
    return lambda: desk.open(Insight.kind, insight_id)
