"""Signing: one signature at a time, at the moment the device clock says."""

from __future__ import annotations

import msgspec

from liaison_desktop import logs
from liaison_desktop.clinical.consents.actions.ending import ending_for
from liaison_desktop.clinical.consents.actions.steps import note_on, stop_if
from liaison_desktop.clinical.consents.queries import ink_is_kept
from liaison_desktop.clinical.consents.record import (
    Answer,
    Consent,
    ConsentState,
    DecidedBy,
    Decision,
    Ending,
)
from liaison_desktop.clinical.consents.rules import (
    given_faults,
    open_faults,
    ready_faults,
    signature_faults,
    state_after,
)
from liaison_desktop.clinical.consents.rules.life import LATER
from liaison_desktop.clinical.people.actions import require, working
from liaison_desktop.clinical.people.record import StaffMember
from liaison_desktop.clinical.people.rules import may, party, same_person
from liaison_desktop.errors import Fault
from liaison_desktop.policies import policy_of
from liaison_desktop.signing import ADOPTED, MEANINGS, Method, Role, Signature
from liaison_desktop.store import Act, Store


def clock_stands_right(store: Store) -> None:
    """Nothing is signed before the newest line of the journal. Raises Refused (V9)."""
    lines = store.lines(limit=1)
    if lines and store.clock() < lines[0].when:
        logs.event("clock.behind_journal")
        stop_if((policy_of(store).fault("V9-CLOCK", field="signed_at"),))


def witness_faults(store: Store, signature: Signature) -> tuple[Fault, ...]:
    """Whoever is on the staff witnesses only where that was granted to them; a visitor may."""
    if signature.role not in (Role.WITNESS, Role.SECOND_WITNESS):
        return ()
    known = (working(store), *store.all(StaffMember))
    member = next((each for each in known if same_person(party(each), signature.name_printed)), None)
    if member is None or may(member, "witness", policy_of(store)):
        return ()
    return (policy_of(store).fault("RIGHT-WITNESS", field="name_printed", who=member.title()),)


def _right_for(store: Store, signature: Signature) -> str:
    """Who countersigns as themselves need not be able to write a chart; a turned screen is the nurse's work."""
    own = same_person(party(working(store)), signature.name_printed)
    return "countersign" if own and signature.role in LATER else "record_clinical"


def note_put_off(store: Store, consent: Consent) -> None:
    """The document was shown for signature and put off: nothing is signed, and it stays ready."""
    require(store, "record_clinical")
    store.note(Act.VIEWED, kind=Consent.kind, subject=consent.id, detail="shown for signature, not now")


def scans_of(store: Store, consent: Consent) -> dict[str, bytes]:
    """The scans of signatures on paper, by their hash, each checked as it is read. Raises Missing, Damaged."""
    return {file.sha256: store.attachments.get(file.sha256) for given in consent.signatures for file in given.scan}


def sign(store: Store, consent: Consent, signature: Signature, *, agrees: Answer | None = None) -> Consent:
    """Put one signature under a consent. The last one that is needed makes it active and fixes its fingerprint.

    `signature` comes with who, how and what was shown; moment, zone, device and meaning are set here. `agrees` is the
    signer's answer to the main question, asked on the same page; only a yes can be signed. Raises Refused.
    """
    require(store, _right_for(store, signature))
    clock_stands_right(store)
    now, policy = store.clock(), policy_of(store)
    first, shown = not consent.signatures, consent
    if first:
        if consent.state is not ConsentState.READY:
            stop_if((policy.fault("STATE", state=consent.state.label.lower()),))
        if agrees is not Answer.YES and consent.decided_by is not DecidedBy.EMERGENCY:
            stop_if((policy.fault("V45", field="choices.0"),))
        choices = tuple(
            msgspec.structs.replace(it, answer=agrees) if it.code == "agree" else it for it in consent.choices
        )
        consent = msgspec.structs.replace(consent, choices=choices, decision=Decision.AGREES if agrees else None)
        found = ready_faults(consent, policy, nurse=store.actor.name, now=now, note=note_on(store, consent))
        stop_if(open_faults(consent, found))
    elif consent.state not in (ConsentState.SIGNED, ConsentState.WITNESSED):
        stop_if((policy.fault("STATE", state=consent.state.label.lower()),))
    used = bool(signature.ink_sha256) and ink_is_kept(store, signature.ink_sha256)
    stop_if(
        (
            *signature_faults(consent, signature, policy),
            *given_faults(shown, signature, policy, now=now, used=used),
            *witness_faults(store, signature),
        )
    )
    given = msgspec.structs.replace(
        signature,
        adopted=ADOPTED if signature.method is Method.TYPED else "",
        signed_at=now,
        zone=now.tzname() or "",
        device=store.device.name,
        meaning=MEANINGS[signature.role],
    )
    signed = msgspec.structs.replace(consent, signatures=(*consent.signatures, given))
    signed = msgspec.structs.replace(signed, state=state_after(signed))
    if signed.state is ConsentState.ACTIVE:
        signed = msgspec.structs.replace(signed, active_at=now, fingerprint=signed.content_fingerprint())
    with store.transaction("signed") as transaction:
        saved = transaction.save(signed)
        transaction.note(
            Act.SIGNED, kind=Consent.kind, subject=saved.id, detail=f"{signature.role.value}, {signature.method.value}"
        )
        if saved.state is ConsentState.ACTIVE and saved.supersedes is not None:
            old = transaction.find(Consent, saved.supersedes)
            if old is not None:
                transaction.save(ending_for(store, old, Ending.REPLACED, said_by=store.actor.name))
    return saved
