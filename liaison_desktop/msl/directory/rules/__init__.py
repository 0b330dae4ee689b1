"""Rules of the directory: pure functions. Words, thresholds and severities come from the policy."""

from liaison_desktop.msl.directory.rules.identity import patient_identity
from liaison_desktop.msl.directory.rules.person import duplicate_fault, duplicates, likeness, person_faults

__all__ = ["duplicate_fault", "duplicates", "likeness", "patient_identity", "person_faults"]
