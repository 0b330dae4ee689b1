"""The chart: what is open, papers, details, history; nothing shown that is not there."""

from __future__ import annotations

import uuid

import msgspec
import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.chart.page import ChartPage
from liaison_desktop.clinical.chart.page.chart_view import TABS
from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.consents.record import Consent
from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.store import Act
from liaison_desktop.ui.cards import CardRow
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.text import Wrapped
from tests.fakes import NoFrame


@pytest.fixture
def page(clinical_desk: Desk, qtbot: QtBot) -> ChartPage:
    fill_practice_patients(clinical_desk.store)
    made = ChartPage(clinical_desk)
    clinical_desk.store.listeners.append(made.refresh)
    qtbot.addWidget(made)
    made.resize(1190, 740)
    with qtbot.waitExposed(made):
        made.show()
    return made


def patient_called(desk: Desk, family: str) -> Patient:
    return next(each for each in desk.store.all(Patient) if each.family == family)


def opened(page: ChartPage, family: str) -> QWidget:
    page.show_record(patient_called(page.desk, family).id)
    assert page.chart is not None
    return page.chart


def rows(widget: QWidget) -> list[str]:
    return [each.text() for each in widget.findChildren(CardRow) if each.isVisible()]


def asked_to_open(page: ChartPage) -> list[tuple[str, uuid.UUID]]:
    assert isinstance(page.desk.frame, NoFrame)
    return page.desk.frame.opened


def test_the_overview_says_what_is_open_and_whom_to_call(page: ChartPage) -> None:
    shown = rows(opened(page, "Álvarez"))
    for words in ("Latex allergy not confirmed", "Paper not seen yet", "Penicillin", "Lucía Álvarez, daughter"):
        assert words in shown
    assert "No checklist yet" in shown
    assert "No consent yet" in shown


def test_a_patient_with_little_recorded_is_not_empty(page: ChartPage) -> None:
    shown = rows(opened(page, "Prince"))
    assert shown.count("Allergies not recorded") == 2  # open, and in the card of allergies
    assert "Nobody recorded" in shown


def test_every_tab_opens_for_every_patient(page: ChartPage) -> None:
    for patient in page.desk.store.all(Patient):
        page.show_record(patient.id)
        assert page.chart is not None
        for number in range(len(TABS)):
            page.chart.tabs.buttons[number].click()
            assert page.chart.tabs.current() == number


def test_a_checklist_and_a_consent_are_started_from_the_chart(page: ChartPage) -> None:
    chart = opened(page, "Okonjo")
    store = page.desk.store
    for tab, kind in (("Checklists", Checklist), ("Consents", Consent)):
        assert page.chart is not None
        page.chart.go_to(tab)
        starts = [each for each in chart.findChildren(CardRow) if each.isVisible()]
        starts[0].click()
        (made,) = store.all(kind)
        assert asked_to_open(page)[-1] == (kind.kind, made.id)
    assert page.chart is not None
    page.chart.go_to("Overview")
    shown = rows(page.chart)
    assert "No checklist yet" not in shown
    assert "No consent yet" not in shown


def test_opening_is_written_down_once_and_reading_on_is_not(page: ChartPage) -> None:
    chart = opened(page, "Kim")
    assert page.chart is not None
    for number in range(len(TABS)):
        page.chart.show_tab(number)
    page.show_record(page.chart.patient_id)
    viewed = [line for line in page.desk.store.lines() if line.act == Act.VIEWED]
    assert [(line.kind, line.subject, line.reason) for line in viewed] == [("patient", chart.patient.id, "")]  # type: ignore[attr-defined]


def test_a_patient_that_is_gone_is_said_to_be(page: ChartPage) -> None:
    page.show_record(uuid.uuid4())
    assert page.chart is None
    assert isinstance(page.desk.frame, NoFrame)
    assert page.desk.frame.toasts[-1][0] == "This record is no longer here."
    opened(page, "Kim")
    page.desk.store.remove(patient_called(page.desk, "Kim"), reason="entered in error")
    assert page.chart is None


def test_a_change_is_seen_at_once(page: ChartPage) -> None:
    opened(page, "Kim")
    assert page.chart is not None
    kim = page.chart.patient
    page.desk.store.save(msgspec.structs.replace(kim, given="Min-seo"))
    assert page.chart.banner.accessibleName().startswith("Min-seo Kim")


def test_hostile_texts_are_only_texts(page: ChartPage) -> None:
    kim = patient_called(page.desk, "Kim")
    nasty = "<img src=x onerror=alert(1)>\u202e"
    note = msgspec.structs.replace(kim.communication, note=nasty)
    page.desk.store.save(msgspec.structs.replace(kim, family=nasty, address=nasty, communication=note))
    opened(page, nasty)
    assert page.chart is not None
    for number in range(len(TABS)):
        page.chart.show_tab(number)
        for label in page.chart.findChildren(QLabel):
            plain = label.plain() if isinstance(label, Wrapped) else label.text()
            assert "<img" not in label.text() or label.textFormat().name == "PlainText"
            assert "&lt;img" not in plain


def test_no_name_is_a_window_title_or_a_tooltip_of_the_page(page: ChartPage) -> None:
    opened(page, "Álvarez")
    assert page.windowTitle() == ""
    assert all("Álvarez" not in each.windowTitle() for each in page.findChildren(QWidget))
    assert page.findChildren(QAbstractButton)
