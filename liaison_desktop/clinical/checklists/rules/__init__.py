"""What must hold: for a checklist as a whole, and for what one form alone can decide."""

from liaison_desktop.clinical.checklists.rules.applying import Call, called_for, standing, standing_under
from liaison_desktop.clinical.checklists.rules.clock import SCREENING, clock_facts, pasrr_exempted, screening_events
from liaison_desktop.clinical.checklists.rules.finishing import (
    PRACTICAL,
    REGISTERED,
    amendment_faults,
    completion_faults,
    edit_faults,
    identity_node,
    left_to_reviewer,
    review_faults,
    start_faults,
    waits_for_review,
)
from liaison_desktop.clinical.checklists.rules.inside import inside

__all__ = [
    "PRACTICAL",
    "REGISTERED",
    "SCREENING",
    "Call",
    "amendment_faults",
    "called_for",
    "clock_facts",
    "completion_faults",
    "edit_faults",
    "identity_node",
    "inside",
    "left_to_reviewer",
    "pasrr_exempted",
    "review_faults",
    "screening_events",
    "standing",
    "standing_under",
    "start_faults",
    "waits_for_review",
]
