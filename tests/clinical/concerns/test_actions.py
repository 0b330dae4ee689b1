"""The ledger: the patient's words stay, somebody is asked, the answer is read back, and only the patient closes it."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from liaison_desktop.clinical.concerns.actions import (
    address_concern,
    answer_concern,
    escalate_concern,
    hand_over_concern,
    raise_concern,
    read_back,
)
from liaison_desktop.clinical.concerns.queries import concerns_of, count_open, open_concerns
from liaison_desktop.clinical.concerns.record import Concern, ConcernAct, ConcernKind, ConcernState
from liaison_desktop.clinical.concerns.rules import discharge_faults, events
from liaison_desktop.clinical.consents.actions import begin_consent, stop_and_return
from liaison_desktop.clinical.consents.queries import templates
from liaison_desktop.clinical.consents.record import Consent, ConsentState
from liaison_desktop.clinical.episodes.actions import open_episode
from liaison_desktop.clinical.episodes.record import ServiceLine
from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.errors import Refused, Severity
from liaison_desktop.policies import load_policy
from liaison_desktop.store import Store
from liaison_desktop.tasks.rules import ClockState, clocks
from tests.fakes import TODAY, Clock

POLICY = load_policy("clinical")
LATER = TODAY + dt.timedelta(hours=3)
WORDS = "I get frightened when I wake up and nobody is there."


@pytest.fixture
def patient(clinical_store: Store) -> Patient:
    return fill_practice_patients(clinical_store)[0]


def told(store: Store, patient: Patient, **more: object) -> Concern:
    fields = {"patient": patient.id, "words": WORDS, "concern_kind": ConcernKind.FEAR, **more}
    return raise_concern(store, Concern(**fields))  # type: ignore[arg-type]


def rules_of(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {fault.rule or fault.field for fault in refused.value.faults}


def test_the_whole_way_of_a_concern(clinical_store: Store, patient: Patient, clock: Clock) -> None:
    store = clinical_store
    concern = told(store, patient)
    assert (concern.state, concern.told_to, concern.raised_at) == (ConcernState.OPEN, "Renee Okafor RN", TODAY)
    concern = address_concern(store, concern, "Night charge nurse", LATER)
    clock.tick(600)
    concern = answer_concern(store, concern, "Somebody looks in at two and at four.", "Night charge nurse")
    concern = read_back(store, concern, False, "And my daughter?")
    assert (concern.state, concern.confirmed) == (ConcernState.OPEN, False)
    concern = answer_concern(store, concern, "Your daughter is called at six.", "Night charge nurse")
    concern = read_back(store, concern, True, "Then I can sleep.")
    assert (concern.state, concern.closed_at, concern.patient_said) == (
        ConcernState.CLOSED,
        clock(),
        "Then I can sleep.",
    )
    assert [step.act for step in concern.steps] == [
        ConcernAct.RAISED,
        ConcernAct.ADDRESSED,
        ConcernAct.ANSWERED,
        ConcernAct.NOT_CLEAR,
        ConcernAct.ANSWERED,
        ConcernAct.CONFIRMED,
    ]
    assert concern.steps[3].words == "And my daughter?"
    assert concerns_of(store, patient.id) == (concern,)
    assert (count_open(store), store.versions(concern.id)[0].reason) == (0, ConcernAct.CONFIRMED.label)


def test_words_are_needed_and_stay(clinical_store: Store, patient: Patient) -> None:
    with pytest.raises(Refused) as refused:
        told(clinical_store, patient, words=" ")
    assert rules_of(refused) == {"words"}
    concern = told(clinical_store, patient)
    for changed in ({"words": "All well."}, {"steps": ()}):
        with pytest.raises(Refused):
            clinical_store.save(msgspec.structs.replace(concern, **changed))
    with pytest.raises(Refused):
        clinical_store.remove(concern, reason="tidy")


def test_asking_needs_somebody_and_a_time_to_come(clinical_store: Store, patient: Patient) -> None:
    with pytest.raises(Refused) as refused:
        told(clinical_store, patient, addressed_to="Dr. Chen")
    assert rules_of(refused) == {"CON-DUE"}
    with pytest.raises(Refused) as refused:
        told(clinical_store, patient, due_at=LATER)
    assert rules_of(refused) == {"CON-TO"}
    concern = told(clinical_store, patient)
    with pytest.raises(Refused) as refused:
        address_concern(clinical_store, concern, "", TODAY)
    assert rules_of(refused) == {"CON-TO", "CON-DUE"}
    asked = told(clinical_store, patient, addressed_to="Dr. Chen", due_at=LATER)
    assert asked.state is ConcernState.WITH_PROVIDER


def test_only_the_patient_closes_it(clinical_store: Store, patient: Patient) -> None:
    store = clinical_store
    concern = told(store, patient)
    with pytest.raises(Refused) as refused:
        read_back(store, concern, True)
    assert rules_of(refused) == {"CON-READ"}
    with pytest.raises(Refused) as refused:
        answer_concern(store, concern, " ", "")
    assert rules_of(refused) == {"CON-ANSWER", "CON-WHO"}
    concern = answer_concern(store, concern, "Somebody looks in at two.", "Ward")
    for settled, rule in ((None, "CON-ASK"), (False, "CON-SAID")):
        with pytest.raises(Refused) as refused:
            read_back(store, concern, settled)
        assert rules_of(refused) == {rule}
    # No other writer closes it either, whatever it writes into the record.
    shut = msgspec.structs.replace(concern, state=ConcernState.CLOSED, confirmed=True)
    assert "CON-CLOSE" in {fault.rule for fault in shut.faults()}
    with pytest.raises(Refused) as refused:
        store.save(shut)
    assert rules_of(refused) == {"CON-CLOSE"}
    closed = read_back(store, concern, True)
    assert closed.faults() == ()
    for act in (
        lambda: answer_concern(store, closed, "More.", "Ward"),
        lambda: hand_over_concern(store, closed, "SNF"),
        lambda: escalate_concern(store, closed, "Supervisor", LATER),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert rules_of(refused) == {"CON-CLOSED"}


def test_escalating_and_handing_over_leave_it_open_for_the_patient(clinical_store: Store, patient: Patient) -> None:
    concern = escalate_concern(clinical_store, told(clinical_store, patient), "House supervisor", LATER, "No answer")
    assert (concern.state, concern.waiting, concern.open) == (ConcernState.ESCALATED, True, True)
    with pytest.raises(Refused) as refused:
        hand_over_concern(clinical_store, concern, "")
    assert rules_of(refused) == {"CON-OVER"}
    given = hand_over_concern(clinical_store, concern, "Riverbend SNF, T. Lee RN", "Read back by phone")
    assert (given.state, given.confirmed, given.open) == (ConcernState.HANDED_OVER, None, False)


def test_v47_counts_what_is_open_at_discharge(clinical_store: Store, patient: Patient) -> None:
    store = clinical_store
    with store.transaction() as transaction:
        episode = open_episode(store, transaction, patient.id, ServiceLine.SNF)
    other = store.all(Patient)[1]
    first, second = told(store, patient), told(store, patient, words="Who pays?")
    told(store, other)
    assert first.episode == episode.id
    here = open_concerns(store, patient=patient.id, episode=episode.id)
    assert {one.id for one in here} == {first.id, second.id}
    fault = discharge_faults(here, POLICY)[0]
    assert (fault.rule, fault.severity, fault.message[-2:]) == ("V47", Severity.WARN, "2.")
    hand_over_concern(store, first, "SNF")
    read_back(store, answer_concern(store, second, "The plan.", "Desk"), True)
    assert discharge_faults(open_concerns(store, episode=episode.id), POLICY) == ()


def test_the_clock_runs_from_asking_to_the_answer(clinical_store: Store, patient: Patient, clock: Clock) -> None:
    store = clinical_store
    concern = told(store, patient, addressed_to="Dr. Chen", due_at=LATER)
    found = clocks(POLICY.clocks(), events(concern), TODAY)
    assert [(one.rule, one.due_at, one.words) for one in found] == [("CONCERN", LATER, "To Dr. Chen")]
    clock.tick(3600)
    answered = answer_concern(store, concern, "No.", "Dr. Chen")
    assert clocks(POLICY.clocks(), events(answered), clock())[0].state is ClockState.STOPPED
    assert clocks(POLICY.clocks(), events(told(store, patient)), clock()) == ()


def test_a_stopped_consent_asks_the_practitioner(clinical_store: Store, patient: Patient) -> None:
    store = clinical_store
    consent = store.save(
        msgspec.structs.replace(
            begin_consent(store, patient, templates()[0]), state=ConsentState.VERIFYING, discussed_by="Wei Chen"
        )
    )
    stopped = stop_and_return(store, consent, reason="Risks not clear", questions="What of my heart?")
    asked = concerns_of(store, patient.id)
    assert [(one.words, one.addressed_to, one.about, one.about_kind) for one in asked] == [
        ("What of my heart?", "Wei Chen", consent.id, Consent.kind)
    ]
    assert (asked[0].state, asked[0].due_at) == (ConcernState.WITH_PROVIDER, TODAY + dt.timedelta(hours=4))
    again = store.save(msgspec.structs.replace(stopped, state=ConsentState.VERIFYING))
    again = stop_and_return(store, again, reason="", questions="What of my heart?")
    assert len(concerns_of(store, patient.id)) == 1
    again = store.save(msgspec.structs.replace(again, state=ConsentState.VERIFYING))
    stop_and_return(store, again, reason="Wants to talk to the doctor")
    assert concerns_of(store, patient.id)[0].words == "Wants to talk to the doctor"
