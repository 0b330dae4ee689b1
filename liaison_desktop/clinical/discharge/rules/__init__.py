"""What must hold before a patient goes, and before a stay is closed; and what the clocks hear."""

from liaison_desktop.clinical.discharge.rules.events import events
from liaison_desktop.clinical.discharge.rules.guards import (
    AFTERWARDS,
    GUARDS,
    LEAVING,
    PLANNING,
    Facts,
    ama_faults,
    call_faults,
    judge,
    mend_of,
    ready_faults,
    title_of,
)

__all__ = [
    "AFTERWARDS",
    "GUARDS",
    "LEAVING",
    "PLANNING",
    "Facts",
    "ama_faults",
    "call_faults",
    "events",
    "judge",
    "mend_of",
    "ready_faults",
    "title_of",
]
