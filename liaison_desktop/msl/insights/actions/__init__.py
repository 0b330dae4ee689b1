"""The only writers of insights, receipts and questions."""

from liaison_desktop.msl.insights.actions.returns import (
    import_feedback,
    import_priorities,
    record_feedback,
    remove_priority,
    save_priority,
    take_back_priorities,
    tell_source,
)
from liaison_desktop.msl.insights.actions.verbs import (
    amend_insight,
    begin_insight,
    check_insight,
    hear_again,
    link_insights,
    move_insight,
    remove_insight,
    save_insight,
    send_insight,
    take_back_vote,
    unlink_insights,
)

__all__ = [
    "amend_insight",
    "begin_insight",
    "check_insight",
    "hear_again",
    "import_feedback",
    "import_priorities",
    "link_insights",
    "move_insight",
    "record_feedback",
    "remove_insight",
    "remove_priority",
    "save_insight",
    "save_priority",
    "send_insight",
    "take_back_priorities",
    "take_back_vote",
    "tell_source",
    "unlink_insights",
]
