"""At the width of a laptop no word of a question and no fault is cut, in any section of any form."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.checklists.actions import Planned, open_checklist, save_answer, start_checklist
from liaison_desktop.questionnaires.library import newest_entries
from liaison_desktop.questionnaires.parts import Part
from liaison_desktop.questionnaires.view.filler import FormFiller
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.tabs import SectionRail
from liaison_desktop.ui.text import Label, Wrapped
from tests.clinical.checklists.filling import a_patient, plausible
from tests.clinical.checklists.windows import shown_page

NAMES = [entry.name for entry in newest_entries()]
PLANNED = Planned(service="PROC_ELECTIVE", procedure=True, imaging=True, mri=True, day_of=True)


def cut(inside: QWidget) -> list[str]:
    """What every label says that is narrower than its words; a wrapped one is lower."""
    found = []
    for one in inside.findChildren(QLabel):
        if not one.isVisible() or not one.text():
            continue
        if isinstance(one, Wrapped):
            lacks = one.height() < one.heightForWidth(one.width())
        else:
            lacks = isinstance(one, Label) and one.width() < one.sizeHint().width()
        if lacks:
            found.append(one.text())
    return found


@pytest.mark.parametrize("name", NAMES)
def test_no_word_and_no_fault_is_cut(name: str, qtbot: QtBot, clinical_desk: Desk) -> None:
    store = clinical_desk.store
    patient = store.save(a_patient())
    checklist = start_checklist(store, patient.id, PLANNED, form=name)
    opened = open_checklist(store, checklist.id)
    identity = next(node for node in opened.sheet.walk() if any(rule.id == "V1" for rule in node.item.rules))
    opened.sheet.answer(identity, *plausible(identity, store.clock(), name))
    save_answer(store, checklist, opened.sheet, trail=opened.trail)
    page = shown_page(qtbot, clinical_desk, checklist.id)
    assert page.form is not None
    page.form.finalise()
    filler = page.form.filler
    assert len(filler.filling.faults) > 3
    for part in tuple(filler._sections):
        filler.show_section(part.id)
        QApplication.processEvents()
        assert filler.view is not None
        assert cut(filler.view) == [], part.id


def test_a_section_with_an_answer_that_cannot_be_has_no_tick(qtbot: QtBot, clinical_desk: Desk) -> None:
    store = clinical_desk.store
    patient = store.save(a_patient())
    checklist = start_checklist(store, patient.id, PLANNED)
    opened = open_checklist(store, checklist.id)
    for link_id, answer in (("A1", "name-dob"), ("I1", "room-air")):
        opened.sheet.choose(opened.sheet.nodes(link_id)[0], answer)
    opened.sheet.answer(opened.sheet.nodes("I3.gcs")[0], ("valueInteger", 99))
    save_answer(store, checklist, opened.sheet, trail=opened.trail)
    page = shown_page(qtbot, clinical_desk, checklist.id)
    assert page.form is not None
    filler = page.form.filler
    assert faulty(filler.rail, filler._sections, "I")
    node = filler.sheet.nodes("I3.gcs")[0]
    filler.filling.answer(node, [("valueInteger", 15)])
    filler._show_review()
    assert not faulty(filler.rail, filler._sections, "I")


def faulty(rail: SectionRail, sections: list[Part], id: str) -> bool:
    return "needs attention" in rail.buttons[[part.id for part in sections].index(id)].accessibleName()


def test_nobody_answered_yet_and_nothing_is_called_well(qtbot: QtBot, clinical_desk: Desk) -> None:
    store = clinical_desk.store
    checklist = start_checklist(store, store.save(a_patient()).id, PLANNED)
    page = shown_page(qtbot, clinical_desk, checklist.id)
    assert page.form is not None
    filler: FormFiller = page.form.filler
    said = [one.text() for one in filler.review.findChildren(QLabel) if one.isVisible()]
    assert any(words.startswith("0 of ") for words in said)
    assert not any("passed" in words for words in said)
