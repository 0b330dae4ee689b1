"""How a research consent ends: somebody leaves the study, or it was entered in error."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.consents.record import Answer, Ending
from liaison_desktop.clinical.people.actions import require, working
from liaison_desktop.clinical.people.rules import party, same_person
from liaison_desktop.clinical.research.actions.steps import move, stop_if
from liaison_desktop.clinical.research.queries import endings_of, words_of
from liaison_desktop.clinical.research.record import ResearchConsent, ResearchState, ResearchWithdrawal
from liaison_desktop.clinical.research.rules import standing
from liaison_desktop.errors import Fault, Missing
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store
from liaison_desktop.tasks.actions import cancel_task
from liaison_desktop.tasks.queries import tasks_about

_HOLDS = (ResearchState.SIGNED, ResearchState.ACTIVE)


def ending_for(store: Store, consent: ResearchConsent, ending: Ending, *, said_by: str) -> ResearchWithdrawal:
    """The record that ends this consent, with everything that is cited."""
    now = store.clock()
    return ResearchWithdrawal(
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


def told_words(consent: ResearchConsent) -> str:
    """What this study says becomes of what was collected, with its names; empty where its words are gone."""
    try:
        words = words_of(consent.words_code)
    except Missing:
        return ""
    said = words.after_withdrawal.replace("{phone}", consent.study_phone or "the study")
    return said.replace("{investigator}", consent.investigator or "the investigator")


def leave_study(
    store: Store,
    consent: ResearchConsent,
    *,
    said_by: str,
    look_on: Answer | None,
    destroy_samples: Answer | None,
    reason: str = "",
    team_told: str = "",
) -> ResearchWithdrawal:
    """Somebody leaves the study: at any time, without a reason. What was signed stays byte for byte. Raises Refused.

    The study's procedures that were planned are called off in the same moment.
    """
    require(store, "record_clinical")
    policy = policy_of(store)
    state = standing(consent, endings_of(store, (consent,)).get(consent.id, ()))
    if state not in _HOLDS:
        stop_if((policy.fault("STATE", state=state.label.lower()),))
    gone = msgspec.structs.replace(
        ending_for(store, consent, Ending.PATIENT, said_by=said_by),
        reason=reason,
        told=told_words(consent),
        look_on=look_on,
        destroy_samples=destroy_samples,
        team_told=team_told,
    )
    asked = (
        ("said_by", "Who said so", said_by.strip()),
        ("look_on", "Their answer, whether the study may still look into the chart,", look_on is not None),
        ("destroy_samples", "Their answer, what becomes of the samples,", destroy_samples is not None),
    )
    stop_if(tuple(policy.fault("RC-WITHDRAW", field=name, what=what) for name, what, held in asked if not held))
    stop_if(gone.faults())
    with store.transaction("left the study") as transaction:
        for task in tasks_about(store, consent.id):
            if task.open:
                cancel_task(store, task, "Left the study.", within=transaction)
        return transaction.save(gone)


def mark_entered_in_error(
    store: Store, consent: ResearchConsent, *, reason: str, second_person: str
) -> ResearchWithdrawal:
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
            transaction.save(move(store, consent, ResearchState.ENTERED_IN_ERROR))
        return transaction.save(gone)
