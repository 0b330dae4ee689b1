"""Who decides, by keystrokes: a representative without a paper, a report that differs, a concern that stops a signature."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.chart.page import ChartPage
from liaison_desktop.clinical.consents.actions import (
    begin_consent,
    make_ready,
    record_discussion,
    start_teach_back,
)
from liaison_desktop.clinical.consents.queries import template
from liaison_desktop.clinical.consents.record import Answer, Consent, ConsentState
from liaison_desktop.clinical.directives.actions import fill_practice_directives
from liaison_desktop.clinical.directives.form import DecisionsPane
from liaison_desktop.clinical.directives.queries import capacity_notes_of, reports_of
from liaison_desktop.clinical.directives.record import Concern, Determination
from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.patients.record import AuthorityBasis, CodeStatus, Patient, agent_of
from liaison_desktop.clinical.workspace import WORKSPACE
from liaison_desktop.errors import Refused
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.signing import Role
from liaison_desktop.tasks.queries import tasks_for
from liaison_desktop.ui.desk import Desk
from tests.clinical.consents.examples import DOCTOR, a_signature, filled, put
from tests.fakes import Clock
from tests.flows.keyboard import CTRL, KEY, ask_bar, here, opened, press, tab_to, types


@pytest.fixture
def frame(qtbot: QtBot, clinical_desk: Desk) -> Iterator[WorkFrame]:
    """The clinical window over practice patients and what is known of their decisions."""
    fill_practice_patients(clinical_desk.store)
    fill_practice_directives(clinical_desk.store)
    made = opened(qtbot, clinical_desk, WORKSPACE)
    yield made
    made.put_away()


def decisions(qtbot: QtBot, frame: WorkFrame, name: str) -> DecisionsPane:
    """By the command bar to the chart, and to its decisions, whose tab may be under More."""
    ask_bar(qtbot, frame, name)
    ask_bar(qtbot, frame, "Decisions")
    page = frame.pages["patients"]
    assert isinstance(page, ChartPage)
    assert page.chart is not None
    assert isinstance(page.chart.pane, DecisionsPane)
    return page.chart.pane


def waiting(pane: DecisionsPane) -> list[str]:
    return [task.what for task in tasks_for(pane.desk.store, subject=pane.patient.id)]


def test_a_representative_without_a_paper(qtbot: QtBot, frame: WorkFrame) -> None:
    pane = decisions(qtbot, frame, "0049-3382")
    store = pane.desk.store
    tab_to("Lucía Álvarez, daughter")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL)  # V38: nobody decides without a right
    assert here().accessibleName() == "Right to decide"
    agent = agent_of(store.get(Patient, pane.patient.id))
    assert agent is not None
    assert agent.authority_basis is None
    types("health")
    press(KEY.Key_Return)
    tab_to("The patient objects: No")
    press(KEY.Key_Space)
    press(KEY.Key_Return, CTRL)  # V38: nobody saw the paper, so a reason is typed
    assert pane.entry is not None
    tab_to("Why it is right to go on")
    types("She brings it tonight.")
    press(KEY.Key_Return, CTRL)
    assert pane.entry is None
    agent = agent_of(store.get(Patient, pane.patient.id))
    assert agent is not None
    assert (agent.authority_basis, agent.authority_seen_on) == (AuthorityBasis.HCPOA, None)
    assert agent.authority_reason == "She brings it tonight."
    assert "Get the paper that gives the right to decide" in waiting(pane)
    assert "Lucía" in here().accessibleName()


def test_a_report_that_differs_goes_to_the_practitioner(qtbot: QtBot, frame: WorkFrame) -> None:
    pane = decisions(qtbot, frame, "Whitfield")
    store = pane.desk.store
    tab_to("Record a report")
    press(KEY.Key_Space)
    types("full")
    press(KEY.Key_Return)
    tab_to("Who says so")
    types("patient")
    press(KEY.Key_Return)
    press(KEY.Key_Tab)
    types("Nell Whitfield")
    press(KEY.Key_Return, CTRL)  # V12: a POLST is there, and something else was reported before
    assert len(reports_of(store, pane.patient.id)) == 1
    tab_to("What you do about the difference")
    types("Called Dr. Lin, who comes at four.")
    press(KEY.Key_Return, CTRL)
    report = reports_of(store, pane.patient.id)[0]
    assert (report.status, report.differs, report.reported_by) == (CodeStatus.FULL, True, "Nell Whitfield")
    assert "Tell the practitioner now: code status reported and chart differ" in waiting(pane)


def test_a_capacity_concern_stops_a_signature(qtbot: QtBot, frame: WorkFrame, clock: Clock) -> None:
    store = frame.desk.store
    patient = next(one for one in store.all(Patient) if one.family == "Álvarez")
    begun = begin_consent(store, patient, template("GI-014"), practitioner=DOCTOR, credential="MD")
    consent = start_teach_back(store, record_discussion(store, filled(begun, clock())))
    consent = make_ready(store, consent)
    assert consent.state is ConsentState.READY
    clock.tick(60)

    decisions(qtbot, frame, "0049-3382")
    tab_to("Write a capacity note")
    press(KEY.Key_Space)
    types("The colonoscopy on Monday")
    for _ability in range(4):
        press(KEY.Key_Tab)
        tab_to("Did it show?: Not shown")
        press(KEY.Key_Space)
        tab_to("In the patient's words")
        types("I do not know.")
    tab_to("Asked again, the choice is: Another")
    press(KEY.Key_Space)
    tab_to("the second time")
    types("No. Yes. Whatever you say.")
    tab_to("Your concern: Marked concern")
    press(KEY.Key_Space)
    tab_to("Referred to")
    types("Dr. Grace Lin")
    press(KEY.Key_Return, CTRL)
    (note,) = capacity_notes_of(store, patient.id)
    assert note.concern is Concern.MARKED

    signature = a_signature(Role.PATIENT, "María L. Álvarez")
    with pytest.raises(Refused) as refusal:
        put(store, store.get(Consent, consent.id), signature, agrees=Answer.YES)
    assert "V11" in {fault.rule for fault in refusal.value.faults}

    clock.tick(1800)
    tab_to("The colonoscopy on Monday")
    press(KEY.Key_Return)
    tab_to("Add the practitioner's determination")
    press(KEY.Key_Space)
    tab_to("Can make this decision")
    press(KEY.Key_Space)
    tab_to("Determined by")
    types("Dr. Grace Lin, MD")
    press(KEY.Key_Return, CTRL)
    (note,) = capacity_notes_of(store, patient.id)
    assert (note.determination, note.determined_by) == (Determination.HAS_CAPACITY, "Dr. Grace Lin, MD")
    signed = put(store, store.get(Consent, consent.id), signature, agrees=Answer.YES)
    assert signed.state is ConsentState.SIGNED
