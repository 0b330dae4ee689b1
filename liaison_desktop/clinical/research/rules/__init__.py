"""What must hold of a study's form, of who obtains a consent, and of the consent itself, before anybody signs it."""

from liaison_desktop.clinical.research.rules.again import AskAgain, ask_again
from liaison_desktop.clinical.research.rules.approval import approval_faults, newest_version, statement_faults
from liaison_desktop.clinical.research.rules.asking import (
    choice_faults,
    comprehension_faults,
    person_faults,
    talk_faults,
)
from liaison_desktop.clinical.research.rules.clock import approval_events
from liaison_desktop.clinical.research.rules.content import content_faults
from liaison_desktop.clinical.research.rules.delegation import delegation_faults
from liaison_desktop.clinical.research.rules.life import (
    FINISHED,
    may_become,
    roles_left,
    roles_needed,
    standing,
    state_after,
)
from liaison_desktop.clinical.research.rules.ready import ready_faults
from liaison_desktop.clinical.research.rules.signatures import signature_faults
from liaison_desktop.clinical.research.rules.timing import given_faults, procedure_faults, timing_faults

__all__ = [
    "FINISHED",
    "AskAgain",
    "approval_events",
    "approval_faults",
    "ask_again",
    "choice_faults",
    "comprehension_faults",
    "content_faults",
    "delegation_faults",
    "given_faults",
    "may_become",
    "newest_version",
    "person_faults",
    "procedure_faults",
    "ready_faults",
    "roles_left",
    "roles_needed",
    "signature_faults",
    "standing",
    "state_after",
    "statement_faults",
    "talk_faults",
    "timing_faults",
]
