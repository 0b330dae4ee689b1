"""How a consent ends: refused, withdrawn, called off, entered in error."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.consents.actions.steps import move, stop_if
from liaison_desktop.clinical.consents.queries import next_document_number
from liaison_desktop.clinical.consents.record import (
    Answer,
    Consent,
    ConsentState,
    ConsentWithdrawal,
    Decision,
    Ending,
)
from liaison_desktop.clinical.consents.rules import (
    open_faults,
)
from liaison_desktop.clinical.people.actions import require, working
from liaison_desktop.clinical.people.rules import party, same_person
from liaison_desktop.errors import Fault
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store

SIGNED_STATES = (ConsentState.SIGNED, ConsentState.WITNESSED, ConsentState.ACTIVE)


def refuse_consent(store: Store, consent: Consent, *, reason: str, understood: str, told: str) -> Consent:
    """The patient says no. Needs what they understand may follow, and that the practitioner was told (PC17)."""
    require(store, "record_clinical")
    policy = policy_of(store)
    stop_if(
        tuple(
            policy.fault("PC17", field=name, what=what)
            for name, what, held in (
                ("refusal_understood", "What may follow, in the patient's own words,", understood),
                ("practitioner_told", "Who told which practitioner, and when,", told),
            )
            if not held.strip()
        )
    )
    choices = tuple(
        msgspec.structs.replace(it, answer=Answer.NO) if it.code == "agree" else it for it in consent.choices
    )
    refused = msgspec.structs.replace(
        move(store, consent, ConsentState.REFUSED),
        choices=choices,
        decision=Decision.REFUSES,
        refused_reason=reason,
        refusal_understood=understood,
        practitioner_told=told,
        refused_at=store.clock(),
        document_number=consent.document_number or next_document_number(store, store.clock().year),
    )
    return store.save(refused, reason="refused by the patient")


def ending_for(store: Store, consent: Consent, ending: Ending, *, said_by: str) -> ConsentWithdrawal:
    """The record that ends this consent, with everything that is cited."""
    now = store.clock()
    return ConsentWithdrawal(
        consent_id=consent.id,
        patient_id=consent.patient_id,
        document_number=consent.document_number,
        fingerprint=consent.fingerprint or consent.content_fingerprint(),
        ending=ending,
        withdrawn_at=now,
        zone=now.tzname() or "",
        said_by=said_by,
        recorded_by=store.actor.name,
        recorded_by_id=store.actor.id,
    )


def withdraw_consent(
    store: Store,
    consent: Consent,
    *,
    said_by: str,
    reason: str = "",
    told: str = "",
    ending: Ending = Ending.PATIENT,
) -> ConsentWithdrawal:
    """Record that a consent no longer holds. What was signed stays byte for byte; this cites it. Raises Refused.

    A patient may withdraw at any time and needs no reason. An unsigned consent is refused or called off instead.
    """
    require(store, "record_clinical")
    policy = policy_of(store)
    calling_off = ending is Ending.PRACTITIONER and not consent.signatures
    if consent.state not in SIGNED_STATES and not calling_off:
        stop_if((policy.fault("STATE", state=consent.state.label.lower()),))
    gone = msgspec.structs.replace(
        ending_for(store, consent, ending, said_by=said_by), reason=reason, practitioner_told=told
    )
    stop_if(open_faults(consent, gone.faults()))
    with store.transaction("withdrawn") as transaction:
        if calling_off:
            transaction.save(move(store, consent, ConsentState.WITHDRAWN_BY_PRACTITIONER))
        return transaction.save(gone)


def mark_entered_in_error(store: Store, consent: Consent, *, reason: str, second_person: str) -> ConsentWithdrawal:
    """Say that a consent should never have been. Takes two people: who is working, and one other. Raises Refused."""
    require(store, "record_clinical")
    policy = policy_of(store)
    if not second_person.strip() or same_person(second_person, party(working(store))):
        stop_if((policy.fault("TWO-PEOPLE", field="second_person"),))
    if not reason.strip():
        stop_if((Fault(field="reason", message="Say what went wrong."),))
    gone = msgspec.structs.replace(
        ending_for(store, consent, Ending.ERROR, said_by=store.actor.name), reason=reason, second_person=second_person
    )
    with store.transaction("entered in error") as transaction:
        if not consent.sealed():
            transaction.save(move(store, consent, ConsentState.ENTERED_IN_ERROR))
        return transaction.save(gone)
