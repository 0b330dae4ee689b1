"""V5: the document of a checklist shows every answer, read back from the PDF as the person who receives it would."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.checklists.actions import (
    Planned,
    complete_checklist,
    open_checklist,
    review_checklist,
    start_checklist,
)
from liaison_desktop.clinical.checklists.document import CopyFor, checklist_document
from liaison_desktop.clinical.checklists.document.filling import content_of
from liaison_desktop.clinical.checklists.document.making import _refuse_if_left_out
from liaison_desktop.clinical.checklists.form.paper import ChecklistPaper
from liaison_desktop.clinical.checklists.page import ChecklistsPage
from liaison_desktop.clinical.checklists.queries import steps_of
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.documents.made import Document
from liaison_desktop.documents.reading import letters, read
from liaison_desktop.errors import Unprintable
from liaison_desktop.policies import policy_of
from liaison_desktop.questionnaires.library import newest_entries
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.wording import everything_said
from liaison_desktop.store import Act, Store
from liaison_desktop.ui.desk import Desk
from tests.clinical.checklists.filling import a_patient, fill
from tests.clinical.checklists.windows import shown_page
from tests.fakes import TODAY, FileDialogs, PaperTray

NAMES = [entry.name for entry in newest_entries()]


def filled(store: Store, name: str, role: str = "registered nurse", person: str = "Renee Okafor") -> Checklist:
    """A checklist answered in every question that is asked, with repeats, reasons and sources, and completed."""
    store.actor = msgspec.structs.replace(store.actor, name=person, role=role)
    patient = store.save(a_patient())
    checklist = start_checklist(store, patient.id, Planned(service="IRF"), form=name)
    opened = open_checklist(store, checklist.id)
    sheet = opened.sheet
    fill(sheet, store.clock())
    _answer_more(sheet)
    return complete_checklist(store, checklist, sheet, trail=opened.trail)


def _answer_more(sheet: Sheet) -> None:
    """Distinct words wherever words are taken, a second occurrence of a card, and an "unable" with its reason."""
    excused = False
    for number, node in enumerate(list(sheet.walk())):
        item = node.item
        if not node.enabled or item.hidden or item.read_only or item.from_application or item.rules:
            continue
        if item.type in ("string", "text") and "." not in item.link_id and not item.options:
            sheet.answer(node, ("valueString", f"Told in words number {number}"))
        elif item.unable_allowed and not excused and not item.options and item.type == "dateTime":
            sheet.cannot_assess(node, "record_unavailable")
            excused = True
    for node in [one for one in sheet.walk() if one.item.repeats and one.item.type == "group" and one.enabled][:1]:
        first = next((below for below in node.below() if below.item.type == "string"), None)
        if first is not None:
            sheet.answer(first, ("valueString", "First of two"))
            second = sheet.add(node)
            again = next(below for below in second.below() if below.item.link_id == first.item.link_id)
            sheet.answer(again, ("valueString", "Second of two"))
            fill(sheet, TODAY)


def made(store: Store, checklist: Checklist, **options: object) -> tuple[Document, Sheet, str]:
    sheet = open_checklist(store, checklist.id).sheet
    patient = store.get(Patient, checklist.patient)  # type: ignore[arg-type]
    document = checklist_document(checklist, sheet, patient, None, policy_of(store), **options)  # type: ignore[arg-type]
    return document, sheet, letters(" ".join(page.body for page in read(document.content, 40)))


@pytest.mark.parametrize("large", [False, True], ids=["ordinary", "large"])
@pytest.mark.parametrize("name", NAMES)
def test_every_answer_is_read_back(name: str, large: bool, clinical_store: Store) -> None:
    done = filled(clinical_store, name)
    document, sheet, text = made(clinical_store, done, large_print=large)
    said = everything_said(sheet, asked_only=True)
    assert len(said) >= done.answered > 3
    wanted = Counter(letters(one.words) for one in said.values())
    assert [words for words, count in wanted.items() if text.count(words) < count] == []
    for one in said.values():
        assert letters(one.question.rpartition(", ")[2]) in text
    assert letters(done.author) in text
    assert document.file_name == f"{name}-{done.id.hex[-8:]}.pdf"
    assert b"Alvarez" not in document.content.split(b"stream")[0]


def test_repeats_reasons_and_sources_are_told(clinical_store: Store) -> None:
    patient = clinical_store.save(a_patient())
    checklist = start_checklist(clinical_store, patient.id, Planned(), form="pan")
    sheet = open_checklist(clinical_store, checklist.id).sheet
    fill(sheet, clinical_store.clock())
    sheet.choose(sheet.nodes("E1")[0], "has")
    for place, substance in enumerate(("Penicillin", "Shellfish")):
        group = sheet.nodes("E2")[0] if not place else sheet.add(sheet.nodes("E2")[0])
        held = next(below for below in group.below() if below.item.link_id == "E2.substance")
        sheet.answer(held, ("valueString", substance))
    fill(sheet, clinical_store.clock())
    unsure = sheet.nodes("D7")[0]
    sheet.cannot_assess(unsure, "no_informant")
    sheet.choose(sheet.nodes("E3")[0], "unable")
    sheet.explain(sheet.nodes("E3")[0], "confused")
    sheet.propose(sheet.nodes("B1")[0], *_option(sheet, "B1", "es"), "Patient's chart")
    sheet.confirm(sheet.nodes("B1")[0], clinical_store.clock())
    done = complete_checklist(clinical_store, checklist, sheet)
    _, _, text = made(clinical_store, done)
    for words in (
        "E2 Allergy 1", "Penicillin", "E2 Allergy 2", "Shellfish", "Unable to assess: No one to ask",
        "Unable to assess: Confused", "Patient's chart, confirmed", "Asked, not answered",
    ):  # fmt: skip
        assert letters(words) in text, words


def _option(sheet: Sheet, link_id: str, code: str) -> tuple[str, object]:
    option = sheet.nodes(link_id)[0].item.option(code)
    assert option is not None
    return option.key, option.value


def test_what_an_lpn_collected_prints_so_until_an_rn_signed(clinical_store: Store) -> None:
    done = filled(clinical_store, "pas", "licensed practical nurse", "Lee Park")
    _, sheet, text = made(clinical_store, done)
    assert letters("WAITS FOR RN REVIEW Data collected by LPN – RN assessment pending") in text
    clinical_store.actor = msgspec.structs.replace(clinical_store.actor, name="Renee Okafor", role="registered nurse")
    reviewed = review_checklist(clinical_store, done, sheet)
    people = tuple(dict.fromkeys(step.by for step in steps_of(clinical_store, reviewed.id)))
    _, _, text = made(clinical_store, reviewed, people=people)
    assert letters("Answered by Lee Park, Renee Okafor") in text
    assert letters("RN assessment pending") not in text
    assert letters("RN review Renee Okafor, 19 Nov 2026") in text


def test_what_was_asked_in_private_is_not_on_the_copy_for_the_patient(clinical_store: Store) -> None:
    done = filled(clinical_store, "pan")
    question = letters("K4 Feels safe at home")
    _, _, whole = made(clinical_store, done)
    _, _, copy = made(clinical_store, done, copy_for=CopyFor.PATIENT)
    assert question in whole
    assert question not in copy
    assert letters("private answer is kept in the record only") in copy


def test_an_answer_that_the_layout_forgets_is_refused(clinical_store: Store) -> None:
    done = filled(clinical_store, "roi")
    sheet = open_checklist(clinical_store, done.id).sheet
    content = content_of(done, sheet, None, None, policy_of(clinical_store), CopyFor.RECORD)
    _refuse_if_left_out(content, sheet)
    last = content.parts[-1]
    less = msgspec.structs.replace(
        content, parts=(*content.parts[:-1], msgspec.structs.replace(last, lines=last.lines[:-1]))
    )
    with pytest.raises(Unprintable, match="leave out answers"):
        _refuse_if_left_out(less, sheet)


def test_what_cannot_be_printed_is_not_completed(clinical_store: Store, qtbot: QtBot, clinical_desk: Desk) -> None:
    patient = clinical_store.save(a_patient())
    checklist = start_checklist(clinical_store, patient.id, Planned(), form="roi")
    page = shown_page(qtbot, clinical_desk, checklist.id)
    assert page.form is not None
    sheet = page.form.filler.sheet
    fill(sheet, clinical_store.clock())
    words = next(node for node in sheet.walk() if node.item.type in ("string", "text") and node.answers)
    sheet.answer(words, ("valueString", "To be told \U0001f600"))
    page.form.finalise()
    assert clinical_store.get(Checklist, checklist.id).status is ChecklistStatus.IN_PROGRESS
    assert not any(node.answers for node in sheet.walk() if node.item.from_application and "ctx." not in node.key)
    sheet.answer(words, ("valueString", "To be told"))
    page.form.finalise()
    assert clinical_store.get(Checklist, checklist.id).status is ChecklistStatus.COMPLETED


def test_printed_and_saved_from_the_page_with_the_keyboard(
    qtbot: QtBot, clinical_desk: Desk, files: FileDialogs, printer: PaperTray, tmp_path: Path
) -> None:
    store = clinical_desk.store
    done = filled(store, "capacity")
    page = shown_page(qtbot, clinical_desk)
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert page.form is not None
    press(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    side = page.form.room.side
    assert isinstance(side, ChecklistPaper)
    qtbot.waitUntil(lambda: bool(side.preview.content), timeout=10_000)
    press(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert len(printer.printed) == 1
    files.saves.append(tmp_path / "copy.pdf")
    tab_to(side, "Save a copy…")
    press(page, Qt.Key.Key_Space)
    assert re.fullmatch(r"capacity-[0-9a-f]{8}\.pdf", files.asked[-1][1])
    acts = [line.act for line in store.lines() if line.subject == done.id]
    assert Act.PRINTED in acts
    assert Act.EXPORTED in acts
    before = len(side.preview.content)
    tab_to(side, "Large print")
    press(page, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(side.preview.content) != before, timeout=10_000)
    press(page, Qt.Key.Key_Escape)
    assert page.form.room.side is None


def press(page: ChecklistsPage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    at = QApplication.focusWidget()
    assert at is not None, "nobody has the keyboard"
    QTest.keyClick(at, key, modifier)


def tab_to(side: ChecklistPaper, name: str) -> None:
    seen: list[str] = []
    for _ in range(40):
        at = QApplication.focusWidget()
        assert at is not None
        if name in (at.accessibleName(), getattr(at, "text", str)().strip()):
            return
        QTest.keyClick(at, Qt.Key.Key_Tab)
        seen.append(at.accessibleName() or type(at).__name__)
    raise AssertionError(f"Tab never reached {name}, but {seen}")
