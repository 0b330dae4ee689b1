"""The verbs of research, and the only code that writes its kinds. Each refuses what its rules forbid; drafts always save."""

from liaison_desktop.clinical.research.actions.again import to_ask_again
from liaison_desktop.clinical.research.actions.ending import leave_study, mark_entered_in_error, told_words
from liaison_desktop.clinical.research.actions.handing_out import give_copy, note_exported, note_form, note_printed
from liaison_desktop.clinical.research.actions.obtaining import (
    begin_research,
    change_research,
    decide,
    facts_before,
    give_form,
    make_ready,
    record_answer,
)
from liaison_desktop.clinical.research.actions.practice import fill_practice_research
from liaison_desktop.clinical.research.actions.procedures import plan_procedure
from liaison_desktop.clinical.research.actions.signing import sign
from liaison_desktop.clinical.research.actions.studies import approved_file, keep_form, same_file, save_study

__all__ = [
    "approved_file",
    "begin_research",
    "change_research",
    "decide",
    "facts_before",
    "fill_practice_research",
    "give_copy",
    "give_form",
    "keep_form",
    "leave_study",
    "make_ready",
    "mark_entered_in_error",
    "note_exported",
    "note_form",
    "note_printed",
    "plan_procedure",
    "record_answer",
    "same_file",
    "save_study",
    "sign",
    "to_ask_again",
    "told_words",
]
