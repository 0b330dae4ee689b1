"""How far a concern is, in a word."""

from __future__ import annotations

from liaison_desktop.clinical.concerns.record import Concern, ConcernState
from liaison_desktop.ui.chips import ChipSpec

_CHIPS = {
    ConcernState.OPEN: ChipSpec("Nobody asked", "amber"),
    ConcernState.WITH_PROVIDER: ChipSpec("Asked", "accent", "arrow-up-right"),
    ConcernState.ANSWERED: ChipSpec("Read it back", "amber", "messages-square"),
    ConcernState.ESCALATED: ChipSpec("Escalated", "red", "siren"),
    ConcernState.HANDED_OVER: ChipSpec("Handed over", "neutral", "send"),
    ConcernState.CLOSED: ChipSpec("Closed", "green", "check"),
}


def state_chip(concern: Concern) -> ChipSpec:
    """The state as a chip."""
    if concern.state is ConcernState.OPEN and concern.confirmed is False:
        return ChipSpec("Not settled", "red")
    return _CHIPS[concern.state]
