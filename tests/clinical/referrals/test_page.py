"""The page: what waits first, found by name, drafts that stay, and the clock of the first answer."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.episodes.record import Episode, ServiceLine
from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.referrals.actions import fill_practice_referrals
from liaison_desktop.clinical.referrals.page import AdmissionPane, ReferralsPage
from liaison_desktop.clinical.referrals.page.looks import span
from liaison_desktop.clinical.referrals.record import Decision, Referral
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.lists import ListRow
from tests.clinical.referrals.making import taken
from tests.fakes import TODAY, Clock, NoFrame


@pytest.fixture
def page(qtbot: QtBot, clinical_desk: Desk) -> Iterator[ReferralsPage]:
    """The page over practice referrals."""
    fill_practice_patients(clinical_desk.store)
    fill_practice_referrals(clinical_desk.store)
    made = ReferralsPage(clinical_desk)
    clinical_desk.store.listeners.append(made.refresh)
    qtbot.addWidget(made)
    made.resize(1190, 740)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    clinical_desk.store.listeners.clear()


def rows(page: ReferralsPage) -> list[ListRow]:
    """The rows of the list, without captions."""
    held = page.list.view.rows
    found = (held.content(number) for number in range(held.rowCount()))
    return [one for one in found if isinstance(one, ListRow)]


def of(page: ReferralsPage, family: str) -> uuid.UUID:
    """The referral of a practice patient."""
    store = page.desk.store
    people = {one.id for one in store.all(Patient) if one.family == family}
    return next(one.id for one in store.all(Referral) if one.patient in people)


def test_what_runs_out_first_stands_first_with_its_clock(page: ReferralsPage, clock: Clock) -> None:
    shown = rows(page)
    assert len(shown) == 8
    chips = [one.chip.text for one in shown if one.chip is not None]
    assert chips[:2] == ["answer 42 min late", "answer in 12 min"]
    assert chips[-1] == "Declined by us"
    clock.tick(20 * 60)
    page.list.fill()
    assert [one.chip.text for one in rows(page)[:2] if one.chip is not None] == [
        "answer 1 h late",
        "answer 8 min late",
    ]


def test_found_by_the_patient_and_narrowed(page: ReferralsPage) -> None:
    page.list.search.setText("okon")
    page.list.fill()
    assert [one.title for one in rows(page)] == ["Daniel Okonjo"]
    page.list.search.setText("nobody of that name")
    page.list.fill()
    assert rows(page) == []
    assert page.list.isVisible()


def test_a_decision_being_typed_is_taken_up_again(page: ReferralsPage, qtbot: QtBot, clinical_desk: Desk) -> None:
    page.show_record(of(page, "Hassan"))
    page.pane.go_to(3)
    page.pane.decision.choice.set_value(Decision.DECLINED_FACILITY)
    page.pane.decision.fields.set_values({"decision_note": "Full until"})
    page.save_draft()
    again = ReferralsPage(clinical_desk)
    qtbot.addWidget(again)
    again.show_record(of(page, "Hassan"))
    again.pane.go_to(3)
    form = again.pane.decision
    assert form.decision() is Decision.DECLINED_FACILITY
    assert form.fields.values()["decision_note"] == "Full until"


def test_details_being_typed_survive_another_referral_and_a_crash(
    page: ReferralsPage, qtbot: QtBot, clinical_desk: Desk
) -> None:
    page.show_record(of(page, "Hassan"))
    page.pane.go_to(2)
    page.pane.details.form.set_values({"dx_text": "Gallstones, again"})
    page.pane.details._heard("dx_text")
    page.show_record(of(page, "Baptiste"))
    again = ReferralsPage(clinical_desk)
    qtbot.addWidget(again)
    again.show_record(of(page, "Hassan"))
    again.pane.go_to(2)
    assert again.pane.details.typed().dx_text == "Gallstones, again"
    again.pane.details.save()
    assert clinical_desk.store.get(Referral, of(page, "Hassan")).dx_text == "Gallstones, again"


def test_an_ended_referral_says_why_nothing_can_be_saved(page: ReferralsPage) -> None:
    page.show_record(of(page, "Petrov"))
    pane = page.pane
    pane.go_to(2)
    assert not pane.details._save.isEnabled()
    assert "can only be read" in pane.details._said.text()
    pane.go_to(0)
    pane.decides.start()
    assert not pane.decides.admission.act.isVisible()
    assert not pane.decides.admission.act.hasFocus()
    pane.go_to(3)
    assert pane.decision._act.isHidden()
    assert "nothing is left to decide" in pane.decision._said.text()


def test_when_the_patient_is_expected_is_kept_and_the_admission_being_typed_too(page: ReferralsPage) -> None:
    key = of(page, "Álvarez")
    page.show_record(key)
    card = page.pane.decides.admission
    planned = TODAY + dt.timedelta(days=3)
    card.plan.editor("admit_planned_at").set_value(planned)
    card.plan.changed.emit("admit_planned_at")
    card.form.set_values({"unit": "Endoscopy"})
    page.save_draft()
    store = page.desk.store
    episode = store.get(Episode, store.get(Referral, key).episode or key)
    assert episode.admit_planned_at == planned
    page.show_record(of(page, "Hassan"))
    page.show_record(key)
    assert card.typed().unit == "Endoscopy"


def test_the_tab_of_the_chart_begins_a_referral_where_there_is_none(qtbot: QtBot, clinical_desk: Desk) -> None:
    store = clinical_desk.store
    patient = store.save(Patient(family="Example", birth_date="1950-02-03"))
    pane = AdmissionPane(clinical_desk, patient)
    qtbot.addWidget(pane)
    pane.begin()
    frame = clinical_desk.frame
    assert isinstance(frame, NoFrame)
    assert frame.opened[0][0] == "referral"
    again = ReferralsPage(clinical_desk)
    qtbot.addWidget(again)
    again.resume()
    assert again.phone is not None
    assert again.phone.patient().id == patient.id


def test_the_tab_shows_the_newest_referral(qtbot: QtBot, clinical_desk: Desk) -> None:
    referral = taken(clinical_desk.store, service=ServiceLine.SNF)
    patient = clinical_desk.store.get(Patient, referral.patient or referral.id)
    pane = AdmissionPane(clinical_desk, patient)
    qtbot.addWidget(pane)
    assert pane.referral.id == referral.id
    assert pane.decides.admission.guards.missing
    QApplication.processEvents()


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 min"), (59, "59 min"), (60, "1 h"), (47 * 60, "47 h"), (50 * 60, "2 d"), (-5, "0 min")],
)
def test_how_long(minutes: int, words: str) -> None:
    assert span(dt.timedelta(minutes=minutes)) == words


def test_what_a_decision_lacks_is_said_beside_each_field(page: ReferralsPage) -> None:
    page.show_record(of(page, "Hassan"))
    pane = page.pane
    pane.go_to(3)
    form = pane.decision
    form.choice.set_value(Decision.DECLINED_FACILITY)
    form.decide()
    for name in ("decision_reason", "decision_note", "alternative"):
        assert form.fields.field(name).fault(), name
    assert form.told.field("who").fault()
    form.choice.set_value(Decision.DECLINED_PATIENT)
    form.choice.changed.emit(Decision.DECLINED_PATIENT)
    assert not form.fields.field("decision_note").fault()
