"""Reads insights, what came back about them, and the questions to listen for."""

from liaison_desktop.msl.insights.queries.lists import (
    COLUMNS,
    Column,
    InsightFilter,
    InsightRow,
    by_number,
    column_rows,
    count_insights,
    insight_rids,
    insight_rows,
    insights_of_person,
    insights_of_visit,
    last_number,
    rid_of_insight,
)
from liaison_desktop.msl.insights.queries.returns import (
    Receipt,
    Theme,
    feedback_of,
    heard_of,
    priorities,
    priorities_on,
    receipts,
    themes,
)
from liaison_desktop.msl.insights.queries.similar import Similar, similar_insights

__all__ = [
    "COLUMNS",
    "Column",
    "InsightFilter",
    "InsightRow",
    "Receipt",
    "Similar",
    "Theme",
    "by_number",
    "column_rows",
    "count_insights",
    "feedback_of",
    "heard_of",
    "insight_rids",
    "insight_rows",
    "insights_of_person",
    "insights_of_visit",
    "last_number",
    "priorities",
    "priorities_on",
    "receipts",
    "rid_of_insight",
    "similar_insights",
    "themes",
]
