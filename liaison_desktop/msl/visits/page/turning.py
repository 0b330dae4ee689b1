"""What an insight turns into, put together where insights, inquiries, safety and visits meet: the page of insights and
the capture beside a visit are both given this."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from liaison_desktop.msl.inquiries.actions import begin_inquiry, new_inquiry
from liaison_desktop.msl.inquiries.record import MedicalInquiry, OffLabel, Question, ReceivedChannel
from liaison_desktop.msl.insights.actions import begin_insight, save_insight
from liaison_desktop.msl.insights.form import Made, Turns
from liaison_desktop.msl.insights.record import Insight, SourceKind
from liaison_desktop.msl.materials.record import LabelStatus, ScientificTopic
from liaison_desktop.msl.safety.actions import capture_event
from liaison_desktop.msl.safety.record import AwareHow, SafetyEvent
from liaison_desktop.msl.visits.page.settling import dismiss_in_insight, settled_answer
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.msl.visits.record.codes import VisitStatus

if TYPE_CHECKING:
    from liaison_desktop.store import Store
    from liaison_desktop.ui.desk import Desk

_OUTSIDE = frozenset({LabelStatus.OFF_LABEL, LabelStatus.INVESTIGATIONAL})
NOTE = "note-of-visit/"  # words on their way into the notes of a visit; the visit's id follows

_LEARNED = {
    SourceKind.CONGRESS: AwareHow.CONGRESS,
    SourceKind.PUBLICATION: AwareHow.LITERATURE,
    SourceKind.SOCIAL_SCIENTIFIC: AwareHow.SOCIAL,
    SourceKind.INTERNAL_TRAINING_QUESTION: AwareHow.TRAINING_QUESTION,
}


def turns_of(desk: Desk) -> Turns:
    """What an insight may turn into at this desk."""
    return Turns(
        inquiry=lambda insight, words: _inquiry(desk.store, insight, words),
        report=lambda insight, words: _report(desk.store, insight, words),
        note=lambda insight: _note(desk, insight),
        dismiss=lambda insight, field, words, why: dismiss_in_insight(desk.store, insight, field, words, why),
        settled=lambda insight, field, words: settled_answer(desk.store, insight, field, words),
    )


def insight_of_inquiry(desk: Desk, inquiry: MedicalInquiry) -> None:
    """Begin an insight from the question of a doctor and show it; the inquiry stays what it is."""
    quote = next((one.verbatim.strip() for one in inquiry.questions if one.verbatim.strip()), "")
    begun = begin_insight(desk.store, quote=quote[:1000], person_id=inquiry.person_id, visit_id=inquiry.visit_id)
    desk.open(Insight.kind, save_insight(desk.store, begun).id)


def take_note(store: Store, visit_id: uuid.UUID) -> str:
    """The words on their way into the notes of this visit; they are taken once."""
    content = store.drafts.get(f"{NOTE}{visit_id}")
    if content is None:
        return ""
    store.drafts.drop(f"{NOTE}{visit_id}")
    return content.decode("utf-8")


def _inquiry(store: Store, insight: Insight, words: str) -> Made:
    visit, topic = store.find(Visit, insight.visit_id), store.find(ScientificTopic, insight.topic_id)
    channel = visit.channel.value if visit and visit.channel else ""
    question = Question(
        verbatim=words,
        topic_id=insight.topic_id,
        product_id=_product(insight, topic, visit),
        off_label=OffLabel.YES if topic and topic.label_status in _OUTSIDE else None,
    )
    begun = new_inquiry(
        store,
        person_id=insight.person_id,
        institution_id=visit.institution_id if visit else None,
        visit_id=insight.visit_id,
        channel=ReceivedChannel(channel) if channel in set(ReceivedChannel) else None,
        received_at=insight.heard_at,
        question=question,
    )
    return Made(MedicalInquiry.kind, begin_inquiry(store, begun).id, "Medical inquiry")


def _report(store: Store, insight: Insight, words: str) -> Made:
    visit = store.find(Visit, insight.visit_id)
    now = store.clock()
    made = capture_event(
        store,
        words,
        aware_at=min(insight.heard_at or now, now),
        how=_LEARNED.get(insight.source_kind, AwareHow.IN_VISIT if visit else AwareHow.OTHER),
        visit_id=insight.visit_id,
        reporter_id=insight.person_id,
        product_id=_product(insight, store.find(ScientificTopic, insight.topic_id), visit),
    )
    return Made(SafetyEvent.kind, made.id, made.title())


def _product(insight: Insight, topic: ScientificTopic | None, visit: Visit | None) -> uuid.UUID | None:
    """The product an insight is about: its own, its topic's, else the only one its visit speaks of."""
    if insight.product_id or (topic and topic.product_id):
        return insight.product_id or (topic.product_id if topic else None)
    spoken = {row.product_id for row in visit.topics if row.product_id} if visit else set()
    return spoken.pop() if len(spoken) == 1 else None


def _note(desk: Desk, insight: Insight) -> bool:
    """Send the words of an insight into the notes of its visit and go there; False if they can no longer be changed."""
    visit, store = desk.store.find(Visit, insight.visit_id), desk.store
    words = "\n".join(part.strip() for part in (insight.quote, insight.headline, insight.so_what) if part.strip())
    if visit is None or visit.locked or visit.status is VisitStatus.CANCELLED:
        desk.toast("This visit is locked. Amend it to add to its notes" if visit else "It belongs to no visit")
        return False
    store.drafts.put(f"{NOTE}{visit.id}", words.encode("utf-8"))
    desk.open(Visit.kind, visit.id)
    return True
