"""The kinds `insight`, `insight_feedback` and `listening_priority`, the rows inside an insight, and their code lists."""

from liaison_desktop.msl.insights.record.codes import (
    ArrivedAs,
    Attribution,
    Audience,
    Category,
    Confidence,
    Decision,
    EvidenceBasis,
    InsightStatus,
    LinkKind,
    PriorityStatus,
    SourceKind,
    Urgency,
)
from liaison_desktop.msl.insights.record.feedback import InsightFeedback, ListeningPriority
from liaison_desktop.msl.insights.record.insight import Answer, Insight, Link, Vote
from liaison_desktop.msl.insights.record.life import may_follow, nexts

__all__ = [
    "Answer",
    "ArrivedAs",
    "Attribution",
    "Audience",
    "Category",
    "Confidence",
    "Decision",
    "EvidenceBasis",
    "Insight",
    "InsightFeedback",
    "InsightStatus",
    "Link",
    "LinkKind",
    "ListeningPriority",
    "PriorityStatus",
    "SourceKind",
    "Urgency",
    "Vote",
    "may_follow",
    "nexts",
]
