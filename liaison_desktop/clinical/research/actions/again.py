"""Whom to ask again in the studies of this house. Nothing is written here."""

from __future__ import annotations

from liaison_desktop.clinical.research.queries import endings_of, research_consents_in, studies
from liaison_desktop.clinical.research.record import ResearchState
from liaison_desktop.clinical.research.rules import AskAgain, ask_again, standing
from liaison_desktop.store import Store

_NEWEST = 1000  # consents among which those are whose study goes on


def to_ask_again(store: Store) -> tuple[AskAgain, ...]:
    """Those whose consent holds and has to be taken anew today: a newer form, or they turned 18."""
    held = {one.id: one for one in studies(store) if one.open}
    if not held:
        return ()
    found = research_consents_in(store, (ResearchState.ACTIVE,), _NEWEST)
    endings = endings_of(store, found)
    holding = (one for one in found if standing(one, endings.get(one.id, ())) is ResearchState.ACTIVE)
    return ask_again(holding, held, store.clock().date())
