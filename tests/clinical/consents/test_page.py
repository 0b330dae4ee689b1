"""The page of consents: list, filters, search, beginning, replacing; hostile texts stay texts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.consents.actions import begin_consent, waiting_for_printer, withdraw_consent
from liaison_desktop.clinical.consents.form import ConsentForm
from liaison_desktop.clinical.consents.form.medicine_rows import MedicineRows
from liaison_desktop.clinical.consents.page import ConsentsPage
from liaison_desktop.clinical.consents.page.listing import Wanted, matches
from liaison_desktop.clinical.consents.queries import template
from liaison_desktop.clinical.consents.record import Consent, ConsentState, DecidedBy
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.documents.sealing.verifying import Verdict, check
from liaison_desktop.sealed.actions import sealer_of
from liaison_desktop.ui.desk import Desk
from tests.clinical.consents.examples import a_draft, filled
from tests.clinical.consents.test_actions import active
from tests.documents.samples import page_texts as texts
from tests.fakes import Clock, FileDialogs, PaperTray


@pytest.fixture
def page(clinical_desk: Desk, qtbot: QtBot) -> ConsentsPage:
    made = ConsentsPage(clinical_desk)
    clinical_desk.store.listeners.append(made.refresh)
    qtbot.addWidget(made)
    made.resize(1190, 740)
    made.show()
    return made


def shown(page: ConsentsPage) -> list[str]:
    rows = (page.view.rows.content(number) for number in range(page.view.rows.rowCount()))
    return [row if isinstance(row, str) else f"{row.title}: {row.chip.text if row.chip else ''}" for row in rows]


def test_an_empty_page_offers_the_one_thing_to_do(page: ConsentsPage) -> None:
    assert shown(page) == []
    assert page._nothing.isVisible()
    assert page._nothing.button is not None
    page._nothing.button.click()
    assert page.begin.isVisible()


def test_list_filters_and_search(page: ConsentsPage, clinical_desk: Desk, clock: Clock, qtbot: QtBot) -> None:
    store = clinical_desk.store
    a_draft(store)
    done = active(store, clock)
    gone = active(store, clock)
    withdraw_consent(store, gone, said_by="María L. Álvarez")
    assert shown(page) == ["María L. Álvarez: Withdrawn", "María L. Álvarez: Active", "María L. Álvarez: Draft"]
    counts = {wanted: chip.text() for wanted, chip in page._filters.items()}
    assert counts == {
        Wanted.ALL: "All 3",
        Wanted.OPEN: "In work 1",
        Wanted.COUNTERSIGN: "To countersign 0",
        Wanted.PRINT: "To print 0",
        Wanted.ACTIVE: "Active 1",
        Wanted.AGAIN: "Ask again 0",
        Wanted.OVER: "Ended 1",
    }
    page._filters[Wanted.ACTIVE].click()
    assert shown(page) == ["María L. Álvarez: Active"]
    qtbot.waitUntil(lambda: page.detail.preview.content.startswith(b"%PDF"), timeout=90_000)
    page._filters[Wanted.ALL].click()
    QTest.keyClicks(page.search, done.document_number.lower())
    assert shown(page) == ["María L. Álvarez: Active"]
    page.search.setText("nobody")
    assert shown(page) == []
    page.search.setText("\x00 ' \" % _ ( \u202e")
    clock.tick(31 * 86400)
    page.search.clear()
    page.refresh(frozenset({"consent"}))
    assert "María L. Álvarez: Expired" in shown(page)
    clinical_desk.jobs.wait()
    page.detail.clear()


def test_words_begin_words() -> None:
    consent = Consent(shown_name="María Álvarez", procedure_text="Total knee replacement", document_number="CS-2026-T1")
    assert matches(consent, "knee mar")
    assert matches(consent, "")
    assert not matches(consent, "nee")


def test_beginning_says_what_is_missing(page: ConsentsPage) -> None:
    page.new()
    page.begin.begin_button.click()
    assert page.begin._fields["patient"].fault()
    assert page.begin._fields["form"].fault()
    assert page.form is None


def test_a_record_is_shown_and_worked_on_by_keyboard(page: ConsentsPage, clinical_desk: Desk) -> None:
    consent = a_draft(clinical_desk.store)
    page.show_record(consent.id)
    assert page.chosen() == consent
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert page.form is not None
    page.form.close_form()
    assert page.form is None
    assert page.chosen() == consent


def test_a_new_consent_in_place_of_an_old_one(page: ConsentsPage, clinical_desk: Desk, clock: Clock) -> None:
    old = active(clinical_desk.store, clock)
    page.show_record(old.id)
    page.detail.again_button.click()
    assert page.begin.patient.value() == old.patient_id
    assert page.begin.form.value() == "GI-014"
    page.begin.begin_button.click()
    assert page.form is not None
    assert page.form.consent.supersedes == old.id
    page.close_work()
    clinical_desk.jobs.wait()
    page.detail.clear()


def test_a_withdrawal_prints_its_own_page(
    page: ConsentsPage,
    clinical_desk: Desk,
    clock: Clock,
    printer: PaperTray,
    files: FileDialogs,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    consent = active(clinical_desk.store, clock)
    gone = withdraw_consent(clinical_desk.store, consent, said_by="María L. Álvarez", reason="I want to wait")
    page.show_record(consent.id)
    page.detail.print_ending()
    qtbot.waitUntil(lambda: bool(printer.printed), timeout=90_000)
    files.saves.append(tmp_path / "copy.pdf")
    page.detail.save_ending()
    qtbot.waitUntil(lambda: bool(files.asked), timeout=90_000)
    assert files.asked[-1][1] == f"{consent.document_number}-withdrawal.pdf"
    assert "Patient copy" in texts(printer.printed[0][0])[0]
    # Paper says whose copy it is; the file is what was sealed, byte for byte, and its seal counts.
    saved = (tmp_path / "copy.pdf").read_bytes()
    assert "Patient copy" not in texts(saved)[0]
    found = check(saved, sealer_of(clinical_desk.store).authorities())
    assert (found.verdict, found.fingerprint) == (Verdict.GOOD, gone.content_fingerprint())
    printed = [line.reason for line in clinical_desk.store.lines(limit=6) if line.act == "printed"]
    assert len(printed) == 1
    assert printed[0].startswith("withdrawal, patient copy: Ward 3, ")
    clinical_desk.jobs.wait()
    page.detail.clear()


def test_no_printer_and_no_room_are_said(
    page: ConsentsPage,
    clinical_desk: Desk,
    clock: Clock,
    printer: PaperTray,
    files: FileDialogs,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    consent = active(clinical_desk.store, clock)
    page.show_record(consent.id)
    qtbot.waitUntil(lambda: bool(page.detail.preview.content), timeout=90_000)
    printer.present = False
    page.detail.print_document("Patient copy")
    files.saves += [None, tmp_path / "no" / "such" / "folder.pdf"]
    page.detail.save_document("")
    page.detail.save_document("")
    said = clinical_desk.frame.toasts  # type: ignore[attr-defined]
    assert [text for text, _act in said] == [
        "There is no printer. Nothing was printed.",
        "The copy could not be written there.",
    ]
    assert not {"printed", "exported"} & {line.act for line in clinical_desk.store.lines(limit=3)}

    # It may wait for one: asked twice it is one task, and printing it later is the end of the task.
    for _twice in range(2):
        said[0][1]()
    (task,) = waiting_for_printer(clinical_desk.store, consent.id)
    assert task.what == f"Print the consent summary {consent.document_number}, patient copy"
    page.refresh(frozenset({"task"}))
    assert "Waits for a printer" in page.detail._copies.plain()
    printer.present = True
    page.detail.print_document("Chart copy")
    assert waiting_for_printer(clinical_desk.store, consent.id) == (task,)
    page.detail.print_document("Patient copy")
    assert waiting_for_printer(clinical_desk.store, consent.id) == ()
    lines = [line.reason for line in clinical_desk.store.lines(limit=9) if line.act == "printed"]
    assert lines[0].startswith("consent summary, patient copy: Ward 3, ")
    assert "patient copy: Ward 3" in page.detail._copies.plain()
    clinical_desk.jobs.wait()
    page.detail.clear()


HOSTILE = "<img src=x onerror=1> \u202e {practitioner} & ' \" -- 'x"


def test_hostile_texts_stay_texts(page: ConsentsPage, clinical_desk: Desk) -> None:
    store = clinical_desk.store
    patient = store.save(Patient(family=HOSTILE, given="\u202e", birth_date="1961"))
    consent = begin_consent(store, patient, template("OR-102"), practitioner=HOSTILE)
    page.show_record(consent.id)
    page.work()
    assert page.form is not None
    for label in page.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText or "<img" not in label.text()
    assert page.form.consent.shown_name.endswith(HOSTILE)
    page.close_work()


def test_the_form_asks_on_only_where_it_has_to(clinical_desk: Desk, qtbot: QtBot) -> None:
    consent = a_draft(clinical_desk.store)
    form = ConsentForm(clinical_desk, consent)
    qtbot.addWidget(form)
    person = form.person
    assert not person.represents.isVisibleTo(person)
    person.decides.editor("decided_by").set_value(DecidedBy.REPRESENTATIVE)
    person.needs.editor("interpreter_needed").set_value(True)
    person.edited()
    assert person.represents.isVisibleTo(person)
    assert person.interpreter.isVisibleTo(person)
    assert not person.interpreter.field("interpreter_exception").isVisibleTo(person)
    person.interpreter.editor("interpreter_qualified").set_value(False)
    person.edited()
    assert person.interpreter.field("interpreter_exception").isVisibleTo(person)


def test_a_stale_draft_does_not_take_back_what_was_saved(clinical_desk: Desk, qtbot: QtBot) -> None:
    store = clinical_desk.store
    consent = a_draft(store)
    form = ConsentForm(clinical_desk, consent)
    qtbot.addWidget(form)
    form.match.patient.editor("procedure_as_patient_says").set_value("old words")
    form.save_draft()
    newer = store.save(filled(consent, clinical_desk.clock()))
    again = ConsentForm(clinical_desk, newer)
    qtbot.addWidget(again)
    assert again.match.patient.editor("procedure_as_patient_says").value() == "A camera in my bowel"


def test_a_damaged_draft_is_left_alone(clinical_desk: Desk, qtbot: QtBot) -> None:
    consent = a_draft(clinical_desk.store)
    clinical_desk.store.drafts.put(f"consent/{consent.id}", b'{"state": 7')
    form = ConsentForm(clinical_desk, consent)
    qtbot.addWidget(form)
    assert form.consent == consent


def test_a_consent_changed_elsewhere_is_not_overwritten(clinical_desk: Desk, qtbot: QtBot) -> None:
    store = clinical_desk.store
    consent = a_draft(store)
    form = ConsentForm(clinical_desk, consent)
    qtbot.addWidget(form)
    newer = store.save(filled(consent, clinical_desk.clock()))
    form.match.patient.editor("procedure_as_patient_says").set_value("mine")
    assert not form.keep()
    assert store.get(Consent, consent.id) == newer
    assert clinical_desk.frame.toasts  # type: ignore[attr-defined]


def test_medicines_are_kept_with_a_name_only(qtbot: QtBot) -> None:
    rows = MedicineRows()
    qtbot.addWidget(rows)
    rows.add_button.click()
    rows.add_button.click()
    QTest.keyClicks(rows.rows[0].form.editor("name"), "Apixaban 5 mg")
    QTest.keyClicks(rows.rows[0].form.editor("what_to_do"), "Restart only when told")
    rows.rows[0].alert.editor("alert").click()
    (note,) = rows.notes()
    assert (note.name, note.what_to_do, note.alert) == ("Apixaban 5 mg", "Restart only when told", True)
    rows.rows[0].remove_button.click()
    assert rows.notes() == ()


def test_a_day_that_is_none_keeps_the_step_open(clinical_desk: Desk, qtbot: QtBot) -> None:
    form = ConsentForm(clinical_desk, a_draft(clinical_desk.store))
    qtbot.addWidget(form)
    form.open_step(1)
    QTest.keyClicks(form.talk.talk.editor("discussed_at").day, "the 99th of never")
    form.open_step(2)
    assert form.step == 1
    assert form.talk.talk.field("discussed_at").fault()


def test_the_state_of_a_new_consent_is_a_draft(clinical_desk: Desk) -> None:
    consent = a_draft(clinical_desk.store)
    assert consent.state is ConsentState.DRAFT
    assert consent.begun_at == clinical_desk.clock()
    assert consent.template_effective == dt.date(2026, 11, 15)
