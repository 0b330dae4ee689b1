"""F12 on every page, over the open command bar, while typing; not on a screen turned to somebody else. And every field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot

from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.inquiries.record import MedicalInquiry, StandingRequest
from liaison_desktop.msl.insights.record import Insight, InsightStatus
from liaison_desktop.msl.safety.form import SafetyWatch
from liaison_desktop.msl.safety.page import SafetyPage
from liaison_desktop.msl.visits.record import Topic, Visit
from liaison_desktop.msl.workspace import KINDS, WORKSPACE
from liaison_desktop.records import fields_of, free_texts, is_free
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.ui.free_text import free_text_editors
from tests.flows.keyboard import CTRL, KEY, SHIFT, frame, press

__all__ = ["frame"]

PAGES = tuple(spec.key for spec in WORKSPACE.listed)


def capturing(frame: WorkFrame) -> bool:
    """Whether the keyboard stands in the sentence of a new report."""
    page = frame.pages.get("safety")
    held = QApplication.focusWidget()
    return isinstance(page, SafetyPage) and page.capture is not None and held is page.capture.text


@pytest.mark.parametrize("number", range(len(PAGES)), ids=PAGES)
def test_f12_on_every_page(frame: WorkFrame, number: int) -> None:
    press(Qt.Key(KEY.Key_1 + number), CTRL)
    assert frame.page_key == PAGES[number]
    press(KEY.Key_F12)
    assert capturing(frame)


def test_f12_while_the_command_bar_is_open(frame: WorkFrame) -> None:
    press(KEY.Key_K, CTRL)
    assert frame.search.bar.isVisible()
    press(KEY.Key_F12)
    assert not frame.search.bar.isVisible()
    assert capturing(frame)


def test_f12_while_typing_keeps_what_was_typed(frame: WorkFrame) -> None:
    visit = next(one for one in frame.desk.store.all(Visit) if not one.locked)
    frame.open(Visit.kind, visit.id)
    for _ in range(80):
        held = QApplication.focusWidget()
        if held is not None and held.accessibleName() == "Notes":
            break
        press(KEY.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "Half a sen")
    press(KEY.Key_F12)
    assert capturing(frame)
    frame.save_drafts()
    press(KEY.Key_3, CTRL)
    texts = [editor.text() for editor in free_text_editors(frame)]
    assert any("Half a sen" in text for text in texts)


def test_a_screen_turned_to_somebody_else_opens_nothing(frame: WorkFrame) -> None:
    page = QLineEdit()
    frame.full_screen(page)
    press(KEY.Key_F12)
    press(KEY.Key_F12, SHIFT)
    press(KEY.Key_F7)
    assert frame.covered
    assert "safety" not in frame.pages
    frame.leave_full_screen()
    press(KEY.Key_F12)
    assert capturing(frame)


@pytest.mark.parametrize("kind", [Visit, Insight, MedicalInquiry, StandingRequest, Person], ids=lambda one: one.kind)
def test_every_text_area_of_a_form_is_watched(frame: WorkFrame, kind: type[Visit]) -> None:
    if kind in (Visit, Insight):
        found = next(one for one in frame.desk.store.all(kind) if not getattr(one, "locked", False))
        frame.open(kind.kind, found.id)
    else:
        frame.go("people" if kind.kind == "person" else "inquiries")
        page = frame.page
        assert page is not None
        getattr(page, "new_standing" if kind.kind == "standing_request" else "new")()
    QApplication.processEvents()
    areas = [one for one in frame.findChildren(QTextEdit) if one.isVisible() and not one.isReadOnly()]
    assert areas
    assert [one.accessibleName() for one in areas if getattr(one, "free", None) is None] == []


def test_what_is_typed_anywhere_is_underlined_and_asked_about(frame: WorkFrame, qtbot: QtBot) -> None:
    strip = frame.strip
    assert isinstance(strip, SafetyWatch)
    draft = next(one for one in frame.desk.store.all(Insight) if one.status is InsightStatus.DRAFT)
    frame.open(Insight.kind, draft.id)
    asked = 0
    for editor in list(free_text_editors(frame)):
        before = editor.text()
        editor.setFocus()
        QTest.keyClicks(QApplication.focusWidget(), f" One patient on Velacor had a rash, case {asked}.")
        qtbot.waitUntil(lambda e=editor: bool(e.marks()))  # type: ignore[misc]
        qtbot.waitUntil(strip.hint.isVisible)
        assert strip.hint.first is not None
        asked += 1
        assert editor.text() != before
    assert asked >= 4


def test_the_free_texts_of_a_record_are_found_in_its_rows_too() -> None:
    held = {f"{kind.kind}.{spec.name}" for kind in KINDS for spec in fields_of(kind) if is_free(spec)}
    assert {
        "visit.agenda", "visit.notes", "visit.next_step", "visit.place_note", "visit.late_reason", "insight.headline",
        "insight.quote", "insight.so_what", "insight.detail", "insight.suggested_action", "standing_request.text",
        "safety_event.narrative", "safety_event.description", "person.scientific_summary", "listening_priority.question",
        "insight_feedback.action_text", "institution.access_note",
    } <= held  # fmt: skip
    row = Visit(notes="n", topics=(Topic(verbatim_question="a?", answer_given="b"),))
    assert dict(free_texts(row)) == {"topics.0.verbatim_question": "a?", "topics.0.answer_given": "b", "notes": "n"}
