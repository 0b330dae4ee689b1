"""Rules of a visit: pure functions from a visit and its context to faults. Words and severities come from the policy."""

from liaison_desktop.msl.visits.rules.context import Context, local, when
from liaison_desktop.msl.visits.rules.exchange import row_of
from liaison_desktop.msl.visits.rules.promises import Proposal, proposals
from liaison_desktop.msl.visits.rules.quick_line import Understood, is_visit_line, understand
from liaison_desktop.msl.visits.rules.submit import blocking, visit_faults
from liaison_desktop.msl.visits.rules.typed_days import follow_up

__all__ = [
    "Context",
    "Proposal",
    "Understood",
    "blocking",
    "follow_up",
    "is_visit_line",
    "local",
    "proposals",
    "row_of",
    "understand",
    "visit_faults",
    "when",
]
