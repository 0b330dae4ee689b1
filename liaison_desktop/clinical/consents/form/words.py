"""How states look: the word with its colour and its icon."""

from __future__ import annotations

from collections.abc import Mapping

from liaison_desktop.clinical.consents.record import ConsentState
from liaison_desktop.ui.chips import ChipSpec

_TONES: Mapping[ConsentState, tuple[str, str]] = {
    ConsentState.DRAFT: ("outline", ""),
    ConsentState.DISCUSSED: ("accent", ""),
    ConsentState.VERIFYING: ("accent", ""),
    ConsentState.RETURNED: ("red", "hand"),
    ConsentState.READY: ("amber", "pen-line"),
    ConsentState.SIGNED: ("amber", "pen-line"),
    ConsentState.WITNESSED: ("amber", "pen-line"),
    ConsentState.ACTIVE: ("green", "check"),
    ConsentState.EXPIRED: ("amber", "clock"),
}


def state_chip(state: ConsentState) -> ChipSpec:
    """The chip of a state; what is over is plain."""
    tone, icon = _TONES.get(state, ("neutral", ""))
    return ChipSpec(state.label, tone, icon)
