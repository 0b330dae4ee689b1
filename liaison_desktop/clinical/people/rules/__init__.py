"""What must hold of people and places: who may do what, who is the same person, what a house can take."""

from liaison_desktop.clinical.people.rules.capabilities import Answer, Need, explain, in_words, look
from liaison_desktop.clinical.people.rules.persons import Party, party, same_person, stands_as
from liaison_desktop.clinical.people.rules.rights import credential_code, credential_of, may, roles_who_may
from liaison_desktop.clinical.people.rules.staff import license_events, license_fault, staff_faults

__all__ = [
    "Answer",
    "Need",
    "Party",
    "credential_code",
    "credential_of",
    "explain",
    "in_words",
    "license_events",
    "license_fault",
    "look",
    "may",
    "party",
    "roles_who_may",
    "same_person",
    "staff_faults",
    "stands_as",
]
