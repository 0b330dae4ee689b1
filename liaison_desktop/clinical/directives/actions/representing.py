"""Recording by what right somebody decides for the patient. It is kept on the person around the patient (V38)."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.directives.actions.common import RECORD, ask_for, settle, stop_if
from liaison_desktop.clinical.directives.rules import authority_faults
from liaison_desktop.clinical.patients.actions import change_person
from liaison_desktop.clinical.patients.record import DECIDING, AuthorityBasis, Patient, PersonRole, RelatedPerson
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.errors import Fault
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store
from liaison_desktop.tasks.record import TaskKind

_ROLE = {AuthorityBasis.HCPOA: PersonRole.HEALTH_CARE_AGENT, AuthorityBasis.GUARDIAN: PersonRole.GUARDIAN}


def look_at_authority(store: Store, person: RelatedPerson) -> tuple[Fault, ...]:
    """Every fault of a person who is to decide, as it would be kept now."""
    return authority_faults(person, policy_of(store))


def name_representative(store: Store, patient: Patient, person: RelatedPerson) -> Patient:
    """Keep the right by which a person decides. Without one it is refused; without the paper it needs a reason.

    A paper that nobody has seen is a task until somebody has. Raises Refused (V38), Stale.
    """
    require(store, RECORD)
    stop_if(look_at_authority(store, person), reason=person.authority_reason)
    role = _ROLE.get(person.authority_basis, PersonRole.LEGAL_REPRESENTATIVE) if person.authority_basis else None
    if role is not None and not any(held in DECIDING for held in person.roles):
        person = msgspec.structs.replace(person, roles=(*person.roles, role))
    with store.transaction("Right to decide") as transaction:
        kept = change_person(transaction, patient, person)
        if person.authority_seen_on is None:
            ask_for(
                store,
                transaction,
                "Get the paper that gives the right to decide",
                "V38-PAPER",
                kind=TaskKind.OBTAIN_DOC,
                patient=patient.id,
                about=("related_person", person.id),
            )
        else:
            settle(store, transaction, "V38-PAPER", patient=patient.id, about=person.id, outcome="The paper was seen.")
    return kept
