"""The verbs of referrals, their packets and the visits at the bedside: the only writers of these kinds."""

from liaison_desktop.clinical.referrals.actions.deciding import (
    Admission,
    Chosen,
    admit,
    capability_words,
    decide,
    plan_admission,
    show_capability,
)
from liaison_desktop.clinical.referrals.actions.gathering import gather
from liaison_desktop.clinical.referrals.actions.judging import Overrides
from liaison_desktop.clinical.referrals.actions.packet import (
    add_file,
    ask_for_missing,
    mark_read,
    name_pages,
    not_needed,
    take_back_pages,
)
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
    "decide",
    "end_referral",
    "gather",
    "identity_faults",
    "mark_read",
    "name_pages",
    "not_needed",
    "plan_admission",
    "reopen_referral",
    "show_capability",
    "start_visit",
    "step_work",
    "take_back_pages",
    "take_referral",
]
