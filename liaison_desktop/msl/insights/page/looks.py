"""How an insight and a receipt are shown: the state as a chip, a row of a list, a card that says what changed."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from liaison_desktop.msl.insights.queries import InsightRow, Receipt
from liaison_desktop.msl.insights.record import Decision, Insight, Urgency
from liaison_desktop.msl.insights.record import InsightStatus as Status
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import short_day
from liaison_desktop.ui.layout import Item, column, row
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.text import elided, icon_label, icon_text, wrapped

_CHIPS = {
    Status.DRAFT: ("amber", "pencil"),
    Status.SUBMITTED: ("accent", "send"),
    Status.TRIAGED: ("outline", "eye"),
    Status.NEEDS_DETAIL: ("amber", "circle-question-mark"),
    Status.ACCEPTED: ("outline", "check"),
    Status.DUPLICATE: ("neutral", "copy"),
    Status.NOT_AN_INSIGHT: ("neutral", "ban"),
    Status.ACTION_PLANNED: ("outline", "calendar-clock"),
    Status.ACTIONED: ("green", "badge-check"),
    Status.OUTCOME_RECORDED: ("green", "badge-check"),
    Status.CLOSED: ("neutral", "archive"),
}


def status_chip(insight: Insight) -> ChipSpec:
    """The state of an insight as a chip."""
    tone, icon = _CHIPS[insight.status]
    return ChipSpec(insight.status.label, tone, icon)


def extra_chip(insight: Insight) -> ChipSpec | None:
    """What makes this one stand out: that it is urgent, else how often it was heard again."""
    if insight.urgency in (Urgency.IMMEDIATE, Urgency.WITHIN_WEEK) and insight.status in (
        Status.DRAFT,
        Status.SUBMITTED,
    ):
        return ChipSpec(insight.urgency.label, "amber", "clock")
    return ChipSpec(f"{insight.heard_again:+}", "accent") if insight.heard_again else None


def about(row: InsightRow) -> str:
    """Who said it, what about, and when."""
    insight = row.insight
    category = insight.category.label if insight.category else "No category yet"
    day = short_day(insight.heard_at.date()) if insight.heard_at else ""
    return " · ".join(part for part in (row.name, category, day) if part)


def list_row(row: InsightRow) -> ListRow:
    """An insight as a row of a list."""
    return ListRow(row.insight.title(), about(row), status_chip(row.insight), row.insight.number, row.insight.id)


def receipt_card(
    receipt: Receipt, zone: datetime.tzinfo | None, tell: Callable[[], object], *, on_open: Callable[[], object] | None
) -> QWidget:
    """One receipt: what changed, what was said, by whom and when, and whether they were told."""
    back, insight = receipt.feedback, receipt.insight
    taken = back.decision is not Decision.NOT_TAKEN_UP
    words = back.title() if taken else f"Not taken up: {back.title()}"
    icon = icon_label("badge-check" if taken else "file-text", "green" if taken else "ink2")
    heard = short_day(insight.heard_at.date()) if insight.heard_at else ""
    if on_open is None:
        # Beside the insight itself one knows who said what; who answered, and when, is the news.
        whose = back.from_function.label if back.from_function else ""
        said, parts = back.outcome, (whose, short_day(back.at) if back.at else "", back.reference)
    else:
        source = ", ".join(part for part in (_short(receipt.name), heard) if part)
        said = f"“{insight.quote}”" if insight.quote else insight.headline
        parts = (source, back.reference or ("reason on file" if back.outcome else ""), "")
    facts = " · ".join(part for part in parts if part)
    if back.told_at is not None:
        end: QWidget = icon_text("check", f"Told {short_day(back.told_at.astimezone(zone).date())}", "cap", "ink2")
    elif receipt.name:
        end = button("Mark as told", "link", small=True, name=f"Mark as told: {receipt.name}", on_click=tell)
    else:
        end = QWidget()
    head: tuple[Item, ...] = ((wrapped(words, "strong", "ink"), 1),)
    if on_open is not None:
        head += (button("", "quiet", "arrow-up-right", tall=24, name=f"Open {insight.title()}", on_click=on_open),)
    tail = row((elided("" if on_open is None else facts, "cap", "ink3"), 1), end, gap=8)
    tail.setFixedHeight(28)
    middle: tuple[Item, ...] = (elided(said, "sec", "ink2"),)
    if on_open is None:
        middle = (*((wrapped(said, "sec", "ink2"),) if said else ()), wrapped(facts, "cap", "ink3"))
    body = column(row(*head), *middle, tail, gap=0)
    return row(column(icon, None, margins=(0, 4, 0, 0)), (body, 1), gap=8, margins=(16, 6, 12, 4))


def _short(name: str) -> str:
    """`Dr. Hannah Okonkwo` as `Dr. Okonkwo`; a name without a title stays whole."""
    title, _, rest = name.partition(" ")
    return f"{title} {rest.split(' ', 1)[1]}" if title.endswith(".") and " " in rest else name
