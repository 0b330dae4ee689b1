"""A hand-over: composed from the record, refused until it was read back and signed, sealed afterwards, printed whole."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.chart.page import ChartPage
from liaison_desktop.clinical.communication.record import Sbar
from liaison_desktop.clinical.concerns.record import Concern
from liaison_desktop.clinical.episodes.actions import open_episode
from liaison_desktop.clinical.episodes.record import Episode, ServiceLine
from liaison_desktop.clinical.findings.record import FindingSource, Problem, ProblemRole, VitalSigns, Wound, WoundType
from liaison_desktop.clinical.handover.actions import give_handover, take_handover
from liaison_desktop.clinical.handover.document import handover_paper
from liaison_desktop.clinical.handover.page import HandoverPane
from liaison_desktop.clinical.handover.queries import Known, handover_done, handovers_of
from liaison_desktop.clinical.handover.record import Handover, HandoverWay
from liaison_desktop.clinical.handover.rules import composed, given_faults
from liaison_desktop.clinical.medications.record import DoseUnit, HighAlert, Medicine, MedicineList
from liaison_desktop.clinical.medications.rules.life import Unresolved
from liaison_desktop.clinical.patients.record import AllergyAssertion, CodeStatus, Patient
from liaison_desktop.documents.reading import read
from liaison_desktop.errors import Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.signing import Method, Role, Signature
from liaison_desktop.store import Act, Store
from liaison_desktop.ui.desk import Desk
from tests.fakes import PaperTray
from tests.flows.keyboard import CTRL, KEY, named, press, tab_to, types

TODAY = datetime.date(2026, 11, 19)
SIGNED = Signature(role=Role.GIVER, name_printed="", method=Method.TYPED)


@pytest.fixture
def patient(clinical_store: Store) -> Patient:
    return clinical_store.save(
        Patient(
            family="Example",
            given="Ada",
            birth_date="1950-02-03",
            allergy_assertion=AllergyAssertion.NKA,
            code_status=CodeStatus.DNR,
            code_status_by="daughter",
        )
    )


@pytest.fixture
def episode(clinical_store: Store, patient: Patient) -> Episode:
    with clinical_store.transaction() as transaction:
        return open_episode(clinical_store, transaction, patient.id, ServiceLine.IRF)


def handover(patient: Patient, episode: Episode, **changes: Any) -> Handover:
    """One that nothing is wrong with."""
    values: dict[str, Any] = {
        "patient": patient.id,
        "episode": episode.id,
        "to_place": "Rehab 2",
        "receiver": "Sample Receiver",
        "way": HandoverWay.PHONE,
        "sbar": Sbar(situation="Comes today"),
        "read_back": True,
    }
    return Handover(**(values | changes))


@pytest.mark.parametrize(
    ("changes", "left", "rules"),
    [
        ({}, Unresolved(), set()),
        ({"sbar": Sbar()}, Unresolved(), {"HO-1"}),
        ({"read_back": None}, Unresolved(), {"HO-2"}),
        ({"read_back": False}, Unresolved(), {"HO-2"}),
        ({}, Unresolved(high_alert=1), {"V32"}),
        ({}, Unresolved(others=2), {"V32-OTHERS"}),
    ],
)
def test_the_rules_of_a_handover(
    clinical_store: Store,
    patient: Patient,
    episode: Episode,
    changes: dict[str, Any],
    left: Unresolved,
    rules: set[str],
) -> None:
    found = given_faults(handover(patient, episode, **changes), left, policy_of(clinical_store))
    assert {fault.rule for fault in found} == rules


@pytest.mark.parametrize("changes", [{"read_back": False}, {"receiver": ""}, {"to_place": ""}, {"sbar": Sbar()}])
def test_what_is_not_whole_is_not_given(
    clinical_store: Store, patient: Patient, episode: Episode, changes: dict[str, Any]
) -> None:
    with pytest.raises(Refused):
        give_handover(clinical_store, handover(patient, episode, **changes), SIGNED)
    assert handovers_of(clinical_store, patient.id) == ()


def test_an_empty_pad_is_no_signature(clinical_store: Store, patient: Patient, episode: Episode) -> None:
    drawn = msgspec.structs.replace(SIGNED, method=Method.DRAWN)
    with pytest.raises(Refused) as caught:
        give_handover(clinical_store, handover(patient, episode), drawn)
    assert {fault.rule for fault in caught.value.faults} == {"HO-3"}
    assert handover_done(clinical_store, episode.id) is None


def test_given_taken_and_sealed(clinical_store: Store, patient: Patient, episode: Episode) -> None:
    store = clinical_store
    given = give_handover(store, handover(patient, episode), SIGNED)
    assert given.done
    assert handover_done(store, episode.id) == given
    taken = take_handover(store, given, SIGNED)
    names = [(one.role, one.name_printed) for one in taken.signatures]
    assert names == [(Role.GIVER, store.actor.name), (Role.RECEIVER, "Sample Receiver")]
    with pytest.raises(Refused):
        take_handover(store, taken, SIGNED)
    for changes in ({"receiver": "Another"}, {"signatures": ()}, {"read_back": False}):
        with pytest.raises(Refused):
            store.save(msgspec.structs.replace(taken, **changes))
    with pytest.raises(Refused):
        store.remove(taken, reason="tidy")


def test_sbar_says_what_the_record_holds_and_nothing_else(patient: Patient) -> None:
    episode = Episode(patient=patient.id, service=ServiceLine.IRF)
    who: dict[str, Any] = {"patient": patient.id}
    known = Known(
        patient=patient,
        episode=episode,
        problems=(
            Problem(**who, text="Hip fracture", role=ProblemRole.ADMITTING, source=FindingSource.CHART),
            Problem(**who, text="COPD", source=FindingSource.CHART),
        ),
        vitals=VitalSigns(**who, systolic=120, diastolic=70, pulse=80, spo2=93, oxygen=2.0),
        wounds=(Wound(**who, site="Sacrum", type=WoundType.PRESSURE_2),),
        medicines=(
            Medicine(
                **who,
                name="apixaban",
                list=MedicineList.HOME,
                dose="5 mg",
                dose_value=5.0,
                dose_unit=DoseUnit.MG,
                high_alert=HighAlert.ANTICOAG,
            ),
        ),
        concerns=(Concern(**who, words="Who feeds my cat?", addressed_to="social work"),),
    )
    told = composed(known, Unresolved(high_alert=1, others=1), today=TODAY, reason="rehabilitation after a fall")
    for words, part in (
        ("Ada Example", told.situation),
        ("Referred for: rehabilitation after a fall", told.situation),
        ("Code status as reported by daughter: DNR", told.situation),
        ("Main problem: Hip fracture", told.background),
        ("Also: COPD", told.background),
        ("High-alert medicines: apixaban 5 mg", told.background),
        ("120/70, pulse 80, SpO2 93 %, oxygen 2 L/min", told.assessment),
        ("Wound: Sacrum", told.assessment),
        ("2 differences of medicines still open, 1 with a high-alert medicine", told.recommendation),
        ("“Who feeds my cat?” (asked of social work)", told.recommendation),
    ):
        assert words in part
    bare = composed(Known(patient=patient, episode=episode), Unresolved(), today=TODAY)
    assert "Referred for" not in bare.situation
    assert bare.assessment == "No vital signs recorded."
    assert bare.recommendation == ""


def test_the_paper_says_everything(clinical_store: Store, patient: Patient, episode: Episode) -> None:
    given = give_handover(clinical_store, handover(patient, episode, goes_along="Glasses"), SIGNED)
    made = handover_paper(clinical_store, given, patient, "Riverbend", "(555) 010-0100")
    text = " ".join(page.body for page in read(made.content, 40))
    for words in ("Comes today", "Sample Receiver", "Glasses", clinical_store.actor.name, "Rehab 2"):
        assert words in text
    assert "Example" not in made.file_name


def test_a_handover_by_keys_printed_and_taken(
    clinical_desk: Desk, patient: Patient, episode: Episode, printer: PaperTray, qtbot: QtBot
) -> None:
    store = clinical_desk.store
    page = ChartPage(clinical_desk)
    store.listeners.append(page.refresh)
    qtbot.addWidget(page)
    page.resize(1190, 740)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.show_record(patient.id)
    assert page.chart is not None
    page.chart.go_to("Hand-over")
    assert isinstance(page.chart.pane, HandoverPane)
    page.chart.pane.setFocus()
    press(KEY.Key_Space)
    types("Rehab 2")
    tab_to("Who takes over")
    types("Sample Receiver")
    tab_to("How")
    types("1")
    tab_to("Read back")
    types("Y")
    press(KEY.Key_Return, CTRL)
    assert handovers_of(store, patient.id) == ()  # nobody signed
    assert named() == "Type my name instead"  # what is left to mend has the keyboard
    press(KEY.Key_Space)
    types("Somebody Else")
    press(KEY.Key_Return, CTRL)
    assert handovers_of(store, patient.id) == ()  # not the name of who works here
    press(KEY.Key_A, CTRL)
    types(store.actor.name)
    press(KEY.Key_Return, CTRL)
    (given,) = handovers_of(store, patient.id)
    assert given.done
    assert "Code status as reported by daughter: DNR" in given.sbar.situation
    tab_to("Print")
    press(KEY.Key_Space)
    assert len(printer.printed) == 1
    assert store.lines(limit=1)[0].act == Act.PRINTED.value
    tab_to("Sample Receiver signs here")
    press(KEY.Key_Space)
    tab_to("Type my name instead")
    press(KEY.Key_Space)
    types("Sample Receiver")
    tab_to("Sign")
    press(KEY.Key_Space)
    QApplication.processEvents()
    assert [one.role for one in handovers_of(store, patient.id)[0].signatures] == [Role.GIVER, Role.RECEIVER]
