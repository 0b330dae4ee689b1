"""A safety event by keyboard alone, over the real frame and store, from a line in the command bar to Safety's telephone.

Ctrl+K  v mbeki 10:00 30m  Enter                          a visit this morning
Tab ...  One on Velacor stopped after severe itching.     in its notes; the radar marks it
F12  Ctrl+Enter                                           captured with that sentence, known since 10:00; the clock runs
Ctrl+Shift+Enter                                          hand it over, incomplete as it is
2  Tab ...  Safety desk, Dr. Lind  Ctrl+Enter             by telephone, to whom; the clock stops
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pytestqt.qtbot import QtBot

from liaison_desktop.msl.safety.form import SafetyWatch
from liaison_desktop.msl.safety.page import SafetyPage
from liaison_desktop.msl.safety.queries import dismissals_about, events_of_visit, running_events
from liaison_desktop.msl.safety.record import AwareHow, HandoverMethod, NoReport, SafetyEvent, SafetyStatus
from liaison_desktop.msl.visits.record import Heard, Visit
from liaison_desktop.security.sealed_file import MAGIC, open_sealed
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.inputs import LineEdit, TextArea
from tests.fakes import TODAY, Clock, FileDialogs
from tests.flows.keyboard import CTRL, KEY, SHIFT, frame, here, press, types

__all__ = ["frame"]

SENTENCE = "One on Velacor stopped after severe itching."


def tab_to(name: str) -> None:
    """Tab until the field of that name has the keyboard."""
    for _ in range(120):
        if here().accessibleName() == name:
            return
        press(KEY.Key_Tab)
    raise AssertionError(f"Tab never came to {name}")


def watch(frame: WorkFrame) -> SafetyWatch:
    assert isinstance(frame.strip, SafetyWatch)
    return frame.strip


def safety(frame: WorkFrame) -> SafetyPage:
    page = frame.pages["safety"]
    assert isinstance(page, SafetyPage)
    return page


def a_visit(frame: WorkFrame, line: str = "v mbeki 10:00 30m") -> Visit:
    """A visit of this morning in one line, the keyboard in its notes."""
    press(KEY.Key_K, CTRL)
    types(line)
    press(KEY.Key_Return)
    assert frame.page_key == "visits"
    tab_to("Notes")
    subject = frame.subject()
    assert subject is not None
    return frame.desk.store.get(Visit, subject[1])


def test_from_the_notes_of_a_visit_to_safety(frame: WorkFrame, qtbot: QtBot, clock: Clock) -> None:
    store, visit = frame.desk.store, a_visit(frame)
    notes = here()
    assert isinstance(notes, TextArea)
    types(SENTENCE)
    qtbot.waitUntil(watch(frame).hint.isVisible)
    first = watch(frame).hint.first
    assert first is not None
    assert first.words == "stopped after severe itching"
    assert [notes.text()[start:end] for start, end in notes.marks()] == ["stopped after severe itching"]
    assert watch(frame).hint.parentWidget() is not frame.strip  # under the notes, where it was seen

    press(KEY.Key_F12)
    assert frame.page_key == "safety"
    press(KEY.Key_Return, CTRL)
    event = next(one for one in running_events(store) if one.description == SENTENCE)
    assert event.interaction_id == visit.id
    assert event.reporter_hcp_id == visit.primary_person_id
    assert event.product_name == "Velacor"
    assert event.aware_how is AwareHow.PHONE  # which is how this doctor is met
    # Day 0 is the morning it was heard; a day later it is due.
    assert event.aware_at == TODAY.replace(hour=10, minute=0)
    assert event.due_at == TODAY.replace(hour=10, minute=0) + dt.timedelta(hours=24)
    # The notice speaks of the report that is due first, here one of the practice records.
    assert frame.status.notice.text().startswith(f"Safety report {running_events(store)[0].number}: ")
    assert frame.status.notice.isVisible()
    # The missing patient is said with the question to ask, and the keyboard stands where it is answered.
    assert here().accessibleName().startswith("Age group")

    press(KEY.Key_Return, CTRL | SHIFT)
    press(KEY.Key_2)
    tab_to("Who has it now")
    types("Safety desk, Dr. Lind")
    press(KEY.Key_Return, CTRL)
    done = store.get(SafetyEvent, event.id)
    assert (done.status, done.handed_to) == (SafetyStatus.HANDED_OVER, "Safety desk, Dr. Lind")
    assert done.handover_method is HandoverMethod.PHONE

    # Back in the visit its question is answered, and what was reported is marked no more.
    press(KEY.Key_3, CTRL)
    assert frame.page_key == "visits"
    qtbot.waitUntil(lambda: not watch(frame).hint.isVisible())
    assert notes.marks() == ()
    press(KEY.Key_Return, CTRL)
    assert store.get(Visit, visit.id).ae_heard is Heard.YES


def test_one_sentence_from_anywhere_is_enough(frame: WorkFrame) -> None:
    press(KEY.Key_F12)
    types("A man fainted after the second tablet.")
    press(KEY.Key_Return, CTRL)
    event = next(one for one in running_events(frame.desk.store) if one.description.startswith("A man fainted"))
    assert event.aware_at == frame.desk.store.clock()
    assert event.interaction_id is None


def test_the_capture_survives_a_lock_and_comes_first(frame: WorkFrame, msl_desk: Desk) -> None:
    press(KEY.Key_F12)
    types("A man fainted after the second tablet.")
    frame.save_drafts()  # what locking does
    again = SafetyPage(msl_desk)
    again.resume()
    assert again.capture is not None
    assert again.capture.text.text() == "A man fainted after the second tablet."
    again.deleteLater()


def test_yes_in_a_visit_opens_the_capture_linked_to_it(frame: WorkFrame) -> None:
    visit = a_visit(frame)
    tab_to("Did you hear of any adverse event or product complaint?: No")
    press(KEY.Key_2)
    assert frame.page_key == "safety"
    types("Rash in one patient.")
    press(KEY.Key_Return, CTRL)
    assert events_of_visit(frame.desk.store, visit.id)


def test_a_marked_text_is_dismissed_with_a_reason(frame: WorkFrame, qtbot: QtBot) -> None:
    visit = a_visit(frame)
    notes = here()
    types(SENTENCE)
    qtbot.waitUntil(watch(frame).hint.isVisible)
    press(KEY.Key_F12, SHIFT)
    press(KEY.Key_2)
    (kept,) = dismissals_about(frame.desk.store, visit.id)
    assert (kept.reason, kept.sentence, kept.field) == (NoReport.HISTORY_ONLY, SENTENCE, "notes")
    assert kept.lexicon_version
    assert not watch(frame).hint.isVisible()
    assert here() is notes  # one goes on where one was


def test_a_reason_that_needs_words_asks_for_them_and_escape_gives_up(frame: WorkFrame, qtbot: QtBot) -> None:
    visit = a_visit(frame)
    notes = here()
    types(SENTENCE)
    qtbot.waitUntil(watch(frame).hint.isVisible)
    press(KEY.Key_F12, SHIFT)
    press(KEY.Key_Escape)
    assert here() is notes
    press(KEY.Key_F12, SHIFT)
    press(KEY.Key_4)
    assert dismissals_about(frame.desk.store, visit.id) == ()
    types("SE-9-0007")
    press(KEY.Key_Return)
    (kept,) = dismissals_about(frame.desk.store, visit.id)
    assert (kept.reason, kept.report_number) == (NoReport.ALREADY_REPORTED, "SE-9-0007")


def test_a_patients_name_is_reworded_with_one_key(frame: WorkFrame, qtbot: QtBot) -> None:
    a_visit(frame)
    notes = here()
    assert isinstance(notes, TextArea)
    types("Mrs Jones asked.")
    qtbot.waitUntil(watch(frame).rewording.isVisible)
    press(KEY.Key_F7)
    assert notes.text() == "an adult woman asked."
    assert not watch(frame).rewording.isVisible()
    assert here() is notes


def test_a_line_of_a_visit_is_watched_too(frame: WorkFrame, qtbot: QtBot) -> None:
    a_visit(frame)
    tab_to("Add a follow-up")
    line = here()
    assert isinstance(line, LineEdit)
    types(f"tell Safety: {SENTENCE}")
    qtbot.waitUntil(watch(frame).hint.isVisible)
    assert [line.text()[start:end] for start, end in line.marks()] == ["stopped after severe itching"]
    # A field without a place of its own is asked about at the window's foot, by name.
    assert watch(frame).hint.parentWidget() is frame.strip


def test_a_sealed_file_goes_where_the_person_says(frame: WorkFrame, files: FileDialogs, tmp_path: Path) -> None:
    press(KEY.Key_F12)
    types("Rash in one patient.")
    press(KEY.Key_Return, CTRL)
    press(KEY.Key_Return, CTRL | SHIFT)
    tab_to("Passphrase of the file")
    line = here()
    assert isinstance(line, LineEdit)
    secret = line.text()
    files.saves.append(tmp_path / "out.sealed")
    tab_to("Write sealed file")
    press(KEY.Key_Space)
    content = (tmp_path / "out.sealed").read_bytes()
    assert content.startswith(MAGIC)
    assert sorted(open_sealed(content, secret)) == ["safety-report.json", "safety-report.pdf"]
    types("Safety mailbox")
    press(KEY.Key_Return, CTRL)
    event = next(one for one in frame.desk.store.all(SafetyEvent) if one.description == "Rash in one patient.")
    assert event.handover_method is HandoverMethod.EMAIL_FILE
    assert len(event.sealed_sha256) == 64
