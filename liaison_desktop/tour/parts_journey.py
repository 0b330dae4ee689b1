"""The way in: a referral by phone, triaged, screened at the bedside, medicines, insurance, accepted, handed over, admitted."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from liaison_desktop.clinical.chart.page import ChartPage
from liaison_desktop.clinical.chart.page.chart_view import ChartView
from liaison_desktop.clinical.checklists.actions import Planned, start_checklist
from liaison_desktop.clinical.checklists.page import ChecklistsPage
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.clinical.directives.actions import give_rights
from liaison_desktop.clinical.directives.record import GivenTo, RightsGiven
from liaison_desktop.clinical.episodes.queries import events_of
from liaison_desktop.clinical.episodes.record import Episode, EpisodeState
from liaison_desktop.clinical.handover.page import HandoverPane
from liaison_desktop.clinical.handover.queries import handovers_of
from liaison_desktop.clinical.patients.actions import assert_allergies, change_patient
from liaison_desktop.clinical.patients.record import AllergyAssertion, Communication, InterpreterNeed, Patient
from liaison_desktop.clinical.referrals.actions import ask_for_missing, change_referral
from liaison_desktop.clinical.referrals.page import ReferralsPage
from liaison_desktop.clinical.referrals.queries import papers_of, visits_of
from liaison_desktop.clinical.referrals.record import Decision, Referral, WorkStatus
from liaison_desktop.questionnaires.progress import blank_keys
from liaison_desktop.tour import bedside, journey_records
from liaison_desktop.tour.hand import NotSo, click, find, key, press, settle, write
from liaison_desktop.tour.parts import Part, Stage
from liaison_desktop.ui.segmented import Segmented

GIVEN, FAMILY, BORN = "Walter", "Brandt", "3 May 1948"
NAME = f"{GIVEN} {FAMILY}"


def journey_parts(stage: Stage) -> tuple[Part, ...]:
    """From the telephone to the admission; each part leaves a picture."""

    def by_phone() -> None:
        key(Qt.Key.Key_F2, on=stage.frame)
        for name, words in (("Family name", FAMILY), ("Given names", GIVEN), ("Birth date", BORN)):
            write(find(QLineEdit, name), words)
        for name, words in (
            ("Where it comes from", "Northlake Medical Center"),
            ("Who called, and the number to call back", "Kim Ortiz"),
        ):
            write(find(QLineEdit, name), words)
        service = find(QWidget, "Service line")
        write(service, "skilled")
        key(Qt.Key.Key_Return, on=service)
        press("Urgent")
        write(find(QWidget, "Reason"), "Hip repaired after a fall, walks ten steps")
        stage.picture("referral-by-phone")
        press("Take the referral")
        referral = the_referral(stage)
        stage.so("one call is a referral and a patient", referral.reason.startswith("Hip") and bool(referral.patient))
        stage.so("and what is missing is listed", all(paper.missing for paper in papers_of(stage.store, referral.id)))
        stage.picture("referral-taken")

    def triaged() -> None:
        press("Mark as received")
        change_referral(stage.store, journey_records.replace(the_referral(stage), no_packet=True))
        ask_for_missing(stage.store, the_referral(stage).id)
        press("Mark as triaged")
        stage.so("the referral is triaged", the_referral(stage).work is WorkStatus.TRIAGED)
        stage.picture("referral-triaged")

    def at_the_bedside() -> None:
        asked = Communication(interpreter=InterpreterNeed.NO)
        known = change_patient(stage.store, journey_records.replace(the_patient(stage), communication=asked))
        press("Start visit")
        for name, words in (("Name, as said", NAME), ("Birth date, as said", BORN), ("Place", "Northlake, 4 West")):
            write(find(QLineEdit, name), words)
        press("Nobody else is in the room")
        press("Patient agrees")
        stage.picture("bedside-visit")
        press("Start the visit")
        stage.so("two identifiers matched", visits_of(stage.store, known.id)[0].identified is not None)
        press("Begin the screening")
        stage.so("the screening has begun", the_referral(stage).work is WorkStatus.SCREENING)

    def screened() -> None:
        assert_allergies(stage.store, the_patient(stage), AllergyAssertion.NKA)
        made = start_checklist(stage.store, the_patient(stage).id, Planned(service="SNF"), form="pan")
        fill_checklist(stage, made, "screening-checklist")
        journey_records.ask_for_medicines(stage.store, the_episode(stage))
        open_referral(stage)
        press("Screening is finished")
        stage.so("the screening is finished", the_referral(stage).work is WorkStatus.SCREENED)
        stage.picture("referral-screened")

    def medicines() -> None:
        journey_records.reconcile(stage.store, the_episode(stage))
        in_chart(stage, "Medicines")
        stage.so("no difference is open", journey_records.settled(stage.store, the_episode(stage)))
        stage.picture("medicines-reconciled")

    def insurance() -> None:
        standing = journey_records.verify_insurance(stage.store, the_patient(stage).id)
        stage.so("the coverage is verified", standing.good)
        in_chart(stage, "Coverage")
        stage.picture("insurance-verified")

    def accepted() -> None:
        open_referral(stage)
        pane = _referrals(stage).pane
        pane.go_to(3)
        settle()
        tap(pane.decision.choice, Decision.ACCEPTED)
        stage.picture("decision")
        key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, on=pane.decision)
        stage.so("the referral is accepted", the_referral(stage).decision is Decision.ACCEPTED)

    def handed_over() -> None:
        chart = in_chart(stage, "Hand-over")
        press("Hand over")
        pane = chart.pane
        if not isinstance(pane, HandoverPane) or pane.form is None:
            raise NotSo("the form of the hand-over is open")
        for name, words in (("to_place", "Riverbend, skilled nursing"), ("receiver", "Ola Berg")):
            write(pane.form.to.editor(name), words)
        press("By phone", pane.form.to)
        stage.picture("handover-composed")
        press("Yes", pane.form.back)
        press("Type my name instead", pane.form)
        write(find(QLineEdit, "", pane.form.signature), stage.store.actor.name)
        stage.picture("handover-signed")
        press("Sign and hand over")
        given = handovers_of(stage.store, the_patient(stage).id)
        stage.so("handed over and read back", len(given) == 1 and given[0].read_back is True)
        stage.picture("handed-over")

    def admitted() -> None:
        patient, now = the_patient(stage).id, stage.store.clock()
        give_rights(stage.store, RightsGiven(patient=patient, given_to=GivenTo.PATIENT, at=now))
        in_chart(stage, "Admission")
        write(find(QLineEdit, "Unit"), "Rehab 2")
        stage.picture("admission-nothing-in-the-way")
        press("Admit the patient")
        episode = the_episode(stage)
        stage.so("the patient is admitted", episode.state is EpisodeState.ADMITTED and episode.unit == "Rehab 2")
        event = next(one for one in events_of(stage.store, episode.id) if one.after == EpisodeState.ADMITTED.value)
        stage.so(f"all {len(event.judgements)} guards stood", all(one.passed for one in event.judgements))
        stage.picture("admitted")

    return (
        ("referral by phone", by_phone),
        ("referral: triaged", triaged),
        ("referral: at the bedside", at_the_bedside),
        ("referral: screened", screened),
        ("medicines reconciled", medicines),
        ("insurance verified", insurance),
        ("referral: accepted", accepted),
        ("handed over", handed_over),
        ("admitted", admitted),
    )


def the_referral(stage: Stage) -> Referral:
    """The referral of this chapter, as it is stored."""
    return stage.store.all(Referral)[-1]


def the_patient(stage: Stage) -> Patient:
    """The patient of this chapter."""
    return stage.store.get(Patient, the_referral(stage).patient or uuid.UUID(int=0))


def the_episode(stage: Stage) -> Episode:
    """The stay of this chapter."""
    return stage.store.get(Episode, the_referral(stage).episode or uuid.UUID(int=0))


def in_chart(stage: Stage, tab: str) -> ChartView:
    """The chart of this chapter's patient, on this tab."""
    stage.frame.open(Patient.kind, the_patient(stage).id)
    page = stage.frame.page
    if not isinstance(page, ChartPage) or page.chart is None:
        raise NotSo("the chart is open")
    page.chart.go_to(tab)
    settle()
    return page.chart


def open_referral(stage: Stage) -> None:
    """The referral of this chapter, in the pipeline."""
    stage.frame.open(Referral.kind, the_referral(stage).id)
    settle()


def fill_checklist(stage: Stage, checklist: Checklist, name: str) -> None:
    """Answer a checklist question by question and finish it, with a picture of how it then looks."""
    stage.frame.open(Checklist.kind, checklist.id)
    page = stage.frame.page
    if not isinstance(page, ChecklistsPage) or page.form is None:
        raise NotSo("the checklist is open")
    filler = page.form.filler
    asked = bedside.fill_in(filler)
    press("Finalise")
    done = stage.store.get(Checklist, checklist.id).status is ChecklistStatus.COMPLETED
    if not done and (left := blank_keys(filler.sheet)):
        raise NotSo(f"every required question is answered, not so: {', '.join(left)}")
    stage.so(f"{asked} questions answered, the checklist is completed", done)
    stage.picture(name)


def tap(answers: Segmented, value: object) -> None:
    """Click one of the answers of a row."""
    click(answers.buttons[[held for held, _label in answers._pairs].index(value)])


def _referrals(stage: Stage) -> ReferralsPage:
    page = stage.frame.page
    if not isinstance(page, ReferralsPage):
        raise NotSo("the page of referrals is open")
    return page
