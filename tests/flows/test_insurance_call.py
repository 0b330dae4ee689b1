"""W7, a call to a payer by keystrokes: the call that drops still counts, the next one goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.chart.page import ChartPage
from liaison_desktop.clinical.coverage.actions import coverage_standing, fill_practice_coverage
from liaison_desktop.clinical.coverage.form import CoveragePane
from liaison_desktop.clinical.coverage.queries import authorisations_of, coverages_of, verifications_of
from liaison_desktop.clinical.coverage.record import AuthorisationStatus, Benefit, Outcome, PlanType
from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.workspace import WORKSPACE
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.tasks.queries import tasks_for
from liaison_desktop.ui.desk import Desk
from tests.fakes import Clock
from tests.flows.keyboard import CTRL, KEY, ask_bar, frames, here, press, tab_to, types

Open = Callable[[str], CoveragePane]


@pytest.fixture
def opens(qtbot: QtBot, clinical_desk: Desk) -> Iterator[Open]:
    """Opens the coverage tab of a patient by keys; again, as after a crash, each time it is called."""
    fill_practice_patients(clinical_desk.store)
    fill_practice_coverage(clinical_desk.store)
    with frames(qtbot, clinical_desk, WORKSPACE) as make:

        def to_coverage(name: str) -> CoveragePane:
            return coverage_tab(qtbot, make(), name)

        yield to_coverage


def coverage_tab(qtbot: QtBot, frame: WorkFrame, name: str) -> CoveragePane:
    """By the command bar to the chart, by Tab and arrows to its coverage."""
    ask_bar(qtbot, frame, name)
    tab_to("Overview")
    while here().accessibleName() != "Coverage":
        press(KEY.Key_Right)
    press(KEY.Key_Return)
    page = frame.pages["patients"]
    assert isinstance(page, ChartPage)
    assert page.chart is not None
    assert isinstance(page.chart.pane, CoveragePane)
    return page.chart.pane


def of(pane: CoveragePane) -> tuple[Patient, Desk]:
    return pane.patient, pane.desk


def test_a_call_that_drops_and_the_next_one(opens: Open, clock: Clock) -> None:
    pane = opens("Whitfield")
    patient, desk = of(pane)
    tab_to("Verify again")
    press(KEY.Key_Space)
    types("Sam, eligibility")
    press(KEY.Key_Tab)
    tab_to("Coverage: Active")
    press(KEY.Key_Space)
    tab_to("Skilled nursing days, in all")
    types("100")
    press(KEY.Key_Tab)
    types("31")
    press(KEY.Key_F9)
    said, *_before = verifications_of(desk.store, patient.id)
    assert (said.outcome, said.representative, said.valid_until) == (Outcome.DROPPED, "Sam, eligibility", None)
    assert [task.what for task in tasks_for(desk.store, subject=patient.id)] == [
        "Call the payer again: the call dropped"
    ]
    # What the portal said yesterday still counts.
    assert coverage_standing(desk.store, patient.id, desk.today()).good

    clock.tick(300)
    tab_to("Verify again")
    press(KEY.Key_Space)
    types("Ada, eligibility")
    press(KEY.Key_Tab)
    press(KEY.Key_Return, CTRL)  # no reference: V33
    assert "reference" in here().accessibleName().lower()
    assert len(verifications_of(desk.store, patient.id)) == 2
    types("REF-7710")
    tab_to("Coverage: Active")
    press(KEY.Key_Space)
    press(KEY.Key_Return, CTRL)
    said = verifications_of(desk.store, patient.id)[0]
    assert (said.call_reference, said.outcome) == ("REF-7710", Outcome.ACTIVE)
    rows = {row.benefit: (row.total, row.used) for row in said.days}
    assert rows[Benefit.SNF] == (100, 31)
    assert not tasks_for(desk.store, subject=patient.id)


def test_nothing_typed_is_lost_by_a_crash(opens: Open) -> None:
    pane = opens("Whitfield")
    tab_to("Verify again")
    press(KEY.Key_Space)
    types("Sam")
    press(KEY.Key_Tab)
    types("REF-1")
    assert pane.entry is not None
    pane.entry.save_draft()
    pane = opens("Whitfield")
    tab_to("Go on with the call")
    press(KEY.Key_Space)
    assert here().accessibleName() == "Call reference"
    types("9")
    tab_to("Coverage: Active")
    press(KEY.Key_Space)
    press(KEY.Key_Return, CTRL)
    patient, desk = of(pane)
    said = verifications_of(desk.store, patient.id)[0]
    assert (said.representative, said.call_reference) == ("Sam", "REF-19")


def test_a_card_a_call_and_an_authorisation_by_keys(opens: Open) -> None:
    pane = opens("Hassan")
    patient, desk = of(pane)
    tab_to("Add coverage")
    press(KEY.Key_Space)
    types("Example Health")
    tab_to("Plan")
    types("commercial")
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    tab_to("Member number")
    types("EH-5512")
    press(KEY.Key_Return, CTRL)
    (coverage,) = coverages_of(desk.store, patient.id)
    assert (coverage.payer, coverage.plan_type) == ("Example Health", PlanType.COMMERCIAL_HMO)

    tab_to("Verify")
    press(KEY.Key_Space)
    types("Noor")
    tab_to("The payer gives none")
    press(KEY.Key_Space)
    tab_to("Coverage: Active")
    press(KEY.Key_Space)
    tab_to("Deductible, in all")
    types("1,500")
    press(KEY.Key_Tab)
    types("900.50")
    tab_to("Authorisation needed: Yes")
    press(KEY.Key_Space)
    press(KEY.Key_Return, CTRL)
    said = verifications_of(desk.store, patient.id)[0]
    assert (said.deductible_total, said.deductible_met, said.no_reference) == (150_000, 90_050, True)
    (begun,) = authorisations_of(desk.store, patient.id)
    assert begun.status is AuthorisationStatus.TO_SUBMIT

    tab_to("Stay")
    press(KEY.Key_Return)
    types("approved")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL)  # V35: an approval needs its number and days
    assert authorisations_of(desk.store, patient.id)[0].status is AuthorisationStatus.TO_SUBMIT
    assert here().accessibleName() == "Authorisation number"
    types("A-90")
    press(KEY.Key_Tab)
    types("20 nov")
    press(KEY.Key_Tab)
    types("27 nov")
    press(KEY.Key_Return, CTRL)
    kept = authorisations_of(desk.store, patient.id)[0]
    assert (kept.status, kept.number) == (AuthorisationStatus.APPROVED, "A-90")
    assert not tasks_for(desk.store, subject=patient.id)
