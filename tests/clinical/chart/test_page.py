"""The chart: what is open, papers, details, history; nothing shown that is not there."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.chart.page import ChartPage
from liaison_desktop.clinical.chart.page.chart_view import TABS
from liaison_desktop.clinical.chart.page.documents_pane import DocumentsPane
from liaison_desktop.clinical.chart.page.summaries import SummaryPane
from liaison_desktop.clinical.checklists.form import StartForm
from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.consents.record import Consent
from liaison_desktop.clinical.episodes.actions import open_episode
from liaison_desktop.clinical.episodes.record import ServiceLine
from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.referrals.actions import fill_practice_referrals
from liaison_desktop.questionnaires.library import newest_entries
from liaison_desktop.store import Act
from liaison_desktop.ui.cards import CardRow
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.text import Wrapped
from tests.fakes import FileDialogs, NoFrame, PaperTray


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


@pytest.mark.parametrize("name", [entry.name for entry in newest_entries()])
def test_each_checklist_is_started_from_the_chart(name: str, page: ChartPage) -> None:
    opened(page, "Okonjo")
    assert page.chart is not None
    page.chart.go_to("Checklists")
    start = page.chart.findChild(StartForm)
    assert isinstance(start, StartForm)
    QTest.keyClicks(start.service, "Inpatient rehab")
    QTest.keyClick(start.service, Qt.Key.Key_Return)
    for answers, digit in zip(
        (start.setting, start.procedure, start.day_of, start.imaging, start.mri), "11122", strict=True
    ):
        QTest.keyClicks(answers.buttons[0], digit)
    assert start.list.select(name)
    QTest.keyClick(start.list, Qt.Key.Key_Return)
    (made,) = page.desk.store.all(Checklist)
    assert made.form_url.endswith(f"/{name}")
    assert asked_to_open(page)[-1] == (Checklist.kind, made.id)
    # Once more: the plan is remembered, and one key goes on with the one that was begun.
    page.chart.go_to("Overview")
    assert "No checklist yet" not in rows(page.chart)
    page.chart.go_to("Checklists")
    again = page.chart.findChildren(StartForm)[-1]
    assert again.list.select(name)
    assert again.begin.text().strip() == "Go on with it"
    QTest.keyClick(again.list, Qt.Key.Key_Return)
    assert asked_to_open(page)[-1] == (Checklist.kind, made.id)
    assert len(page.desk.store.all(Checklist)) == 1


def test_a_consent_is_started_from_the_chart(page: ChartPage) -> None:
    chart = opened(page, "Okonjo")
    assert page.chart is not None
    page.chart.go_to("Consents")
    [each for each in chart.findChildren(CardRow) if each.isVisible()][0].click()
    # The page of consents is asked to begin one for this patient; there its form is chosen among many.
    assert asked_to_open(page)[-1] == (Consent.kind, page.chart.patient.id)
    assert page.desk.store.all(Consent) == ()


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


def test_a_coverage_and_its_authorisation_open_the_chart_on_that_tab(page: ChartPage) -> None:
    from liaison_desktop.clinical.coverage.actions import fill_practice_coverage
    from liaison_desktop.clinical.coverage.form import CoveragePane
    from liaison_desktop.clinical.coverage.record import Authorisation, Coverage

    store = page.desk.store
    fill_practice_coverage(store)
    patient = patient_called(page.desk, "Álvarez")
    for kind in (Coverage, Authorisation):
        page.show_list()
        record = next(each for each in store.all(kind) if each.patient == patient.id)  # type: ignore[attr-defined]
        page.show_record(record.id)
        assert page.chart is not None
        assert page.chart.patient_id == patient.id
        assert isinstance(page.chart.pane, CoveragePane)


def test_the_overview_says_how_old_the_coverage_is_and_verifies_again(page: ChartPage) -> None:
    from liaison_desktop.clinical.coverage.actions import fill_practice_coverage
    from liaison_desktop.clinical.coverage.form.verification_form import VerificationForm

    fill_practice_coverage(page.desk.store)
    chart = opened(page, "Álvarez")
    assert any(each.text() == "verified 9 d ago" for each in chart.findChildren(QLabel))
    again = next(each for each in chart.findChildren(QAbstractButton) if each.accessibleName() == "Verify again")
    again.click()
    assert page.chart is not None
    assert isinstance(page.chart.pane.entry, VerificationForm)  # type: ignore[union-attr]


def test_tabs_without_room_are_under_more_and_open_from_there(page: ChartPage) -> None:
    opened(page, "Álvarez")
    assert page.chart is not None
    tabs = page.chart.tabs
    folded = tabs.folded()
    assert folded
    assert page.minimumSizeHint().width() < 1000
    last = folded[-1]
    tabs.more.setFocus()
    QTest.keyClick(tabs.more, Qt.Key.Key_Return)
    menu = tabs.findChild(QMenu)
    assert isinstance(menu, QMenu)
    assert [each.text() for each in menu.actions()] == [TABS[number] for number in folded]
    for _ in range(len(folded) - 1):
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert tabs.current() == last
    assert tabs.more.text() == TABS[last]


def test_documents_say_how_their_pages_are_seen(page: ChartPage) -> None:
    fill_practice_referrals(page.desk.store)
    opened(page, "Álvarez")
    assert page.chart is not None
    page.chart.go_to("Documents")
    pane = page.chart.pane
    assert isinstance(pane, DocumentsPane)
    assert pane._hint.isVisible()
    next(each for each in pane.findChildren(CardRow) if each.text() == "Face sheet").click()
    assert pane.preview.isVisible()
    assert not pane._hint.isVisible()


def test_a_summary_is_shown_printed_and_journalled(page: ChartPage, printer: PaperTray) -> None:
    opened(page, "Álvarez")
    assert page.chart is not None
    page.chart.print_summary()
    summary = page.chart.findChild(SummaryPane)
    assert isinstance(summary, SummaryPane)
    assert summary.preview.content
    summary.which.set_value("family")
    summary.show_summary()
    assert not summary.preview.content  # nobody was chosen yet
    summary.which.set_value("payer")
    summary.show_summary()
    summary.print_it()
    assert len(printer.printed) == 1
    assert page.desk.store.lines(limit=1)[0].act == Act.PRINTED.value
    QTest.keyClick(summary, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert page.chart.findChild(SummaryPane) is None or not page.chart.findChild(SummaryPane).isVisible()


def test_a_stay_is_saved_for_another_system(page: ChartPage, files: FileDialogs, tmp_path: Path) -> None:
    patient = patient_called(page.desk, "Álvarez")
    with page.desk.store.transaction() as transaction:
        open_episode(page.desk.store, transaction, patient.id, ServiceLine.IRF)
    opened(page, "Álvarez")
    assert page.chart is not None
    files.saves.append(tmp_path / "stay.json")
    page.chart.export()
    saved = json.loads((tmp_path / "stay.json").read_text(encoding="utf-8"))
    assert saved["resourceType"] == "Bundle"
    assert page.desk.store.lines(limit=1)[0].act == Act.EXPORTED.value
