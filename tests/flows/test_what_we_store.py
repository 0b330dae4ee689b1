"""What we store about a person, by keyboard alone: read, print, and take them out of the store after a preview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.errors import Refused
from liaison_desktop.msl import practice
from liaison_desktop.msl.directory.record import Affiliation, Person
from liaison_desktop.msl.inquiries.record import InquiryStatus, MedicalInquiry, Question
from liaison_desktop.msl.insights.record import Insight, Vote
from liaison_desktop.msl.report.actions import anonymise, preview
from liaison_desktop.msl.report.document import stored_paper
from liaison_desktop.msl.report.page import StoredPage
from liaison_desktop.msl.report.queries import mentions, timeline
from liaison_desktop.msl.report.rules import REMOVED_TEXT, Fate, is_anonymous, without, words_of
from liaison_desktop.msl.safety.record import SafetyEvent
from liaison_desktop.msl.visits.actions import submit_visit
from liaison_desktop.msl.visits.record import Attendee, Visit
from liaison_desktop.msl.workspace import WORKSPACE
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk
from tests.fakes import TODAY, PaperTray
from tests.msl.builders import World, a_person, a_visit, a_world

KEY, CTRL, NONE = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def frame(qtbot: QtBot, msl_desk: Desk) -> Iterator[WorkFrame]:
    practice.fill(msl_desk.store)
    window = QWidget()
    qtbot.addWidget(window)
    made = WorkFrame(msl_desk, WORKSPACE, ())
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(made)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    msl_desk.store.listeners.clear()


def here() -> QWidget:
    found = QApplication.focusWidget() or QApplication.activeWindow()
    assert found is not None
    return found


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(here(), key, modifier)
    QApplication.processEvents()


def ask_bar(qtbot: QtBot, frame: WorkFrame, words: str) -> None:
    press(KEY.Key_K, CTRL)
    QTest.keyClicks(here(), words)
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: not frame.search.bar.isVisible())
    QApplication.processEvents()


def test_read_print_and_anonymise_by_keyboard(qtbot: QtBot, frame: WorkFrame, printer: PaperTray) -> None:
    store = frame.desk.store
    person = next(one for one in store.all(Person) if one.last_name == "Okonkwo")
    frame.go("today")
    ask_bar(qtbot, frame, "hannah okonkwo")
    qtbot.waitUntil(lambda: frame.page_key == "people")
    ask_bar(qtbot, frame, "what we store about")
    qtbot.waitUntil(lambda: frame.page_key == "stored")
    page = frame.page
    assert isinstance(page, StoredPage)
    assert page.paper.page_count >= 1
    press(KEY.Key_P, CTRL)
    assert printer.printed[0][0].startswith(b"%PDF")

    ask_bar(qtbot, frame, "anonymise this")
    qtbot.waitUntil(page.side.isVisible)
    assert store.get(Person, person.id) == person, "a preview does nothing"
    page.do_button.setFocus()
    press(KEY.Key_Space)
    assert page._reason_field.fault()
    assert store.get(Person, person.id) == person, "without a reason nothing is done"
    QTest.keyClicks(here(), "Dr. Okonkwo asked by letter on 3 November")
    page.do_button.setFocus()
    press(KEY.Key_Space)
    assert not page.side.isVisible()
    assert not [one for one in store.search("okonkwo") if one.kind == "visit"]
    assert b"Okonkwo" not in b"".join(repr(one).encode() for one in store.all(Visit))
    acts = store.lines(limit=200)
    assert {"viewed", "printed"} <= {line.act for line in acts if line.reason == "what we store"}
    assert any(line.reason == "anonymised: this person asked by letter on 3 November" for line in acts)


def full(store: Store) -> World:
    """A person in a locked visit, as somebody else's company in another, an insight, a report and inquiries."""
    world = a_world(store)
    submit_visit(store, a_visit(world, TODAY - dt.timedelta(hours=3), notes="Dr. Okonkwo would start earlier."))
    other = store.save(a_person(first_name="Kenji", last_name="Okada"))
    with store.transaction() as transaction:
        transaction.save(
            Visit(primary_person_id=other.id, start_at=TODAY, attendees=(Attendee(person_id=world.person.id),))
        )
        transaction.save(
            Insight(headline="Okonkwo waits for data", votes=(Vote(person_id=world.person.id),), heard_at=TODAY)
        )
        transaction.save(SafetyEvent(number="SE-1", description="A rash", reporter_hcp_id=world.person.id))
        transaction.save(
            MedicalInquiry(
                number="MI-1",
                status=InquiryStatus.SUBMITTED,
                person_id=world.person.id,
                questions=(Question(verbatim="May I?"),),
            )
        )
        transaction.save(MedicalInquiry(person_id=world.person.id, questions=(Question(verbatim="A draft"),)))
    return world


def test_every_kind_that_mentions_somebody_is_found_and_printed(msl_store: Store) -> None:
    world = full(msl_store)
    found = mentions(msl_store, world.person.id)
    kinds = sorted(one.record.kind for one in found)
    assert kinds == [
        "affiliation", "insight", "medical_inquiry", "medical_inquiry", "safety_event", "visit", "visit",
    ]  # fmt: skip
    made = stored_paper(msl_store, world.person.id)
    assert made.content.startswith(b"%PDF")
    assert "Okonkwo" not in made.file_name


def test_the_law_keeps_what_it_keeps_and_the_rest_lets_go(msl_store: Store) -> None:
    world = full(msl_store)
    before = {one.id: one for one in msl_store.all(MedicalInquiry)}
    plan = preview(msl_store, world.person.id)
    assert sorted(step.record.kind for step in plan.of(Fate.KEPT)) == ["medical_inquiry", "safety_event"]
    assert all(step.citation for step in plan.of(Fate.KEPT))
    assert [step.record.kind for step in plan.of(Fate.REMOVED)] == ["affiliation"]
    with pytest.raises(Refused):
        anonymise(msl_store, world.person.id, "  ")
    anonymise(msl_store, world.person.id, "asked by letter")
    card = msl_store.get(Person, world.person.id)
    assert (card.last_name, card.specialty, card.email) == ("Okonkwo", "Not kept", "")
    assert msl_store.all(SafetyEvent)[0].reporter_hcp_id == world.person.id
    for inquiry in msl_store.all(MedicalInquiry):
        assert (inquiry == before[inquiry.id]) is bool(inquiry.number)
    with pytest.raises(Refused):
        anonymise(msl_store, world.person.id, "again")
    stand_in = next(one for one in msl_store.all(Person) if is_anonymous(one))
    locked, group = sorted(msl_store.all(Visit), key=lambda one: not one.locked)
    assert locked.locked
    assert locked.primary_person_id == stand_in.id
    assert locked.notes == f"{REMOVED_TEXT} would start earlier."
    assert group.attendees[0].person_id == stand_in.id
    assert msl_store.all(Insight)[0].headline == f"{REMOVED_TEXT} waits for data"
    assert not msl_store.all(Affiliation)
    assert msl_store.verify().verified


def test_with_nothing_to_keep_nothing_is_left_of_the_card(msl_store: Store) -> None:
    world = a_world(msl_store)
    visit = msl_store.save(a_visit(world, TODAY))
    assert not preview(msl_store, world.person.id).keeps_name
    anonymise(msl_store, world.person.id, "asked by letter")
    assert is_anonymous(msl_store.get(Person, world.person.id))
    assert msl_store.get(Visit, visit.id).primary_person_id == world.person.id
    assert not msl_store.search("okonkwo")
    with pytest.raises(Refused):
        anonymise(msl_store, world.person.id, "again")
    assert len(msl_store.versions(visit.id)) >= 1, "the journal keeps what was, and the page says so"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=30))
def test_no_name_and_no_text_raises(notes: str, first: str, last: str) -> None:
    person = a_person(first_name=first, last_name=last)
    done = without(Visit(notes=notes, primary_person_id=person.id), person.id, person.id, words_of(person))
    assert isinstance(done.notes, str)


def test_the_timeline_tells_everything_with_somebody_newest_first(msl_store: Store) -> None:
    world = full(msl_store)
    told = [(one.what, one.about) for one in timeline(msl_store, world.person.id)]
    assert ("Visit", "Starting dose") in told, "her own name stands above the timeline already"
    assert {what for what, _about in told} == {"Visit", "Medical inquiry", "Safety event"}
    assert len(told) == 4
