"""The lines above a checklist: that it is finished and by whom, that it amends another, that a newer form is there."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.checklists.record import FINISHED, Checklist
from liaison_desktop.policies import Policy
from liaison_desktop.ui.layout import column, hairline, panel, row
from liaison_desktop.ui.text import icon_text


def line(*items: QWidget | None) -> QWidget:
    """One line on a sunken ground."""
    made = column(panel(row(*items, gap=10), fill="sunken", margins=(20, 6, 16, 6)), hairline(), gap=0)
    made.setFixedHeight(46)
    return made


def closed_words(held: Checklist, policy: Policy) -> QWidget:
    """What became of a checklist that is not open: by whom and when, and what it waits for."""
    when = f", {held.completed_at:%d %b %Y %H:%M}" if held.completed_at else ""
    words = f"{held.status.label}{when} by {held.author}."
    icon = "lock"
    if held.review_needed:
        words, icon = f"{words} {policy.fault('V7').message}.", "triangle-alert"
    elif held.reviewed_at is not None:
        words = f"{words} Reviewed {held.reviewed_at:%d %b %Y %H:%M} by {held.reviewed_by}."
    elif held.status not in FINISHED:
        words = f"{held.status.label}: {held.reason}"
    return icon_text(icon, words, "secm", "amber" if held.review_needed else "")


def in_the_way(count: int) -> str:
    """How many faults keep it from being finished."""
    if count == 1:
        return "One thing is in the way."
    return f"{count} things are in the way."
