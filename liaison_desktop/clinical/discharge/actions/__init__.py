"""The verbs of a discharge, and the only writers of its plan. A step goes only with every guard of it."""

from liaison_desktop.clinical.discharge.actions.checklist import begin_discharge_checklist
from liaison_desktop.clinical.discharge.actions.leaving import (
    begin_planning,
    close_stay,
    discharge,
    end_stay,
    gather,
    leave_against_advice,
    record_call,
)
from liaison_desktop.clinical.discharge.actions.planning import save_plan, teach

__all__ = [
    "begin_discharge_checklist",
    "begin_planning",
    "close_stay",
    "discharge",
    "end_stay",
    "gather",
    "leave_against_advice",
    "record_call",
    "save_plan",
    "teach",
]
