"""What must hold of a coverage, of what a payer said, and of an authorisation. Words come from the policy file."""

from liaison_desktop.clinical.coverage.rules.amounts import (
    Estimate,
    Part,
    estimate_of,
    money_text,
    remaining,
    share_text,
)
from liaison_desktop.clinical.coverage.rules.authorising import (
    NEXT,
    admission_faults,
    authorisation_faults,
    authorised,
    step_faults,
)
from liaison_desktop.clinical.coverage.rules.covering import coverage_faults, member_faults, member_fits
from liaison_desktop.clinical.coverage.rules.events import authorisation_events, coverage_events
from liaison_desktop.clinical.coverage.rules.standing import (
    Standing,
    StandingState,
    coverage_standing_of,
    plan_year_turn,
    stale_from,
    valid_until,
)
from liaison_desktop.clinical.coverage.rules.verifying import benefits_of, verification_faults

__all__ = [
    "NEXT",
    "Estimate",
    "Part",
    "Standing",
    "StandingState",
    "admission_faults",
    "authorisation_events",
    "authorisation_faults",
    "authorised",
    "benefits_of",
    "coverage_events",
    "coverage_faults",
    "coverage_standing_of",
    "estimate_of",
    "member_faults",
    "member_fits",
    "money_text",
    "plan_year_turn",
    "remaining",
    "share_text",
    "stale_from",
    "step_faults",
    "valid_until",
    "verification_faults",
]
