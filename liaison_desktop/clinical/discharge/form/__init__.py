"""Qt for the plan of a discharge, its five areas and the calls after it."""

from liaison_desktop.clinical.discharge.form.areas import AreasCard
from liaison_desktop.clinical.discharge.form.calls import CallsCard
from liaison_desktop.clinical.discharge.form.plan_form import PlanForm

__all__ = ["AreasCard", "CallsCard", "PlanForm"]
