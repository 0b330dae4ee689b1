"""The page of outreach: what is next first, drafts that are kept, lists in and out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.outreach.actions import fill_practice_outreach
from liaison_desktop.clinical.outreach.page import OutreachPage
from liaison_desktop.clinical.outreach.page.import_view import ImportView
from liaison_desktop.clinical.outreach.page.listing import EVENTS, NEXT, SOURCES
from liaison_desktop.clinical.outreach.record import OutreachEvent, SourceContact, SourcePlace
from liaison_desktop.clinical.people.record import StaffRole
from liaison_desktop.interop import read_table
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from tests.clinical.people.staff import a_member, put
from tests.fakes import FileDialogs, NoFrame

TODAY = dt.date(2026, 11, 19)


def a_page(desk: Desk, qtbot: QtBot) -> OutreachPage:
    made = OutreachPage(desk)
    desk.store.listeners.append(made.refresh)
    qtbot.addWidget(made)
    made.resize(1190, 740)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def page(clinical_desk: Desk, qtbot: QtBot) -> OutreachPage:
    fill_practice_outreach(clinical_desk.store)
    return a_page(clinical_desk, qtbot)


def titles(page: OutreachPage) -> list[str]:
    rows = page.view.rows
    held = [rows.content(at) for at in range(rows.rowCount())]
    return [each if isinstance(each, str) else each.title for each in held]


def turn(page: OutreachPage, which: str) -> None:
    page.which.set_value(which)
    page._turn()


def test_an_empty_one_says_how_to_begin(clinical_desk: Desk, qtbot: QtBot) -> None:
    page = a_page(clinical_desk, qtbot)
    assert isinstance(page._pane, EmptyState)
    assert page._pane.button is not None
    page._pane.button.click()
    assert page.form is not None
    assert page.form.record_of().held_on == TODAY


def test_what_is_due_stands_first_and_can_be_filtered(page: OutreachPage) -> None:
    assert titles(page) == [
        "Overdue", "Show the response times of October", "Within a week", "Bring the admission criteria", "Later",
        "Call with the brochure", "Monthly visit",
    ]  # fmt: skip
    page.search.setText("dana")
    page._fill()
    assert titles(page) == ["Within a week", "Bring the admission criteria"]
    page.search.clear()
    turn(page, SOURCES)
    assert titles(page)[:2] == ["People", "Dana Whitfield"]
    turn(page, EVENTS)
    assert titles(page)[0] == "November 2026"


def test_a_visit_that_is_due_is_an_event_to_be(page: OutreachPage, clinical_desk: Desk) -> None:
    page.view.select(page.view.rows.content(page.view.rows.rowCount() - 1).key)
    assert page.form is not None
    event = page.form.record_of()
    greta = next(each for each in clinical_desk.store.all(SourceContact) if each.name == "Greta Lindholm")
    assert isinstance(event, OutreachEvent)
    assert (event.contact_ids, event.place_id, event.version) == ((greta.id,), greta.place_id, None)
    assert clinical_desk.store.drafts.keys() == ()  # looking is no typing


def test_what_was_typed_is_kept_with_its_new_names(page: OutreachPage, clinical_desk: Desk, qtbot: QtBot) -> None:
    page.new()
    assert page.form is not None
    page.form.place.set_value("Pine Ridge")  # type: ignore[union-attr]
    page.form.people.set_value(("Nadia Flores",))  # type: ignore[union-attr]
    page.form.forms[0].editor("topic").setText("Stroke")
    page.form._heard("topic")
    page.save_draft()
    assert titles(page)[:2] == ["Not finished", "New event"]
    again = a_page(clinical_desk, qtbot)
    again._choose("outreach_event/new")
    assert again.form is not None
    assert again.form.place.value() == "Pine Ridge"  # type: ignore[union-attr]
    assert again.form.people.value() == ("Nadia Flores",)  # type: ignore[union-attr]
    again.form.discard()
    assert clinical_desk.store.drafts.keys() == ()
    frame = clinical_desk.frame
    assert isinstance(frame, NoFrame)
    undo = frame.toasts[-1][1]
    assert undo is not None
    undo()
    assert again.form is not None
    assert again.form.people.value() == ("Nadia Flores",)  # type: ignore[union-attr]


def test_the_next_action_is_done_on_its_event(page: OutreachPage, clinical_desk: Desk) -> None:
    assert page.form is not None  # the overdue one is chosen
    page.form.finish.click()  # type: ignore[union-attr]
    assert "Show the response times of October" not in (turn(page, NEXT), titles(page))[1]
    done = [each for each in clinical_desk.store.all(OutreachEvent) if each.next_done_on == TODAY]
    assert len(done) == 1


@pytest.mark.parametrize(("which", "name"), [(SOURCES, "sources.csv"), (EVENTS, "events.xlsx")])
def test_a_list_goes_out(
    page: OutreachPage, clinical_desk: Desk, files: FileDialogs, tmp_path: Path, which: str, name: str
) -> None:
    turn(page, which)
    files.saves = [tmp_path / name]
    page.export()
    table = read_table(tmp_path / name)
    assert len(table.rows) == 4
    assert clinical_desk.store.lines(limit=1)[0].act == "exported"


def test_who_may_not_export_is_asked_for_no_place(page: OutreachPage, clinical_desk: Desk, files: FileDialogs) -> None:
    put(clinical_desk.store, a_member(role=StaffRole.REVIEWER_RN))
    page.export()
    frame = clinical_desk.frame
    assert isinstance(frame, NoFrame)
    assert "you may not save a copy" in frame.toasts[-1][0]
    assert files.asked == []


def test_a_list_comes_in_by_the_page(
    page: OutreachPage, clinical_desk: Desk, files: FileDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Contact,Hospital\nAnn Vale,Oak Hill\n,Elm House\nDana Whitfield,Northlake Medical Center (practice)\n"
    )
    files.opens = [path]
    page.bring()
    view = page._stack.currentWidget()
    assert isinstance(view, ImportView)
    qtbot.waitUntil(lambda: view.go.isEnabled() and len(view.ready()) == 2, timeout=20_000)
    view.bring_in()
    store = clinical_desk.store
    assert {each.name for each in store.all(SourcePlace)} >= {"Oak Hill", "Elm House"}
    assert "Ann Vale" in titles(page)
    frame = clinical_desk.frame
    assert isinstance(frame, NoFrame)
    words, undo = frame.toasts[-1]
    assert words == "1 contact, 2 places imported"
    assert undo is not None
    undo()
    assert "Ann Vale" not in titles(page)
