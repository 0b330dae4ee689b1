"""What became of a referral: every step of work, decision and episode, with what the guards said and who took one on."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.episodes.record import EpisodeState, Judgement, Life, StateEvent
from liaison_desktop.clinical.referrals.record import Decision, WorkStatus
from liaison_desktop.clinical.referrals.rules import title_of
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.layout import card, column, refill, row, scroll
from liaison_desktop.ui.text import icon_label, label, wrapped

_STATES = {Life.WORK: WorkStatus, Life.DECISION: Decision, Life.EPISODE: EpisodeState}


def _label(life: Life, code: str) -> str:
    try:
        return str(_STATES[life](code).label)
    except ValueError:
        return code


class HistoryView(QWidget):
    """The events, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[StateEvent, ...] | None = None
        self._body = column(gap=10, margins=(20, 12, 20, 20))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll(self._body))

    def show_events(self, events: Iterable[StateEvent]) -> None:
        """Show these, given oldest first."""
        found = tuple(events)
        if found == self._shown:
            return
        self._shown = found
        cards = [_card(event) for event in reversed(found)]
        refill(self._body, *(cards or [EmptyState("No step was taken yet.")]), None)


def _card(event: StateEvent) -> QWidget:
    after = _label(event.life, event.after)
    step = f"{_label(event.life, event.before)} → {after}" if event.before else after
    when = " · ".join(filter(None, (show_moment(event.at) if event.at else "", event.by)))
    parts: list[QWidget] = [row(label(event.life.label, "cap"), None, label(when, "cap")), label(step, "medium")]
    if event.reason:
        parts.append(wrapped(event.reason, "sec", "ink2"))
    passed = [title_of(one.guard) for one in event.judgements if one.passed]
    if passed:
        parts.append(_line("circle-check", "green", ", ".join(passed), "ink2"))
    parts += [_taken_on(one) for one in event.judgements if not one.passed]
    return card(*parts, gap=4, margins=(16, 10, 16, 10))


def _taken_on(judgement: Judgement) -> QWidget:
    words = f"{title_of(judgement.guard)}: taken on by {judgement.overridden_by}. {judgement.override_reason}"
    return _line("circle-alert", "amber", words, "amber")


def _line(icon: str, tone: str, words: str, ink: str) -> QWidget:
    return row(icon_label(icon, tone, 14), (wrapped(words, "cap", ink), 1), gap=6)
