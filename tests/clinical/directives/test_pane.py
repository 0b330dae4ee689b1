"""The tab of decisions: what is shown of each, what a form asks on, and that an ended directive stays to be read."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.directives.actions import fill_practice_directives
from liaison_desktop.clinical.directives.form import DecisionsPane
from liaison_desktop.clinical.directives.form.capacity_forms import CapacityForm
from liaison_desktop.clinical.directives.form.code_status_form import CodeStatusForm
from liaison_desktop.clinical.directives.form.papers_forms import DirectiveForm, RightsForm
from liaison_desktop.clinical.directives.queries import capacity_notes_of, directives_of, rights_given_to
from liaison_desktop.clinical.directives.record import AbilityState, CopyOnFile, DirectiveKind, GivenTo
from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.patients.form import PatientBanner
from liaison_desktop.clinical.patients.record import CodeStatus, Patient
from liaison_desktop.ui.cards import CardRow
from liaison_desktop.ui.confirm import Confirm
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.text import Elided, Wrapped


@pytest.fixture
def pane(clinical_desk: Desk, qtbot: QtBot) -> DecisionsPane:
    """The decisions of the patient with a POLST, an agent and a capacity note."""
    fill_practice_patients(clinical_desk.store)
    fill_practice_directives(clinical_desk.store)
    patient = next(one for one in clinical_desk.store.all(Patient) if one.family == "Whitfield")
    made = DecisionsPane(clinical_desk, patient)
    qtbot.addWidget(made)
    made.resize(1190, 640)
    with qtbot.waitExposed(made):
        made.show()
    return made


def texts(widget: QWidget) -> str:
    plain = [each.text() for each in widget.findChildren(QLabel) if not isinstance(each, Wrapped)]
    wrapped = [each.plain() for each in widget.findChildren(Wrapped)]
    rows = [each.accessibleName() for each in widget.findChildren(CardRow)]
    return "\n".join([*plain, *wrapped, *rows])


def test_what_is_known_is_shown(pane: DecisionsPane) -> None:
    said = texts(pane)
    for words in (
        "1. The patient",
        "2. Arthur Whitfield, son, Health-care power of attorney",
        "DNR and DNI",
        "Only a practitioner sets it.",
        "POLST or MOLST",
        "Not given yet",
        "Some concern",
    ):
        assert words in said


def test_the_banner_says_who_decides_beside_the_patient(pane: DecisionsPane, qtbot: QtBot) -> None:
    banner = PatientBanner(pane.patient, pane.desk.today())
    qtbot.addWidget(banner)
    shown = [each.text() for each in banner.findChildren(Elided)]
    assert "Arthur Whitfield" in shown
    assert "DNR and DNI" in shown


def test_a_note_is_read_with_the_patients_words(pane: DecisionsPane) -> None:
    (note,) = capacity_notes_of(pane.desk.store, pane.patient.id)
    pane.read(note)
    said = texts(pane)
    assert "In part. “I would be fine at home, I think. Maybe not at night.”" in said
    assert "score" not in said.lower()


def test_a_form_asks_on_only_where_the_answer_needs_it(pane: DecisionsPane) -> None:
    pane.report()
    form = pane.entry
    assert isinstance(form, CodeStatusForm)
    assert not form._difference.isVisibleTo(form)
    form._said.editor("status").set_value(CodeStatus.FULL)
    form.heard()
    assert form._difference.isVisibleTo(form)
    assert "POLST" in form._why.plain()
    pane.close_form()
    pane.add()
    paper = pane.entry
    assert isinstance(paper, DirectiveForm)
    assert not paper._paper_card.isVisibleTo(paper)
    paper._what.editor("directive_kind").set_value(DirectiveKind.NONE_STATED)
    paper.heard()
    assert not paper._paper_card.isVisibleTo(paper)
    paper.save()
    assert pane.entry is None
    assert "None, as the patient says" in texts(pane)


def test_faults_of_abilities_stand_beside_their_own(pane: DecisionsPane) -> None:
    pane.write_note()
    form = pane.entry
    assert isinstance(form, CapacityForm)
    form._abilities["reason"].editor("state").set_value(AbilityState.PARTIAL)
    form.heard()
    form.save()
    assert form._abilities["understand"].field("state").fault()
    assert not form._abilities["reason"].field("state").fault()
    assert form._abilities["reason"].field("quote").fault()


def test_a_directive_that_ended_stays_to_be_read(pane: DecisionsPane) -> None:
    held = next(one for one in directives_of(pane.desk.store, pane.patient.id) if one.copy is CopyOnFile.YES)
    pane._end(held)
    (asked,) = (each for each in pane.findChildren(Confirm) if each.isVisibleTo(pane))
    asked.act.click()
    assert directives_of(pane.desk.store, pane.patient.id)[-1].ended_at is None  # why is asked first
    asked.reason.set_text("Revoked in front of two nurses")
    asked.act.click()
    assert directives_of(pane.desk.store, pane.patient.id)[-1].ended_reason == "Revoked in front of two nurses"
    assert "no longer counts" in texts(pane)


def test_information_on_rights_is_kept_with_its_language(pane: DecisionsPane) -> None:
    pane.give()
    form = pane.entry
    assert isinstance(form, RightsForm)
    assert not form._given.field("given_name").isVisibleTo(form)
    form._given.editor("given_to").set_value(GivenTo.PATIENT)
    form.save()
    (given,) = rights_given_to(pane.desk.store, pane.patient.id)
    assert (given.language, given.by) == ("English", pane.desk.store.actor.name)
    assert "Given to the patient" in texts(pane)
