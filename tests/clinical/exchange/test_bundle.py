"""An episode as a FHIR R4 bundle: accepted by published models, with every record in it, and nothing invented."""

from __future__ import annotations

import datetime
import json
from typing import Any

import msgspec
import pytest

from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.coverage.record import Coverage, PlanType, Subscriber, SubscriberIs
from liaison_desktop.clinical.episodes.record import Episode, EpisodeState, ServiceLine, StateEvent
from liaison_desktop.clinical.exchange.document import bundle_of, export_episode
from liaison_desktop.clinical.exchange.queries import Gathered
from liaison_desktop.clinical.findings.record import FindingSource, Problem, ProblemVerification
from liaison_desktop.clinical.medications.record import DoseUnit, Frequency, Medicine, Route, Says, Source
from liaison_desktop.clinical.patients.record import Allergy, AllergyAssertion, Patient, RelatedPerson
from liaison_desktop.clinical.people.record import Facility
from liaison_desktop.clinical.referrals.record import (
    Channel,
    Decision,
    DeclineReason,
    DocumentKind,
    Referral,
    ReferralDocument,
    WorkStatus,
)
from liaison_desktop.errors import Missing
from liaison_desktop.interop.fhir import bundle_faults
from liaison_desktop.records import Record, new_id
from liaison_desktop.store import Act, Store
from liaison_desktop.tasks.record import Task
from tests.clinical.consents.test_actions import active
from tests.fakes import Clock

AT = datetime.datetime(2026, 3, 1, 10, 0, tzinfo=datetime.UTC)
ASKED_FOR = {
    "Patient",
    "EpisodeOfCare",
    "ServiceRequest",
    "Task",
    "Condition",
    "AllergyIntolerance",
    "MedicationStatement",
    "Coverage",
    "Consent",
    "QuestionnaireResponse",
    "DocumentReference",
    "Provenance",
}
TASK_STATES = {
    "requested", "received", "accepted", "rejected", "ready", "in-progress", "on-hold", "completed", "failed",
    "cancelled", "entered-in-error",
}  # fmt: skip


def records(patient: Patient) -> tuple[Record, ...]:
    """An episode of this patient with one record of each kind."""
    made = Episode(patient=patient.id, number="E-2026-A0001", service=ServiceLine.IRF)
    who = {"patient": patient.id, "episode": made.id}
    begun = StateEvent(episode=made.id, subject=made.id, after="referred", at=AT)
    referral = Referral(
        **who,
        channel=Channel.PHONE,
        received_at=AT,
        service=ServiceLine.IRF,
        reason="Stroke on the left side",
        dx_text="Cerebral infarction",
        dx_code="I63.9",
        source_text="Northlake",
    )
    paper = ReferralDocument(referral=referral.id, patient=patient.id, document=DocumentKind.LABS, file_sha256="a" * 64)
    task = Task(what="Call the payer", subject=patient.id, episode=made.id, owner="Ruth", made_at=AT, due_at=AT)
    problem = Problem(**who, text="Heart failure", code="I50.9", onset="2019", source=FindingSource.CHART)
    medicine = Medicine(
        **who,
        name="apixaban",
        dose="5 mg",
        dose_value=5.0,
        dose_unit=DoseUnit.MG,
        route=Route.PO,
        frequency=Frequency.BID,
        says=(Says(source=Source.PATIENT, dose="5 mg"),),
    )
    coverage = Coverage(
        patient=patient.id,
        payer="Riverbend Advantage",
        member_id="X1",
        group_number="G7",
        plan_type=PlanType.PPO,
        subscriber=Subscriber(relation=SubscriberIs.SELF),
    )
    return (made, begun, referral, paper, task, problem, medicine, coverage)


@pytest.fixture(scope="module")
def gathered() -> Gathered:
    """The same, without a store."""
    patient = Patient(
        family="Álvarez",
        given="María L.",
        birth_date="1961-03",
        allergy_assertion=AllergyAssertion.HAS_ALLERGIES,
        allergies=(Allergy(substance="Penicillin", since="2014"), Allergy(substance="Latex")),
        related=(RelatedPerson(name="Lucía Álvarez", phones=("(555) 010-4417",)),),
    )
    made, begun, referral, paper, task, problem, medicine, coverage = records(patient)
    return Gathered(  # type: ignore[call-arg]
        patient=patient, episode=made, ours=Facility(name="Riverbend"), events=(begun,), referrals=(referral,),
        documents=(paper,), tasks=(task,), problems=(problem,), medicines=(medicine,), coverages=(coverage,),
        consents=(), endings={}, checklists=(),
    )  # fmt: skip


def made_of(gathered: Gathered, **changes: Any) -> dict[str, Any]:
    """The bundle of these records with something changed, as it would be written."""
    bundle = bundle_of(msgspec.structs.replace(gathered, **changes), at=AT, who="Ruth")
    read: dict[str, Any] = json.loads(json.dumps(bundle))
    return read


def of(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """The resources of one type."""
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]


def test_every_kind_leaves_the_store_and_the_models_accept_it(clinical_store: Store, clock: Clock) -> None:
    store, consent = clinical_store, active(clinical_store, clock)
    held = records(store.get(Patient, consent.patient_id))
    for record in held:
        store.save(record)
    store.save(Checklist(patient=consent.patient_id, form_url="https://example.org/q", content="{}"))
    bundle = json.loads(export_episode(store, held[0].id))
    assert bundle_faults(bundle) == ()
    assert {entry["resource"]["resourceType"] for entry in bundle["entry"]} >= ASKED_FOR
    ids = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(ids) == len(set(ids))
    signed = next(one for one in of(bundle, "Provenance") if "signature" in one)
    assert [one["when"] for one in signed["signature"]] == [
        moment.replace(microsecond=0).isoformat() for moment in (one.signed_at for one in consent.signatures) if moment
    ]
    assert store.lines(limit=1)[0].act == Act.EXPORTED.value


def test_what_is_told_is_what_is_recorded(gathered: Gathered) -> None:
    bundle = made_of(gathered)
    (patient,) = of(bundle, "Patient")
    assert (patient["name"][0]["family"], patient["birthDate"]) == ("Álvarez", "1961-03")
    (stay,) = of(bundle, "EpisodeOfCare")
    assert (stay["status"], stay["statusHistory"][0]["status"]) == ("planned", "planned")
    (request,) = of(bundle, "ServiceRequest")
    assert request["reasonCode"][0]["coding"][0]["code"] == "I63.9"
    (medicine,) = of(bundle, "MedicationStatement")
    dose = {"value": 5, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}
    assert medicine["dosage"][0]["doseAndRate"][0]["doseQuantity"] == dose
    assert {one["code"]["text"] for one in of(bundle, "AllergyIntolerance")} == {"Penicillin", "Latex"}
    (paper,) = of(bundle, "DocumentReference")
    assert paper["content"][0]["attachment"]["extension"][0]["valueString"] == "a" * 64
    assert bundle_faults(bundle) == ()
    assert made_of(gathered) == bundle


@pytest.mark.parametrize("asserted", list(AllergyAssertion))
def test_no_list_of_allergies_never_means_none(gathered: Gathered, asserted: AllergyAssertion) -> None:
    patient = msgspec.structs.replace(gathered.patient, allergies=(), allergy_assertion=asserted)
    told = of(made_of(gathered, patient=patient), "AllergyIntolerance")
    wanted = [] if asserted is AllergyAssertion.HAS_ALLERGIES else [asserted.label]
    assert [one["code"]["text"] for one in told] == wanted


@pytest.mark.parametrize("decision", list(Decision))
@pytest.mark.parametrize("work", [WorkStatus.NEW, WorkStatus.SCREENED, WorkStatus.CLOSED, WorkStatus.DUPLICATE])
def test_every_state_of_a_referral_is_one_of_fhir(gathered: Gathered, decision: Decision, work: WorkStatus) -> None:
    (referral,) = gathered.referrals
    changed = msgspec.structs.replace(referral, decision=decision, work=work, decision_reason=DeclineReason.NC_NO_BED)
    bundle = made_of(gathered, referrals=(changed,))
    (request,), tasks = of(bundle, "ServiceRequest"), of(bundle, "Task")
    assert request["status"] in {"active", "completed", "revoked", "entered-in-error"}
    assert {one["status"] for one in tasks} <= TASK_STATES
    assert bundle_faults(bundle) == ()


@pytest.mark.parametrize("state", list(EpisodeState))
def test_every_state_of_an_episode_is_one_of_fhir(gathered: Gathered, state: EpisodeState) -> None:
    episode = msgspec.structs.replace(gathered.episode, state=state)
    (stay,) = of(made_of(gathered, episode=episode), "EpisodeOfCare")
    assert stay["status"] in {"planned", "waitlist", "active", "onhold", "finished", "cancelled"}


def test_entered_in_error_has_no_clinical_state(gathered: Gathered) -> None:
    wrong = msgspec.structs.replace(gathered.problems[0], verification=ProblemVerification.ENTERED_IN_ERROR)
    (told,) = of(made_of(gathered, problems=(wrong,)), "Condition")
    assert "clinicalStatus" not in told


def test_an_episode_that_is_not_there_is_missing(clinical_store: Store) -> None:
    with pytest.raises(Missing):
        export_episode(clinical_store, new_id())
