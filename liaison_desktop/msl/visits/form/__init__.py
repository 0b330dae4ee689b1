"""The form of a visit: quick line, who and when, topics, notes, the adverse event question, follow-ups."""

from liaison_desktop.msl.visits.form.order import FollowsTheEye
from liaison_desktop.msl.visits.form.quick_entry import QuickEntry, read_line, said
from liaison_desktop.msl.visits.form.rows import due_words
from liaison_desktop.msl.visits.form.visit_form import SET_ASIDE, VisitForm
from liaison_desktop.msl.visits.rules import Understood, follow_up, understand

__all__ = [
    "SET_ASIDE",
    "FollowsTheEye",
    "QuickEntry",
    "Understood",
    "VisitForm",
    "due_words",
    "follow_up",
    "read_line",
    "said",
    "understand",
]
