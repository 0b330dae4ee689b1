"""PHI-1 at every way out of the store: a text that names a patient is neither sealed, read out, printed nor saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liaison_desktop.errors import Refused
from liaison_desktop.msl import practice
from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.inquiries.page import InquiriesPage
from liaison_desktop.msl.inquiries.record import MedicalInquiry
from liaison_desktop.msl.report.page import StoredPage
from liaison_desktop.msl.safety.actions import capture_event, hand_over
from liaison_desktop.msl.safety.form import SafetyWatch
from liaison_desktop.msl.safety.page import SafetyPage
from liaison_desktop.msl.safety.record import HandoverMethod, SafetyEvent
from liaison_desktop.msl.visits.page.brief_view import BriefView
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.policies import load_policy
from liaison_desktop.policies.guarding import refuse_identity
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk
from tests.fakes import FileDialogs, NoFrame, PaperTray
from tests.flows.keyboard import frame, press

__all__ = ["frame"]

NAMED = "Mrs Jones stopped after severe itching."
SAID = "This looks like patient identity: “Mrs Jones”. Replace with age group and sex."
POLICY = load_policy("msl")


def test_the_wall_refuses_what_names_a_patient_and_lets_the_rest_out() -> None:
    with pytest.raises(Refused, match="Mrs Jones"):
        refuse_identity(POLICY, Visit(notes="Nothing."), Visit(agenda=NAMED))
    refuse_identity(POLICY, Visit(notes="A 93-year-old man from Springfield."), SafetyEvent(reporter_name="Mrs Jones"))


def test_a_report_that_names_the_patient_is_not_handed_over(msl_store: Store) -> None:
    event = capture_event(msl_store, NAMED)
    with pytest.raises(Refused) as refused:
        hand_over(msl_store, event, method=HandoverMethod.PHONE, to="Safety desk")
    assert [(one.rule, one.field, one.message) for one in refused.value.faults] == [("PHI-1", "description", SAID)]
    assert msl_store.get(SafetyEvent, event.id).running


def test_in_the_report_one_key_rewords_and_it_can_be_handed_over(frame: WorkFrame, qtbot: QtBot) -> None:
    press(Qt.Key.Key_F12)
    held = QApplication.focusWidget()
    assert held is not None
    QTest.keyClicks(held, NAMED)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    strong = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    press(Qt.Key.Key_Return, strong)
    page = frame.pages["safety"]
    assert isinstance(page, SafetyPage)
    assert page.handing is None
    assert page.pane is not None
    assert page.pane.form.parts[0].field("description").fault() == SAID
    strip = frame.strip
    assert isinstance(strip, SafetyWatch)
    qtbot.waitUntil(lambda: strip.rewording.isVisible())
    assert not strip.hint.isVisible()  # its text is told to Safety as it is
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_Return, strong)
    assert page.handing is not None
    event = next(one for one in frame.desk.store.all(SafetyEvent) if "woman stopped" in one.description)
    assert event.description == "an adult woman stopped after severe itching."


def smuggled(store: Store, kind: type[MedicalInquiry] | type[Visit] | type[Person]) -> MedicalInquiry | Visit | Person:
    """A record that names a patient as an older policy let it through: no form and no action is asked."""
    record = next(one for one in store.all(kind) if not isinstance(one, Visit) or one.primary_person_id)
    if isinstance(record, MedicalInquiry):
        asked = (msgspec.structs.replace(record.questions[0], verbatim=NAMED), *record.questions[1:])
        changed = msgspec.structs.replace(record, questions=asked)
    elif isinstance(record, Visit):
        changed = msgspec.structs.replace(record, notes=NAMED)
    else:
        changed = msgspec.structs.replace(record, scientific_summary=NAMED)
    with store.transaction("as it once was") as transaction:
        return transaction.erase(changed)


def out_of(
    made: list[Callable[[], object]], msl_desk: Desk, printer: PaperTray, files: FileDialogs, path: Path
) -> None:
    """Every way is tried; none lets anything out, and each says why."""
    assert isinstance(msl_desk.frame, NoFrame)
    before = len(msl_desk.store.lines())
    for way in made:
        files.saves.append(path)
        msl_desk.frame.toasts.clear()
        way()
        assert "Mrs Jones" in msl_desk.frame.toasts[0][0]
    assert printer.printed == []
    assert not path.exists()
    assert len(msl_desk.store.lines()) == before


def test_what_we_store_is_neither_printed_nor_saved(
    qtbot: QtBot, msl_desk: Desk, printer: PaperTray, files: FileDialogs, tmp_path: Path
) -> None:
    practice.fill(msl_desk.store)
    page = StoredPage(msl_desk)
    qtbot.addWidget(page)
    page.show_record(smuggled(msl_desk.store, Person).id)
    qtbot.waitUntil(lambda: bool(page.paper.content))
    out_of([page.print_paper, page.save_paper], msl_desk, printer, files, tmp_path / "out.pdf")


def test_an_inquiry_is_neither_printed_nor_saved_nor_packed(
    qtbot: QtBot, msl_desk: Desk, printer: PaperTray, files: FileDialogs, tmp_path: Path
) -> None:
    practice.fill(msl_desk.store)
    page = InquiriesPage(msl_desk)
    qtbot.addWidget(page)
    page.show_record(smuggled(msl_desk.store, MedicalInquiry).id)
    page.pane.papers.toggle()
    qtbot.waitUntil(lambda: bool(page.pane.preview.content), timeout=20_000)
    papers = page.pane.papers

    def save_evidence() -> None:
        papers.save_evidence()
        assert isinstance(msl_desk.frame, NoFrame)
        toasts = msl_desk.frame.toasts
        qtbot.waitUntil(lambda: bool(toasts), timeout=90_000)

    ways: list[Callable[[], object]] = [papers.print_document, papers.save_document, save_evidence]
    out_of(ways, msl_desk, printer, files, tmp_path / "out.pdf")


def test_a_brief_is_neither_printed_nor_saved(
    qtbot: QtBot, msl_desk: Desk, printer: PaperTray, files: FileDialogs, tmp_path: Path
) -> None:
    practice.fill(msl_desk.store)
    person = smuggled(msl_desk.store, Person)
    view = BriefView(msl_desk, left=lambda: None)
    qtbot.addWidget(view)
    assert view.show_visit(Visit(primary_person_id=person.id))
    out_of([view.print_brief, view.save_brief], msl_desk, printer, files, tmp_path / "out.pdf")


def test_a_refusal_leads_to_the_field_that_stands_in_the_way(frame: WorkFrame, qtbot: QtBot) -> None:
    person = smuggled(frame.desk.store, Person)
    frame.open("stored", person.id)
    stored = frame.pages["stored"]
    assert isinstance(stored, StoredPage)
    qtbot.waitUntil(lambda: bool(stored.paper.content), timeout=20_000)
    stored.print_paper()
    toast = frame.toasts.current
    assert toast is not None
    assert toast.button is not None
    assert toast.button.text().strip() == "Show me"
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)
    held = QApplication.focusWidget()
    assert frame.page_key == "people"
    assert held is not None
    assert held.accessibleName() == "Scientific summary"
    assert "Mrs Jones" in held.accessibleDescription()


def test_it_leads_from_the_document_of_an_inquiry_back_to_the_question(frame: WorkFrame, qtbot: QtBot) -> None:
    frame.open("medical_inquiry", smuggled(frame.desk.store, MedicalInquiry).id)
    page = frame.pages["inquiries"]
    assert isinstance(page, InquiriesPage)
    page.pane.papers.toggle()
    qtbot.waitUntil(lambda: bool(page.pane.preview.content), timeout=20_000)
    page.pane.papers.print_document()
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)
    assert page.pane.body.currentIndex() == 0
    assert page.pane.form.cards[0].form.field("verbatim").fault() == SAID
