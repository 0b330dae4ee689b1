"""What can be done with findings: the only writers of their kinds. Allergies and isolation are written to the patient."""

from liaison_desktop.clinical.findings.actions.allergies import (
    keep_allergies,
    see_band,
    set_isolation,
    verify_allergy,
)
from liaison_desktop.clinical.findings.actions.findings import (
    answer_proposal,
    heal_wound,
    look_at_wound,
    record_line,
    record_problem,
    record_wound,
    remove_line,
    take_back,
)
from liaison_desktop.clinical.findings.actions.practice import fill_practice_findings
from liaison_desktop.clinical.findings.actions.vitals import last_weighed, look_over_vitals, record_vital_signs

__all__ = [
    "answer_proposal",
    "fill_practice_findings",
    "heal_wound",
    "keep_allergies",
    "last_weighed",
    "look_at_wound",
    "look_over_vitals",
    "record_line",
    "record_problem",
    "record_vital_signs",
    "record_wound",
    "remove_line",
    "see_band",
    "set_isolation",
    "take_back",
    "verify_allergy",
]
