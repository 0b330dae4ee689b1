"""A referral, and what takes it a step on, as tests of referrals begin with them."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.checklists.actions import Planned, start_checklist
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.clinical.coverage.record import Coverage, PlanType
from liaison_desktop.clinical.directives.record import GivenTo, RightsGiven
from liaison_desktop.clinical.episodes.record import ServiceLine
from liaison_desktop.clinical.handover.record import Handover, HandoverWay
from liaison_desktop.clinical.medications.queries import history_of
from liaison_desktop.clinical.medications.record import MedicationHistory, Source
from liaison_desktop.clinical.patients.record import AllergyAssertion, Communication, InterpreterNeed, Patient
from liaison_desktop.clinical.referrals.actions import (
    Identity,
    ask_for_missing,
    change_referral,
    show_capability,
    start_visit,
    take_referral,
)
from liaison_desktop.clinical.referrals.record import (
    Agreement,
    BedsideVisit,
    Channel,
    Priority,
    Referral,
    Told,
    ToldBy,
)
from liaison_desktop.store import Store

replace = msgspec.structs.replace


def a_patient(**fields: object) -> Patient:
    """A patient whom nobody here knows yet."""
    return replace(Patient(family="Example", given="Ada", birth_date="1950-02-03"), **fields)


def a_referral(**fields: object) -> Referral:
    """A referral by phone, as it is typed."""
    return replace(
        Referral(
            source_text="Northlake Medical Center",
            contact_text="Kim Ortiz, (555) 010-0171",
            channel=Channel.PHONE,
            service=ServiceLine.IRF,
            priority=Priority.URGENT,
            reason="Stroke, needs therapy",
        ),
        **fields,
    )


def taken(store: Store, **fields: object) -> Referral:
    """One that was taken."""
    referral, _patient = take_referral(store, a_referral(**fields), a_patient())
    return referral


def told(store: Store) -> tuple[Told, ...]:
    """The source was told by phone."""
    return (Told(who="Kim Ortiz", how=ToldBy.PHONE, at=store.clock()),)


def packet_done(store: Store, referral: Referral) -> Referral:
    """Nothing came with it; everything is asked for."""
    changed = change_referral(store, replace(store.get(Referral, referral.id), no_packet=True))
    ask_for_missing(store, referral.id)
    return changed


def visited(
    store: Store, referral: Referral, agreement: Agreement = Agreement.PATIENT, birth: str = "1950-02-03"
) -> None:
    """The bedside: identified, alone, agreed; language asked."""
    patient = store.get(Patient, referral.patient or referral.id)
    if patient.communication.interpreter is None:
        patient = store.save(replace(patient, communication=Communication(interpreter=InterpreterNeed.NO)))
    start_visit(
        store,
        BedsideVisit(patient=patient.id, alone=True, agreement=agreement, agreed_by="Cleo Example"),
        Identity(name="Ada Example", birth=birth),
    )


def forms_done(store: Store, referral: Referral, *forms: str) -> tuple[Checklist, ...]:
    """Checklists that count as finished; their answers are not what these tests are about."""
    made = []
    for name in forms or ("pan",):
        one = start_checklist(store, referral.patient or referral.id, Planned(service="IRF"), form=name)
        finished = replace(one, status=ChecklistStatus.COMPLETED, completed_at=store.clock(), left=0)
        made.append(store.save(finished))
    return tuple(made)


def others_done(store: Store, referral: Referral) -> None:
    """What the features below keep: the patient pays alone, knows the rights, medicines are settled, handed over."""
    patient, stay, now = referral.patient, referral.episode, store.clock()
    store.save(Coverage(patient=patient, payer="The patient", member_id="none", plan_type=PlanType.SELF_PAY))
    store.save(RightsGiven(patient=patient, episode=stay, given_to=GivenTo.PATIENT, at=now, by="Renee Okafor"))
    held = history_of(store, stay) if stay is not None else None
    history = held or MedicationHistory(patient=patient, episode=stay)
    store.save(replace(history, sources=(Source.PATIENT,), takes_none=True, collected_at=now))
    store.save(
        Handover(
            patient=patient,
            episode=stay,
            to_place="4 West",
            receiver="Ola Berg",
            way=HandoverWay.PHONE,
            read_back=True,
            given_at=now,
        )
    )


def allergies_asked(store: Store, referral: Referral) -> None:
    """Nothing is known of allergies."""
    patient = store.get(Patient, referral.patient or referral.id)
    store.save(replace(patient, allergy_assertion=AllergyAssertion.NKA))


def shown(store: Store, referral: Referral) -> None:
    """The capability check was seen."""
    show_capability(store, referral.id)
