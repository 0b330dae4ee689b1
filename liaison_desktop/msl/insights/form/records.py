"""The two small forms: a receipt that is typed in, and a question to listen for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.msl.insights.record import ArrivedAs, InsightFeedback, InsightStatus, ListeningPriority, nexts
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.suggest import ChoiceLine, Option

if TYPE_CHECKING:
    from liaison_desktop.store import Store

# The insight is the one beside the form; who was told and how it came are set by the acts themselves.
FEEDBACK_SET_ASIDE = frozenset({"id", "version", "insight_id", "told_at", "arrived_as"})


class FeedbackForm(RecordForm):
    """A word that came back, typed after a meeting. Its states are those that may follow."""

    def __init__(self, store: Store) -> None:
        self._states = ChoiceLine([], placeholder="As before")
        super().__init__(
            InsightFeedback,
            "from_function",
            "decision",
            "action_text",
            "outcome",
            (("reference", 1), ("at", 1)),
            "status",
            store=store,
            editors={"status": self._states},
        )
        self._feedback = InsightFeedback()

    def begin(self, feedback: InsightFeedback, now: InsightStatus) -> None:
        """Show an empty receipt of an insight in this state."""
        self._feedback = feedback
        self._states.offer([Option(one, one.label) for one in nexts(now)])
        self.set_values(feedback)
        self.clear_faults()

    def feedback(self) -> InsightFeedback:
        """The receipt as typed."""
        return msgspec.structs.replace(self._feedback, **self.values(), arrived_as=ArrivedAs.TYPED)


class PriorityForm(RecordForm):
    """One question, who asks it, and from when until when."""

    def __init__(self, store: Store) -> None:
        super().__init__(
            ListeningPriority,
            "question",
            "owner_function",
            (("product_id", 2), ("rank", 1)),
            (("active_from", 1), ("active_to", 1)),
            "status",
            store=store,
        )
        self._priority = ListeningPriority()

    def show_priority(self, priority: ListeningPriority) -> None:
        """Show a question."""
        self._priority = priority
        self.set_values(priority)
        self.clear_faults()

    def priority(self) -> ListeningPriority:
        """The question as typed."""
        values = self.values()
        values["rank"] = values["rank"] or 1
        return msgspec.structs.replace(self._priority, **values)
