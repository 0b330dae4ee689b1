"""From a visit to what the doctor asked for: a medical inquiry (Ctrl+M), or a standing request (Ctrl+G)."""

from __future__ import annotations

import uuid

from PySide6.QtWidgets import QApplication, QLineEdit

from liaison_desktop.msl.inquiries.actions import new_request
from liaison_desktop.msl.inquiries.page import begin_standing
from liaison_desktop.msl.inquiries.record import MedicalInquiry
from liaison_desktop.msl.visits.form import VisitForm
from liaison_desktop.msl.visits.page.flags import inquiry_from, main_topic
from liaison_desktop.msl.visits.page.visit_pane import VisitPane
from liaison_desktop.msl.visits.record import ExchangeBasis, Topic, Visit
from liaison_desktop.ui.desk import Desk

_FIRST_SAVE = "Say who the visit is with first"


def ask_inquiry(desk: Desk, pane: VisitPane) -> None:
    """Open a new inquiry with person and place filled in, and the selected text as the question."""
    text, topic = _selected(pane.form), topic_at(pane.form)
    if topic is not None and topic.exchange_basis is ExchangeBasis.UNSOLICITED_REQUEST and not text:
        text = topic.verbatim_question
    visit = _kept(desk, pane)
    if visit is None:
        return
    made = inquiry_from(desk, visit, topic, text)
    pane.form.topics.link_inquiry(topic, made.id)
    desk.open(MedicalInquiry.kind, made.id)


def ask_standing(desk: Desk, pane: VisitPane) -> None:
    """Open a new standing request of this doctor about the topic that has the keyboard, else the first one."""
    topic, text = topic_at(pane.form), _selected(pane.form)
    visit = _kept(desk, pane)
    if visit is None:
        return
    topic_id = topic.topic_id if topic else None
    request = new_request(
        desk.store,
        person_id=visit.primary_person_id,
        topic_id=topic_id,
        visit_id=visit.id,
        requested_at=visit.start_at,
        text=text or (topic.verbatim_question if topic else ""),
    )
    begin_standing(desk, request, topic_id)


def _kept(desk: Desk, pane: VisitPane) -> Visit | None:
    """The visit as typed, once it has a person; what is typed is durable before another page is shown."""
    pane.keep_draft()
    visit = pane.typed()
    if visit.primary_person_id is None or pane.visit.version is None:
        desk.toast(_FIRST_SAVE)
        return None
    return visit


def topic_at(form: VisitForm) -> Topic | None:
    """The topic whose card has the keyboard; else the first one outside the label, else the first."""
    path = form.focused().split(".")
    rows = form.topics.values()
    if path[0] == "topics" and len(path) > 1 and path[1].isdigit() and int(path[1]) < len(rows):
        return rows[int(path[1])]
    return main_topic(rows)


def _selected(form: VisitForm) -> str:
    """The text that is selected where the keyboard is, else in the notes."""
    held = QApplication.focusWidget()
    if isinstance(held, QLineEdit) and form.isAncestorOf(held) and held.hasSelectedText():
        return held.selectedText().strip()
    return form.notes.textCursor().selectedText().replace("\u2029", "\n").strip()


def person_of(form: VisitForm) -> uuid.UUID | None:
    """Whom the visit on the form is with."""
    return form.visit().primary_person_id
