"""V11, V12 and V38: who can decide, what was reported and what the chart says, and by what right somebody decides."""

from liaison_desktop.clinical.directives.rules.capacity import (
    CapacityStanding,
    capacity_faults,
    determination_faults,
    names_practitioner,
    note_faults,
    noted_concern,
)
from liaison_desktop.clinical.directives.rules.code_status import code_status_faults, differs
from liaison_desktop.clinical.directives.rules.deciding import (
    Decider,
    authority_faults,
    in_order,
    representative_faults,
)
from liaison_desktop.clinical.directives.rules.papers import directive_faults, rights_faults

__all__ = [
    "CapacityStanding",
    "Decider",
    "authority_faults",
    "capacity_faults",
    "code_status_faults",
    "determination_faults",
    "differs",
    "directive_faults",
    "in_order",
    "names_practitioner",
    "note_faults",
    "noted_concern",
    "representative_faults",
    "rights_faults",
]
