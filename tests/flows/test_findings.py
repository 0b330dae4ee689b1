"""The bedside by keystrokes alone: a set of vital signs with a slip and an unusual number, allergies with the assertion
first, a wound with its photo, and a checklist's answer taken over into the chart."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.checklists.actions import Planned, open_checklist, save_answer, start_checklist
from liaison_desktop.clinical.findings.queries import attachments, vitals_of, wounds_of
from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.patients.record import (
    AllergyAnswer,
    AllergyAssertion,
    Patient,
    Verification,
    allergy_statement,
)
from liaison_desktop.clinical.workspace import WORKSPACE
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.ui.desk import Desk
from tests.documents import photos
from tests.fakes import FileDialogs
from tests.flows.keyboard import CTRL, KEY, ask_bar, here, named, opened, press, tab_to, types


@pytest.fixture
def chart(qtbot: QtBot, clinical_desk: Desk) -> tuple[WorkFrame, Patient]:
    """The chart of a patient of whom nothing is known, opened by name."""
    fill_practice_patients(clinical_desk.store)
    frame = opened(qtbot, clinical_desk, WORKSPACE)
    ask_bar(qtbot, frame, "Prince")
    patient = next(one for one in clinical_desk.store.all(Patient) if one.family == "Prince")
    return frame, patient


def test_vital_signs_in_one_go(qtbot: QtBot, chart: tuple[WorkFrame, Patient]) -> None:
    frame, patient = chart
    store = frame.desk.store
    ask_bar(qtbot, frame, "Record vital signs")
    assert named() == "Blood pressure"
    numbers = ("118/76", "84", "16", "98.6", "188")
    for number in numbers:
        types(number)
        press(KEY.Key_Tab)
    press(KEY.Key_Return, CTRL)
    assert vitals_of(store, patient.id) == ()  # 188 % is a slip
    assert named() == "Oxygen saturation, %"
    press(KEY.Key_A, CTRL)
    types("86")
    press(KEY.Key_Return, CTRL)
    assert "oxygen saturation 86" in named()  # it can be, and is looked at twice
    assert vitals_of(store, patient.id) == ()
    press(KEY.Key_Space)
    press(KEY.Key_Return, CTRL)
    (kept,) = vitals_of(store, patient.id)
    assert (kept.systolic, kept.diastolic, kept.pulse, kept.respirations, kept.spo2) == (118, 76, 84, 16, 86)
    assert (kept.temperature, kept.acknowledged) == (37.0, ("spo2",))
    assert named() == "Record vital signs"  # ready for the next
    # 23 keys for the five numbers: at two a second, under 12 seconds of the 20.
    assert sum(len(number) + 1 for number in numbers) + 1 == 23
    frame.put_away()


def test_allergies_begin_with_what_is_known_at_all(qtbot: QtBot, chart: tuple[WorkFrame, Patient]) -> None:
    frame, patient = chart
    store = frame.desk.store
    assert allergy_statement(patient).headline == "Allergies not recorded"
    ask_bar(qtbot, frame, "Record allergies")
    press(KEY.Key_Return, CTRL)  # nothing was said yet, so nothing is kept (V13)
    assert store.get(Patient, patient.id).allergy_assertion is None
    press(KEY.Key_3)  # Has allergies: the first row is there and has the keyboard
    assert named() == "Substance"
    types("Penicillin")
    tab_to("Reaction")
    types("Hives")
    tab_to("No reaction")
    press(KEY.Key_Space)  # latex was asked about by name
    press(KEY.Key_Return, CTRL)
    known = store.get(Patient, patient.id)
    assert known.allergy_assertion is AllergyAssertion.HAS_ALLERGIES
    assert known.allergies[0].text() == "Penicillin (hives)"
    assert [one.answer for one in known.allergy_questions] == [AllergyAnswer.NO]
    tab_to("Penicillin")
    press(KEY.Key_Return)
    tab_to("Confirm")
    press(KEY.Key_Space)
    sure = store.get(Patient, patient.id).allergies[0]
    assert (sure.verification, bool(sure.verified_by)) == (Verification.CONFIRMED, True)
    frame.put_away()


def test_a_wound_with_its_photo(
    qtbot: QtBot, chart: tuple[WorkFrame, Patient], files: FileDialogs, tmp_path: Path
) -> None:
    frame, patient = chart
    store = frame.desk.store
    picture = tmp_path / "ward.jpg"
    picture.write_bytes(photos.photo(6))
    files.opens.append(picture)
    ask_bar(qtbot, frame, "Record a wound")
    types("Sacrum")
    press(KEY.Key_Tab)
    types("stage 2")
    press(KEY.Key_Return)
    for name, words in (("Length", "4.5"), ("Width", "3"), ("Treatment", "Foam dressing")):
        tab_to(name)
        types(words)
    tab_to("Who says so")
    types("seen")
    press(KEY.Key_Return)
    tab_to("Add a photo")
    press(KEY.Key_Space)
    qtbot.waitUntil(lambda: "ward.jpg" in [each.toolTip()[6:14] for each in _tiles(frame)])
    press(KEY.Key_Return, CTRL)
    (wound,) = wounds_of(store, patient.id)
    assert wound.facts() == "4.5 × 3 cm · Foam dressing"
    ((_title, photo),) = attachments(store, patient.id)
    assert photos.PLACE not in store.attachments.get(photo.sha256)
    tab_to("Sacrum")
    press(KEY.Key_Return)
    assert named() == "Look again"
    tab_to("ward.jpg")
    press(KEY.Key_Return)  # over the whole window
    assert named() == "ward.jpg"
    press(KEY.Key_Escape)
    assert "ward.jpg" in named()  # back on its tile
    press(KEY.Key_Escape)
    assert named() == "Record vital signs"
    frame.put_away()


def _tiles(frame: WorkFrame) -> list[object]:
    from liaison_desktop.documents.preview.tiles import Tile

    QApplication.processEvents()
    return [tile for tile in frame.findChildren(Tile) if tile.isVisible()]


def test_what_a_checklist_answered_reaches_the_banner_by_one_press(
    qtbot: QtBot, chart: tuple[WorkFrame, Patient]
) -> None:
    frame, patient = chart
    store = frame.desk.store
    checklist = start_checklist(store, patient.id, Planned())
    sheet = open_checklist(store, checklist.id).sheet
    for link_id, code in (("A1", "name-dob"), ("E1", "NKA"), ("E3", "no")):
        node = sheet.first(link_id)
        assert node is not None
        option = node.item.option(code)
        assert option is not None
        sheet.answer(node, (option.key, option.value))
    save_answer(store, checklist, sheet)
    ask_bar(qtbot, frame, "Record vital signs")
    press(KEY.Key_Escape)
    tab_to("Take over: No known allergies", back=True)
    press(KEY.Key_Space)
    known = store.get(Patient, patient.id)
    assert known.allergy_assertion is AllergyAssertion.NKA
    qtbot.waitUntil(lambda: "No known allergies" in _banner(frame))
    assert here() is not None
    frame.put_away()


def _banner(frame: WorkFrame) -> str:
    page = frame.pages["patients"]
    return str(page.chart.banner.accessibleName()) if page.chart is not None else ""  # type: ignore[attr-defined]
