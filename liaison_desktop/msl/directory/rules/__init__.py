"""Rules of the directory: pure functions. Words, thresholds and severities come from the policy."""

from liaison_desktop.msl.directory.rules.people_list import (
    LABELS,
    TARGETS,
    Candidate,
    candidate,
    guess,
    missing_columns,
    split_name,
    with_duplicates,
)
from liaison_desktop.msl.directory.rules.person import duplicate_fault, duplicates, likeness, person_faults

__all__ = [
    "LABELS",
    "TARGETS",
    "Candidate",
    "candidate",
    "duplicate_fault",
    "duplicates",
    "guess",
    "likeness",
    "missing_columns",
    "person_faults",
    "split_name",
    "with_duplicates",
]
