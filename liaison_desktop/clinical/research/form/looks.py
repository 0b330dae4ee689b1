"""How the states of a research consent look: the word with its colour and its icon."""

from __future__ import annotations

from collections.abc import Mapping

from liaison_desktop.clinical.research.record import ResearchState
from liaison_desktop.ui.chips import ChipSpec

_TONES: Mapping[ResearchState, tuple[str, str]] = {
    ResearchState.DRAFT: ("outline", ""),
    ResearchState.GIVEN: ("accent", ""),
    ResearchState.HOME: ("accent", "house"),
    ResearchState.CAPACITY: ("red", "hand"),
    ResearchState.READY: ("amber", "pen-line"),
    ResearchState.SIGNED: ("amber", "pen-line"),
    ResearchState.ACTIVE: ("green", "check"),
}


def state_chip(state: ResearchState) -> ChipSpec:
    """The chip of a state; what is over is plain."""
    tone, icon = _TONES.get(state, ("neutral", ""))
    return ChipSpec(state.label, tone, icon)
