"""The list of patients: search, filters, keys, an empty store, and a draft on top."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.patients.actions import fill_practice_patients, open_chart
from liaison_desktop.clinical.patients.form.entry import NEW_DRAFT
from liaison_desktop.clinical.patients.page import PatientsPage
from liaison_desktop.clinical.patients.queries import Wanted
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.lists import PAGE, ListRow
from tests.fakes import NoFrame


def shown_page(desk: Desk, qtbot: QtBot) -> PatientsPage:
    made = PatientsPage(desk)
    desk.store.listeners.append(made.refresh)
    qtbot.addWidget(made)
    made.resize(1190, 740)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def page(clinical_desk: Desk, qtbot: QtBot) -> PatientsPage:
    fill_practice_patients(clinical_desk.store)
    return shown_page(clinical_desk, qtbot)


def titles(page: PatientsPage) -> list[str]:
    held = (page.view.rows.content(at) for at in range(page.view.rows.rowCount()))
    return [each.title for each in held if isinstance(each, ListRow)]


def test_an_empty_store_offers_one_thing(clinical_desk: Desk, qtbot: QtBot) -> None:
    page = shown_page(clinical_desk, qtbot)
    assert not page._new.isVisible()
    assert not page.search.isVisible()
    page.new()
    assert page.entry is not None


def test_sorted_with_what_is_urgent(page: PatientsPage) -> None:
    assert titles(page)[:3] == [
        "María L. Álvarez",
        "María Guadalupe Esperanza Concepción Alvarez de la Cruz y Montenegro-Villaseñor",
        "Jean-Robert Baptiste",
    ]
    first = page.view.rows.content(0)
    assert isinstance(first, ListRow)
    assert first.facts == "14 Mar 1961 (65 y) · 0049-3382 · Spanish, interpreter"
    assert first.chip is not None
    assert first.chip.text == "Contact (MRSA)"


def test_search_as_you_type_then_down_and_enter(page: PatientsPage, qtbot: QtBot) -> None:
    page.find_patient()
    QTest.keyClicks(page.search, "alv")
    qtbot.waitUntil(lambda: len(titles(page)) == 2)
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.view.hasFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    frame = page.desk.frame
    assert isinstance(frame, NoFrame)
    assert frame.opened[-1][0] == "patient"
    page.find_patient()
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(titles(page)) == 12)


@pytest.mark.parametrize("text", ['"', "*", "%", "\x00", "\ud800", "NOT", "'; --", "<b>", "x" * 5000])
def test_no_keystroke_breaks_the_search(page: PatientsPage, qtbot: QtBot, text: str) -> None:
    page.search.setText(text)
    page._fill()
    assert len(titles(page)) <= 12


def test_filters_count_and_narrow(page: PatientsPage) -> None:
    chip = page._filters[Wanted.NOT_ASKED]
    assert chip.text() == "Allergies not recorded 2"
    chip.click()
    assert titles(page) == ["Nikolai Ivanovich Petrov", "Prince"]
    page._filters[Wanted.ALL].click()
    assert len(titles(page)) == 12


def test_charts_opened_lately_stand_at_the_side(page: PatientsPage) -> None:
    assert not page._side.isVisible()
    patient = page.desk.store.all(Patient)[3]
    open_chart(page.desk.store, patient.id)
    page.show_list()
    assert page._side.isVisible()


def test_a_name_that_is_markup_is_a_name(page: PatientsPage) -> None:
    page.desk.store.save(Patient(family="<img src=x>", birth_date="1970"))
    assert "<img src=x>" in titles(page)


def test_beside_a_draft_nobody_is_read_who_is_not_seen(clinical_desk: Desk, qtbot: QtBot) -> None:
    store = clinical_desk.store
    with store.transaction() as transaction:
        for n in range(5 * PAGE):
            transaction.save(Patient(family=f"Okafor{n:03}", given="Ruth", birth_date="1961-03-14"))
    store.drafts.put(NEW_DRAFT, b'{"family":"Half","given":"Typed"}')
    page = shown_page(clinical_desk, qtbot)
    page.grab()
    assert page.view.rows.content(0) == "Not finished"
    assert page.view.rows.content(2) == "Patients"
    assert len(page.view.rows._pages) == 1
    last = page.view.rows.content(page.view.rows.rowCount() - 1)
    assert isinstance(last, ListRow)
    assert last.title.endswith(f"Okafor{5 * PAGE - 1:03}")
