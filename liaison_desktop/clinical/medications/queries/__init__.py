"""Reading what is recorded of medicines, and the table of generic names."""

from liaison_desktop.clinical.medications.queries.known import Family, Known, KnownMedicines, folded, known_medicines
from liaison_desktop.clinical.medications.queries.stored import (
    history_of,
    medicines_before,
    medicines_of,
    reconciliations_of,
)

__all__ = [
    "Family",
    "Known",
    "KnownMedicines",
    "folded",
    "history_of",
    "known_medicines",
    "medicines_before",
    "medicines_of",
    "reconciliations_of",
]
