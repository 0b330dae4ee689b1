"""The verbs of referrals, their packets and the visits at the bedside: the only writers of these kinds."""

from liaison_desktop.clinical.referrals.actions.deciding import (
    Admission,
    Chosen,
    admit,
    capability_words,
    decide,
    plan_admission,
    proposed,
    show_capability,
)
from liaison_desktop.clinical.referrals.actions.gathering import gather
from liaison_desktop.clinical.referrals.actions.judging import Overrides
from liaison_desktop.clinical.referrals.actions.packet import (
    add_file,
    ask_for_missing,
    cite,
    date_document,
    mark_read,
    name_pages,
    not_needed,
    note_exported,
    note_printed,
    take_back_pages,
)
from liaison_desktop.clinical.referrals.actions.practice import fill_practice_referrals
from liaison_desktop.clinical.referrals.actions.starting import take_referral
from liaison_desktop.clinical.referrals.actions.visiting import Identity, check_visit, identity_faults, start_visit
from liaison_desktop.clinical.referrals.actions.working import (
    change_referral,
    end_referral,
    reopen_referral,
    step_work,
)

__all__ = [
    "Admission",
    "Chosen",
    "Identity",
    "Overrides",
    "add_file",
    "admit",
    "ask_for_missing",
    "capability_words",
    "change_referral",
    "check_visit",
    "cite",
    "date_document",
    "decide",
    "end_referral",
    "fill_practice_referrals",
    "gather",
    "identity_faults",
    "mark_read",
    "name_pages",
    "not_needed",
    "note_exported",
    "note_printed",
    "plan_admission",
    "proposed",
    "reopen_referral",
    "show_capability",
    "start_visit",
    "step_work",
    "take_back_pages",
    "take_referral",
]
