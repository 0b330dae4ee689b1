"""A referral from the phone to the bedside, by keystrokes: W1 taken in nine fields, W2 its packet, W3 the visit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.episodes.queries import current_episode
from liaison_desktop.clinical.episodes.record import EpisodeState, ServiceLine
from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.patients.queries import count_patients
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.referrals.actions import fill_practice_referrals
from liaison_desktop.clinical.referrals.form.phone_draft import DRAFT
from liaison_desktop.clinical.referrals.page import ReferralsPage
from liaison_desktop.clinical.referrals.queries import papers_of, visits_of
from liaison_desktop.clinical.referrals.record import (
    Agreement,
    Channel,
    Decision,
    DeclineReason,
    DocumentKind,
    Priority,
    Referral,
    WorkStatus,
)
from liaison_desktop.clinical.workspace import WORKSPACE
from liaison_desktop.paths import resource
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.tasks.queries import tasks_about
from liaison_desktop.ui.desk import Desk
from tests.fakes import FileDialogs
from tests.flows.keyboard import ALT, CTRL, KEY, here, named, opened, press, tab_to, types


@pytest.fixture
def frame(qtbot: QtBot, clinical_desk: Desk) -> Iterator[WorkFrame]:
    """The clinical window over practice patients and referrals."""
    fill_practice_patients(clinical_desk.store)
    fill_practice_referrals(clinical_desk.store)
    made = opened(qtbot, clinical_desk, WORKSPACE)
    yield made
    made.put_away()


def page_of(frame: WorkFrame) -> ReferralsPage:
    """The page of referrals."""
    found = frame.pages["referrals"]
    assert isinstance(found, ReferralsPage)
    return found


def of(frame: WorkFrame, family: str) -> Referral:
    """The newest referral of a patient."""
    store = frame.desk.store
    people = {one.id for one in store.all(Patient) if one.family == family}
    return next(one for one in reversed(store.all(Referral)) if one.patient in people)


def shown(frame: WorkFrame) -> Referral:
    """The referral that is shown, as it is stored."""
    return frame.desk.store.get(Referral, page_of(frame).pane.shown_id)


def test_by_phone_for_somebody_new(frame: WorkFrame) -> None:
    press(KEY.Key_F2)
    types("Castellanos")
    press(KEY.Key_Return)
    types("Rosa")
    press(KEY.Key_Return)
    types("3 May 1950")
    press(KEY.Key_Return)
    press(KEY.Key_Down)  # the last contacts, the newest first
    press(KEY.Key_Return)
    tab_to("Service line")
    types("inpat")
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    tab_to("Priority")
    press(KEY.Key_2)
    tab_to("Reason")
    types("Stroke, needs therapy")
    press(KEY.Key_Return)
    referral = shown(frame)
    assert (referral.work, referral.channel, referral.priority) == (WorkStatus.NEW, Channel.PHONE, Priority.URGENT)
    assert (referral.service, referral.reason) == (ServiceLine.IRF, "Stroke, needs therapy")
    assert "Harborview" in referral.source_text
    assert referral.contact_text
    patient = frame.desk.store.get(Patient, referral.patient or referral.id)
    assert (patient.family, patient.given, patient.birth_date) == ("Castellanos", "Rosa", "1950-05-03")
    assert [task.what for task in tasks_about(frame.desk.store, referral.id)][0] == "Answer the referral source"
    assert all(paper.awaited for paper in papers_of(frame.desk.store, referral.id))


def test_by_phone_for_somebody_who_is_here(frame: WorkFrame, qtbot: QtBot) -> None:
    before = count_patients(frame.desk.store)
    press(KEY.Key_F2)
    types("Hasan")
    press(KEY.Key_Return, times=2)
    types("17 Apr 2001")
    form = page_of(frame).phone
    assert form is not None
    qtbot.waitUntil(lambda: bool(form.proposals.shown()))
    press(KEY.Key_1, ALT)
    types("Northlake")
    press(KEY.Key_Escape)
    tab_to("Service line")
    types("skilled")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL)
    referral = shown(frame)
    assert referral.patient == of(frame, "Hassan").patient
    assert (referral.service, referral.source_text) == (ServiceLine.SNF, "Northlake")
    assert count_patients(frame.desk.store) == before


def test_what_was_typed_waits_and_is_taken_up(frame: WorkFrame) -> None:
    press(KEY.Key_F2)
    types("Waits")
    press(KEY.Key_Escape)
    assert frame.desk.store.drafts.get(DRAFT) is not None
    press(KEY.Key_F2)
    form = page_of(frame).phone
    assert form is not None
    assert form.patient().family == "Waits"
    assert "Given names" in named()
    press(KEY.Key_Return, CTRL)  # not enough yet
    assert "Birth date" in named()
    assert form.patient().family == "Waits"


def test_the_packet_is_named_read_and_the_rest_asked_for(frame: WorkFrame, files: FileDialogs) -> None:
    store, page = frame.desk.store, None
    frame.desk.open(Referral.kind, of(frame, "O'Brien-Katz").id)
    page = page_of(frame)
    press(KEY.Key_2, ALT)
    files.opens = [Path(str(resource("practice", "packet.pdf")))]
    press(KEY.Key_Space)  # Add a file…
    referral = shown(frame)
    (packet,) = [one for one in papers_of(store, referral.id) if not one.missing]
    assert (packet.document, packet.pages, packet.reviewed) == (DocumentKind.PACKET, 9, False)
    assert store.attachments.get(packet.file_sha256) == files_content()
    press(KEY.Key_1)  # the first page is the face sheet
    press(KEY.Key_PageDown)
    press(KEY.Key_2)  # pages two and three the history and physical
    came = {one.document: one for one in papers_of(store, referral.id) if not one.missing}
    assert (came[DocumentKind.FACESHEET].first_page, came[DocumentKind.FACESHEET].last_page) == (1, 1)
    assert (came[DocumentKind.H_AND_P].first_page, came[DocumentKind.H_AND_P].last_page) == (2, 3)
    press(KEY.Key_R, times=3)
    press(KEY.Key_M)
    held = papers_of(store, referral.id)
    assert all(one.reviewed for one in held if not one.missing)
    awaited = [one for one in held if one.awaited]
    assert awaited
    assert all(one.chase_at is not None and tasks_about(store, one.id) for one in awaited)
    tab_to("Main diagnosis")
    types("Pneumonia")
    press(KEY.Key_F4)
    referral = shown(frame)
    assert referral.dx_text == "Pneumonia"
    assert [(one.field, one.page) for one in referral.cited] == [("dx_text", page.pane.packet.preview.page)]


def files_content() -> bytes:
    """The practice packet."""
    return resource("practice", "packet.pdf").read_bytes()


def test_at_the_bedside_and_on_to_the_screening(frame: WorkFrame, qtbot: QtBot) -> None:
    store = frame.desk.store
    referral = of(frame, "Baptiste")
    frame.desk.open(Referral.kind, referral.id)
    press(KEY.Key_V, ALT)
    types("Jean Baptiste")
    press(KEY.Key_Tab)
    types("room 12")
    press(KEY.Key_Return, CTRL)
    assert not visits_of(store, referral.patient or referral.id)
    assert "Birth date" in named()
    press(KEY.Key_A, CTRL)
    types("9 Sep 1972")
    tab_to("Place")
    types("Lakeside General, 4 West")
    tab_to("Nobody else")
    press(KEY.Key_Space)
    tab_to("Agreement")
    press(KEY.Key_1)
    press(KEY.Key_Return, CTRL)
    (visit,) = visits_of(store, referral.patient or referral.id)
    assert (visit.agreement, visit.place, visit.alone) == (Agreement.PATIENT, "Lakeside General, 4 West", True)
    assert visit.referral == referral.id
    assert named() == "Begin the screening"
    press(KEY.Key_Space)
    assert shown(frame).work is WorkStatus.SCREENING
    episode = current_episode(store, referral.patient or referral.id)
    assert episode is not None
    assert episode.state is EpisodeState.PRE_ADMISSION


def test_declined_with_what_instead_and_who_was_told(frame: WorkFrame) -> None:
    referral = of(frame, "Hassan")
    frame.desk.open(Referral.kind, referral.id)
    press(KEY.Key_4, ALT)
    press(KEY.Key_3)  # Decline
    press(KEY.Key_Return, CTRL)
    assert shown(frame).decision is Decision.NONE
    assert named() == "Reason"  # the first thing that is missing
    types("no bed")
    press(KEY.Key_Return)
    tab_to("Note")
    types("Full until Monday")
    tab_to("What we recommend instead")
    types("medical")
    press(KEY.Key_Return)
    tab_to("Who was told")
    types("Dele Brook")
    tab_to("How")
    press(KEY.Key_1)
    press(KEY.Key_Return, CTRL)
    done = shown(frame)
    assert (done.decision, done.decision_reason) == (Decision.DECLINED_FACILITY, DeclineReason.NC_NO_BED)
    assert (done.alternative, done.told[0].who) == (ServiceLine.MED_ADMIT, "Dele Brook")
    assert done.work is WorkStatus.CLOSED
    press(KEY.Key_1, ALT)
    tab_to("Open again")
    press(KEY.Key_Space)
    types("A bed came free")
    tab_to("Open")
    press(KEY.Key_Space)
    assert shown(frame).work is WorkStatus.RECEIVED
    assert here() is not None
