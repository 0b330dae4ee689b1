"""Checklists and consents in a chart: those there are, and those that can be started."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.chart.rules import WAITING
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.clinical.consents.record import Consent, ConsentState
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.layout import column, row, scroll


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A checklist or a consent as a chart lists it."""

    kind: str
    id: uuid.UUID
    title: str
    facts: str
    icon: str
    chip: tuple[str, str] = ("", "neutral")


class Start(msgspec.Struct, frozen=True, kw_only=True):
    """Something that can be started for this patient; `begin` makes it and opens it."""

    title: str
    facts: str
    icon: str
    begin: Callable[[], None]


def consent_paper(consent: Consent) -> Paper:
    """A consent as a chart lists it."""
    tone = {ConsentState.ACTIVE: "green", ConsentState.REFUSED: "red", ConsentState.REVOKED: "red"}
    when = consent.active_at or consent.begun_at
    facts = (consent.document_number, show_moment(when) if when else "")
    return Paper(
        kind=Consent.kind,
        id=consent.id,
        title=consent.title_as_signed or consent.procedure_text,
        facts=" · ".join(filter(None, facts)),
        icon="file-pen-line",
        chip=(consent.state.label, tone.get(consent.state, WAITING.get(consent.state, ("", "neutral"))[1])),
    )


def checklist_paper(checklist: Checklist) -> Paper:
    """A checklist as a chart lists it."""
    when = checklist.completed_at or checklist.started_at
    facts = (checklist.author, show_moment(when) if when else "")
    if checklist.status is ChecklistStatus.IN_PROGRESS and checklist.asked:
        chip = (f"{checklist.answered}/{checklist.asked}", "accent")
    else:
        tone = {ChecklistStatus.COMPLETED: "green", ChecklistStatus.AMENDED: "green"}
        chip = (checklist.status.label, tone.get(checklist.status, "neutral"))
    return Paper(
        kind=Checklist.kind,
        id=checklist.id,
        title=checklist.name,
        facts=" · ".join(filter(None, facts)),
        icon="clipboard-check",
        chip=chip,
    )


def paper_row(paper: Paper, open_paper: Callable[[Paper], None]) -> CardRow:
    """A row that opens the paper."""
    chip = ChipSpec(*paper.chip) if paper.chip[0] else None
    return CardRow(paper.title, paper.facts, paper.icon, chip, on_click=lambda: open_paper(paper))


def papers_tab(
    word: str,
    papers: Sequence[Paper],
    starts: Sequence[Start],
    open_paper: Callable[[Paper], None],
) -> QWidget:
    """All papers of one sort at the left, what can be started at the right."""
    if papers:
        left: QWidget = list_card(
            f"{word}s", *(paper_row(paper, open_paper) for paper in papers), right=str(len(papers))
        )
    else:
        left = EmptyState(f"No {word.lower()} yet.", "Start one at the right; it opens at once and keeps every answer.")
        left.setMinimumHeight(240)
    rows = [CardRow(start.title, start.facts, start.icon, on_click=start.begin) for start in starts]
    right = list_card(f"Start a {word.lower()}", *rows)
    return scroll(row((column(left, None), 3), (column(right, None), 2), gap=12, margins=(24, 12, 24, 24)))
