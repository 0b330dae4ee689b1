"""A patient, from the first key to the history: real widgets over a real encrypted store, by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.chart.page import ChartPage
from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.patients.form.entry import NEW_DRAFT, PatientEntry
from liaison_desktop.clinical.patients.queries import count_patients
from liaison_desktop.clinical.patients.record import AllergyAssertion, Patient, allergy_statement
from liaison_desktop.store import Act, Store
from liaison_desktop.ui.desk import Desk
from tests.fakes import NoFrame

KEY = Qt.Key


class Window(NoFrame):
    """As much of a window as one page needs: what it is asked to open, it opens on the page."""

    def __init__(self, page: Callable[[], ChartPage]) -> None:
        super().__init__()
        self._page = page

    def open(self, kind: str, id: object, faults: object = ()) -> None:
        super().open(kind, id, faults)  # type: ignore[arg-type]
        if kind == Patient.kind:
            self._page().show_record(id)  # type: ignore[arg-type]


@pytest.fixture
def page(qtbot: QtBot, clinical_desk: Desk) -> ChartPage:
    fill_practice_patients(clinical_desk.store)
    made: list[ChartPage] = []
    clinical_desk.frame = Window(lambda: made[0])
    made.append(ChartPage(clinical_desk))
    clinical_desk.store.listeners.append(made[0].refresh)
    qtbot.addWidget(made[0])
    made[0].resize(1190, 740)
    with qtbot.waitExposed(made[0]):
        made[0].show()
    made[0].activateWindow()
    qtbot.waitUntil(made[0].isActiveWindow)
    return made[0]


def here() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def types(text: str) -> None:
    QTest.keyClicks(here(), text)


def press(key: Qt.Key, times: int = 1, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for _ in range(times):
        QTest.keyClick(here(), key, modifier)


def press_save() -> None:
    press(KEY.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)


def entry_of(page: ChartPage) -> PatientEntry:
    entry = page.list.entry
    assert entry is not None
    return entry


def test_registered_by_keyboard_alone(page: ChartPage, clinical_store: Store) -> None:
    before = count_patients(clinical_store)
    page.new()
    types("Ingrid")
    press(KEY.Key_Tab)
    types("Sørensen")
    press(KEY.Key_Tab)
    types("2 feb 1970")
    press_save()
    assert count_patients(clinical_store) == before + 1
    assert page.chart is not None
    saved = page.chart.patient
    assert (saved.given, saved.family, saved.birth_date) == ("Ingrid", "Sørensen", "1970-02-02")
    assert page.list.entry is None
    assert clinical_store.drafts.get(NEW_DRAFT) is None
    assert clinical_store.lines()[0].act == Act.VIEWED
    assert "Allergies not recorded" in page.chart.banner.accessibleName()


def test_a_duplicate_is_proposed_while_typing_and_asks_for_a_word(
    page: ChartPage, clinical_store: Store, qtbot: QtBot
) -> None:
    before = count_patients(clinical_store)
    page.new()
    types("Maria")
    press(KEY.Key_Tab)
    types("Alvares")
    press(KEY.Key_Tab)
    types("14 March 1961")
    proposals = entry_of(page).proposals
    qtbot.waitUntil(lambda: len(proposals.shown()) == 1)
    assert clinical_store.get(Patient, proposals.shown()[0]).family == "Álvarez"
    press_save()
    assert count_patients(clinical_store) == before
    assert page.list.entry is not None
    proposals._ticks["V3"].click()
    entry_of(page).save()
    assert count_patients(clinical_store) == before + 1
    assert page.chart is not None
    assert clinical_store.versions(page.chart.patient_id)[0].reason == "confirmed V3"


def test_the_proposed_chart_can_be_opened_instead_and_nothing_typed_is_lost(
    page: ChartPage, clinical_store: Store, qtbot: QtBot
) -> None:
    page.new()
    press(KEY.Key_Tab)
    types("Okonjo")
    press(KEY.Key_Tab)
    types("1955-05-30")
    proposals = entry_of(page).proposals
    qtbot.waitUntil(lambda: len(proposals.shown()) == 1)
    proposals._open(proposals.shown()[0])
    assert page.chart is not None
    assert page.chart.patient.given == "Daniel"
    page.show_list()
    page.new()
    assert entry_of(page).form.patient().family == "Okonjo"


def test_allergies_are_not_left_unsaid(page: ChartPage, clinical_store: Store, qtbot: QtBot) -> None:
    before = count_patients(clinical_store)
    page.new()
    press(KEY.Key_Tab)
    types("Quist")
    press(KEY.Key_Tab)
    types("1980")
    form = entry_of(page).form
    answers = form.allergies.head.editor("allergy_assertion")
    answers.buttons[0].setFocus()
    form._identity.editor("pronouns").setFocus()
    said = form.allergies.head.field("allergy_assertion")
    assert said.fault() == "Say what is known about allergies. An empty list never means none."
    press_save()
    assert count_patients(clinical_store) == before
    assert "1 to mend" in entry_of(page)._said.text()
    assert answers.isAncestorOf(here())
    press(KEY.Key_3)  # has allergies: the first one opens by itself
    assert here().objectName() == "substance"
    press_save()
    assert count_patients(clinical_store) == before
    types("Penicillin")
    press_save()
    assert page.chart is not None
    saved = page.chart.patient
    assert saved.allergy_assertion is AllergyAssertion.HAS_ALLERGIES
    assert allergy_statement(saved).text == "Penicillin: reported, not confirmed"
    assert saved.allergy_asserted_by == clinical_store.actor.name


def test_what_is_typed_is_durable_and_comes_back_on_the_same_field(
    page: ChartPage, clinical_store: Store, qtbot: QtBot
) -> None:
    page.new()
    types("Ola")
    press(KEY.Key_Tab)
    types("Nordmann <img src=x>")
    qtbot.waitUntil(lambda: clinical_store.drafts.get(NEW_DRAFT) is not None, timeout=2000)
    again = ChartPage(page.desk)  # as after a crash: nothing of the first page is used
    qtbot.addWidget(again)
    again.resize(1190, 740)
    assert again.list.view.rows.content(1).title == "Ola Nordmann <img src=x>"  # type: ignore[union-attr]
    page.hide()
    with qtbot.waitExposed(again):
        again.show()
    again.activateWindow()
    qtbot.waitUntil(again.isActiveWindow)
    again.new()
    assert entry_of(again).form.patient().given == "Ola"
    assert here().objectName() == "family"


def test_a_draft_is_discarded_only_with_a_way_back(page: ChartPage, clinical_store: Store) -> None:
    page.new()
    types("Ola")
    entry_of(page).discard()
    assert clinical_store.drafts.get(NEW_DRAFT) is None
    frame = page.desk.frame
    assert isinstance(frame, NoFrame)
    text, undo = frame.toasts[-1]
    assert text == "Draft discarded."
    assert undo is not None
    undo()
    page.new()
    assert entry_of(page).form.patient().given == "Ola"


def test_found_changed_and_the_history_shows_each_version(page: ChartPage, clinical_store: Store, qtbot: QtBot) -> None:
    page.list.search.setFocus()
    types("0049-33")
    qtbot.waitUntil(lambda: page.list.view.rows.count() == 1)
    press(KEY.Key_Return)
    assert page.chart is not None
    patient = page.chart.patient
    assert patient.family == "Álvarez"
    page.chart.change()
    entry = page.chart.entry
    assert entry is not None
    phones = entry.form._contact.editor("phones")
    phones.setFocus()
    phones.selectAll()
    types("(555) 010-4416; (555) 010-7777")
    press_save()
    assert page.chart.entry is None, (entry._said.text(), entry.form.unread(), here())
    assert clinical_store.get(Patient, patient.id).phones == ("(555) 010-4416", "(555) 010-7777")
    page.chart.go_to("History")
    history = page.chart._inside
    rows = history.view.rows  # type: ignore[union-attr]
    assert [rows.content(at).title for at in range(rows.count())] == ["2. Phones", "1. Registered"]
    page.setFocus()
    page.chart.setFocus()
    press(KEY.Key_Escape)
    assert page.chart is None


def test_a_change_made_elsewhere_is_never_overwritten(page: ChartPage, clinical_store: Store) -> None:
    patient = clinical_store.all(Patient)[0]
    page.show_record(patient.id)
    assert page.chart is not None
    page.chart.change()
    entry = page.chart.entry
    assert entry is not None
    import msgspec

    clinical_store.save(msgspec.structs.replace(patient, pronouns="she/her"))
    assert page.chart.entry is entry  # the form stays; only the banner follows
    entry.form._contact.editor("email").setText("a@example.org")
    entry.save()
    assert "changed somewhere else" in entry._said.text()
    assert clinical_store.get(Patient, patient.id).email == ""
