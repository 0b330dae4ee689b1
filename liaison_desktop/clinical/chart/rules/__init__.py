"""What a chart works out from what is recorded: what is open, what happened when, and what a recipient may get."""

from liaison_desktop.clinical.chart.rules.open_items import (
    WAITING,
    OpenItem,
    checklist_items,
    concern_items,
    consent_items,
    in_order,
    patient_items,
    proposal_items,
    research_items,
    task_items,
)
from liaison_desktop.clinical.chart.rules.profiles import Part, Profile, left_out, profile_file
from liaison_desktop.clinical.chart.rules.stages import stages_of
from liaison_desktop.clinical.chart.rules.summary import SummaryPart, summary_parts
from liaison_desktop.clinical.chart.rules.timeline import Happened, timeline

__all__ = [
    "WAITING",
    "Happened",
    "OpenItem",
    "Part",
    "Profile",
    "SummaryPart",
    "checklist_items",
    "concern_items",
    "consent_items",
    "in_order",
    "left_out",
    "patient_items",
    "profile_file",
    "proposal_items",
    "research_items",
    "stages_of",
    "summary_parts",
    "task_items",
    "timeline",
]
