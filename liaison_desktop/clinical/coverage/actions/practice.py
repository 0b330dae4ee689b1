"""Practice coverages: one verified nine days ago, one waiting for an authorisation that was asked for."""

from __future__ import annotations

import datetime

from liaison_desktop.clinical.coverage.record import (
    AmountsFor,
    Asked,
    Authorisation,
    AuthorisationStatus,
    AuthorisationStep,
    AuthorisedUnit,
    Benefit,
    BenefitDays,
    CopayPer,
    Coverage,
    CoverageVerification,
    Method,
    MspScreen,
    Network,
    Outcome,
    PlanType,
    PriorStay,
    SubmittedBy,
    Subscriber,
    SubscriberIs,
)
from liaison_desktop.clinical.coverage.rules import estimate_of
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.policies import policy_of
from liaison_desktop.records import Record
from liaison_desktop.store import Store

_DAY = datetime.timedelta(days=1)


def fill_practice_coverage(store: Store) -> None:
    """Put invented coverages for two of the invented patients into a new store, in one transaction."""
    held = {patient.family: patient for patient in store.all(Patient)}
    with store.transaction("synthetic practice record") as transaction:
        for record in (
            *(_advantage(store, held["Álvarez"]) if "Álvarez" in held else ()),
            *(_medicare(store, held["Whitfield"]) if "Whitfield" in held else ()),
        ):
            transaction.save(record)


def _said(store: Store, said: CoverageVerification) -> CoverageVerification:
    from msgspec.structs import replace

    estimate = estimate_of(said)
    return replace(
        said,
        estimate=estimate.cents if estimate is not None else None,
        by=store.actor.name,
        by_id=store.actor.id,
        recorded_at=said.at,
        policy_version=policy_of(store).version,
    )


def _advantage(store: Store, patient: Patient) -> tuple[Record, ...]:
    now = store.clock()
    coverage = Coverage(
        patient=patient.id,
        payer="Riverbend Advantage",
        payer_phone="(555) 010-7000",
        plan_type=PlanType.PPO,
        member_id="RBA-4471-0082",
        group_number="SYN-2210",
        subscriber=Subscriber(relation=SubscriberIs.SELF, employer="Example Library"),
        effective_from=datetime.date(now.year, 1, 1),
        msp_screen=MspScreen.NA,
    )
    called = now - 9 * _DAY
    said = CoverageVerification(
        coverage=coverage.id,
        patient=patient.id,
        method=Method.PHONE,
        representative="Dana, benefits desk",
        call_reference="C-559201",
        at=called,
        outcome=Outcome.ACTIVE,
        network=Network.IN,
        service="Elective procedure with sedation",
        covered=Asked.YES,
        amounts_for=AmountsFor.INDIVIDUAL,
        deductible_total=150_000,
        deductible_met=90_000,
        limit_total=500_000,
        limit_met=120_000,
        copay=4_000,
        copay_per=CopayPer.STAY,
        coinsurance=2_000,
        authorisation=Asked.YES,
        referral=Asked.NO,
        allowed=240_000,
        disclaimer_given=True,
        patient_words="About a thousand, if nothing else comes up.",
        valid_until=called.date() + 7 * _DAY,
    )
    steps = (
        AuthorisationStep(status=AuthorisationStatus.SUBMITTED, at=called, by=store.actor.name),
        AuthorisationStep(status=AuthorisationStatus.APPROVED, at=called + 2 * _DAY, by=store.actor.name),
    )
    authorisation = Authorisation(
        coverage=coverage.id,
        patient=patient.id,
        status=AuthorisationStatus.APPROVED,
        service="Elective procedure with sedation",
        codes=("45378",),
        submitted_at=called,
        submitted_by=SubmittedBy.PORTAL,
        reference="P-77120",
        number="A-22817",
        approved_from=(now + 4 * _DAY).date(),
        approved_to=(now + 6 * _DAY).date(),
        units=1,
        unit=AuthorisedUnit.VISITS,
        reviewer="Utilisation desk",
        reviewer_phone="(555) 010-7001",
        steps=steps,
    )
    return (coverage, _said(store, said), authorisation)


def _medicare(store: Store, patient: Patient) -> tuple[Record, ...]:
    now = store.clock()
    first = Coverage(
        patient=patient.id,
        payer="Medicare",
        plan_type=PlanType.MEDICARE_FFS_A,
        member_id="1EG4-TE5-MK73",
        subscriber=Subscriber(relation=SubscriberIs.SELF),
        effective_from=datetime.date(2009, 6, 1),
        msp_screen=MspScreen.DONE,
    )
    second = Coverage(
        patient=patient.id,
        rank=2,
        payer="Example Mutual Supplement",
        payer_phone="(555) 010-7100",
        plan_type=PlanType.OTHER,
        member_id="EM-99120",
        subscriber=Subscriber(relation=SubscriberIs.SELF),
    )
    said = CoverageVerification(
        coverage=first.id,
        patient=patient.id,
        method=Method.PORTAL,
        portal_reference="PT-20114",
        at=now - _DAY,
        outcome=Outcome.ACTIVE,
        network=Network.IN,
        service="Skilled nursing",
        covered=Asked.YES,
        days=(
            BenefitDays(benefit=Benefit.PART_A, total=90, used=12),
            BenefitDays(benefit=Benefit.LIFETIME_RESERVE, total=60, used=0),
            BenefitDays(benefit=Benefit.SNF, total=100, used=20),
        ),
        prior_stay=PriorStay.MET,
        authorisation=Asked.NO,
        valid_until=(now + 6 * _DAY).date(),
    )
    return (first, second, _said(store, said))
