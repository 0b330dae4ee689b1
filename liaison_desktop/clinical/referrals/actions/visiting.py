"""Starting a visit at the bedside: nothing is begun before two identifiers match (V1)."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.episodes.queries import current_episode
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.referrals.actions.judging import RECORD
from liaison_desktop.clinical.referrals.queries import current_referral
from liaison_desktop.clinical.referrals.record import BedsideVisit
from liaison_desktop.clinical.referrals.rules import WORK_OVER
from liaison_desktop.clinical.referrals.rules.identity import how, said_faults, wristband_faults
from liaison_desktop.clinical.referrals.rules.visiting import visit_faults
from liaison_desktop.errors import Fault, Refused, Severity
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store

replace = msgspec.structs.replace


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """What was said or scanned at the bedside. It is compared and not kept."""

    name: str = ""
    birth: str = ""
    wristband: str = ""


def identity_faults(store: Store, patient: Patient, identity: Identity) -> tuple[Fault, ...]:
    """What does not match yet; empty once two identifiers do."""
    policy = policy_of(store)
    if identity.wristband.strip():
        return wristband_faults(patient, identity.wristband, policy)
    return said_faults(patient, identity.name, identity.birth, store.clock().date(), policy)


def check_visit(store: Store, visit: BedsideVisit, patient: Patient) -> tuple[Fault, ...]:
    """Everything to mend or to notice about a visit beside the identifiers."""
    return visit_faults(visit, patient, policy_of(store))


def start_visit(store: Store, visit: BedsideVisit, identity: Identity) -> BedsideVisit:
    """Pin a visit: time, who, where, and that the patient was identified. Raises Refused, Missing."""
    require(store, RECORD)
    patient = store.get(Patient, visit.patient or visit.id)
    faults = (*identity_faults(store, patient, identity), *check_visit(store, visit, patient))
    stopping = [fault for fault in faults if fault.severity is Severity.REFUSE]
    if stopping:
        raise Refused(stopping)
    referral, episode = current_referral(store, patient.id), current_episode(store, patient.id)
    pinned = replace(
        visit,
        at=store.clock(),
        by=store.actor.name,
        identified=how(identity.wristband),
        referral=referral.id if referral is not None and referral.work not in WORK_OVER else None,
        episode=episode.id if episode is not None else None,
    )
    return store.save(pinned, reason="Visit begun")
