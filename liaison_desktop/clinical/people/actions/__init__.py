"""The verbs of people and places, and the question every action of the workspace asks: may whoever works here do this?"""

from liaison_desktop.clinical.people.actions.approving import approve
from liaison_desktop.clinical.people.actions.places import save_facility, save_practitioner
from liaison_desktop.clinical.people.actions.practice import fill_practice_people
from liaison_desktop.clinical.people.actions.rights import policy_here, require, wanting
from liaison_desktop.clinical.people.actions.staff import claim, remove_pin, save_staff, set_pin
from liaison_desktop.clinical.people.actions.working import (
    credential_here,
    own_entry,
    shown_name,
    who_can_approve,
    who_may,
    working,
)

__all__ = [
    "approve",
    "claim",
    "credential_here",
    "fill_practice_people",
    "own_entry",
    "policy_here",
    "remove_pin",
    "require",
    "save_facility",
    "save_practitioner",
    "save_staff",
    "set_pin",
    "shown_name",
    "wanting",
    "who_can_approve",
    "who_may",
    "working",
]
