"""Qt for giving one hand-over."""

from liaison_desktop.clinical.handover.form.handover_form import HandoverForm
from liaison_desktop.clinical.handover.form.taking import TakingPanel

__all__ = ["HandoverForm", "TakingPanel"]
