"""A nurse in a new store names her facility and a practitioner, by keyboard; then a consent can carry both."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.consents.actions import begin_consent
from liaison_desktop.clinical.consents.page.begin_pane import BeginPane
from liaison_desktop.clinical.consents.queries import template, templates
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.page import PeoplePage
from liaison_desktop.clinical.people.record import Credential, Facility, Practitioner
from liaison_desktop.clinical.workspace import WORKSPACE
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk

KEY = Qt.Key


@pytest.fixture
def page(clinical_desk: Desk, qtbot: QtBot) -> PeoplePage:
    made = PeoplePage(clinical_desk)
    clinical_desk.store.listeners.append(made.refresh)
    qtbot.addWidget(made)
    made.resize(1190, 740)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def here() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def types(text: str) -> None:
    QTest.keyClicks(here(), text)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(here(), key, modifier)


def press_save() -> None:
    press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_from_an_empty_store_to_a_consent_that_names_both(
    page: PeoplePage, clinical_store: Store, qtbot: QtBot
) -> None:
    press(KEY.Key_Space)  # "Name your facility" has the keyboard
    types("Riverbend Hospital")
    press(KEY.Key_Tab)
    types("Admissions")
    press(KEY.Key_Tab)
    types("(555) 010-0100")
    press_save()
    (place,) = clinical_store.all(Facility)
    assert (place.name, place.unit, place.phone, place.own) == (
        "Riverbend Hospital",
        "Admissions",
        "(555) 010-0100",
        True,
    )

    page.new()
    types("Wei Chen")
    press(KEY.Key_Tab)
    types("md")
    press(KEY.Key_Return)
    press(KEY.Key_Tab)
    types("Gastroenterology")
    press_save()
    (chen,) = clinical_store.all(Practitioner)
    assert (chen.title(), chen.credential, chen.facility) == ("Wei Chen, MD", Credential.MD, place.id)
    assert [hit.id for hit in clinical_store.search("che", Practitioner.kind)] == [chen.id]

    pane = BeginPane(clinical_store)
    qtbot.addWidget(pane)
    with qtbot.waitExposed(pane):
        pane.show()
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    pane.practitioner.setFocus()
    types("chen")
    press(KEY.Key_Return)
    assert pane.practitioner.value() == chen.id

    patient = clinical_store.save(Patient(given="Rosa", family="Test"))
    consent = begin_consent(clinical_store, patient, template(templates()[0].code))
    assert (consent.facility, consent.unit, consent.facility_phone) == (place.name, place.unit, place.phone)


def test_the_rail_and_the_command_bar_lead_here(page: PeoplePage) -> None:
    spec = next(one for one in WORKSPACE.pages if one.key == PeoplePage.key)
    assert (spec.title, spec.icon) == (page.title, page.icon)
    assert WORKSPACE.opens["facility"] == WORKSPACE.opens["practitioner"] == page.key
