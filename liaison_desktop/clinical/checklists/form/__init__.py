"""Qt for one checklist: starting it, and filling it in under the patient's banner."""

from liaison_desktop.clinical.checklists.form.filling_in import ChecklistForm
from liaison_desktop.clinical.checklists.form.importing import ImportView
from liaison_desktop.clinical.checklists.form.rows import checklist_row
from liaison_desktop.clinical.checklists.form.start import StartForm

__all__ = ["ChecklistForm", "ImportView", "StartForm", "checklist_row"]
