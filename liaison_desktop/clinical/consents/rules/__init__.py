"""What must hold before anyone signs a consent, and of each signature. Words and severities come from the policy file."""

from liaison_desktop.clinical.consents.rules.again import Outdated, outdated
from liaison_desktop.clinical.consents.rules.clock import consent_events
from liaison_desktop.clinical.consents.rules.content import (
    ASKED,
    DONE,
    ON_PAPER,
    choice_faults,
    element_faults,
    ready_faults,
    teach_back_faults,
)
from liaison_desktop.clinical.consents.rules.day_of import day_faults, standing_faults
from liaison_desktop.clinical.consents.rules.gates import discussion_faults, gate_faults, match_faults
from liaison_desktop.clinical.consents.rules.life import (
    NEXT,
    may_become,
    open_faults,
    roles_left,
    roles_needed,
    standing,
    state_after,
    to_countersign,
)
from liaison_desktop.clinical.consents.rules.release import release_faults
from liaison_desktop.clinical.consents.rules.signatures import WITNESSES, given_faults, signature_faults

__all__ = [
    "ASKED",
    "DONE",
    "NEXT",
    "ON_PAPER",
    "WITNESSES",
    "Outdated",
    "choice_faults",
    "consent_events",
    "day_faults",
    "discussion_faults",
    "element_faults",
    "gate_faults",
    "given_faults",
    "match_faults",
    "may_become",
    "open_faults",
    "outdated",
    "ready_faults",
    "release_faults",
    "roles_left",
    "roles_needed",
    "signature_faults",
    "standing",
    "standing_faults",
    "state_after",
    "teach_back_faults",
    "to_countersign",
]
