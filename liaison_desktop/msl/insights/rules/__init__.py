"""Rules of insights: pure functions from values to faults. Words and severities come from the policy."""

from liaison_desktop.msl.insights.rules.import_rows import (
    FeedbackRow,
    PriorityRow,
    feedback_rows,
    priority_rows,
)
from liaison_desktop.msl.insights.rules.sentence import sentence_at
from liaison_desktop.msl.insights.rules.submit import Context, asks, blocking, feedback_faults, insight_faults

__all__ = [
    "Context",
    "FeedbackRow",
    "PriorityRow",
    "asks",
    "blocking",
    "feedback_faults",
    "feedback_rows",
    "insight_faults",
    "priority_rows",
    "sentence_at",
]
