"""What has the keyboard is to be seen, and the list marks what is shown, however one came there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.msl.inquiries.actions import new_inquiry, save_inquiry
from liaison_desktop.msl.visits.record import Visit, VisitStatus
from liaison_desktop.ui.desk import Desk
from tests.flows.keyboard import CTRL, KEY, here, press, types
from tests.msl.inquiries.story import Story, tab_to


@pytest.fixture
def story(msl_desk: Desk, qtbot: QtBot) -> Iterator[Story]:
    made = Story(msl_desk, qtbot)
    yield made
    made.end()


def seen(widget: QWidget) -> bool:
    """Whether the whole widget is inside every pane that scrolls it."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea) and parent.widget() is not None:
            place = QRect(widget.mapTo(parent.viewport(), QPoint(0, 0)), widget.size())
            if not parent.viewport().rect().contains(place):
                return False
        parent = parent.parentWidget()
    return True


def test_a_report_leads_to_the_first_thing_missing_and_shows_it(story: Story, qtbot: QtBot) -> None:
    press(KEY.Key_F12)
    types("A patient on Velacor had a rash after the first dose.")
    press(KEY.Key_Return, CTRL)
    assert here().accessibleName() == "Age group"
    qtbot.waitUntil(lambda: seen(here()))


def test_leaving_a_draft_that_is_saved_keeps_the_mark_on_what_is_shown(story: Story) -> None:
    story.visit_at(story.desk.clock() + dt.timedelta(days=1), status=VisitStatus.PLANNED)
    press(KEY.Key_K, CTRL)
    types("v oko 13:00 30m")
    press(KEY.Key_Return)
    page = story.page("visits")
    begun = page.pane.visit.id
    page.pane.form.notes.setFocus()
    types("She doses by albumin.")
    press(KEY.Key_3, CTRL)
    press(KEY.Key_Home)
    shown = page.pane.visit.id
    assert shown != begun
    assert page.list.view.current_key() == shown
    assert story.store.get(Visit, begun).notes == "She doses by albumin."


def test_another_inquiry_is_read_from_its_beginning(story: Story) -> None:
    first = save_inquiry(story.store, new_inquiry(story.store, person_id=story.world.person.id))
    other = save_inquiry(story.store, new_inquiry(story.store, person_id=story.world.person.id))
    story.frame.open("medical_inquiry", first.id)
    area = story.page("inquiries").pane.body.widget(0)
    area.verticalScrollBar().setValue(400)
    assert area.verticalScrollBar().value() > 0
    story.page("inquiries").list.view.setFocus()
    press(KEY.Key_Home)
    press(KEY.Key_Down)
    press(KEY.Key_Up)
    assert story.page("inquiries").pane.inquiry.id in (first.id, other.id)
    assert area.verticalScrollBar().value() == 0


def test_after_changing_somebody_the_list_has_the_keyboard(story: Story) -> None:
    press(KEY.Key_2, CTRL)
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    people = story.page("people")
    people.edit()
    tab_to("Cancel", most=80)
    press(KEY.Key_Space)
    assert here() is people.list.view
    people.edit()
    press(KEY.Key_Return, CTRL)
    assert not people.editing.isVisible()
    assert here() is people.list.view


def test_what_nothing_took_over_goes_to_the_page(story: Story, qtbot: QtBot) -> None:
    press(KEY.Key_3, CTRL)
    held = here()
    held.clearFocus()
    qtbot.waitUntil(lambda: here() is story.page("visits").focusProxy())
