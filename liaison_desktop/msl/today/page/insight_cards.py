"""What became of the insights, and what they are about: two parts of Today, from what is recorded and nothing else."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from liaison_desktop.errors import LiaisonError
from liaison_desktop.msl.insights.actions import tell_source
from liaison_desktop.msl.insights.page import receipt_card
from liaison_desktop.msl.insights.queries import count_insights, receipts, themes
from liaison_desktop.msl.insights.record import Insight
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.charts import BarRow, Bars, ChartCard
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import Item, card, hairline, row
from liaison_desktop.ui.text import label

DAYS = 90


def receipt_part(desk: Desk) -> tuple[Item, ...]:
    """What came back last about one's own insights; nothing if nothing did."""
    found = receipts(desk.store, desk.store.actor.id)
    if not found:
        return ()
    zone, rows = desk.clock().tzinfo, list[Item]()
    for one in found:
        made = receipt_card(one, zone, _teller(desk, one.feedback.id), on_open=_opener(desk, one.insight.id))
        rows += [made] if not rows else [hairline(), made]
    every = button("All insights", "link", tall=24, on_click=lambda: desk.go("insights"))
    return row(label("What your insights changed", "section"), None, every), card(*rows, gap=0, margins=0), 8


def theme_part(desk: Desk) -> tuple[Item, ...]:
    """What was heard in the last 90 days, with the change against the 90 before; nothing if nothing was."""
    found = themes(desk.store, desk.clock(), days=DAYS)
    if not found or not count_insights(desk.store):
        return ()
    rows = [BarRow(one.label, one.count, _change(one.count, one.before)) for one in found]
    table = [(one.label, str(one.count), str(one.before)) for one in found]
    headers = ("Theme", f"Last {DAYS} days", f"{DAYS} days before")
    bars = Bars(rows, name=f"Insight themes, last {DAYS} days")
    return ChartCard(f"Insight themes, {DAYS} days", bars, headers, table), 8


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
            desk.toast(str(error))
            return
        desk.toast("Marked as told", lambda: _untell(desk, feedback_id))

    return tell


def _untell(desk: Desk, feedback_id: uuid.UUID) -> None:
    tell_source(desk.store, feedback_id, told=False)


def _opener(desk: Desk, insight_id: uuid.UUID) -> Callable[[], object]:
    return lambda: desk.open(Insight.kind, insight_id)
