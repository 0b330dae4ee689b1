"""From a visit to what was heard in it: a safety report, a medical inquiry; by a key, or by the flags of a typed line."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from msgspec.structs import replace

from liaison_desktop.msl.inquiries.actions import begin_inquiry, new_inquiry
from liaison_desktop.msl.inquiries.record import MedicalInquiry, OffLabel, Question, ReceivedChannel
from liaison_desktop.msl.materials.record import LabelStatus
from liaison_desktop.msl.safety.form.capture import begin_about
from liaison_desktop.msl.safety.rules import begun_about
from liaison_desktop.msl.visits.actions import begin_understood, save_visit
from liaison_desktop.msl.visits.record import Topic, Visit
from liaison_desktop.msl.visits.rules import Understood
from liaison_desktop.ui.desk import Desk

Link = Callable[[Topic | None, uuid.UUID], object]
OUTSIDE = frozenset({LabelStatus.OFF_LABEL.value, LabelStatus.INVESTIGATIONAL.value})


def begin_line(desk: Desk, found: Understood, person_id: uuid.UUID | None = None) -> None:
    """Begin the visit of a typed line, open it, and go where its flags lead."""
    visit = begin_understood(desk.store, found, person_id)
    desk.open(Visit.kind, visit.id)

    def link(topic: Topic | None, inquiry_id: uuid.UUID) -> None:
        rows = tuple(replace(row, inquiry_id=inquiry_id) if row is topic else row for row in visit.topics)
        save_visit(desk.store, replace(visit, topics=rows))

    follow_flags(desk, visit, found, link)


def follow_flags(desk: Desk, visit: Visit, found: Understood, link: Link) -> None:
    """`?inq` begins an inquiry, `!ae` the capture of a report; with both the report is shown, because its clock runs.

    `link` keeps at its topic which inquiry the question became.
    """
    if found.asked and visit.primary_person_id is not None:
        topic = main_topic(visit.topics)
        made = inquiry_from(desk, visit, topic, found.question)
        link(topic, made.id)
        if not found.heard:
            desk.open(MedicalInquiry.kind, made.id)
        else:
            desk.toast("The inquiry is begun and waits among the inquiries")
    elif found.asked:
        desk.toast("Say who asked, then press Ctrl+M for the inquiry")
    if found.heard:
        begin_about(desk, replace(begun_about(visit, desk.clock()), description=found.happened))


def inquiry_from(desk: Desk, visit: Visit, topic: Topic | None, words: str) -> MedicalInquiry:
    """A new inquiry, kept, with person, place, channel and topic of the visit and these words as the question."""
    channel = visit.channel.value if visit.channel else ""
    question = Question(
        verbatim=words,
        topic_id=topic.topic_id if topic else None,
        product_id=topic.product_id if topic else None,
        off_label=OffLabel.YES if topic and topic.label_status in OUTSIDE else None,
    )
    begun = new_inquiry(
        desk.store,
        person_id=visit.primary_person_id,
        institution_id=visit.institution_id,
        visit_id=visit.id,
        channel=ReceivedChannel(channel) if channel in set(ReceivedChannel) else None,
        received_at=visit.start_at,
        question=question,
    )
    return begin_inquiry(desk.store, begun)


def main_topic(rows: tuple[Topic, ...]) -> Topic | None:
    """The first topic outside the label, else the first one."""
    return next((row for row in rows if row.label_status in OUTSIDE), rows[0] if rows else None)
