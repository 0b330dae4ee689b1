"""Workflow 3, capture an insight, by keyboard alone over the real frame and a real encrypted store.

Ctrl+I                        in the notes: the selected sentence, or the one under the cursor, becomes the quote
headline  Tab  why it matters  Tab  category  Tab  question
Ctrl+Enter                    kept; the keyboard is back in the notes
Ctrl+Shift+Enter              kept and sent, or everything that stands in the way is said
Enter on +1                   it was heard before: one more, no duplicate
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liaison_desktop.msl import practice
from liaison_desktop.msl.inquiries.record import MedicalInquiry, ReceivedChannel
from liaison_desktop.msl.insights.page import InsightsPage
from liaison_desktop.msl.insights.page.board import InsightCard
from liaison_desktop.msl.insights.queries import by_number, insights_of_visit
from liaison_desktop.msl.insights.record import Category, Insight, InsightFeedback, InsightStatus
from liaison_desktop.msl.safety.record import AwareHow, SafetyDismissal, SafetyEvent
from liaison_desktop.msl.visits.page import VisitsPage
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.ui.desk import Desk
from tests.fakes import FileDialogs
from tests.flows.keyboard import CTRL, KEY, SHIFT, command, frames, here, named, press, tab_to, to_notes_of_today, types

QUOTE = "I never ask about itch before week four."
NOTES = f"Sees forty patients. {QUOTE} The clinic moves in May."


@pytest.fixture
def desk(msl_desk: Desk) -> Desk:
    practice.fill(msl_desk.store)
    return msl_desk


@pytest.fixture
def open_frame(qtbot: QtBot, desk: Desk) -> Iterator[Callable[[], WorkFrame]]:
    with frames(qtbot, desk) as make:
        yield make


def visits_page(frame: WorkFrame) -> VisitsPage:
    page = frame.pages["visits"]
    assert isinstance(page, VisitsPage)
    return page


def insights_page(frame: WorkFrame) -> InsightsPage:
    page = frame.pages["insights"]
    assert isinstance(page, InsightsPage)
    return page


def in_the_notes(desk: Desk, frame: WorkFrame, notes: str = NOTES, quote: str = QUOTE) -> tuple[VisitsPage, Visit]:
    """A draft of today, the keyboard in its notes, a sentence of them selected by keys."""
    page, visit = to_notes_of_today(frame)
    press(KEY.Key_A, CTRL)
    types(notes)
    press(KEY.Key_Home, CTRL)
    press(KEY.Key_Right, times=notes.index(quote))
    press(KEY.Key_Right, SHIFT, times=len(quote))
    return page, visit


def newest(desk: Desk, beginning: str) -> Insight:
    return next(one for one in desk.store.all(Insight) if one.headline.startswith(beginning))


def test_the_selected_sentence_becomes_an_insight(desk: Desk, open_frame: Callable[[], WorkFrame]) -> None:
    page, visit = in_the_notes(desk, open_frame())
    press(KEY.Key_I, CTRL)
    assert page.beside.capturing
    assert page.beside.capture.editor("quote").value() == QUOTE
    assert named() == "Headline"
    types("Nobody asks about itch at the first visit")
    tab_to("Why it matters", 1)
    types("The benefit is not seen where nobody asks, and no endpoint would change how you treat.")
    tab_to("Category", 1)
    types("unmet")
    press(KEY.Key_Return)
    tab_to("Question we ask", 1)
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    tab_to("Clear", 1)
    press(KEY.Key_Space)
    assert page.beside.capture.meter.text() == "1 of 4, not yet actionable or relevant"
    press(KEY.Key_Return, CTRL)
    assert not page.beside.capturing
    assert named() == "Notes"
    (insight,) = insights_of_visit(desk.store, visit.id)
    assert insight.headline == "Nobody asks about itch at the first visit"
    assert insight.quote == QUOTE
    assert (insight.person_id, insight.category) == (visit.primary_person_id, Category.UNMET_NEED)
    assert insight.priority_id is not None
    assert (insight.clear, insight.timely) == (True, False)
    assert insight.status is InsightStatus.DRAFT
    assert insight.number.startswith("INS-T-")
    assert page.pane.form.notes.value() == NOTES, "the notes stay as they are"


def test_the_question_that_shares_most_words_is_offered_first(desk: Desk, open_frame: Callable[[], WorkFrame]) -> None:
    page, _visit = in_the_notes(desk, open_frame())
    press(KEY.Key_I, CTRL)
    types("Laboratory work is too much for rural clinics")
    tab_to("Question we ask")
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    chosen = page.beside.capture.typed().priority_id
    (asked,) = [one for one in desk.store.all(desk.store.kinds["listening_priority"]) if one.id == chosen]
    assert asked.title() == "How much laboratory work is too much?"


def test_without_a_selection_the_sentence_under_the_cursor_is_taken(
    desk: Desk, open_frame: Callable[[], WorkFrame]
) -> None:
    page, _visit = in_the_notes(desk, open_frame())
    place = page.pane.form.notes.textCursor().position()
    press(KEY.Key_I, CTRL)
    press(KEY.Key_Escape)
    assert page.pane.form.notes.textCursor().position() == place, "the notes keep their place"
    press(KEY.Key_End, CTRL)
    press(KEY.Key_I, CTRL)
    assert page.beside.capture.editor("quote").value() == "The clinic moves in May."
    press(KEY.Key_Escape)
    assert not page.beside.capturing
    assert named() == "Notes"


def test_send_says_what_is_missing_and_what_was_typed_survives_a_crash(
    qtbot: QtBot, desk: Desk, open_frame: Callable[[], WorkFrame]
) -> None:
    page, visit = in_the_notes(desk, open_frame())
    press(KEY.Key_I, CTRL)
    types("Nobody asks about itch")
    press(KEY.Key_Return, CTRL | SHIFT)
    assert page.beside.capture.form.field("so_what").fault() == "Say in one sentence why this matters."
    assert named() == "Why it matters"
    types("The benefit is not seen.")
    qtbot.waitUntil(lambda: b"not seen" in (desk.store.drafts.get(f"insight-of-visit/{visit.id}") or b""), timeout=2000)
    frame = open_frame()
    press(KEY.Key_3, CTRL)
    again = visits_page(frame)
    assert again.pane.visit.id == visit.id, "what was typed last is what one sees first"
    assert again.beside.capturing
    assert again.beside.capture.editor("so_what").value() == "The benefit is not seen."
    assert again.beside.capture.editor("headline").value() == "Nobody asks about itch"


def test_what_was_heard_before_gets_one_more_and_no_duplicate(
    qtbot: QtBot, desk: Desk, open_frame: Callable[[], WorkFrame]
) -> None:
    page, visit = in_the_notes(desk, open_frame())
    before = len(desk.store.all(Insight))
    press(KEY.Key_I, CTRL)
    similar = page.beside.capture.similar
    with qtbot.waitSignal(similar.settled, timeout=5000):
        types("Nephrologists dose by albumin and not by eGFR")
    qtbot.waitUntil(lambda: bool(similar.found), timeout=5000)
    known = similar.found[0].insight
    assert known.headline == "Nephrologists dose by albumin, not by eGFR"
    assert similar.isVisible()
    tab_to("Heard again: Nephrologists")
    press(KEY.Key_Return)
    voted = desk.store.get(Insight, known.id)
    assert len(voted.votes) == len(known.votes) + 1
    vote = voted.votes[-1]
    assert (vote.by, vote.at, vote.visit_id) == (desk.store.actor.name, desk.clock(), visit.id)
    assert vote.person_id == visit.primary_person_id
    assert len(desk.store.all(Insight)) == before
    assert not page.beside.capturing


ASKED = "Can I have the renal letter?"
STOPPED = "One of hers stopped after two weeks."


def test_a_question_in_the_capture_becomes_an_inquiry_and_the_insight_remembers_it(
    qtbot: QtBot, desk: Desk, open_frame: Callable[[], WorkFrame]
) -> None:
    frame = open_frame()
    page, visit = in_the_notes(desk, frame, f"Sees forty patients. {ASKED} The clinic moves.", ASKED)
    before = {one.id for one in desk.store.all(MedicalInquiry)}
    press(KEY.Key_I, CTRL)
    types("Renal dosing is unclear to her")
    press(KEY.Key_Tab)
    types("Patients wait.")
    qtbot.waitUntil(lambda: bool(page.beside.capture.answers.buttons), timeout=2000)
    tab_to("Make it a medical inquiry")
    press(KEY.Key_Space)
    assert frame.page_key == "inquiries"
    (made,) = [one for one in desk.store.all(MedicalInquiry) if one.id not in before]
    assert made.questions[0].verbatim == ASKED
    assert (made.person_id, made.visit_id) == (visit.primary_person_id, visit.id)
    assert made.received_at == desk.clock()
    assert made.received_channel is ReceivedChannel.IN_PERSON
    press(KEY.Key_3, CTRL)
    assert page.beside.capturing, "the capture is still there"
    assert not page.beside.capture.answers.buttons
    tab_to("Category")
    types("dosing")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL | SHIFT)
    sent = newest(desk, "Renal dosing is unclear")
    assert sent.status is InsightStatus.SUBMITTED
    assert [(one.rule, one.record_kind, one.record_id) for one in sent.answers] == [
        ("INS-2", MedicalInquiry.kind, made.id)
    ]


def test_a_safety_word_on_the_page_opens_a_report_from_the_hour_it_was_heard(
    desk: Desk, open_frame: Callable[[], WorkFrame]
) -> None:
    frame = open_frame()
    press(KEY.Key_4, CTRL)
    page = insights_page(frame)
    before = {one.id for one in desk.store.all(SafetyEvent)}
    press(KEY.Key_N, CTRL)
    types("She expects more of it")
    tab_to("Why it matters")
    types("Others wait for the same.")
    tab_to("Quote")
    types(STOPPED)
    tab_to("Category")
    types("safety")
    press(KEY.Key_Return)
    tab_to("Heard from")
    types("Okonkwo")
    press(KEY.Key_Return)
    tab_to("Heard, time")
    press(KEY.Key_A, CTRL)
    types("09:30")
    press(KEY.Key_Return, CTRL | SHIFT)
    assert page.pane.foot.text() == "1 thing to do before it can be sent"
    assert named() == "Open a safety report"
    press(KEY.Key_Space)
    assert frame.page_key == "safety"
    (made,) = [one for one in desk.store.all(SafetyEvent) if one.id not in before]
    heard = desk.clock().replace(hour=9, minute=30)
    assert (made.description, made.aware_at, made.aware_how) == (STOPPED, heard, AwareHow.OTHER)
    assert made.due_at == heard + dt.timedelta(hours=24)
    assert made.reporter_name == "Dr. Hannah Okonkwo"
    press(KEY.Key_4, CTRL)
    press(KEY.Key_Return, CTRL | SHIFT)
    sent = newest(desk, "She expects more")
    assert sent.status is InsightStatus.SUBMITTED
    assert [(one.rule, one.answer, one.record_id) for one in sent.answers] == [("INS-3", made.title(), made.id)]
    # The sent insight still shows the way to its report.
    press(KEY.Key_Return)
    tab_to(f"Open {made.title()}")
    press(KEY.Key_Space)
    assert frame.page_key == "safety"


def test_a_safety_word_stops_the_sending_until_a_reason_is_given(
    desk: Desk, open_frame: Callable[[], WorkFrame]
) -> None:
    frame = open_frame()
    press(KEY.Key_4, CTRL)
    page = insights_page(frame)
    before = len(desk.store.all(SafetyEvent))
    press(KEY.Key_N, CTRL)
    types("One of hers stopped after two weeks")
    tab_to("Why it matters")
    types("She expects more of it.")
    tab_to("Category")
    types("safety")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL | SHIFT)
    assert page.pane.foot.text() == "1 thing to do before it can be sent"
    tab_to("Why not: Possible adverse event", 1)
    types("Another company's medicine")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL | SHIFT)
    sent = newest(desk, "One of hers")
    assert sent.status is InsightStatus.SUBMITTED
    # The reason stands where the radar looks as well, and the insight says which one it is.
    (said,) = [one for one in desk.store.all(SafetyDismissal) if one.about_id == sent.id]
    assert [(one.answer, one.record_id) for one in sent.answers] == [("Another company's medicine", said.id)]
    assert len(desk.store.all(SafetyEvent)) == before


def test_a_draft_that_is_a_question_turns_into_an_inquiry_and_back(
    qtbot: QtBot, desk: Desk, open_frame: Callable[[], WorkFrame]
) -> None:
    frame = open_frame()
    press(KEY.Key_4, CTRL)
    press(KEY.Key_N, CTRL)
    types("Which dose below an eGFR of thirty")
    tab_to("Make it an inquiry", back=True)
    press(KEY.Key_Space)
    assert frame.page_key == "inquiries"
    made = next(
        one for one in desk.store.all(MedicalInquiry) if one.questions[0].verbatim.startswith("Which dose below")
    )
    assert not [one for one in desk.store.all(Insight) if one.headline.startswith("Which dose below")]
    command("make an insight of this inquiry")
    assert frame.page_key == "insights"
    (back,) = [one for one in desk.store.all(Insight) if one.quote.startswith("Which dose below")]
    assert desk.store.find(MedicalInquiry, made.id) is not None
    assert insights_page(frame).pane.insight.id == back.id
    assert named() == "Headline"


def test_an_insight_of_a_visit_goes_back_into_its_notes(
    qtbot: QtBot, desk: Desk, open_frame: Callable[[], WorkFrame]
) -> None:
    frame = open_frame()
    page, visit = in_the_notes(desk, frame)
    press(KEY.Key_I, CTRL)
    types("Nobody asks about itch")
    press(KEY.Key_Return, CTRL)
    assert insights_of_visit(desk.store, visit.id)
    tab_to("Open Nobody asks")
    press(KEY.Key_Space)
    assert frame.page_key == "insights"
    command("put this insight back")
    assert frame.page_key == "visits"
    assert page.pane.form.notes.value() == f"{NOTES}\nNobody asks about itch"
    assert not insights_of_visit(desk.store, visit.id)
    press(KEY.Key_Return, CTRL)
    assert desk.store.get(Visit, visit.id).notes.endswith("Nobody asks about itch")


def test_from_the_board_to_a_sent_insight_and_its_receipt(desk: Desk, open_frame: Callable[[], WorkFrame]) -> None:
    frame = open_frame()
    press(KEY.Key_4, CTRL)
    page = insights_page(frame)
    assert isinstance(here(), InsightCard)
    press(KEY.Key_N, CTRL)
    assert named() == "Headline"
    types("Sites decline because of the visit windows")
    tab_to("Why it matters")
    types("Four sites would enrol with one visit less.")
    tab_to("Category")
    types("site")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL | SHIFT)
    sent = newest(desk, "Sites decline")
    assert sent.status is InsightStatus.SUBMITTED
    card = here()
    assert isinstance(card, InsightCard)
    assert card.shown.insight.id == sent.id
    press(KEY.Key_Return)
    assert page.pane.insight.id == sent.id
    assert page.pane.form.editor("headline").isReadOnly()
    amend = page.pane.foot.amend_button
    assert here() is amend  # no read-only field has the keyboard
    press(KEY.Key_Tab)
    assert here() is not amend
    press(KEY.Key_Backtab)
    assert here() is amend  # from the first stop of the pane back to its last
    tab_to("Add a receipt")
    press(KEY.Key_Space)
    assert named() == "From"
    types("clin")
    press(KEY.Key_Return)
    press(KEY.Key_Tab)
    press(KEY.Key_2)
    tab_to("What was done or decided")
    types("Visit windows widened to five days")
    tab_to("The insight is now")
    types("acted")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL)
    assert desk.store.get(Insight, sent.id).status is InsightStatus.ACTIONED
    (back,) = [one for one in desk.store.all(InsightFeedback) if one.insight_id == sent.id]
    assert back.action_text == "Visit windows widened to five days"
    # Today tells its author.
    press(KEY.Key_1, CTRL)
    tab_to("Open Sites decline")
    press(KEY.Key_Space)
    assert frame.page_key == "insights"
    assert page.pane.insight.id == sent.id


def test_receipts_come_in_from_a_file_or_not_at_all(
    qtbot: QtBot, desk: Desk, open_frame: Callable[[], WorkFrame], files: FileDialogs, tmp_path: Path
) -> None:
    frame = open_frame()
    press(KEY.Key_4, CTRL)
    page = insights_page(frame)
    waiting = next(one for one in desk.store.all(Insight) if one.status is InsightStatus.SUBMITTED)
    before = len(desk.store.all(InsightFeedback))
    head = "insight number,from,status,decision,action,reference,date\n"
    good = f"{waiting.number.lower()},Clinical Development,accepted,taken up,Protocol amendment 3,CD-7,2026-11-18\n"
    bad, right = tmp_path / "bad.csv", tmp_path / "right.csv"
    bad.write_text(head + good + "INS-T-9999,Safety,accepted,read,Read,,2026-11-18\n", encoding="utf-8")
    right.write_text(head + good, encoding="utf-8")
    hostile = tmp_path / "hostile.json"
    hostile.write_bytes(b"[" * 100_000)
    files.opens = [hostile, bad, right]
    command("import receipts")
    desk.jobs.wait()
    QApplication.processEvents()
    assert not page.importing.go.isEnabled()
    assert "damaged, or nested too deep" in page.importing.trouble
    press(KEY.Key_Return, CTRL)
    press(KEY.Key_Escape)
    assert isinstance(here(), InsightCard)
    command("import receipts")
    qtbot.waitUntil(lambda: len(page.importing.found) == 2, timeout=15_000)
    assert [bool(one.faults) for one in page.importing.found] == [False, True]
    press(KEY.Key_Return, CTRL)
    assert len(desk.store.all(InsightFeedback)) == before
    command("import receipts")
    qtbot.waitUntil(lambda: len(page.importing.found) == 1, timeout=15_000)
    press(KEY.Key_Return, CTRL)
    assert len(desk.store.all(InsightFeedback)) == before + 1
    found = by_number(desk.store, waiting.number)
    assert found is not None
    assert found.status is InsightStatus.ACCEPTED
    assert desk.store.all(InsightFeedback)[-1].at == dt.date(2026, 11, 18)
