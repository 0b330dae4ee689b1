"""FHIR files: a form from elsewhere is shown before it is taken in, started like ours, and given out again with answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.checklists.actions import (
    Planned,
    answers_file,
    begin_form,
    complete_checklist,
    form_file,
    import_form,
    import_response,
    open_checklist,
    start_checklist,
)
from liaison_desktop.clinical.checklists.page import ChecklistsPage
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus, ImportedForm
from liaison_desktop.clinical.patients.record import Identifier, IdentifierSystem
from liaison_desktop.errors import Refused, Unreadable
from liaison_desktop.interop.table import Limits
from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.incoming import Incoming, look, read_apart
from liaison_desktop.questionnaires.marks import proposal
from liaison_desktop.store import Act, Store
from liaison_desktop.ui.desk import Desk
from tests.clinical.checklists.filling import a_patient, fill
from tests.clinical.checklists.windows import shown_page
from tests.fakes import FileDialogs

FORM: dict[str, Any] = {
    "resourceType": "Questionnaire", "url": "http://example.org/fhir/Questionnaire/falls", "version": "3", "status": "active",
    "title": "Falls at home", "item": [
        {"linkId": "1", "text": "Fell in the last month?", "type": "boolean", "required": True},
        {"linkId": "2", "text": "How often", "type": "integer", "enableWhen": [
            {"question": "1", "operator": "=", "answerBoolean": True}]},
    ],
}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Alvarez.json"
    path.write_text(json.dumps(FORM), "utf-8")
    return path


def press(key: Qt.Key) -> None:
    at = QApplication.focusWidget()
    assert at is not None
    QTest.keyClick(at, key)


def typed(text: str) -> None:
    at = QApplication.focusWidget()
    assert at is not None
    QTest.keyClicks(at, text)


def brought(page: ChecklistsPage, qtbot: QtBot, files: FileDialogs, path: Path) -> None:
    """The file is chosen and read; nothing is taken yet."""
    files.opens.append(path)
    page.import_file()
    side = page.importing
    assert side is not None
    qtbot.waitUntil(lambda: side.found is not None or "Nothing was taken" in side._about.text(), timeout=20_000)


def test_a_form_is_seen_taken_in_started_answered_and_given_out(
    qtbot: QtBot, clinical_desk: Desk, files: FileDialogs, file: Path, tmp_path: Path
) -> None:
    store = clinical_desk.store
    patient = store.save(a_patient())
    page = shown_page(qtbot, clinical_desk)
    brought(page, qtbot, files, file)
    side = page.importing
    assert side is not None
    assert "2 questions" in side._about.text()
    assert store.all(ImportedForm) == ()
    for _ in range(8):
        if QApplication.focusWidget() is side.take:
            break
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    [form] = store.all(ImportedForm)
    assert (form.name, form.form_version, form.imported_by) == ("Falls at home", "3", store.actor.name)
    page.start_for(patient.id)
    start = page.starting
    assert start is not None
    typed("Medical")
    press(Qt.Key.Key_Return)
    for choice in (start.setting, start.procedure, start.day_of, start.imaging, start.mri):
        QTest.keyClicks(choice.buttons[0], "2")
    assert start.list.select(str(form.id))
    QTest.keyClick(start.list, Qt.Key.Key_Return)
    assert page.form is not None
    typed("1")
    press(Qt.Key.Key_Tab)
    typed("3")
    page.form.finalise()
    [done] = store.all(Checklist)
    assert (done.status, done.form_hash, done.imported_at) == (
        ChecklistStatus.COMPLETED, form.form_hash, store.clock()
    )  # fmt: skip
    sheet = open_checklist(store, done.id).sheet
    assert sheet.nodes("2")[0].value == 3
    name, content = answers_file(store, done, sheet)
    assert "lvarez" not in name
    assert json.loads(content)["questionnaire"] == "http://example.org/fhir/Questionnaire/falls|3"
    name, content = form_file(store, done)
    assert name == "falls-3-form.json"
    assert json.loads(content) == FORM
    acts = [line.act for line in store.lines()]
    assert Act.IMPORTED in acts


def test_answers_come_in_for_a_patient_under_the_version_they_name(clinical_store: Store) -> None:
    patient = clinical_store.save(a_patient())
    checklist = start_checklist(clinical_store, patient.id, Planned(), form="capacity")
    opened = open_checklist(clinical_store, checklist.id)
    fill(opened.sheet, clinical_store.clock())
    done = complete_checklist(clinical_store, checklist, opened.sheet)
    sheet = open_checklist(clinical_store, done.id).sheet
    _, content = answers_file(clinical_store, done, sheet)
    found = look(content)
    assert found.taken
    again = import_response(clinical_store, patient.id, found)
    assert (again.status, again.form_hash) == (ChecklistStatus.COMPLETED, done.form_hash)
    assert again.imported_at is not None
    held = open_checklist(clinical_store, again.id).sheet
    assert [node.value for node in held.walk() if node.answers] == [node.value for node in sheet.walk() if node.answers]


def test_answers_to_a_form_that_is_not_here_are_refused(clinical_store: Store) -> None:
    patient = clinical_store.save(a_patient())
    raw = {"resourceType": "QuestionnaireResponse", "status": "completed", "questionnaire": "http://example.org/x|9"}
    with pytest.raises(Refused, match="Import that form first"):
        import_response(clinical_store, patient.id, look(json.dumps(raw).encode()))


def test_the_same_form_is_kept_once_and_another_version_beside_it(clinical_store: Store) -> None:
    first = import_form(clinical_store, look(json.dumps(FORM).encode()))
    assert import_form(clinical_store, look(json.dumps(FORM).encode())) == first
    import_form(clinical_store, look(json.dumps({**FORM, "version": "4"}).encode()))
    assert len(clinical_store.all(ImportedForm)) == 2
    with pytest.raises(Refused):
        clinical_store.remove(first, reason="Tidy")


BAD = [
    (b"", "empty"),
    (b"not json", "not JSON"),
    (b"[]", "no FHIR Questionnaire"),
    (b'{"resourceType": "Patient"}', "another FHIR resource"),
    (b'{"resourceType": "QuestionnaireResponse"}', "do not say which form"),
    (b"[" * 100_000, "deeper"),
    (b'{"a": NaN}', "NaN"),
    (b'{"a": 1, "a": 2}', "twice"),
    (b"\xff\xfe", "UTF-8"),
]


@pytest.mark.parametrize(("content", "words"), BAD)
def test_a_bad_file_is_one_clear_sentence(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=words) as refused:
        read_apart(path)
    assert str(refused.value).endswith("Nothing was taken from it.")


def test_what_takes_too_long_or_too_much_is_killed(tmp_path: Path, file: Path) -> None:
    with pytest.raises(Unreadable, match="larger than"):
        read_apart(file, Limits(file_bytes=10))
    with pytest.raises(Unreadable, match=r"memory or is damaged|took too long"):
        read_apart(file, Limits(memory_bytes=1024 * 1024))
    assert isinstance(read_apart(file), Incoming)


def test_a_form_that_cannot_work_is_shown_with_why_and_not_taken(
    qtbot: QtBot, clinical_desk: Desk, files: FileDialogs, tmp_path: Path
) -> None:
    path = tmp_path / "bad.json"
    item = FORM["item"][0]
    path.write_text(json.dumps({**FORM, "item": [item, item]}), "utf-8")
    page = shown_page(qtbot, clinical_desk)
    brought(page, qtbot, files, path)
    side = page.importing
    assert side is not None
    assert not side.take.isEnabled()
    model = side.view.model()
    texts = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    assert any("Stops it" in text for text in texts)
    side._take()
    assert clinical_desk.store.all(ImportedForm) == ()


def test_a_file_that_cannot_be_read_is_said_on_the_page(
    qtbot: QtBot, clinical_desk: Desk, files: FileDialogs, tmp_path: Path
) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(b"{")
    page = shown_page(qtbot, clinical_desk)
    brought(page, qtbot, files, path)
    assert page.importing is not None
    assert "not JSON" in page.importing._about.text()
    press(Qt.Key.Key_Escape)
    assert page.importing is None


def test_what_the_chart_knows_is_offered_to_a_form_from_elsewhere(clinical_store: Store) -> None:
    born = {"linkId": "3", "text": "Born", "type": "date", "extension": [{"url": names.INITIAL, "valueExpression": {
        "language": "text/fhirpath", "expression": "%patient.birthDate"}}]}  # fmt: skip
    launch = {"url": names.LAUNCH_CONTEXT, "extension": [{"url": "name", "valueCoding": {"code": "patient"}}]}
    raw = {**FORM, "extension": [launch], "item": [*FORM["item"], born]}
    form = import_form(clinical_store, look(json.dumps(raw).encode()))
    patient = clinical_store.save(a_patient())
    checklist = begin_form(clinical_store, patient.id, Planned(), str(form.id))
    sheet = open_checklist(clinical_store, checklist.id).sheet
    assert proposal(sheet.nodes("3")[0]) == ("valueDate", "1961-03-14", "Patient's chart")
    assert sheet.nodes("3")[0].answers == []


def test_what_is_given_out_says_whose_it_is_who_wrote_it_and_who_told_it(clinical_store: Store) -> None:
    numbered = (Identifier(system=IdentifierSystem.MRN, value="0049-3382"),)
    patient = clinical_store.save(msgspec.structs.replace(a_patient(), identifiers=numbered))
    checklist = start_checklist(clinical_store, patient.id, Planned())
    opened = open_checklist(clinical_store, checklist.id)
    opened.sheet.choose(opened.sheet.nodes("A3")[0], "family")
    opened.sheet.answer(opened.sheet.nodes("A4")[0], ("valueString", "Lucia, daughter"))
    fill(opened.sheet, clinical_store.clock())
    done = complete_checklist(clinical_store, checklist, opened.sheet, trail=opened.trail)
    _, content = answers_file(clinical_store, done, open_checklist(clinical_store, done.id).sheet)
    said = json.loads(content)
    assert said["identifier"] == {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{done.id}"}
    assert (said["subject"]["type"], said["subject"]["identifier"]["value"]) == ("Patient", "0049-3382")
    assert said["subject"]["identifier"]["type"]["coding"][0]["code"] == "MR"
    assert said["author"]["display"] == done.author
    assert said["author"]["identifier"]["value"] == f"urn:uuid:{clinical_store.actor.id}"
    assert said["source"] == {"type": "RelatedPerson", "display": "Lucia, daughter"}
    assert said["authored"] == clinical_store.clock().isoformat(timespec="seconds")
    assert not any("reference" in said[one] for one in ("subject", "author", "source"))
    again = import_response(clinical_store, patient.id, look(content))
    assert again.status is ChecklistStatus.COMPLETED


def test_without_a_number_the_patient_is_the_one_of_the_record(clinical_store: Store) -> None:
    patient = clinical_store.save(a_patient())
    checklist = start_checklist(clinical_store, patient.id, Planned(), form="roi")
    _, content = answers_file(clinical_store, checklist, open_checklist(clinical_store, checklist.id).sheet)
    said = json.loads(content)
    assert said["subject"]["identifier"]["value"] == f"urn:uuid:{patient.id}"
    assert said["source"] == said["author"]
