"""The findings tab: forms with faults beside their fields, drafts that come back, cards that tell source and age."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.findings import actions
from liaison_desktop.clinical.findings.form import FindingsPane
from liaison_desktop.clinical.findings.form.vital_form import VitalForm
from liaison_desktop.clinical.findings.queries import lines_of, problems_of, vitals_of
from liaison_desktop.clinical.findings.record import (
    Device,
    FindingSource,
    LineDevice,
    ProblemStatus,
    VitalSigns,
    WeightHow,
)
from liaison_desktop.clinical.findings.rules import Proposal
from liaison_desktop.clinical.patients.record import (
    Allergy,
    AllergyAssertion,
    AllergyTopic,
    Patient,
    Verification,
)
from liaison_desktop.errors import Fault, Refused
from liaison_desktop.records import new_id
from liaison_desktop.ui.buttons import Button
from liaison_desktop.ui.cards import CardRow
from liaison_desktop.ui.charts import ChartCard
from liaison_desktop.ui.confirm import Confirm
from liaison_desktop.ui.desk import Desk
from tests.fakes import TODAY, NoFrame
from tests.ui.audit import cut_texts

KEY = Qt.Key


@pytest.fixture
def patient(clinical_desk: Desk) -> Patient:
    return clinical_desk.store.save(Patient(family="Synthetic", given="Ada", birth_date="1950-02-03"))


def shown(qtbot: QtBot, desk: Desk, patient: Patient, proposals: object = None) -> FindingsPane:
    pane = FindingsPane(desk, patient, proposals)  # type: ignore[arg-type]
    desk.store.listeners.append(pane.refresh)
    qtbot.addWidget(pane)
    pane.resize(1180, 640)
    with qtbot.waitExposed(pane):
        pane.show()
    return pane


@pytest.fixture
def pane(qtbot: QtBot, clinical_desk: Desk, patient: Patient) -> FindingsPane:
    return shown(qtbot, clinical_desk, patient)


def rows(widget: QWidget) -> list[CardRow]:
    return [each for each in widget.findChildren(CardRow) if each.isVisible()]


def form_of(pane: FindingsPane) -> VitalForm:
    pane.record_vitals()
    assert pane.entry is not None
    assert isinstance(pane.entry.body, VitalForm)
    return pane.entry.body


def types(form: VitalForm, **texts: str) -> None:
    for name, text in texts.items():
        cell = form.cells[name]
        cell.clear()
        QTest.keyClicks(cell, text)
        cell.editingFinished.emit()


def press(pane: FindingsPane, name: str) -> None:
    found = [
        one
        for one in pane.findChildren(Button)
        if name in (one.accessibleName(), one.text().strip()) and one.isVisible()
    ]
    assert found, name
    found[0].click()


def test_a_slip_is_said_when_the_number_is_left_and_stops_the_save(pane: FindingsPane, patient: Patient) -> None:
    form = form_of(pane)
    types(form, pressure="120/80", spo2="188")
    assert "cannot be" in form._fields["spo2"].fault()
    assert pane.entry is not None
    pane.entry.save()
    assert vitals_of(pane.desk.store, patient.id) == ()
    types(form, spo2="98")
    pane.entry.save()
    assert pane.entry is None
    assert vitals_of(pane.desk.store, patient.id)[0].spo2 == 98


def test_an_unusual_number_is_ticked_and_the_tick_is_about_that_number(pane: FindingsPane, patient: Patient) -> None:
    form = form_of(pane)
    types(form, pressure="186/82")
    assert not form._fields["again"].isHidden()
    assert "186" in form.again.text()
    assert pane.entry is not None
    pane.entry.save()
    assert vitals_of(pane.desk.store, patient.id) == ()
    form.again.click()
    types(form, pressure="190/82")  # another number: it is looked at anew
    assert not form.again.value()
    form.again.click()
    pane.entry.save()
    assert vitals_of(pane.desk.store, patient.id)[0].acknowledged == ("systolic",)


def test_fahrenheit_pounds_and_inches_are_shown_as_what_they_mean(pane: FindingsPane, patient: Patient) -> None:
    form = form_of(pane)
    types(form, temperature="98.6", weight="180 lb", height="5'10")
    assert form.told.warm.value.text() == "37 °C (98.6 °F)"
    assert form.told.weight.value.text() == "81.7 kg (180 lb)"
    assert form.told.mass.value.text() == "25.8"
    form.weighed.set_value(WeightHow.STATED)
    assert pane.entry is not None
    pane.entry.save()
    (kept,) = vitals_of(pane.desk.store, patient.id)
    assert (kept.temperature, kept.weight, kept.height) == (37.0, 81.65, 177.8)


def test_a_weight_that_changed_asks_for_its_reason(pane: FindingsPane, patient: Patient) -> None:
    before = VitalSigns(
        patient=patient.id, taken_at=TODAY - dt.timedelta(days=9), weight=70, weight_how=WeightHow.STATED
    )
    actions.record_vital_signs(pane.desk.store, before)
    form = form_of(pane)
    types(form, weight="71 kg")
    assert form._fields["weight_reason"].isHidden()
    assert form.told.weight.under.text() == "before: 70 kg, stated, 9 days ago"
    types(form, weight="82 kg")
    assert not form._fields["weight_reason"].isHidden()
    form.weighed.set_value(WeightHow.MEASURED)
    assert pane.entry is not None
    pane.entry.save()
    assert "17 % more now" in form._fields["weight_reason"].fault()
    QTest.keyClicks(form.reason, "Ascites")
    pane.entry.save()
    assert vitals_of(pane.desk.store, patient.id)[0].weight_reason == "Ascites"


def test_what_was_typed_comes_back_even_what_cannot_be_read(
    qtbot: QtBot, clinical_desk: Desk, pane: FindingsPane, patient: Patient
) -> None:
    form = form_of(pane)
    types(form, pressure="12o/80", pulse="190")
    form.again.click()
    pane.save_draft()
    again = shown(qtbot, clinical_desk, patient)
    assert "Vital signs" in [one.text() for one in rows(again)]  # the draft is on a card
    form = form_of(again)
    assert form.cells["pressure"].text() == "12o/80"
    assert form.again.value()
    assert again.entry is not None
    again.entry.save()
    assert "120/80" in form._fields["pressure"].fault()


def test_escape_keeps_and_discard_can_be_undone(pane: FindingsPane, patient: Patient) -> None:
    form = form_of(pane)
    types(form, pulse="84")
    QTest.keyClick(form.cells["pulse"], KEY.Key_Escape)
    assert pane.entry is None
    form = form_of(pane)
    assert form.cells["pulse"].text() == "84"
    press(pane, "Discard")
    assert pane.desk.store.drafts.keys("finding/") == ()
    assert isinstance(pane.desk.frame, NoFrame)
    _words, undo = pane.desk.frame.toasts[-1]
    assert undo is not None
    undo()
    assert form_of(pane).cells["pulse"].text() == "84"


def test_a_wrong_set_is_taken_back_with_a_reason_and_counts_no_more(pane: FindingsPane, patient: Patient) -> None:
    kept = actions.record_vital_signs(pane.desk.store, VitalSigns(patient=patient.id, taken_at=TODAY, pulse=84))
    row = next(one for one in rows(pane) if "pulse 84" in one.text())
    assert "Measured by me, just now" in row.accessibleName()
    row.click()
    press(pane, "Entered in error")
    (asked,) = (one for one in pane.findChildren(Confirm) if one.isVisible())
    asked.act.click()  # without a reason nothing happens
    assert vitals_of(pane.desk.store, patient.id) == (kept,)
    asked.reason.set_text("Other patient")
    asked.act.click()
    assert vitals_of(pane.desk.store, patient.id) == ()
    assert pane.desk.store.get(VitalSigns, kept.id).mistake == "Other patient"


def test_the_chart_has_its_table(pane: FindingsPane, patient: Patient) -> None:
    for hours, pulse in ((30, 80), (1, 84)):
        taken = TODAY - dt.timedelta(hours=hours)
        actions.record_vital_signs(pane.desk.store, VitalSigns(patient=patient.id, taken_at=taken, pulse=pulse))
    card = next(one for one in pane.findChildren(ChartCard) if one.isVisible())
    card.turn()
    assert card.table is not None
    model = card.table.model()
    assert [model.index(0, column).data() for column in range(model.columnCount())] == [
        "Thu 19 Nov, 13:00", "84", "Measured by me",
    ]  # fmt: skip


def test_allergies_begin_with_the_assertion_and_ask_by_name(pane: FindingsPane, patient: Patient) -> None:
    assert "Not recorded" in [one.text() for one in rows(pane)]
    pane.enter("allergies")
    assert pane.entry is not None
    pane.entry.save()
    form = pane.entry.body
    assert "empty list never means none" in form.editor.head.field("allergy_assertion").fault()  # type: ignore[attr-defined]
    form.editor.head.editor("allergy_assertion").set_value(AllergyAssertion.NKA)  # type: ignore[attr-defined]
    for editor in form.questions.values():  # type: ignore[attr-defined]
        QTest.keyClicks(editor.children()[1], "2")
    pane.entry.save()
    known = pane.desk.store.get(Patient, patient.id)
    assert known.allergy_assertion is AllergyAssertion.NKA
    assert {one.topic for one in known.allergy_questions} == set(AllergyTopic)
    assert any(one.text().startswith("Asked: latex no") for one in rows(pane))


def test_an_allergy_is_confirmed_on_its_page(qtbot: QtBot, clinical_desk: Desk, patient: Patient) -> None:
    known = actions.keep_allergies(
        clinical_desk.store, patient, AllergyAssertion.HAS_ALLERGIES, (Allergy(substance="Latex"),), ()
    )
    pane = shown(qtbot, clinical_desk, known)
    next(one for one in rows(pane) if one.text() == "Latex").click()
    press(pane, "Confirm")
    again = clinical_desk.store.get(Patient, patient.id)
    assert again.allergies[0].verification is Verification.CONFIRMED
    assert any("confirmed by" in one.accessibleName() for one in rows(pane))
    next(one for one in rows(pane) if one.text() == "Latex").click()
    press(pane, "Refute")  # the only one: what is known then has to be said first
    assert pane.detail is not None
    assert pane.detail.said()
    assert clinical_desk.store.get(Patient, patient.id).allergies[0].confirmed


def test_problems_and_lines_are_kept_changed_and_ended(pane: FindingsPane, patient: Patient) -> None:
    store = pane.desk.store
    pane.enter("problem")
    assert pane.entry is not None
    form = pane.entry.body.form  # type: ignore[attr-defined]
    QTest.keyClicks(form.editor("text"), "Stroke")
    QTest.keyClicks(form.editor("code"), "i63.9")
    pane.entry.save()
    assert "Who says so is needed." in form.field("source").fault()
    form.editor("source").set_value(FindingSource.CHART)
    pane.entry.save()
    (problem,) = problems_of(store, patient.id)
    assert (problem.code, problem.status) == ("I63.9", ProblemStatus.ACTIVE)
    line = actions.record_line(
        store, LineDevice(patient=patient.id, device=Device.PICC, inserted_on="2026-11-10", source=FindingSource.SEEN)
    )
    row = next(one for one in rows(pane) if one.text() == "PICC")
    assert "day 9" in row.accessibleName()
    row.click()
    press(pane, "Taken out today")
    assert lines_of(store, patient.id)[0].removed_on == TODAY.date()
    assert store.get(LineDevice, line.id).site == ""


def test_a_proposal_is_taken_by_a_press_and_a_refusal_is_said(
    qtbot: QtBot, clinical_desk: Desk, patient: Patient
) -> None:
    done: list[str] = []

    def refuse() -> None:
        raise Refused((Fault(field="", message="Not like this."),))

    def proposals(_store: object, _patient: Patient) -> tuple[Proposal, ...]:
        one = Proposal(
            topic="a", checklist=new_id(), title="No known allergies", facts="Pre-admission, 2 h ago",
            take=lambda: done.append("taken"), leave=refuse,
        )  # fmt: skip
        return (one,)

    pane = shown(qtbot, clinical_desk, patient, proposals)
    press(pane, "Take over: No known allergies")
    assert done == ["taken"]
    press(pane, "Leave it: No known allergies")
    assert isinstance(clinical_desk.frame, NoFrame)
    assert clinical_desk.frame.toasts[-1][0] == "Not like this."


@pytest.mark.parametrize("what", ["vitals", "allergies", "isolation", "problem", "line", "wound"])
def test_no_form_cuts_its_words(pane: FindingsPane, what: str) -> None:
    pane.enter(what)
    assert not cut_texts(pane)
    pane.entry.keep()  # type: ignore[union-attr]
    assert not cut_texts(pane)
