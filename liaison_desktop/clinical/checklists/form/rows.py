"""How a checklist reads in a list: whose it is or why it is called for, how far it is, by whom and when."""

from __future__ import annotations

from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus, ImportedForm
from liaison_desktop.clinical.checklists.rules import Call
from liaison_desktop.clinical.patients.record import Patient, birth_text, full_name
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.lists import ListRow

_CHIPS = {
    ChecklistStatus.IN_PROGRESS: ChipSpec("In progress", "accent", "pencil"),
    ChecklistStatus.COMPLETED: ChipSpec("Completed", "green", "check"),
    ChecklistStatus.AMENDED: ChipSpec("Amended", "green", "check"),
    ChecklistStatus.ENTERED_IN_ERROR: ChipSpec("Entered in error", "neutral", "x"),
    ChecklistStatus.STOPPED: ChipSpec("Stopped", "neutral", "x"),
}
_IMPORTED = ChipSpec("Imported", "neutral", "import")
_WAITS = ChipSpec("Waits for an RN", "amber", "triangle-alert")


def checklist_row(checklist: Checklist, patient: Patient | None) -> ListRow:
    """A checklist in a list: whose it is, which, how far, and its status as a chip."""
    who = full_name(patient) if patient is not None else "A patient who is no longer here"
    born = birth_text(patient.birth_date) if patient is not None else ""
    parts = (born, checklist.name, how_far(checklist))
    return ListRow(who, " · ".join(filter(None, parts)), chip_of(checklist), key=checklist.id)


def called_row(call: Call, held: Checklist | None) -> ListRow:
    """A form for this patient: why, and how far the one is that there is."""
    chip = chip_of(held) if held is not None else ChipSpec("Not begun", "amber", "circle-alert") if call.now else None
    far = how_far(held) if held is not None else ""
    return ListRow(call.title, " · ".join(filter(None, (far, call.why))), chip, key=call.form)


def imported_row(form: ImportedForm, held: Checklist | None) -> ListRow:
    """A form from elsewhere: that it is imported, and how far the one is that there is."""
    facts = " · ".join(filter(None, (how_far(held) if held is not None else "", form.facts())))
    return ListRow(form.name, facts, chip_of(held) if held is not None else _IMPORTED, key=str(form.id))


def earlier_row(checklist: Checklist) -> ListRow:
    """A checklist that another of the same form has followed, or that was given up."""
    return ListRow(checklist.name, how_far(checklist), chip_of(checklist), key=checklist.id)


def chip_of(checklist: Checklist) -> ChipSpec:
    """Its status; one that waits for an RN says so."""
    return _WAITS if checklist.review_needed else _CHIPS[checklist.status]


def how_far(checklist: Checklist) -> str:
    """What is missing, by whom it was answered, and when."""
    when = checklist.completed_at or checklist.started_at
    going = checklist.status is ChecklistStatus.IN_PROGRESS
    left = f"{checklist.left} required left" if checklist.left else "nothing required left"
    reviewed = f"reviewed by {checklist.reviewed_by}" if checklist.reviewed_by else ""
    parts = (left if going else "", checklist.author, f"{when:%d %b %Y %H:%M}" if when is not None else "", reviewed)
    return " · ".join(filter(None, parts))
