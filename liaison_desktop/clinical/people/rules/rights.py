"""Who may do what: pure questions to the roles of the policy in force."""

from __future__ import annotations

from liaison_desktop.clinical.people.record import StaffCredential, StaffMember, StaffRole
from liaison_desktop.policies import Policy

_NURSES = (StaffCredential.RN, StaffCredential.LPN, StaffCredential.LVN, StaffCredential.APRN)
# How somebody is written who was let in before anybody was recorded: the words of the name and what stands behind it.
_SPOKEN = (
    ("practical nurse", StaffCredential.LPN),
    ("vocational nurse", StaffCredential.LVN),
    ("practice registered", StaffCredential.APRN),
    ("registered nurse", StaffCredential.RN),
)
_LETTERS = {
    credential.label.casefold(): credential
    for credential in (StaffCredential.LPN, StaffCredential.LVN, StaffCredential.APRN, StaffCredential.RN)
}


def may(person: StaffMember, verb: str, policy: Policy) -> bool:
    """Whether this person may do it: by role, with the credential and the grant that the verb asks for besides.

    Raises KeyError for a verb that the roles of the policy do not know, which is a bug.
    """
    roles = policy.roles()
    asked = roles.verbs[verb]
    if not person.active or person.role is None or verb not in roles.roles[person.role]:
        return False
    if asked.credentials and (person.credential is None or person.credential.value not in asked.credentials):
        return False
    return not asked.flag or bool(getattr(person, asked.flag))


def roles_who_may(verb: str, policy: Policy) -> tuple[StaffRole, ...]:
    """The roles that may do it, in the order of the list."""
    return tuple(role for role in StaffRole if verb in policy.roles().roles[role])


def credential_of(name: str, role: str) -> StaffCredential | None:
    """The nursing credential that a printed name and role tell of; None if they tell of none."""
    words = f"{role} {name}".casefold()
    for spoken, credential in _SPOKEN:
        if spoken in words:
            return credential
    letters = words.replace(",", " ").replace(".", "").split()
    return next((credential for text, credential in _LETTERS.items() if text in letters), None)


def credential_code(person: StaffMember) -> str:
    """The credential as the forms code it: RN, LPN, LVN, APRN or OTHER."""
    return person.credential.label if person.credential in _NURSES and person.credential else "OTHER"
