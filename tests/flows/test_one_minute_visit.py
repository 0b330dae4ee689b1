"""Workflow 1: a visit in under a minute, from the command bar to the lock, by keystrokes alone.

Ctrl+K  v ack 14:00 30m #dosing #trial-x  Enter   person, start, minutes, topics; her usual channel and place
1                                                 the ground of the off-label topic: unsolicited, so she asked
Tab  Can I start 5 mg at an eGFR of 28?           her question, word for word
1                                                 the ground of the trial: an investigational exchange
Tab to Notes  Sees about 40 ...                   what was said
Alt+A 1                                           no adverse event was heard
f send ASH poster fri  Enter                      a follow-up, promised, due on Friday
Ctrl+Shift+Enter                                  submit and lock
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.msl import practice
from liaison_desktop.msl.directory.actions import save_person
from liaison_desktop.msl.directory.record import Affiliation, ContactChannel, Institution, Person
from liaison_desktop.msl.inquiries.page import InquiriesPage
from liaison_desktop.msl.inquiries.record import MedicalInquiry
from liaison_desktop.msl.materials.actions import save_taxonomy
from liaison_desktop.msl.materials.record import LabelStatus, ScientificTopic
from liaison_desktop.msl.safety.record import SafetyEvent
from liaison_desktop.msl.visits.record import (
    Attendee,
    Channel,
    CompanyFunction,
    Direction,
    ExchangeBasis,
    Heard,
    MaterialUse,
    Visit,
    VisitStatus,
)
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.store import Store
from liaison_desktop.ui.bar_rows import BarRow
from liaison_desktop.ui.desk import Desk
from tests.fakes import TODAY
from tests.flows.keyboard import ALT, CTRL, KEY, SHIFT, ask_bar, frame, here, opened, press, tab_to, types
from tests.msl.builders import a_person

__all__ = ["frame"]
LINE = "v ack 14:00 30m #dosing #trial-x"


@pytest.fixture
def with_ack(qtbot: QtBot, msl_desk: Desk) -> Iterator[WorkFrame]:
    """Practice records, Dr. Ackermann who is usually met in person, and the trial of the example."""
    store = msl_desk.store
    practice.fill(store)
    place = store.all(Institution)[0]
    her = a_person(first_name="Johanna", last_name="Ackermann", preferred_channel=ContactChannel.IN_PERSON)
    save_person(store, her, [Affiliation(institution_id=place.id, is_primary=True)])
    save_taxonomy(
        store, (), [ScientificTopic(code="trial-x", label="Trial X", label_status=LabelStatus.INVESTIGATIONAL)]
    )
    made = opened(qtbot, msl_desk)
    yield made
    made.put_away()


def newest(store: Store) -> Visit:
    return store.all(Visit)[-1]


def offered(frame: WorkFrame) -> list[BarRow]:
    return [one for one in frame.search.bar.model.items if isinstance(one, BarRow)]


def test_from_one_line_to_the_lock(qtbot: QtBot, with_ack: WorkFrame) -> None:
    store, before = with_ack.desk.store, len(with_ack.desk.store.all(Visit))
    press(KEY.Key_K, CTRL)
    types(LINE)
    chips = [(chip.text, chip.tone) for chip in offered(with_ack)[0].chips]
    assert chips == [
        ("Dr. Johanna Ackermann", "accent"),
        ("Thu 19 Nov, 14:00", "neutral"),
        ("30 min", "neutral"),
        ("In person, as usual", "line"),
        ("Northlake University Hospital", "line"),
        ("Dosing in renal impairment", "neutral"),
        ("Trial X", "neutral"),
    ]
    assert len(store.all(Visit)) == before, "what was understood is shown before anything is saved"
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: with_ack.page_key == "visits")
    assert here().accessibleName() == "Basis of Dosing in renal impairment: Unsolicited"
    press(KEY.Key_1)
    press(KEY.Key_Tab)
    types("Can I start 5 mg at an eGFR of 28?")
    presses = tab_to("Basis of Trial X")
    press(KEY.Key_1)
    presses += tab_to("Notes")
    types("Sees about 40 PBC patients, a third with eGFR below 45.")
    press(KEY.Key_A, ALT)
    press(KEY.Key_1)
    types("f send ASH poster fri")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL | SHIFT)
    assert presses <= 6

    saved = newest(store)
    assert (len(store.all(Visit)), saved.status) == (before + 1, VisitStatus.SUBMITTED)
    assert (saved.heading, saved.duration_min) == ("Dr. Johanna Ackermann, dosing in renal impairment", 30)
    assert (saved.start_at, saved.channel, saved.ae_heard) == (TODAY.replace(hour=14), Channel.IN_PERSON, Heard.NO)
    asked, trial = saved.topics
    assert (asked.exchange_basis, asked.direction) == (ExchangeBasis.UNSOLICITED_REQUEST, Direction.ASKED_BY_HCP)
    assert asked.verbatim_question == "Can I start 5 mg at an eGFR of 28?"
    assert trial.exchange_basis is ExchangeBasis.INVESTIGATIONAL_EXCHANGE
    (promise,) = saved.follow_ups
    assert (promise.text, promise.due_on) == ("send ASH poster", dt.date(2026, 11, 20))


def test_ctrl_enter_keeps_a_draft_with_the_usual_channel_and_place(qtbot: QtBot, frame: WorkFrame) -> None:
    press(KEY.Key_K, CTRL)
    types("v oko 13:00 #itch")
    chips = [chip.text for chip in offered(frame)[0].chips]
    assert "In person, as usual" in chips
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: frame.page_key == "visits")
    types("Itches at night.")
    press(KEY.Key_Return, CTRL)
    saved = newest(frame.desk.store)
    assert (saved.status, saved.notes) == (VisitStatus.DRAFT, "Itches at night.")
    assert saved.channel is Channel.IN_PERSON
    assert saved.institution_id is not None


def test_the_flags_open_a_report_and_an_inquiry(qtbot: QtBot, frame: WorkFrame) -> None:
    store = frame.desk.store
    press(KEY.Key_K, CTRL)
    types("v haddad 13:15 #dosing ?inq may I start at 28 !ae one stopped for a rash")
    chips = [(chip.text, chip.tone) for chip in offered(frame)[0].chips]
    assert ("Safety report: one stopped for a rash", "red") in chips
    assert ("Medical inquiry: may I start at 28", "accent") in chips
    reports, inquiries = len(store.all(SafetyEvent)), len(store.all(MedicalInquiry))
    press(KEY.Key_Return)
    qtbot.waitUntil(lambda: frame.page_key == "safety")
    visit = newest(store)
    assert (visit.ae_heard, visit.notes) == (Heard.YES, "may I start at 28 one stopped for a rash")
    asked = store.all(MedicalInquiry)[-1]
    assert len(store.all(MedicalInquiry)) == inquiries + 1
    assert (asked.questions[0].verbatim, asked.person_id, asked.visit_id) == (
        "may I start at 28",
        visit.primary_person_id,
        visit.id,
    )
    assert visit.topics[0].inquiry_id == asked.id
    assert len(store.all(SafetyEvent)) == reports, "a report is captured by its author, not by a line"
    press(KEY.Key_Return, CTRL)
    captured = store.all(SafetyEvent)[-1]
    assert len(store.all(SafetyEvent)) == reports + 1
    assert (captured.description, captured.interaction_id) == ("one stopped for a rash", visit.id)


def test_an_inquiry_alone_is_opened(qtbot: QtBot, frame: WorkFrame) -> None:
    ask_bar(qtbot, frame, "v haddad 13:15 #dosing ?inq may I start at 28")
    qtbot.waitUntil(lambda: frame.page_key == "inquiries")
    page = frame.page
    assert isinstance(page, InquiriesPage)
    assert page.pane.inquiry.questions[0].verbatim == "may I start at 28"


def last_with(store: Store, name: str) -> Visit:
    her = next(one for one in store.all(Person) if one.last_name == name)
    return max(
        (one for one in store.all(Visit) if one.primary_person_id == her.id and one.locked),
        key=lambda one: one.start_at or TODAY,
    )


def test_ctrl_r_repeats_the_last_visit_with_that_person(qtbot: QtBot, frame: WorkFrame) -> None:
    store = frame.desk.store
    last = last_with(store, "Haddad")
    ask_bar(qtbot, frame, "v haddad 13:15")
    qtbot.waitUntil(lambda: frame.page_key == "visits")
    begun = newest(store)
    press(KEY.Key_R, CTRL)
    press(KEY.Key_Return, CTRL)
    again = store.get(Visit, begun.id)
    assert again.start_at == TODAY.replace(hour=13, minute=15), "what was said stays"
    assert [row.topic_id for row in again.topics] == [row.topic_id for row in last.topics]
    assert (again.channel, again.duration_min, again.initiated_by) == (
        last.channel,
        last.duration_min,
        last.initiated_by,
    )
    assert (again.notes, again.ae_heard, again.follow_ups, again.materials) == ("", Heard.UNANSWERED, (), ())
    types("Said more. ")
    before = len(store.all(Visit))
    press(KEY.Key_R, CTRL)
    assert len(store.all(Visit)) == before + 1, "a visit that says something is left alone, and a new one begun"
    assert newest(store).start_at == TODAY


def test_ctrl_r_on_a_profile_and_with_nobody_to_repeat(qtbot: QtBot, frame: WorkFrame) -> None:
    store, before = frame.desk.store, len(frame.desk.store.all(Visit))
    ask_bar(qtbot, frame, "hannah okonkwo")
    qtbot.waitUntil(lambda: frame.page_key == "people")
    press(KEY.Key_R, CTRL)
    qtbot.waitUntil(lambda: frame.page_key == "visits")
    assert len(store.all(Visit)) == before + 1
    ask_bar(qtbot, frame, "v osei 13:00")
    press(KEY.Key_R, CTRL)
    toast = frame.toasts.current
    assert toast is not None
    assert toast.text == "There is no visit with this person to repeat yet"


def test_the_rows_of_a_visit_hold_what_belongs_to_them() -> None:
    present = Attendee(external_name="Colleague", function=CompanyFunction.SALES, signed=True)
    shown = MaterialUse(title="Deck", slides="3, 7-9", seconds=240)
    assert (present.signed, shown.slides, shown.seconds) == (True, "3, 7-9", 240)


def test_a_visit_that_looks_like_another_is_asked_about_and_the_answer_names_no_patient(
    qtbot: QtBot, frame: WorkFrame
) -> None:
    store = frame.desk.store
    ask_bar(qtbot, frame, "v oko 13:00 #dosing")
    qtbot.waitUntil(lambda: frame.page_key == "visits")
    press(KEY.Key_1)
    press(KEY.Key_Tab)
    types("Can I start 5 mg at an eGFR of 28?")
    press(KEY.Key_A, ALT)
    press(KEY.Key_1)
    press(KEY.Key_Return, CTRL | SHIFT)
    assert newest(store).status is VisitStatus.DRAFT
    assert here().accessibleName().startswith("This looks like the visit you recorded at 08:15.")
    types("Mrs. Jones was spoken of")
    press(KEY.Key_Return)
    assert here().accessibleDescription().startswith("This looks like patient identity: “Mrs. Jones”")
    press(KEY.Key_A, CTRL)
    types("A second talk after lunch")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL | SHIFT)
    saved = newest(store)
    assert saved.status is VisitStatus.SUBMITTED
    assert [(one.rule, one.answer) for one in saved.confirmations] == [("VIS-6", "A second talk after lunch")]


def test_the_form_with_everything_open_fits_the_smallest_window(qtbot: QtBot, frame: WorkFrame) -> None:
    ask_bar(qtbot, frame, "v oko 13:00 #dosing")
    qtbot.waitUntil(lambda: frame.page_key == "visits")
    tab_to("Who and when", most=40, back=True)
    press(KEY.Key_Space)
    press(KEY.Key_Return, CTRL)
    assert frame.minimumSizeHint().width() <= 1366
    assert frame.width() == 1366
