"""What came back about insights, and the questions we ask: typed in, or a whole file at once."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.errors import Refused, Stale
from liaison_desktop.msl.insights.record import Insight, InsightFeedback, ListeningPriority, may_follow
from liaison_desktop.msl.insights.rules import feedback_faults

if TYPE_CHECKING:
    from liaison_desktop.store import Store


def record_feedback(store: Store, feedback: InsightFeedback) -> InsightFeedback:
    """Save a word that came back; the insight goes on to the state it names. Raises Refused."""
    insight = store.find(Insight, feedback.insight_id)
    if faults := feedback_faults(feedback, insight):
        raise Refused(faults)
    with store.transaction("receipt") as transaction:
        saved = transaction.save(feedback)
        if insight is not None and feedback.status is not None and feedback.status is not insight.status:
            transaction.save(msgspec.structs.replace(insight, status=feedback.status))
    return saved


def tell_source(store: Store, feedback_id: uuid.UUID, *, told: bool = True) -> InsightFeedback:
    """Note that the person who said it was told what became of it, or that they were not."""
    feedback = store.get(InsightFeedback, feedback_id)
    at = store.clock() if told else None
    return store.save(msgspec.structs.replace(feedback, told_at=at), reason="source told" if told else "not told")


def import_feedback(store: Store, arrived: Sequence[InsightFeedback]) -> tuple[InsightFeedback, ...]:
    """Save everything a file brought in one transaction. Raises Refused, and then nothing is saved.

    Several words about one insight are taken in the order of the file; each state must follow the one before.
    """
    from liaison_desktop.store import Act

    now: dict[uuid.UUID, Insight] = {}
    saved: list[InsightFeedback] = []
    with store.transaction("import of receipts") as transaction:
        for one in arrived:
            insight = now.get(one.insight_id) if one.insight_id else None
            insight = insight or transaction.find(Insight, one.insight_id)
            if faults := feedback_faults(one, insight):
                raise Refused(faults)
            saved.append(transaction.save(one))
            if insight is not None and one.status is not None and may_follow(insight.status, one.status):
                moved = insight.status is not one.status
                changed = msgspec.structs.replace(insight, status=one.status)
                now[insight.id] = transaction.save(changed) if moved else insight
        transaction.note(Act.IMPORTED, kind=InsightFeedback.kind, detail=f"{len(saved)} receipts")
    return tuple(saved)


def save_priority(store: Store, priority: ListeningPriority) -> ListeningPriority:
    """Save a question. Raises Refused."""
    if faults := priority.faults():
        raise Refused(faults)
    return store.save(priority)


def remove_priority(store: Store, priority: ListeningPriority) -> None:
    """Take a question away; insights that answered it keep their words."""
    store.remove(priority, reason="question removed")


def import_priorities(store: Store, arrived: Sequence[ListeningPriority]) -> tuple[ListeningPriority, ...]:
    """Save a list of questions in one transaction. Raises Refused, and then nothing is saved."""
    from liaison_desktop.store import Act

    if faults := tuple(fault for one in arrived for fault in one.faults()):
        raise Refused(faults)
    with store.transaction("import of questions") as transaction:
        saved = tuple(transaction.save(one) for one in arrived)
        transaction.note(Act.IMPORTED, kind=ListeningPriority.kind, detail=f"{len(saved)} questions")
    return saved


def take_back_priorities(store: Store, saved: Sequence[ListeningPriority]) -> int:
    """Undo an import of questions; how many stay because they were changed since."""
    kept = 0
    with store.transaction("import taken back") as transaction:
        for one in saved:
            try:
                transaction.remove(one)
            except Stale:
                kept += 1
    return kept
