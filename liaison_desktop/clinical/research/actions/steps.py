"""What several verbs share: refusing, and moving on."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.research.record import ResearchConsent, ResearchState
from liaison_desktop.clinical.research.rules import may_become
from liaison_desktop.errors import Fault, Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store


def stop_if(faults: tuple[Fault, ...]) -> None:
    """Raise Refused if there are any."""
    if faults:
        raise Refused(faults)


def move(store: Store, consent: ResearchConsent, state: ResearchState) -> ResearchConsent:
    """The consent in its next state. Raises Refused if its life does not go on that way."""
    stop_if(may_become(consent, state, policy_of(store)))
    return msgspec.structs.replace(consent, state=state)
