"""W5, the pre-admission screening, by keystrokes alone: from the pipeline to the signed screening, the physician's
concurrence, and the guard of the admission that asks whether they came in the right order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.checklists.actions import Planned, keep_checklist, open_checklist, start_checklist
from liaison_desktop.clinical.checklists.page import ChecklistsPage
from liaison_desktop.clinical.checklists.queries import checklists_of
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.clinical.episodes.record import Episode, EpisodeState
from liaison_desktop.clinical.people.actions import save_staff
from liaison_desktop.clinical.people.record import StaffCredential, StaffMember, StaffRole
from liaison_desktop.clinical.referrals.actions import step_work
from liaison_desktop.clinical.referrals.page import ReferralsPage
from liaison_desktop.clinical.referrals.record import Decision, Referral, WorkStatus
from liaison_desktop.clinical.workspace import WORKSPACE
from liaison_desktop.questionnaires.view.filler import FormFiller
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.ui.desk import Desk
from tests.clinical.checklists.filling import fill
from tests.clinical.referrals.making import (
    allergies_asked,
    forms_done,
    others_done,
    packet_done,
    taken,
    visited,
)
from tests.fakes import Clock
from tests.flows.answering import answer_required, question_here, type_answer
from tests.flows.keyboard import ALT, CTRL, KEY, command, here, named, opened, press, tab_to, types

W = WorkStatus
HOUR = 3600  # s


@pytest.fixture
def frame(qtbot: QtBot, clinical_desk: Desk) -> Iterator[WorkFrame]:
    """The clinical window before one patient for inpatient rehabilitation, whose screening is the next thing."""
    store = clinical_desk.store
    save_staff(store, StaffMember(name="Renee Okafor", credential=StaffCredential.RN, role=StaffRole.SUPERVISOR,
                                  actor=store.actor.id))  # fmt: skip
    referral = taken(store)
    packet_done(store, referral)
    visited(store, referral)
    forms_done(store, referral, "pan")
    allergies_asked(store, referral)
    others_done(store, referral)
    for after in (W.RECEIVED, W.TRIAGED, W.SCREENING):
        step_work(store, referral.id, after)
    made = opened(qtbot, clinical_desk, WORKSPACE)
    yield made
    made.put_away()


def the(frame: WorkFrame) -> Referral:
    """The only referral, as it is stored."""
    (referral,) = frame.desk.store.all(Referral)
    return referral


def screening(frame: WorkFrame) -> Checklist:
    """The screening, as it is stored."""
    patient = the(frame).patient
    assert patient is not None
    (found,) = [one for one in checklists_of(frame.desk.store, patient) if one.form_url.endswith("/pas")]
    return found


def filler(frame: WorkFrame) -> FormFiller:
    """The screening on the screen."""
    page = frame.pages["checklists"]
    assert isinstance(page, ChecklistsPage)
    assert page.form is not None
    return page.form.filler


def in_the_pipeline(frame: WorkFrame, qtbot: QtBot) -> ReferralsPage:
    """The pipeline by the command bar, unless it is there, and the keyboard on what is next."""
    if not isinstance(frame.page, ReferralsPage):
        command("referrals")
        qtbot.waitUntil(lambda: isinstance(frame.page, ReferralsPage) and not frame.search.bar.isVisible())
        press(KEY.Key_Return)
    page = frame.page
    assert isinstance(page, ReferralsPage)
    press(KEY.Key_1, ALT)
    return page


def jump(code: str) -> None:
    """Ctrl+F, the code of a question, Enter."""
    press(KEY.Key_F, CTRL)
    types(code)
    press(KEY.Key_Return)


def to_the_screening(frame: WorkFrame, qtbot: QtBot) -> FormFiller:
    """What is missing is asked for, refused, and leads to the screening."""
    in_the_pipeline(frame, qtbot)
    assert named() == "Screening is finished"
    press(KEY.Key_Space)
    assert the(frame).work is W.SCREENING
    assert named().startswith("Pre-admission screening")
    press(KEY.Key_Space)
    return filler(frame)


def prepared(frame: WorkFrame, *but: str) -> None:
    """The clinician's part answered on another day, but for these questions; screened if there are none."""
    store, referral = frame.desk.store, the(frame)
    assert referral.patient is not None
    checklist = start_checklist(store, referral.patient, Planned(service="IRF"), form="pas")
    held = open_checklist(store, checklist.id)
    later = [one for one in held.sheet.definition.index if one.startswith(("S13", "S14"))]
    fill(held.sheet, store.clock(), but=(*later, *but))
    keep_checklist(store, checklist, held.sheet, held.trail)
    if not but:
        step_work(store, referral.id, W.SCREENED)


def screened(frame: WorkFrame, qtbot: QtBot, now: dt.datetime) -> None:
    """The clinician's part answered and signed, and the step taken in the pipeline."""
    form = to_the_screening(frame, qtbot)
    left = answer_required(form, "pas", now, until="S13")
    assert left
    assert all(key.startswith(("S13", "S14")) for key in left)
    in_the_pipeline(frame, qtbot)
    press(KEY.Key_Space)
    assert the(frame).work is W.SCREENED


def accepted(frame: WorkFrame, qtbot: QtBot) -> None:
    """Accepted under Decision, with the capability check seen."""
    in_the_pipeline(frame, qtbot)
    press(KEY.Key_4, ALT)
    press(KEY.Key_1)
    press(KEY.Key_Return, CTRL)
    assert the(frame).decision is Decision.ACCEPTED


def stay(frame: WorkFrame) -> Episode:
    """The only episode."""
    (episode,) = frame.desk.store.all(Episode)
    return episode


def try_to_admit(frame: WorkFrame, qtbot: QtBot) -> None:
    """Admit the patient from the pipeline, whatever comes of it."""
    in_the_pipeline(frame, qtbot)
    press(KEY.Key_1, ALT)
    tab_to("Admit the patient")
    press(KEY.Key_Space)


def physician(frame: WorkFrame, now: dt.datetime) -> None:
    """The physician's part and the decision, finalised."""
    form = filler(frame)
    assert answer_required(form, "pas", now) == []
    press(KEY.Key_Return, CTRL)


@pytest.mark.timeout(240)  # some fifty answers, each typed
def test_from_the_pipeline_to_the_signed_screening_and_through_its_guard(
    frame: WorkFrame, qtbot: QtBot, clock: Clock
) -> None:
    screened(frame, qtbot, frame.desk.clock())
    assert screening(frame).status is ChecklistStatus.IN_PROGRESS
    accepted(frame, qtbot)
    try_to_admit(frame, qtbot)
    assert stay(frame).state is EpisodeState.PRE_ADMISSION
    assert named().startswith("Physician's concurrence")
    press(KEY.Key_Space)
    clock.tick(12 * HOUR)
    physician(frame, frame.desk.clock())
    assert screening(frame).status is ChecklistStatus.COMPLETED
    try_to_admit(frame, qtbot)
    assert stay(frame).state is EpisodeState.ADMITTED


def test_every_part_is_met_by_its_key_and_says_how_far_it_is(frame: WorkFrame, qtbot: QtBot) -> None:
    form = to_the_screening(frame, qtbot)
    type_answer(question_here(form), "pas", frame.desk.clock())
    met = [form.section]
    for _ in range(11):
        press(KEY.Key_PageDown, CTRL)
        assert form.isAncestorOf(here())
        met.append(form.section)
    assert met == ["S0", "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S11", "S13"]


def test_what_would_not_survive_a_review_is_reached_from_the_side(frame: WorkFrame, qtbot: QtBot) -> None:
    prepared(frame, "S5a")
    form = to_the_screening(frame, qtbot)
    jump("5a")
    press(KEY.Key_Right, times=4)  # rehabilitation nursing alone
    press(KEY.Key_Space)
    assert form.sheet.codes("S5a") == ("nursing",)
    in_the_pipeline(frame, qtbot)
    press(KEY.Key_Space)
    assert the(frame).work is W.SCREENING, "V27: without PT or OT it is not a finished screening"
    press(KEY.Key_Space)
    tab_to("Go to 5a", most=120)
    press(KEY.Key_Space)
    assert filler(frame).focus_key().endswith("S5a")


def test_a_bed_that_came_late_asks_for_an_update_and_the_physician_again(
    frame: WorkFrame, qtbot: QtBot, clock: Clock
) -> None:
    prepared(frame)
    accepted(frame, qtbot)
    clock.tick(60 * HOUR)
    # More than 48 hours after the screening was signed: the planned admission is put right, and an update is asked for.
    try_to_admit(frame, qtbot)
    press(KEY.Key_Space)
    form = filler(frame)
    jump("0h")
    press(KEY.Key_A, CTRL)
    later = frame.desk.clock() + dt.timedelta(hours=24)
    types(later.date().isoformat())
    press(KEY.Key_Tab)
    press(KEY.Key_Backtab)
    assert any(part.id == "S12" for part in form._sections), "the update is asked for"
    assert answer_required(form, "pas", frame.desk.clock()) == []
    # The physician's time that was typed lies an hour before the update.
    press(KEY.Key_Return, CTRL)
    assert screening(frame).status is ChecklistStatus.IN_PROGRESS, "V29: updated but not approved again"
    assert any(key.endswith("S13d") for key in form.filling.faults)
    clock.tick(12 * HOUR)
    assert form.focus_key().endswith("S13d"), "the keyboard is on what is wrong"
    again = frame.desk.clock()
    press(KEY.Key_A, CTRL)
    types(again.date().isoformat())
    press(KEY.Key_Tab)
    press(KEY.Key_A, CTRL)
    types(f"{again:%H:%M}")
    press(KEY.Key_Return, CTRL)
    assert screening(frame).status is ChecklistStatus.COMPLETED
    clock.tick(2 * HOUR)
    try_to_admit(frame, qtbot)
    assert stay(frame).state is EpisodeState.ADMITTED
