"""What checklists know and the chart does not: offered beside the chart, taken over only by a nurse's press."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QWidget

from liaison_desktop.clinical.findings.rules import Proposal
from liaison_desktop.errors import LiaisonError
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import column, row
from liaison_desktop.ui.text import elided


def proposals_card(desk: Desk, found: Sequence[Proposal]) -> QFrame:
    """The proposals; nothing is taken over by itself."""
    return list_card(
        "Answered in a checklist, not yet in the chart", *(_row(desk, one) for one in found), tone="accent"
    )


def _row(desk: Desk, one: Proposal) -> QWidget:
    take = button(
        "Take over", "primary", "check", small=True, name=f"Take over: {one.title}", on_click=_doing(desk, one.take)
    )
    take.set_text("Take over")
    take.setAccessibleName(f"Take over: {one.title}")
    leave = button("Leave it", "quiet", small=True, on_click=_doing(desk, one.leave))
    leave.setAccessibleName(f"Leave it: {one.title}")
    words = column(elided(one.title, "medium"), elided(one.facts, "cap", "ink2"), gap=0)
    return row((words, 1), leave, take, gap=8, margins=(16, 6, 16, 6))


def _doing(desk: Desk, act: Callable[[], object]) -> Callable[[], None]:
    def do() -> None:
        try:
            act()
        except LiaisonError as error:
            desk.trouble(error)

    return do


def drafts_card(found: Sequence[tuple[str, Callable[[], object]]]) -> QFrame:
    """Forms that were begun and wait to be saved."""
    rows = [
        CardRow(title, "What was typed is kept", "pencil", ChipSpec("draft", "amber"), on_click=press)
        for title, press in found
    ]
    return list_card("Not saved yet", *rows)
