"""What must hold of outreach: nothing about a patient (V41), and what is due next."""

from liaison_desktop.clinical.outreach.rules.due import Due, due_next, spent
from liaison_desktop.clinical.outreach.rules.event import event_faults
from liaison_desktop.clinical.outreach.rules.privacy import NAME, KnownPatient, dates_in, numbers_in, told_of, words_of
from liaison_desktop.clinical.outreach.rules.source_list import (
    LABELS,
    TARGETS,
    Candidate,
    candidate,
    guess,
    missing_columns,
    with_known,
)

__all__ = [
    "LABELS",
    "NAME",
    "TARGETS",
    "Candidate",
    "Due",
    "KnownPatient",
    "candidate",
    "dates_in",
    "due_next",
    "event_faults",
    "guess",
    "missing_columns",
    "numbers_in",
    "spent",
    "told_of",
    "with_known",
    "words_of",
]
