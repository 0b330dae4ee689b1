"""Signing a research consent: one signature at a time, at the moment the device clock says."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.consents.actions import clock_stands_right, witness_faults
from liaison_desktop.clinical.consents.record import Answer, Ending
from liaison_desktop.clinical.consents.rules import open_faults
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.research.actions.ending import ending_for
from liaison_desktop.clinical.research.actions.obtaining import facts_before
from liaison_desktop.clinical.research.actions.steps import stop_if
from liaison_desktop.clinical.research.record import ResearchConsent, ResearchState
from liaison_desktop.clinical.research.rules import ready_faults, signature_faults, state_after
from liaison_desktop.policies import policy_of
from liaison_desktop.signing import MEANINGS, Signature
from liaison_desktop.store import Act, Store


def sign(
    store: Store, consent: ResearchConsent, signature: Signature, *, agrees: Answer | None = None
) -> ResearchConsent:
    """Put one signature under a consent. The last one that is needed makes it active and fixes its fingerprint.

    Before the first, everything is asked again as it stands now: a form that ran out since, or somebody taken off the
    log, stops it. `agrees` is the signer's answer on the same page; only a yes can be signed. Raises Refused.
    """
    require(store, "obtain_research_consent")
    clock_stands_right(store)
    policy, (study, note, now) = policy_of(store), facts_before(store, consent)
    if not consent.signatures:
        if consent.state is not ResearchState.READY:
            stop_if((policy.fault("STATE", state=consent.state.label.lower()),))
        if agrees is not Answer.YES:
            stop_if((policy.fault("V45", field="choices.0"),))
        stop_if(open_faults(consent, ready_faults(consent, study, policy, now=now, note=note)))
        choices = tuple(
            msgspec.structs.replace(it, answer=agrees) if it.code == "agree" else it for it in consent.choices
        )
        consent = msgspec.structs.replace(consent, choices=choices)
    elif consent.state is not ResearchState.SIGNED:
        stop_if((policy.fault("STATE", state=consent.state.label.lower()),))
    stop_if((*signature_faults(consent, study, signature, policy), *witness_faults(store, signature)))
    given = msgspec.structs.replace(
        signature,
        signed_at=now,
        zone=now.tzname() or "",
        device=store.device.name,
        meaning=MEANINGS[signature.role],
    )
    signed = msgspec.structs.replace(consent, signatures=(*consent.signatures, given))
    signed = msgspec.structs.replace(signed, state=state_after(signed))
    if signed.state is ResearchState.ACTIVE:
        signed = msgspec.structs.replace(signed, active_at=now, fingerprint=signed.content_fingerprint())
    with store.transaction("signed") as transaction:
        saved = transaction.save(signed)
        transaction.note(Act.SIGNED, kind=ResearchConsent.kind, subject=saved.id, detail=signature.role.value)
        if saved.state is ResearchState.ACTIVE and saved.supersedes is not None:
            old = transaction.find(ResearchConsent, saved.supersedes)
            if old is not None:
                transaction.save(ending_for(store, old, Ending.REPLACED, said_by=store.actor.name))
    return saved
