"""Rules of a visit: pure functions from a visit and its context to faults. Words and severities come from the policy."""

from liaison_desktop.msl.visits.rules.context import Context, local, when
from liaison_desktop.msl.visits.rules.exchange import row_of
from liaison_desktop.msl.visits.rules.submit import blocking, free_texts, visit_faults

__all__ = ["Context", "blocking", "free_texts", "local", "row_of", "visit_faults", "when"]
