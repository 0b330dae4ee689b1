"""What can be done with a checklist: start, answer, keep, complete, review, amend, stop. The only writers of the kind."""

from liaison_desktop.clinical.checklists.actions.answering import (
    Opened,
    forget_draft,
    form_of,
    keep_checklist,
    open_checklist,
    read_answers,
    save_answer,
)
from liaison_desktop.clinical.checklists.actions.carrying import carry_checklist, newer_form
from liaison_desktop.clinical.checklists.actions.ending import (
    amend_checklist,
    complete_checklist,
    mark_entered_in_error,
    review_checklist,
    stop_checklist,
)
from liaison_desktop.clinical.checklists.actions.exchanging import (
    answers_file,
    begin_form,
    form_file,
    import_form,
    import_response,
    response_faults,
    start_imported,
)
from liaison_desktop.clinical.checklists.actions.handing import note_exported, note_printed
from liaison_desktop.clinical.checklists.actions.proposing import chart_proposals
from liaison_desktop.clinical.checklists.actions.starting import (
    Planned,
    fill_practice_checklists,
    plan_of,
    start_checklist,
)
from liaison_desktop.clinical.checklists.actions.trail import Trail

__all__ = [
    "Opened",
    "Planned",
    "Trail",
    "amend_checklist",
    "answers_file",
    "begin_form",
    "carry_checklist",
    "chart_proposals",
    "complete_checklist",
    "fill_practice_checklists",
    "forget_draft",
    "form_file",
    "form_of",
    "import_form",
    "import_response",
    "keep_checklist",
    "mark_entered_in_error",
    "newer_form",
    "note_exported",
    "note_printed",
    "open_checklist",
    "plan_of",
    "read_answers",
    "response_faults",
    "review_checklist",
    "save_answer",
    "start_checklist",
    "start_imported",
    "stop_checklist",
]
