"""A doctor asks to be kept informed: from the topic of a visit, over its end, to the renewal. And Ctrl+M from a visit."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.msl.inquiries.queries import inquiries, standing_requests
from liaison_desktop.msl.inquiries.record import InquiryStatus, ReceivedChannel, RequestStatus, StandingRequest
from liaison_desktop.msl.visits.actions import save_visit
from liaison_desktop.msl.visits.record import Direction, ExchangeBasis, Topic, Visit, VisitStatus
from liaison_desktop.msl.workspace import WORKSPACE
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.ui.cards import CardRow
from liaison_desktop.ui.desk import Desk
from tests.fakes import Clock
from tests.msl.builders import World, a_visit, a_world

KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ASKED = "Please tell me of new data on renal dosing"
QUESTION = "Can Velacor be started at an eGFR below 25?"
HOUR = dt.timedelta(hours=1)


class Story:
    """The whole frame over a store with one visit about an off-label topic."""

    def __init__(self, desk: Desk, clock: Clock, qtbot: QtBot) -> None:
        self.desk, self.store, self.clock = desk, desk.store, clock
        self.world: World = a_world(self.store)
        self.visit = self.visit_at(clock() - HOUR)
        self.window = QWidget()
        self.frame = WorkFrame(desk, WORKSPACE, ())
        desk.frame = self.frame
        layout = QVBoxLayout(self.window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)
        self.window.resize(1366, 768)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.open(self.visit)

    def visit_at(self, start: dt.datetime) -> Visit:
        row = Topic(
            topic_id=self.world.off_label.id,
            exchange_basis=ExchangeBasis.STANDING_REQUEST,
            direction=Direction.ASKED_BY_HCP,
            verbatim_question=ASKED,
        )
        notes = f"Sees forty patients. {QUESTION} Wants slides."
        return save_visit(self.store, a_visit(self.world, start, topics=(row,), notes=notes))

    def open(self, visit: Visit) -> None:
        self.desk.open(Visit.kind, visit.id)
        QApplication.processEvents()

    def page(self, key: str) -> Any:
        return self.frame.pages[key]

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.frame, key, modifier)
        QApplication.processEvents()

    def card(self) -> Any:
        return self.page("visits").pane.form.topics.cards[0]

    def cite(self, words: str) -> None:
        """Choose the standing request in the topic by typing, and submit."""
        line = self.card().standing
        line.setFocus()
        QTest.keyClicks(line, words)
        self.press(KEY.Key_Return)
        self.press(KEY.Key_Return, CTRL | SHIFT)


@pytest.fixture
def story(msl_desk: Desk, clock: Clock, qtbot: QtBot) -> Story:
    return Story(msl_desk, clock, qtbot)


def test_from_the_topic_of_a_visit_to_its_renewal(story: Story, clock: Clock) -> None:
    # Without a request the topic rests on nothing.
    story.press(KEY.Key_Return, CTRL | SHIFT)
    assert story.store.get(Visit, story.visit.id).status is not VisitStatus.SUBMITTED
    story.card().basis.setFocus()
    story.press(KEY.Key_G, CTRL)
    assert story.frame.page_key == "inquiries"
    form = story.page("inquiries").standing.form
    assert form.topic_id() == story.world.off_label.id
    assert form.request().text == ASKED
    assert form.request().expires_on == dt.date(2027, 11, 19)
    story.press(KEY.Key_Return, CTRL)
    (request,) = standing_requests(story.store)
    assert (request.person_id, request.visit_id) == (story.world.person.id, story.visit.id)

    # The visit cites it and is submitted.
    story.frame.go("visits")
    story.open(story.visit)
    story.cite("Renal")
    saved = story.store.get(Visit, story.visit.id)
    assert saved.status is VisitStatus.SUBMITTED
    assert saved.topics[0].standing_request_id == request.id

    # It ends soon, and Today says so; a visit after its end is refused (OFF-8).
    clock.set(dt.datetime(2027, 11, 1, 9, tzinfo=clock().tzinfo))
    late = story.visit_at(clock() - HOUR)
    story.frame.go("today")
    rows = [
        row.accessibleName() for row in story.page("today").findChildren(CardRow) if "Ends soon" in row.accessibleName()
    ]
    assert rows == ["Dr. Hannah Okonkwo, Renal dosing, Velacor · 19 Nov 2027, Ends soon"]
    clock.set(dt.datetime(2027, 11, 25, 9, tzinfo=clock().tzinfo))
    late = story.visit_at(clock() - HOUR)
    story.open(late)
    story.cite("Renal")
    assert story.store.get(Visit, late.id).status is not VisitStatus.SUBMITTED
    assert "This standing request ended 19 Nov 2027." in story.card()._fields["standing_request_id"].fault()

    # Renewed with the doctor, the visit rests on the new one.
    story.desk.open(StandingRequest.kind, request.id)
    story.page("inquiries").standing.renew_button.setFocus()
    story.press(KEY.Key_Space)
    fresh = next(one for one in standing_requests(story.store) if one.renewed_from_id == request.id)
    assert story.store.get(StandingRequest, request.id).status is RequestStatus.RENEWED
    story.open(late)
    story.card().standing.take(next(o for o in [*story.card().standing._search("")] if o.value == fresh.id))
    story.press(KEY.Key_Return, CTRL | SHIFT)
    assert story.store.get(Visit, late.id).status is VisitStatus.SUBMITTED


def test_a_standing_request_that_was_begun_comes_back(story: Story) -> None:
    story.press(KEY.Key_G, CTRL)
    assert not standing_requests(story.store)
    from liaison_desktop.msl.inquiries.page import InquiriesPage

    again = InquiriesPage(story.desk)
    again.setParent(story.window)
    assert again.standing.form.request().text == ASKED
    assert again.standing.form.topic_id() == story.world.off_label.id


def test_the_selected_sentence_becomes_an_inquiry(story: Story) -> None:
    notes = story.page("visits").pane.form.notes
    notes.setFocus()
    cursor = notes.textCursor()
    start = notes.text().index(QUESTION)
    cursor.setPosition(start)
    cursor.setPosition(start + len(QUESTION), QTextCursor.MoveMode.KeepAnchor)
    notes.setTextCursor(cursor)
    story.press(KEY.Key_M, CTRL)
    assert story.frame.page_key == "inquiries"
    (inquiry,) = inquiries(story.store)
    assert inquiry.questions[0].verbatim == QUESTION
    assert (inquiry.person_id, inquiry.institution_id) == (story.world.person.id, story.world.place.id)
    assert (inquiry.visit_id, inquiry.received_channel) == (story.visit.id, ReceivedChannel.IN_PERSON)
    assert (inquiry.status, inquiry.number) == (InquiryStatus.DRAFT, "")
    assert story.page("inquiries").pane.inquiry.id == inquiry.id
